"""A document and those stored already in, remarks for the person who adds it out: the same plan may come in twice."""

from collections.abc import Iterable

from ingest.documents import Document
from vectorstore.contents import StoredDocument


def remarks_on(document: Document, stored: Iterable[StoredDocument]) -> tuple[str, ...]:
    """Return one remark for each other document with the same content or title."""
    others = (other for other in stored if other.id != document.id)
    return tuple(remark for other in others if (remark := _remark(document, other)))


def _remark(document: Document, other: StoredDocument) -> str | None:
    if document.content_hash == other.content_hash:
        return f"{document.source}: has the same content as {other.source}, and counts once with it; delete one"
    if document.title_is_printed and document.title == other.title and may_be_one_place(document, other):
        known = f"{other.source} ({other.title})"
        return f"{document.source}: has the same title as {known}; delete one unless they are versions of one plan"
    return None


def may_be_one_place(document: Document | StoredDocument, other: StoredDocument) -> bool:
    """Tell whether two documents may be of one municipality: many cities name their plans alike."""
    return None in (document.municipality, other.municipality) or document.municipality == other.municipality
