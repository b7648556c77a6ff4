"""Rows of an item table by field in, one Record per item out: sub-rows of a merged title are one record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.column_names import key
from ingest.documents import Row

_PROSE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Record:
    """A table row by field; cells as printed. `groups` are the section labels that stand over it in the table.

    `years` are its cells under years, `amount_years` the labels of years that have an amount of money.
    """

    row: Row
    cells: Mapping[str, str]
    groups: tuple[str, ...]
    new_group: bool
    extra: Mapping[str, str] = field(default_factory=dict)
    years: tuple[tuple[str, str], ...] = ()
    amount_years: tuple[str, ...] = ()
    goal_label: str = ""
    surplus: int = 0
    lacking: int = 0


def united(records: Sequence[Record]) -> tuple[Record, ...]:
    """Join rows over which the cell of one item's title is merged; equal titles of different items stay apart."""
    joined: list[Record] = []
    for record in records:
        if joined and _is_same_item(joined[-1], record):
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
