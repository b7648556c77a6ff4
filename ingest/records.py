"""Rows of an item table by field in, one Record per item out: sub-rows of a merged title are one record."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.column_names import key, word_keys
from ingest.documents import Row

_PROSE_LENGTH = 12
_FIGURE = re.compile(r"[△▲約]?\s*[\d０-９]")


@dataclass(frozen=True, slots=True)
class Record:
    """A table row by field; cells as printed. `groups` are the section labels that stand over it in the table.

    `years` are its cells under years, `amount_years` the labels of years that have an amount of money; `kind` tells
    which of several rows of an item it is: 計画, 実績.
    """

    row: Row
    cells: Mapping[str, str]
    groups: tuple[str, ...]
    new_group: bool
    extra: Mapping[str, str] = field(default_factory=dict)
    years: tuple[tuple[str, str], ...] = ()
    amount_years: tuple[str, ...] = ()
    kind: str = ""
    goal_label: str = ""
    surplus: int = 0
    lacking: int = 0


def united(records: Sequence[Record]) -> tuple[Record, ...]:
    """Join rows over which the cell of one item's title is merged; equal titles of different items stay apart."""
    runs: list[list[Record]] = []
    for record in records:
        above = runs[-1][-1] if runs else None
        if above and _stands_below(above, record) and (_is_other_kind(above, record) or _is_same_item(above, record)):
            runs[-1].append(record)
        else:
            runs.append([record])
    return tuple(_one(run) for run in runs)


def united_cells(cells: Sequence[Mapping[str, str]], glue: str = "\n") -> dict[str, str]:
    """The cells of the rows of one item: what a lower row adds stands below."""
    found: dict[str, dict[str, str]] = {}
    for row in cells:
        for name, cell in row.items():
            if cell.strip() or name not in found:
                found.setdefault(name, {}).setdefault(key(cell), cell)
    return {name: glue.join(cell for cell in texts.values() if cell.strip()) for name, texts in found.items()}


def _stands_below(above: Record, below: Record) -> bool:
    return below.row.line == (above.row.line_end or above.row.line) + 1


def _is_same_item(above: Record, below: Record) -> bool:
    if not _same(above, below, "title") or above.groups != below.groups:
        return False
    if above.cells.get("number", "").strip():
        return _same(above, below, "number")
    if any(
        _same(above, below, name) and len(above.cells[name].strip()) > _PROSE_LENGTH for name in ("content", "goal")
    ):
        return not _same(above, below, "content") or not _same(above, below, "goal") or above.extra != below.extra
    return _same(above, below, "owner") and not above.cells.get("content", "").strip() and _differ(above, below)


def _is_other_kind(above: Record, below: Record) -> bool:
    """A row of 実績 below that of 計画, its title merged or blank."""
    number, title = (below.cells.get(name, "").strip() for name in ("number", "title"))
    same = (not title or _same(above, below, "title")) and (not number or _same(above, below, "number"))
    return bool(above.kind and below.kind) and above.kind != below.kind and same and above.groups == below.groups


def _one(run: Sequence[Record]) -> Record:
    """The record of all rows of an item."""
    if len(run) == 1:
        return run[0]
    last = run[-1].row
    row = Row(tuple(cell for record in run for cell in record.row.cells), run[0].row.line, last.line_end or last.line)
    joined = replace(
        run[0],
        row=row,
        cells=united_cells([record.cells for record in run]),
        extra=united_cells([record.extra for record in run], " / "),
        amount_years=tuple(dict.fromkeys(label for record in run for label in record.amount_years)),
    )
    return _of_kinds(joined, run) if run[0].kind else replace(joined, years=_united_years(run))


def _of_kinds(joined: Record, run: Sequence[Record]) -> Record:
    """What is planned for each year is the schedule; figures, and the other rows, are kept by year and kind."""
    planned = next((record for record in run if key(record.kind) in word_keys("planned_kinds")), None)
    has_figures = planned is not None and any(_FIGURE.match(cell.strip()) for _, cell in planned.years)
    scheduled = planned if not has_figures else None
    kept = {
        f"{label} {record.kind}": cell
        for record in run
        if record is not scheduled
        for label, cell in record.years
        if cell.strip()
    }
    whole = replace(joined, years=scheduled.years if scheduled else (), extra={**joined.extra, **kept})
    return _aiming(whole, planned) if planned and has_figures else whole


def _aiming(record: Record, planned: Record) -> Record:
    """The last planned figure is the goal where no column says it."""
    last = next(((label, cell) for label, cell in reversed(planned.years) if cell.strip()), None)
    if last is None or record.cells.get("goal", "").strip():
        return record
    return replace(record, cells={**record.cells, "goal": last[1]}, goal_label=last[0])


def _united_years(run: Sequence[Record]) -> tuple[tuple[str, str], ...]:
    """Cells under the same year, of all rows."""
    found: dict[str, dict[str, str]] = {}
    for record in run:
        for label, cell in record.years:
            found.setdefault(label, {}).setdefault(key(cell), cell)
    return tuple((label, " ".join(filter(None, texts.values()))) for label, texts in found.items())


def _same(above: Record, below: Record, name: str) -> bool:
    printed = key(above.cells.get(name, ""))
    return bool(printed) and printed == key(below.cells.get(name, ""))


def _differ(above: Record, below: Record) -> bool:
    """Sub-rows differ in a goal: rows that differ in sums alone are items of the same name."""
    return key(above.cells.get("goal", "")) != key(below.cells.get("goal", ""))
