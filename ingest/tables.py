"""A table block in, its item rows as records by field out; None for tables that hold no items."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.column_names import key, read_label, word_keys
from ingest.columns import INDICATOR, Column, assign_columns
from ingest.documents import Block, Row
from ingest.markup import plain_cell, unquoted

_HEADER_SEARCH = 6
_LONGEST_GROUP = 60
_TICKS = frozenset("○〇◯●◎✓✔レ☑■")
_DITTO = frozenset({"〃", "同上", "''", '"', "””", "々", "↓", "″"})


@dataclass(frozen=True, slots=True)
class Record:
    """A table row by field; cells as printed. `groups` are the section labels that stand over it in the table."""

    row: Row
    cells: Mapping[str, str]
    groups: tuple[str, ...]
    new_group: bool
    extra: Mapping[str, str] = field(default_factory=dict)
    years: tuple[tuple[str, str], ...] = ()
    goal_label: str = ""
    surplus: int = 0
    lacking: int = 0


@dataclass(frozen=True, slots=True)
class ItemTable:
    """An item table: its columns, its records, the rows before the header, and rows that are no items."""

    block: Block
    columns: tuple[Column, ...]
    header: tuple[Row, ...]
    records: tuple[Record, ...]
    skipped: tuple[Row, ...] = ()
    last_groups: Mapping[int, str] = field(default_factory=dict)

    @property
    def lists_indicators(self) -> bool:
        """指標 with 目標値: figures that items are measured by."""
        return any(c.field == "title" and INDICATOR in read_label(c.label).candidates for c in self.columns)


def read_item_tables(blocks: Iterable[Block]) -> dict[int, ItemTable]:
    """Every item table of a document, by its first line."""
    tables: dict[int, ItemTable] = {}
    before: ItemTable | None = None
    cut = False
    for block in blocks:
        if block.kind == "heading":
            cut = False
        elif block.kind == "table":
            table = read_item_table(block, before, cut)
            if table:
                tables[block.line_start] = before = table
            cut = table is not None
    return tables


def read_item_table(block: Block, before: ItemTable | None = None, cut: bool = False) -> ItemTable | None:
    """Read `block`; `before` is the item table whose header it may share, `cut` that no heading stands between."""
    found = _find_header(block.rows)
    if found:
        columns, header, at = found
        same = before is not None and [c.label for c in columns] == [c.label for c in before.columns]
        if before and same:
            columns = before.columns
        return _read_rows(
            block, columns, header, block.rows[at:], before.last_groups if before and same and cut else {}
        )
    if before and _continues(block.rows, before):
        return _read_rows(block, before.columns, (), block.rows, before.last_groups if cut else {})
    return None


def _find_header(rows: Sequence[Row]) -> tuple[tuple[Column, ...], tuple[Row, ...], int] | None:
    for at, row in enumerate(rows[:_HEADER_SEARCH]):
        if sum(bool(cell.strip()) for cell in row.cells) < 2:
            continue
        if at + 1 < len(rows) and _is_second_header(row, rows[at + 1]):
            both = _joined_labels(row.cells, rows[at + 1].cells)
            columns = assign_columns(both, [r.cells for r in rows[at + 2 :]])
            if columns:
                return columns, (row, rows[at + 1]), at + 2
        columns = assign_columns(row.cells, [r.cells for r in rows[at + 1 :]])
        if columns:
            return columns, (row,), at + 1
    return None


def _is_second_header(first: Row, second: Row) -> bool:
    """Short labels or years under a label that spans them, blanks under the others."""
    filled = [cell.strip() for cell in second.cells if cell.strip()]
    if not filled or (len(filled) == len(second.cells) > 1 and len(first.cells) == len(second.cells)):
        repeats = sum(a.strip() == b.strip() for a, b in zip(first.cells, second.cells, strict=False))
        return bool(filled) and 0 < repeats < len(first.cells) and _all_labels(filled)
    return _all_labels(filled)


def _all_labels(cells: list[str]) -> bool:
    labels = [read_label(cell) for cell in cells]
    return all(label.years or label.candidates for label in labels) and all(
        len(label.printed) <= 20 for label in labels
    )


def _joined_labels(first: Sequence[str], second: Sequence[str]) -> list[str]:
    joined, spanning = [], ""
    for index in range(max(len(first), len(second))):
        top = first[index].strip() if index < len(first) else ""
        below = second[index].strip() if index < len(second) else ""
        spanning = top or (spanning if below else "")
        joined.append(f"{spanning} {below}".strip() if below and below != spanning else top)
    return joined


def _continues(rows: Sequence[Row], before: ItemTable) -> bool:
    """Rows as wide as the table before, their title column filled, and no header of their own."""
    width = len(before.columns)
    fitting = sum(len(row.cells) == width for row in rows)
    title = next(column.index for column in before.columns if column.field == "title")
    titled = sum(len(row.cells) > title and bool(row.cells[title].strip()) for row in rows)
    return width >= 3 and fitting * 2 > len(rows) and titled * 2 >= len(rows)


def _read_rows(
    block: Block, columns: tuple[Column, ...], header: tuple[Row, ...], rows: Sequence[Row], groups: Mapping[int, str]
) -> ItemTable:
    reader = _RowReader(columns, header, groups)
    for row in rows:
        reader.read(row)
    return ItemTable(block, columns, tuple(reader.header), tuple(reader.records), tuple(reader.skipped), reader.groups)


def _ticks_status(label: str, cell: str) -> bool:
    """A column 新規 with ○ in it."""
    return key(label) in word_keys("statuses") and cell.strip() in _TICKS


class _RowReader:
    """Carries group labels and ditto marks down from row to row."""

    def __init__(self, columns: tuple[Column, ...], header: tuple[Row, ...], groups: Mapping[int, str]) -> None:
        self._columns = columns
        self._labels = {key(column.label) for column in columns if column.label}
        self._section_columns = [column.index for column in columns if column.field == "section"]
        self._group = ""
        self.groups: dict[int, str] = dict(groups)
        self._above: Sequence[str] = ()
        self.header = list(header)
        self.records: list[Record] = []
        self.skipped: list[Row] = []

    def read(self, row: Row) -> None:
        cells = self._fitted(row.cells)
        filled = [cell for cell in cells if cell.strip()]
        if not filled:
            return
        if self._is_header_again(cells):
            self.header.append(row)
        elif key(filled[0]) in word_keys("total_rows"):
            self.skipped.append(row)
        elif len(filled) == 1 and len(cells) >= 3 and self._is_group_row(cells, filled[0]):
            self._group, self.groups = plain_cell(filled[0]), {}
            self.skipped.append(row)
        else:
            self.records.append(self._record(row, cells))

    def _fitted(self, cells: Sequence[str]) -> list[str]:
        """As many cells as the header has; ditto marks replaced by the cell above."""
        fitted = [unquoted(cells[i]) if i < len(cells) else "" for i in range(len(self._columns))]
        above = self._above
        fitted = [above[i] if above and cell.strip() in _DITTO else cell for i, cell in enumerate(fitted)]
        self._above = fitted
        return fitted

    def _is_header_again(self, cells: list[str]) -> bool:
        keys = [key(cell) for cell in cells if cell.strip()]
        return len(keys) > 1 and sum(one in self._labels for one in keys) * 3 >= len(keys) * 2

    def _is_group_row(self, cells: list[str], only: str) -> bool:
        index = next(i for i, cell in enumerate(cells) if cell.strip())
        return index == 0 and len(only.strip()) <= _LONGEST_GROUP and not only.strip().endswith("。")

    def _record(self, row: Row, cells: list[str]) -> Record:
        new_group = self._carry_groups(cells)
        by_field = {c.field: cells[c.index] for c in self._columns if c.field and c.field not in ("section", "year")}
        extra = {
            plain_cell(c.label) or f"列{c.index + 1}": cells[c.index]
            for c in self._columns
            if c.field in (None, "related_owner") and cells[c.index].strip()
        }
        for label in [label for label, cell in extra.items() if _ticks_status(label, cell)]:
            by_field.setdefault("status", label)
            del extra[label]
        years = tuple((c.year or c.label, cells[c.index]) for c in self._columns if c.field == "year")
        groups = tuple(self.groups[i] for i in sorted(self.groups) if self.groups[i])
        return Record(
            row=row,
            cells=by_field,
            groups=((self._group,) if self._group else ()) + groups,
            new_group=new_group,
            extra=extra,
            years=years,
            goal_label=next((c.label for c in self._columns if c.field == "goal"), ""),
            surplus=sum(bool(cell.strip()) for cell in row.cells[len(self._columns) :]),
            lacking=max(0, len(self._columns) - len(row.cells)),
        )

    def _carry_groups(self, cells: list[str]) -> bool:
        """A label in a group column holds until the next one; it ends the labels of the columns right of it."""
        fresh = [index for index in self._section_columns if cells[index].strip()]
        for index in fresh:
            if index == fresh[0]:
                self.groups = {i: label for i, label in self.groups.items() if i < index}
            self.groups[index] = cells[index]
        return bool(fresh)
