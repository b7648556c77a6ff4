"""Documents in, what staff are told of each out: its dates, its items, and how well it was read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.channels.web.admin.page import named
from ingest.today import JAPAN
from vectorstore.contents import StoredDocument
from vectorstore.series import Version


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document of the table: dates as 2026-04-01, its gaps as 所管課 3, and what its reader remarked."""

    id: str
    title: str
    source: str
    municipality: str
    as_of: str
    read_on: str
    revision: int
    items: int
    gaps: tuple[str, ...]
    repairs: int
    remarks: tuple[str, ...]
    is_replaced: bool


def document_rows(documents: Iterable[StoredDocument], versions: Mapping[str, Version]) -> tuple[DocumentRow, ...]:
    """Return the rows, the last read first."""
    newest_first = sorted(documents, key=lambda document: document.ingested_at, reverse=True)
    return tuple(_row(document, versions.get(document.id)) for document in newest_first)


def _row(document: StoredDocument, version: Version | None) -> DocumentRow:
    report = document.report
    told = (*report.not_understood, *report.remarks)
    return DocumentRow(
        id=document.id,
        title=document.title,
        source=document.source,
        municipality=document.municipality or "",
        as_of=document.as_of or "",
        read_on=document.ingested_at.astimezone(JAPAN).date().isoformat(),
        revision=document.revision,
        items=document.item_count,
        gaps=tuple(f"{named('field', field)} {count}" for field, count in report.missing.items() if count),
        repairs=len(report.repairs),
        remarks=tuple(f"{one.line}行目：{one.message}" if one.line else one.message for one in told),
        is_replaced=version is not None and version.superseded_by is not None and version.relation != "successor",
    )
