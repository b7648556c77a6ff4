"""A document and its extraction in, rows of one revision 版 out; rows of the current revisions in, equal values out."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, FromClause, Row, Select, Table, and_, delete, func, insert, select, update

from ingest.documents import Document
from ingest.plan_items import Extraction, IngestReport, Passage, PlanItem
from ingest.told import Told
from vectorstore.contents import StoredDocument
from vectorstore.schema import documents, items, passages, revisions
from vectorstore.serialization import from_json, to_json


def find_current(connection: Connection, document_id: str) -> Row[Any] | None:
    """Return the document's row joined with its current revision's, None if it is not stored."""
    query = select(documents.c.origin, *_COLUMNS).select_from(_current()).where(documents.c.id == document_id)
    return connection.execute(query).one_or_none()


def write_revision(
    connection: Connection, document: Document, extraction: Extraction, origin: str | None, extractor: str
) -> int:
    """Store a revision, make it the current one, and return its number; earlier ones stay to be compared with."""
    number = _next_number(connection, document.id)
    values = {"source": document.source, "origin": origin, "revision": number}
    if number == 1:
        connection.execute(insert(documents).values(id=document.id, **values))
    else:
        connection.execute(update(documents).where(documents.c.id == document.id).values(values))
    row = _revision_row(document, extraction) | {"number": number, "extractor": extractor}
    revision_id = connection.scalar(insert(revisions).values(row).returning(revisions.c.id))
    assert revision_id is not None
    _write_parts(connection, items, revision_id, extraction.items)
    _write_parts(connection, passages, revision_id, extraction.passages)
    return number


def told_as_text(told: Told) -> str:
    """Write what was told; equal texts were told the same."""
    return to_json(told.said())


def delete_document(connection: Connection, document_id: str) -> bool:
    """Remove a document with all its revisions; False if it is not stored."""
    return connection.execute(delete(documents).where(documents.c.id == document_id)).rowcount > 0


def fetch_documents(connection: Connection) -> Sequence[Row[Any]]:
    """Fetch the current revisions, in the order of their sources."""
    query = select(documents.c.source, documents.c.origin, *_COLUMNS).select_from(_current())
    return connection.execute(query.order_by(documents.c.source, documents.c.id)).all()


def fetch_revisions(connection: Connection, document_id: str) -> Sequence[Row[Any]]:
    """Fetch all revisions of a document, the oldest first."""
    every = documents.join(revisions, revisions.c.document_id == documents.c.id)
    query = select(documents.c.source, documents.c.origin, *_COLUMNS).select_from(every)
    return connection.execute(query.where(documents.c.id == document_id).order_by(revisions.c.number)).all()


def fetch_items_of(connection: Connection, document_id: str, number: int) -> Sequence[str]:
    """Fetch the items of one revision, in the order of their places there."""
    query = select(items.c.payload).join(revisions, items.c.revision_id == revisions.c.id)
    query = query.where(revisions.c.document_id == document_id, revisions.c.number == number)
    return connection.scalars(query.order_by(items.c.ordinal)).all()


def fetch_payloads(connection: Connection, table: Table) -> Sequence[str]:
    """Fetch the items or passages of the current revisions, in the order of their sources and of their places there."""
    query = select(table.c.payload).select_from(_current().join(table, table.c.revision_id == revisions.c.id))
    return connection.scalars(query.order_by(documents.c.source, documents.c.id, table.c.ordinal)).all()


def select_lines(document_id: str) -> Select[str]:
    """Ask for the lines of a document's current revision, as JSON."""
    return select(revisions.c.lines).select_from(_current()).where(documents.c.id == document_id)


def to_stored_documents(rows: Sequence[Row[Any]]) -> tuple[StoredDocument, ...]:
    """Read the rows of `fetch_documents`."""
    reports = from_json(IngestReport, (row.report for row in rows))
    return tuple(map(_to_stored_document, rows, reports))


# All but the lines, which are long and seldom wanted.
_COLUMNS = tuple(column for column in revisions.columns if column.name not in ("id", "lines"))


def _current() -> FromClause:
    return documents.join(
        revisions, and_(revisions.c.document_id == documents.c.id, revisions.c.number == documents.c.revision)
    )


def _to_stored_document(row: Row[Any], report: IngestReport) -> StoredDocument:
    return StoredDocument(
        id=row.document_id,
        source=row.source,
        title=row.title,
        municipality=row.municipality,
        period=None if row.period_start is None else (row.period_start, row.period_end),
        encoding=row.encoding,
        content_hash=row.content_hash,
        revision=row.number,
        ingested_at=datetime.fromisoformat(row.ingested_at),
        report=report,
        title_is_printed=row.title_is_printed,
        item_count=row.item_count,
        passage_count=row.passage_count,
        origin=row.origin,
        as_of=row.as_of,
        kind=row.kind,
        series=row.series,
    )


def _next_number(connection: Connection, document_id: str) -> int:
    newest = select(func.max(revisions.c.number)).where(revisions.c.document_id == document_id)
    return (connection.scalar(newest) or 0) + 1


def _revision_row(document: Document, extraction: Extraction) -> dict[str, object]:
    start, end = document.period or (None, None)
    return {
        "document_id": document.id,
        "content_hash": document.content_hash,
        "encoding": document.encoding,
        "title": document.title,
        "title_is_printed": document.title_is_printed,
        "municipality": document.municipality,
        "period_start": start,
        "period_end": end,
        "item_count": len(extraction.items),
        "passage_count": len(extraction.passages),
        "ingested_at": datetime.now(UTC).isoformat(timespec="microseconds"),
        "report": to_json(extraction.report),
        "lines": to_json(document.lines),
        "told": told_as_text(document.told),
        "as_of": document.as_of,
        "kind": document.kind,
        "series": document.series,
    }


def _write_parts(connection: Connection, table: Table, revision_id: int, parts: Iterable[PlanItem | Passage]) -> None:
    rows = [
        {"revision_id": revision_id, "ordinal": ordinal, "id": part.id, "payload": to_json(part)}
        for ordinal, part in enumerate(parts)
    ]
    if rows:
        connection.execute(insert(table), rows)
