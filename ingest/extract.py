"""A Document in; its plan items, its passages and the report of how it was read out."""

from ingest.calendar_tables import draft_calendars, read_calendars
from ingest.documents import Document
from ingest.footnotes import index_footnotes
from ingest.form_tables import draft_forms, read_form_tables
from ingest.items import build_items
from ingest.listed_items import draft_sections
from ingest.ocr_repair import mend_drafts
from ingest.passages import split_into_passages
from ingest.plan_items import Extraction
from ingest.report import write_report
from ingest.sections import Placed, place_blocks
from ingest.table_items import PlacedTable, draft_rows
from ingest.tables import ItemTable, read_item_tables


def extract(document: Document) -> Extraction:
    """Find everything that a document says, item by item and passage by passage."""
    forms = read_form_tables(document.blocks)
    tables = read_item_tables(block for block in document.blocks if block.line_start not in forms)
    others = [block for block in document.blocks if block.line_start not in forms and block.line_start not in tables]
    calendars = read_calendars(others)
    placed = place_blocks(document.blocks, _printed_title(document), frozenset({*tables, *forms, *calendars}))
    indicators = frozenset(line for line, table in tables.items() if table.lists_indicators)
    rows = draft_rows(_placed_tables(placed, tables))
    sections = draft_sections(placed, frozenset({*forms, *tables}), indicators, document.lines)
    grids = {line for draft in sections if draft.years for line in range(draft.line_start, draft.line_end + 1)}
    timetables = {line: calendar for line, calendar in calendars.items() if line not in grids}
    drafts = (
        *rows.drafts,
        *draft_forms(placed, forms),
        *draft_calendars(placed, timetables, _is_paged(document)),
        *sections,
    )
    footnotes = index_footnotes(document.blocks)
    mended = mend_drafts(sorted(drafts, key=lambda draft: draft.line_start), "\n".join(document.lines))
    items = build_items(mended, document, footnotes)
    passages = split_into_passages(document, placed, tables, items, footnotes)
    return Extraction(items, passages, write_report(document, placed, tables, items, rows.remarks))


def _printed_title(document: Document) -> str:
    if document.printed_title is not None:
        return document.printed_title
    return document.title if document.title_is_printed else ""


def _is_paged(document: Document) -> bool:
    return any(place.page is not None for place in document.places.values())


def _placed_tables(placed: tuple[Placed, ...], tables: dict[int, ItemTable]) -> list[PlacedTable]:
    return [PlacedTable(tables[p.block.line_start], p) for p in placed if p.block.line_start in tables]
