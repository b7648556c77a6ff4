"""Made-up plan texts read as documents, for the tests of this folder."""

from ingest.documents import Document
from ingest.extract import extract
from ingest.plan_items import Extraction, PlanItem
from ingest.readers import read_bytes


def document_of(text: str, name: str = "plan.txt") -> Document:
    return read_bytes(name, text.encode())


def extraction_of(text: str, name: str = "plan.txt") -> Extraction:
    return extract(document_of(text, name))


def items_of(text: str, name: str = "plan.txt") -> tuple[PlanItem, ...]:
    return extraction_of(text, name).items


def table(*rows: str) -> str:
    """Rows written with | between their cells, as a tab-separated table."""
    return "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in rows)
