"""A Document in; its plan items, its passages and the report of how it was read out."""

from ingest.documents import Document
from ingest.items import build_items
from ingest.listed_items import draft_sections
from ingest.passages import split_into_passages
from ingest.plan_items import Extraction
from ingest.report import write_report
from ingest.sections import Placed, place_blocks
from ingest.stand_ins import index_footnotes
from ingest.table_items import PlacedTable, draft_rows
from ingest.tables import ItemTable, read_item_tables


def extract(document: Document) -> Extraction:
    """Find everything that a document says, item by item and passage by passage."""
    tables = read_item_tables(document.blocks)
    placed = place_blocks(document.blocks, document.title, frozenset(tables))
    rows = draft_rows(_placed_tables(placed, tables))
    listed = draft_sections(placed)
    footnotes = index_footnotes(document.blocks)
    items = build_items(sorted((*rows.drafts, *listed), key=lambda draft: draft.line_start), document, footnotes)
    passages = split_into_passages(document, placed, tables, items)
    return Extraction(items, passages, write_report(document, placed, tables, items, rows.remarks))


def _placed_tables(placed: tuple[Placed, ...], tables: dict[int, ItemTable]) -> list[PlacedTable]:
    return [PlacedTable(tables[p.block.line_start], p) for p in placed if p.block.line_start in tables]
