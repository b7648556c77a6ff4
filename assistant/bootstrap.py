"""Settings in, the real parts assembled out: the only place that knows which parts there are."""

from collections.abc import Callable

from assistant.errors import NotThere
from assistant.ingesting import Ingesting
from assistant.settings import Settings
from vectorstore.catalogue import Catalogue
from vectorstore.contents import StoredDocument

Show = Callable[[int, int], None]


def build_catalogue(settings: Settings) -> Catalogue:
    """Open the catalogue, which is made if it is not there."""
    return Catalogue.open(settings.catalogue_url)


def build_ingesting(settings: Settings, show: Show, replace: bool = False) -> Ingesting:
    """Assemble what adds documents; `show` is told how many of a document's passages are embedded."""
    return Ingesting(build_catalogue(settings), lambda _: None, replace)


def find_document(catalogue: Catalogue, document_id: str) -> StoredDocument:
    """Return one document.

    Raises:
        NotThere: it was never ingested, or is deleted.

    """
    for document in catalogue.documents():
        if document.id == document_id:
            return document
    raise NotThere(f"{document_id}: no such document; list the documents at /v1/documents or with `kaikaku documents`")
