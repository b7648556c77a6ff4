"""An item table in; the sums of money that its total rows print, each beside the sum of the rows it can mean, out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.amounts import amount_of, is_money_label
from ingest.columns import Column
from ingest.documents import Row
from ingest.markup import plain_cell
from ingest.plan_items import PrintedTotal
from ingest.tables import ItemTable
from ingest.total_rows import is_total_row, names_sum


@dataclass(slots=True)
class _Running:
    """The amounts of one column: of all rows, of those since the last total, and the totals since a greater one."""

    whole: int = 0
    part: int = 0
    totals: int = 0


def printed_sums(table: ItemTable) -> Iterator[PrintedTotal]:
    """Compare every printed sum with the rows above it, with the totals above it, and with the whole table."""
    columns = [column for column in table.columns if _holds_money(column)]
    title = next(column.index for column in table.columns if column.field == "title")
    if any(len(record.row.cells) != len(table.columns) for record in table.records):
        return
    running = {column.index: _Running() for column in columns}
    for row in _body(table):
        is_total = is_total_row(row.cells, title)
        for column in columns:
            amount = amount_of(row.cells[column.index]) if column.index < len(row.cells) else None
            if amount is None:
                continue
            sums = running[column.index]
            if is_total:
                yield _total(row, column, amount, sums, table.groups_of_skipped.get(row.line, ()))
                sums.totals, sums.part = sums.totals + amount if sums.part else 0, 0
            else:
                sums.whole, sums.part = sums.whole + amount, sums.part + amount


def _holds_money(column: Column) -> bool:
    return (column.field is None and is_money_label(column.label)) or (column.field == "year" and bool(column.unit))


def _body(table: ItemTable) -> Sequence[Row]:
    return sorted((*(record.row for record in table.records), *table.skipped), key=lambda row: row.line)


def _total(row: Row, column: Column, printed: int, sums: _Running, groups: tuple[str, ...]) -> PrintedTotal:
    meant = (sums.part, sums.totals, sums.whole) if sums.part else (sums.totals, sums.whole)
    label = next(plain_cell(cell) for cell in row.cells if names_sum(cell))
    found = printed if printed in meant else meant[0]
    of_group = printed not in (sums.totals, sums.whole) or printed == sums.part
    section = (*groups, label) if of_group else (label,)
    return PrintedTotal(section, column.label or str(column.year), printed, found, row.line)
