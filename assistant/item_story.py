"""The id of an item in; the item, what changed in it since earlier versions, and where else it is printed out."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.service import Service
from ingest.plan_items import PlanItem
from vectorstore.changes import ItemChange, change_of
from vectorstore.contents import StoredDocument
from vectorstore.corpus import Corpus
from vectorstore.item_filter import is_same

_MOST_STEPS = 10


@dataclass(frozen=True, slots=True)
class Step:
    """How the item came from an earlier version: `change.old` is None where that version does not hold it."""

    version: StoredDocument
    change: ItemChange


@dataclass(frozen=True, slots=True)
class ItemStory:
    """An item with its document; `newer` is the version that replaces it, `elsewhere` the same item in others."""

    item: PlanItem
    document: StoredDocument
    newer: StoredDocument | None
    steps: tuple[Step, ...]
    elsewhere: tuple[PlanItem, ...]


def item_story(service: Service, item_id: str) -> ItemStory:
    """Follow an item back through the versions of its plan, from the newest.

    Raises:
        NotThere: no current document holds it.

    """
    corpus, item = service.corpus(), service.item(item_id)
    documents = {document.id: document for document in corpus.documents}
    version = corpus.versions.get(item.document_id)
    newer = documents.get(version.superseded_by) if version and version.superseded_by else None
    steps = tuple(_steps(service, corpus, item, documents[item.document_id]))
    return ItemStory(item, documents[item.document_id], newer, steps, _elsewhere(corpus, item))


def _steps(service: Service, corpus: Corpus, item: PlanItem, document: StoredDocument) -> Iterator[Step]:
    held: tuple[PlanItem, ...] = ()
    for taken, earlier in enumerate(_earlier(service, corpus, document)):
        if not held:
            # As printed: what staff corrected is no change of the plan.
            held = service.catalogue.items_of(document.id, document.revision)
            item = next((one for one in held if one.id == item.id), item)
        before = service.catalogue.items_of(earlier.id, earlier.revision)
        change = change_of(item, before, held)
        yield Step(earlier, change)
        if change.old is None or taken + 1 == _MOST_STEPS:
            return
        item, held = change.old, before


def _earlier(service: Service, corpus: Corpus, document: StoredDocument) -> Iterator[StoredDocument]:
    """The versions before a document, the newest first: its own revisions, then the document that it supersedes."""
    seen = {document.content_hash}
    for revision in reversed(service.catalogue.revisions(document.id)):
        # The same bytes read by another version of this program are no version of the plan.
        if revision.content_hash not in seen:
            seen.add(revision.content_hash)
            yield revision
    older = [
        one
        for one in corpus.documents
        if (version := corpus.versions.get(one.id))
        and version.superseded_by == document.id
        and version.relation != "format"
    ]
    for one in older[:1]:
        yield one
        yield from _earlier(service, corpus, one)


def _elsewhere(corpus: Corpus, item: PlanItem) -> tuple[PlanItem, ...]:
    near = (one for one in corpus.items if one.document_id != item.document_id)
    return tuple(one for one in near if one.municipality == item.municipality and is_same(one.title, item.title))
