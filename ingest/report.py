"""What was found in a document in, the report of how well it was read out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ingest.column_names import key
from ingest.documents import Document
from ingest.markup import plain_cell
from ingest.plan_items import IngestReport, ItemHeader, PlanItem, PrintedTotal, Remark
from ingest.printed_sums import printed_sums
from ingest.printed_totals import printed_totals
from ingest.sections import Placed
from ingest.tables import ItemTable
from ingest.unread_tables import unread_tables
from ingest.year_checks import misprinted_years

_WIDE_ROW = 100
_MISSABLE = {
    "owner": "owners",
    "progress": "progress",
    "status": "status",
    "schedule": "schedule",
    "goal": "goals",
    "content": "content",
    "result": "result",
    "issues": "issues",
    "next_steps": "next_steps",
}


def write_report(
    document: Document,
    placed: Sequence[Placed],
    tables: Mapping[int, ItemTable],
    items: Sequence[PlanItem],
    not_items: Sequence[Remark],
) -> IngestReport:
    """Count what was found, and say what is missing, repaired, doubtful or not understood."""
    remarks = [
        *(Remark(None, f"{document.source}: {remark}") for remark in document.remarks),
        *_identity_remarks(document),
        *_row_remarks(document, tables),
        *_wide_rows(document),
        *_twins(document, items),
        *(
            Remark(remark.line, f"{document.source}:{remark.line}: {remark.message}")
            for remark in misprinted_years(items, document.period)
        ),
        *unread_tables(document, tables, items),
        *([] if items else [Remark(None, f"{document.source}: no items found; the text is searchable as passages")]),
    ]
    return IngestReport(
        items_by_section=Counter(" > ".join(item.section) for item in items),
        missing=_missing(items),
        repairs=tuple(repair for item in items for repair in item.repairs),
        printed_totals=tuple(_totals(placed, tables, items)),
        not_understood=tuple(Remark(r.line, f"{document.source}:{r.line}: {r.message}") for r in not_items),
        remarks=tuple(remarks),
        facts={str(name): count for name, count in document.facts.items()},
        item_headers=tuple(_item_headers(tables)),
    )


def _missing(items: Sequence[PlanItem]) -> dict[str, int]:
    """How many items lack a field that others have; the owner is always expected, the title never left empty."""
    missing = {"title": sum(not item.title_is_printed for item in items)}
    for name, attribute in _MISSABLE.items():
        empty = sum(not getattr(item, attribute) for item in items)
        if name == "owner" or empty < len(items):
            missing[name] = empty
    return {name: count for name, count in missing.items() if count}


def _totals(
    placed: Sequence[Placed], tables: Mapping[int, ItemTable], items: Sequence[PlanItem]
) -> Iterator[PrintedTotal]:
    for entry in placed:
        table = tables.get(entry.block.line_start)
        if table:
            yield from printed_sums(table)
        elif entry.block.kind == "table":
            yield from printed_totals(entry.block, items)


def _item_headers(tables: Mapping[int, ItemTable]) -> Iterator[ItemHeader]:
    """The header of every item table that prints one; those repeated after a page break are left out."""
    for table in tables.values():
        rows = [
            row for row in table.header if row.line < min((r.row.line for r in table.records), default=row.line + 1)
        ]
        if rows:
            labels = {c.field: plain_cell(c.label) for c in reversed(table.columns) if c.field and c.label}
            text = "\n".join(" ".join(map(plain_cell, row.cells)) for row in rows)
            yield ItemHeader(rows[0].line, rows[-1].line_end or rows[-1].line, text, labels)


def _identity_remarks(document: Document) -> Iterator[Remark]:
    if not document.title_is_printed:
        listed = f"it is listed as 「{document.title}」 until its title is told"
        yield Remark(None, f"{document.source}: prints no title; {listed}")
    if document.municipality is None:
        yield Remark(None, f"{document.source}: names no municipality; tell it, or ask within its title")


def _row_remarks(document: Document, tables: Mapping[int, ItemTable]) -> Iterator[Remark]:
    for table in tables.values():
        for record in table.records:
            if record.surplus or record.lacking:
                yield Remark(
                    record.row.line,
                    f"{document.source}:{record.row.line}: table row has {len(record.row.cells)} cells, "
                    f"header has {len(table.columns)}; check the row's fields against the source",
                )


def _wide_rows(document: Document) -> Iterator[Remark]:
    for block in document.blocks:
        for row in block.rows:
            if len(row.cells) > _WIDE_ROW:
                yield Remark(
                    row.line,
                    f"{document.source}:{row.line}: table row has {len(row.cells)} cells; check for stray tabs",
                )


def _twins(document: Document, items: Sequence[PlanItem]) -> Iterator[Remark]:
    first: dict[str, PlanItem] = {}
    for item in items:
        before = first.setdefault(key(item.title), item)
        if before is not item:
            yield Remark(
                item.line_start,
                f"{document.source}:{item.line_start}: same title as line {before.line_start}, both kept: {item.title}",
            )
