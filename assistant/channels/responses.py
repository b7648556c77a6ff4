"""Our values in, the models of the HTTP contract out: the JSON that the API sends and `--json` prints."""

from collections.abc import Iterable, Mapping, Sequence

from assistant.channels.choosing import choices_of
from assistant.channels.html import answer_html
from assistant.channels.model_schemas import ModelUseOut
from assistant.channels.schemas import (
    AskOut,
    AskResponse,
    ChoiceOut,
    CitationOut,
    DocumentDetail,
    DocumentOut,
    DocumentsResponse,
    FacetOut,
    IngestedOut,
    ItemOut,
    ItemsResponse,
)
from assistant.conversations import Exchange
from assistant.ingesting import Ingested
from assistant.listing import ItemPage
from assistant.replies import load_replies
from ingest.plan_items import PlanItem
from ingest.told import unsure_about
from vectorstore.contents import StoredDocument
from vectorstore.series import Version


def ask_response(exchange: Exchange, list_url: str | None = None) -> AskResponse:
    """Return the reply to POST /v1/ask; `list_url` is where the same rows are listed."""
    answer = exchange.answer
    return AskResponse(
        answer_id=exchange.answer_id,
        conversation_id=exchange.conversation_id,
        outcome=answer.outcome,
        reason=answer.reason,
        answer=answer.text,
        answer_html=answer_html(answer.text),
        citations=[CitationOut.model_validate(citation) for citation in answer.citations],
        items=[item_out(item) for item in answer.items],
        total=answer.total,
        list_url=list_url,
        filters=dict(answer.filters),
        suggestions=list(answer.suggestions),
        choices=[ChoiceOut(label=label, question=question) for question, label in choices_of(answer).items()],
        mode=answer.mode,
        timings=dict(answer.timings),
        model_use=None if answer.model_use is None else ModelUseOut.model_validate(answer.model_use),
    )


def item_out(item: PlanItem) -> ItemOut:
    """Return one item."""
    return ItemOut.model_validate(item)


def items_response(page: ItemPage, facets: Mapping[str, Sequence[tuple[str | int, int]]]) -> ItemsResponse:
    """Return one page of items with the facets of all."""
    counted = {name: [FacetOut(value=value, count=count) for value, count in values] for name, values in facets.items()}
    return ItemsResponse(
        items=[item_out(item) for item in page.items], total=page.total, next_cursor=page.next_cursor, facets=counted
    )


def document_out(document: StoredDocument) -> DocumentOut:
    """Return one document without its report."""
    return DocumentOut.model_validate(document)


def document_detail(document: StoredDocument, version: Version | None = None) -> DocumentDetail:
    """Return one document with its report."""
    return DocumentDetail.model_validate(document).model_copy(update=_standing(version))


def documents_response(documents: Iterable[StoredDocument], versions: Mapping[str, Version]) -> DocumentsResponse:
    """Return all documents, each with what it is to the others."""
    listed = [document_out(document).model_copy(update=_standing(versions.get(document.id))) for document in documents]
    return DocumentsResponse(documents=listed, total=len(listed))


def _standing(version: Version | None) -> dict[str, str | None]:
    return {} if version is None else {"superseded_by": version.superseded_by, "relation": version.relation}


def ingested_out(done: Ingested, document: StoredDocument) -> IngestedOut:
    """Return what an upload did."""
    unsure = unsure_about(document.title_is_printed, document.municipality)
    asks = [AskOut(field=field, question=load_replies("ja").say(f"ask_{field}")) for field in unsure]
    return IngestedOut(outcome=done.result, remarks=list(done.remarks), asks=asks, document=document_detail(document))
