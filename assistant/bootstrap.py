"""Settings in, the real parts assembled out: the only place that knows which parts there are."""

from collections.abc import Callable

from assistant.conversations import Conversations
from assistant.errors import NotThere
from assistant.ingesting import Ingesting
from assistant.service import Service
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


def build_service(settings: Settings) -> Service:
    """Assemble everything that answers."""
    from assistant.answering import Assistant
    from vectorstore.corpus import LiveCorpus

    ingesting = build_ingesting(settings, lambda _, __: None, replace=True)
    corpus = LiveCorpus(ingesting.catalogue, refresh_seconds=settings.refresh_seconds)
    conversations = Conversations(ingesting.catalogue)
    return Service(ingesting.catalogue, corpus, Assistant(corpus), conversations, ingesting, settings.contact)


def find_document(catalogue: Catalogue, document_id: str) -> StoredDocument:
    """Return one document.

    Raises:
        NotThere: it was never ingested, or is deleted.

    """
    for document in catalogue.documents():
        if document.id == document_id:
            return document
    raise NotThere(f"{document_id}: no such document; list the documents at /v1/documents or with `kaikaku documents`")
