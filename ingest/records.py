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
    joined: list[Record] = []
    for record in records:
        if joined and _is_other_kind(joined[-1], record):
            joined[-1] = _both_kinds(joined[-1], record)
        elif joined and _is_same_item(joined[-1], record):
            joined[-1] = _both(joined[-1], record)
        else:
            joined.append(record)
    return tuple(joined)


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


def _both_kinds(above: Record, below: Record) -> Record:
    """What is planned for each year is the schedule; figures, and the other rows, are kept by year and kind."""
    planned = key(above.kind) in word_keys("planned_kinds")
    scheduled = planned and not any(_FIGURE.match(cell.strip()) for _, cell in above.years)
    others = () if scheduled else _labelled(above)
    both = _both(replace(above, years=()), replace(below, years=()))
    kept = {label: cell for label, cell in (*others, *_labelled(below)) if cell.strip()}
    years = above.years if scheduled else ()
    return replace(_aiming(both, others if planned else ()), years=years, extra={**both.extra, **kept}, kind=below.kind)


def _aiming(record: Record, planned: Sequence[tuple[str, str]]) -> Record:
    """The last planned figure is the goal where no column says it."""
    last = next(((label, cell) for label, cell in reversed(planned) if cell.strip()), None)
    if last is None or record.cells.get("goal", "").strip():
        return record
    return replace(record, cells={**record.cells, "goal": last[1]}, goal_label=last[0])


def _labelled(record: Record) -> tuple[tuple[str, str], ...]:
    return tuple((f"{label} {record.kind}", cell) for label, cell in record.years)


def _same(above: Record, below: Record, name: str) -> bool:
    printed = key(above.cells.get(name, ""))
    return bool(printed) and printed == key(below.cells.get(name, ""))


def _differ(above: Record, below: Record) -> bool:
    """Sub-rows differ in a goal: rows that differ in sums alone are items of the same name."""
    return key(above.cells.get("goal", "")) != key(below.cells.get("goal", ""))


def _both(above: Record, below: Record) -> Record:
    last = below.row.line_end or below.row.line
    return replace(
        above,
        row=Row((*above.row.cells, *below.row.cells), above.row.line, last),
        cells=united_cells(above.cells, below.cells),
        extra=united_cells(above.extra, below.extra, " / "),
        years=_joined_years(above.years, below.years),
        amount_years=tuple(dict.fromkeys((*above.amount_years, *below.amount_years))),
    )


def united_cells(above: Mapping[str, str], below: Mapping[str, str], glue: str = "\n") -> dict[str, str]:
    """The cells of two rows of one item: what the lower one adds stands below."""
    joined = dict(above)
    for name, cell in below.items():
        held = joined.get(name, "")
        if cell.strip() and key(cell) not in map(key, held.split(glue)) and key(cell) != key(held):
            joined[name] = f"{held}{glue}{cell}" if held.strip() else cell
    return joined


def _joined_years(above: Sequence[tuple[str, str]], below: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Cells under the same year, of both rows."""
    if [label for label, _ in above] != [label for label, _ in below]:
        return tuple(above)
    pairs = zip(above, below, strict=True)
    return tuple(
        (label, cell if key(cell) == key(other) else f"{cell} {other}".strip()) for (label, cell), (_, other) in pairs
    )
