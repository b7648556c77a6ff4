"""A table block in, its item rows as records by field out; None for tables that hold no items."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.amounts import is_amount, is_money_label, is_spent, plans_money, stated_unit, with_unit
from ingest.column_bodies import Rows, holds_for_several
from ingest.column_names import key, read_label
from ingest.columns import SAMPLE_ROWS, Column, find_header, guess_titles
from ingest.documents import Block, Row
from ingest.headers import Header, is_caption
from ingest.kept_columns import kept_by_label, ticks_status
from ingest.markup import plain_cell, unquoted
from ingest.records import Record, united
from ingest.schedules import cells_by_year, is_figure
from ingest.table_owners import heading_owner, labelled_owner
from ingest.title_columns import INDICATOR
from ingest.total_rows import is_total_row, names_sum
from ingest.wrapped_lines import unwrapped

_LONGEST_GROUP = 60
_LONGEST_CAPTION = 300
_DITTO = frozenset({"〃", "同上", "''", '"', "””", "々", "↓", "″"})
_PROSE = frozenset({"content", "goal", "plan_summary", "result", "issues", "next_steps"})
_NO_FIELDS = frozenset({"section", "year", "kind", "merged"})
_NOTES = ("※", "＊", "注）", "（注", "注:", "注：")


@dataclass(frozen=True, slots=True)
class ItemTable:
    """An item table: its columns, its records, the rows before the header, and rows that are no items.

    `labels` and `head` are those of its header wherever that is printed; `goes_on` tells that only a page break parts
    it from the table before; `owner` is the department that is printed for all its rows; `groups_of_skipped` are the
    group labels over its sums, by line.
    """

    block: Block
    columns: tuple[Column, ...]
    header: tuple[Row, ...]
    records: tuple[Record, ...]
    skipped: tuple[Row, ...] = ()
    last_groups: Mapping[int, str] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    head: tuple[Row, ...] = ()
    goes_on: bool = False
    owner: str | None = None
    groups_of_skipped: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    plans_by_year: bool = False

    @property
    def lists_indicators(self) -> bool:
        """指標 with 目標値: figures that items are measured by."""
        return any(c.field == "title" and INDICATOR in read_label(c.label).candidates for c in self.columns)

    @property
    def guesses_titles(self) -> bool:
        """The label over the names of its items is no known one."""
        return guess_titles(self.columns)


def read_item_tables(blocks: Iterable[Block]) -> dict[int, ItemTable]:
    """Every item table of a document, by its first line."""
    tables: dict[int, ItemTable] = {}
    before: ItemTable | None = None
    cut, caption, owner = False, "", None
    for block in blocks:
        if block.kind == "heading":
            cut, caption, owner = False, block.text, heading_owner(block.text)
        elif block.kind == "table":
            table = read_item_table(block, before, cut, caption)
            if table:
                before = replace(table, owner=table.owner or owner)
                tables[block.line_start] = before
            cut, caption = table is not None, ""
        else:
            caption = f"{caption}\n{block.text}"[-_LONGEST_CAPTION:]
    return tables


def read_item_table(
    block: Block, before: ItemTable | None = None, cut: bool = False, caption: str = ""
) -> ItemTable | None:
    """Read `block`; `before` is the item table whose header it may share, `cut` that no heading stands between.

    `caption` is the text printed above it, which may name the unit of its sums.
    """
    if found := find_header(block.rows):
        header, columns = found
        same = before is not None and header.labels == before.labels
        columns = before.columns if before and same else _with_units(columns, _unit(header, caption))
        start = ItemTable(
            block,
            columns,
            header.rows,
            (),
            labels=header.labels,
            head=header.rows,
            goes_on=same and cut,
            owner=labelled_owner([*_above(header), *caption.split("\n")])
            or (before.owner if before and same and cut else None),
        )
        return _read_rows(start, block.rows[header.end :], before.last_groups if before and same and cut else {})
    if before and _continues(block.rows, before):
        start = replace(before, block=block, header=(), goes_on=cut)
        return _read_rows(start, block.rows, before.last_groups if cut else {})
    return None


def _unit(header: Header, caption: str) -> str | None:
    return stated_unit([*_above(header), *(cell for row in header.rows for cell in row.cells), caption])


def _above(header: Header) -> list[str]:
    return [cell for row in header.above for cell in row.cells if cell.strip()]


def _with_units(columns: Sequence[Column], unit: str | None) -> tuple[Column, ...]:
    return tuple(
        replace(column, label=with_unit(column.label, unit))
        if column.field is None and is_money_label(column.label)
        else replace(column, unit=unit)
        if column.field == "year"
        else column
        for column in columns
    )


def _continues(rows: Sequence[Row], before: ItemTable) -> bool:
    """Rows as wide as the table before, their title column filled, and no header of their own."""
    width = len(before.columns)
    fitting = sum(len(row.cells) == width for row in rows)
    title = next(column.index for column in before.columns if column.field == "title")
    names = [row.cells[title].strip() for row in rows if len(row.cells) > title]
    titled = sum(bool(name) and not is_figure(name) for name in names)
    return width >= 3 and fitting * 2 > len(rows) and titled * 2 >= len(rows)


def _read_rows(table: ItemTable, rows: Sequence[Row], groups: Mapping[int, str]) -> ItemTable:
    reader = _RowReader(table, groups, [row.cells for row in rows[:SAMPLE_ROWS]])
    for row in rows:
        reader.read(row)
    records = united(reader.records)
    return replace(
        table,
        header=tuple(reader.header),
        records=records,
        plans_by_year=_plans_by_year(records),
        skipped=tuple(reader.skipped),
        last_groups=reader.groups,
        groups_of_skipped=reader.groups_of_skipped,
    )


def _plans_by_year(records: Sequence[Record]) -> bool:
    """Steps stand under most years: 検討, 実施, →; in other tables figures do."""
    cells = [text for record in records for text in cells_by_year(record.years).values()]
    return sum(map(is_figure, cells)) * 2 < len(cells)


def _year_label(column: Column, cell: str) -> str:
    """A year, with the table's unit where an amount stands under it."""
    label = column.year or column.label
    return with_unit(label, column.unit) if is_amount(cell) else label


class _RowReader:
    """Carries group labels and ditto marks down from row to row."""

    def __init__(self, table: ItemTable, groups: Mapping[int, str], body: Rows) -> None:
        self._columns = table.columns
        self._heads = [{key(cell) for cell in row.cells if cell.strip()} for row in table.head]
        self._section_columns = [column.index for column in table.columns if column.field == "section"]
        self._title = next(column.index for column in table.columns if column.field == "title")
        self._kept = tuple(kept_by_label(table.columns))
        owners = [column.index for column in table.columns if column.field == "owner" and column.index < self._title]
        self._merged_owners = [index for index in owners if holds_for_several(body, index)]
        self._owners: dict[int, str] = {}
        self._group = ""
        self.groups: dict[int, str] = dict(groups)
        self._above: Sequence[str] = ()
        self.header = list(table.header)
        self.records: list[Record] = []
        self.skipped: list[Row] = []
        self.groups_of_skipped: dict[int, tuple[str, ...]] = {}

    def read(self, row: Row) -> None:
        cells = self._fitted(row.cells)
        filled = [cell for cell in cells if cell.strip()]
        if not filled:
            return
        if self._is_header_again(filled):
            self.header.append(row)
        elif is_total_row(cells, self._title):
            self.skipped.append(row)
            self.groups_of_skipped[row.line] = tuple(g for g in self._path() if not names_sum(g))
        elif len(cells) >= 3 and is_caption(cells) and (len(filled) > 1 or self._is_group_row(cells, filled[0])):
            if self._is_group_row(cells, filled[0]):
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

    def _is_header_again(self, filled: list[str]) -> bool:
        keys = [key(cell) for cell in filled]
        return len(set(keys)) > 1 and any(sum(one in head for one in keys) * 3 >= len(keys) * 2 for head in self._heads)

    def _is_group_row(self, cells: list[str], only: str) -> bool:
        index = next(i for i, cell in enumerate(cells) if cell.strip())
        text = only.strip()
        return index == 0 and len(text) <= _LONGEST_GROUP and not text.endswith("。") and not text.startswith(_NOTES)

    def _record(self, row: Row, cells: list[str]) -> Record:
        new_group = self._carry_groups(cells)
        cells = self._with_merged_owners(cells)
        by_field = self._by_field(cells)
        extra = self._extra(cells)
        for label in [label for label, cell in extra.items() if ticks_status(label, cell)]:
            by_field.setdefault("status", label)
            del extra[label]
        return Record(
            row=row,
            cells=by_field,
            groups=self._path(),
            new_group=new_group,
            extra=extra,
            years=tuple((_year_label(c, cells[c.index]), cells[c.index]) for c in self._columns if c.field == "year"),
            amount_years=tuple(c.year for c in self._columns if c.year and self._has_amount(c, cells[c.index])),
            kind=next((plain_cell(cells[c.index]) for c in self._columns if c.field == "kind"), ""),
            goal_label=next((c.label for c in self._columns if c.field == "goal"), ""),
            surplus=sum(bool(cell.strip()) for cell in row.cells[len(self._columns) :]),
            lacking=max(0, len(self._columns) - len(row.cells)),
        )

    def _by_field(self, cells: list[str]) -> dict[str, str]:
        """The cell of every field; 部 and 課 in neighbouring columns are one owner."""
        found: dict[str, str] = {}
        for column in self._columns:
            cell = cells[column.index]
            if column.field == "owner" and found.get("owner"):
                found["owner"] += f" {cell}"
            elif column.field and column.field not in _NO_FIELDS:
                found[column.field] = unwrapped(cell) if column.field in _PROSE else cell
        return found

    def _extra(self, cells: list[str]) -> dict[str, str]:
        """Columns without a field of their own, by label."""
        return {label: cells[index] for index, label in self._kept if cells[index].strip()}

    def _has_amount(self, column: Column, cell: str) -> bool:
        if column.field == "year":
            return column.unit is not None and is_spent(cell)
        return column.field is None and plans_money(column.label) and is_spent(cell)

    def _path(self) -> tuple[str, ...]:
        carried = (self.groups[index] for index in sorted(self.groups))
        return tuple(label for label in (self._group, *carried) if label)

    def _with_merged_owners(self, cells: list[str]) -> list[str]:
        """Departments merged over rows, left of the titles; one in an inner column ends with the outer one."""
        carried, is_fresh = list(cells), False
        for index in self._merged_owners:
            is_fresh = is_fresh or bool(cells[index].strip())
            self._owners[index] = cells[index] if is_fresh else self._owners.get(index, "")
            carried[index] = self._owners[index]
        return carried

    def _carry_groups(self, cells: list[str]) -> bool:
        """A label in a group column holds until the next one; it ends the labels of the columns right of it."""
        before = dict(self.groups)
        fresh = [index for index in self._section_columns if cells[index].strip()]
        for index in fresh:
            if index == fresh[0]:
                self.groups = {i: label for i, label in self.groups.items() if i < index}
            self.groups[index] = cells[index]
        return self.groups != before
