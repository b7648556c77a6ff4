"""What every channel offers over one corpus: questions answered, items selected, documents shown, added and removed."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answers import Answer, Question, Rating
from assistant.conversations import Conversations, Exchange, new_id
from assistant.errors import NotReady, NotThere
from assistant.ingesting import Ingested, Ingesting
from assistant.listening import NOBODY, Listener
from assistant.page_pictures import Picture, Render, draw, render_page
from assistant.recording import record
from ingest.plan_items import PlanItem
from ingest.reading import PlanFile
from ingest.told import NOTHING_TOLD, Told
from vectorstore.catalogue import Catalogue
from vectorstore.contents import StoredDocument
from vectorstore.corpus import Corpus
from vectorstore.corrected_items import new_correction
from vectorstore.item_filter import ItemFilter
from vectorstore.passage_vectors import drop_vectors_of_deleted

_NO_DOCUMENT = "no such document; list the documents at /v1/documents or with `kaikaku documents`"
_REBUILD = "wait a moment; if it stays behind, run `kaikaku index rebuild`"
_NO_CORRECTION = "no such correction is in force; list them with `kaikaku corrections list`"
_PATIENCE_SECONDS = 10.0
_NO_CONVERSATION = "no such conversation; it may be deleted already, or have expired"
_NO_ITEM = "no such item; a changed document may give its items new ids: list them at /v1/items or with `kaikaku items`"


class Answering(Protocol):
    """What turns a question into an answer."""

    def answer(self, question: Question, listener: Listener = NOBODY) -> Answer:
        """Answer one question, telling the listener how far it is."""
        ...


@dataclass(frozen=True, slots=True)
class Service:
    """The assembled parts; safe to use from several threads."""

    catalogue: Catalogue
    corpus: Callable[[], Corpus]
    assistant: Answering
    conversations: Conversations
    ingesting: Ingesting
    contact: str = ""
    render: Render = render_page
    retention_days: int = 90

    def ask(self, question: Question, listener: Listener = NOBODY) -> Exchange:
        """Answer a question whose history the caller holds; no conversation is stored."""
        return self._recorded(question, Exchange(new_id(), new_id(), self._answer(question, listener)))

    def continue_conversation(
        self, question: Question, conversation_id: str | None, listener: Listener = NOBODY
    ) -> Exchange:
        """Answer a question in a stored conversation, a new one if the id is None or unknown."""
        known_id, turns = self.conversations.resume(conversation_id)
        answer = self._answer(replace(question, history=turns), listener)
        self.conversations.remember(known_id, question.text, answer)
        return self._recorded(question, Exchange(new_id(), known_id, answer))

    def forget_conversation(self, conversation_id: str) -> None:
        """Delete a stored conversation.

        Raises:
            NotThere: there is none; it may be deleted already, or have expired.

        """
        if not self.conversations.forget(conversation_id):
            raise NotThere(_NO_CONVERSATION)

    def rate(self, answer_id: str, rating: Rating, comment: str | None, rater: str = "") -> None:
        """Keep whether an answer was helpful; of one rater the last rating counts."""
        self.catalogue.add_feedback(answer_id, rating, comment, rater)

    def items(self, chosen: ItemFilter) -> tuple[PlanItem, ...]:
        """Return all items of current documents that the filter selects."""
        return self.corpus().select(chosen)

    def item(self, item_id: str) -> PlanItem:
        """Return one item.

        Raises:
            NotThere: no current document holds it.

        """
        for item in self.corpus().items:
            if item.id == item_id:
                return item
        raise NotThere(_NO_ITEM)

    def document(self, document_id: str) -> StoredDocument:
        """Return one document with its report.

        Raises:
            NotThere: it was never ingested, or is deleted.

        """
        for document in self.catalogue.documents():
            if document.id == document_id:
                return document
        raise NotThere(_NO_DOCUMENT)

    def items_of(self, document_id: str) -> tuple[PlanItem, ...]:
        """Return the items of one document, as printed."""
        return tuple(item for item in self.corpus().items if item.document_id == document_id)

    def lines(self, document_id: str) -> tuple[str, ...]:
        """Return the source lines of a document.

        Raises:
            NotThere: it was never ingested, or is deleted.

        """
        lines = self.catalogue.lines(document_id)
        if lines is None:
            raise NotThere(_NO_DOCUMENT)
        return lines

    def draw(self, picture: Picture) -> bytes:
        """Return a picture of a document's page as PNG.

        Raises:
            NotThere: the page or the document's file is not there.

        """
        return draw(picture, self.catalogue, self.render)

    def add(self, name: str, data: bytes, told: Told = NOTHING_TOLD) -> Ingested:
        """Ingest an uploaded file of which this was told; when this returns, answers come from it.

        Raises:
            IngestError: the bytes are no plan that can be read.

        """
        done = self.ingesting.add(PlanFile(name, data, told))
        self._catch_up()
        return done

    def delete(self, document_id: str) -> None:
        """Remove a document, its items and passages; when this returns, no answer comes from it.

        Raises:
            NotThere: it was never ingested, or is deleted already.

        """
        if not self.catalogue.delete(document_id):
            raise NotThere(_NO_DOCUMENT)
        drop_vectors_of_deleted(self.catalogue)
        self._catch_up()

    def check(self) -> Corpus:
        """Return the corpus if the stores answer and it is not behind the catalogue.

        Raises:
            VectorstoreError: a store does not answer.
            NotReady: the corpus is behind.

        """
        version = self.catalogue.version()
        corpus = self._catch_up()
        if corpus.version < version:
            raise NotReady(f"the index is at version {corpus.version}, the catalogue at {version}: {_REBUILD}")
        if problem := corpus.index_problem():
            raise NotReady(f"{problem}: {_REBUILD}")
        return corpus

    def correct(self, item_id: str, field: str, value: str, reason: str) -> None:
        """Correct a field of an item; when this returns, every answer and list has it.

        Raises:
            NotThere: no current document holds the item.
            BadCorrection: the field cannot be corrected so.

        """
        item = self.item(item_id)
        replaced = [one.id for one in item.corrections if one.field == field]
        self.catalogue.corrections.add(new_correction(item, field, value, reason), replaced)
        self._catch_up()

    def undo_correction(self, correction_id: int) -> None:
        """Take a correction back; when this returns, every answer and list has what is printed.

        Raises:
            NotThere: none of this id is in force.

        """
        if not self.catalogue.corrections.undo(correction_id):
            raise NotThere(_NO_CORRECTION)
        self._catch_up()

    def _recorded(self, question: Question, exchange: Exchange) -> Exchange:
        record(question, exchange, self.corpus().version, self.catalogue, self.retention_days)
        return exchange

    def _answer(self, question: Question, listener: Listener) -> Answer:
        answer = self.assistant.answer(question, listener)
        if answer.outcome == "not_found" and self.contact:
            return replace(answer, text=f"{answer.text}\n\n{self.contact}")
        return answer

    def _catch_up(self) -> Corpus:
        # The corpus looks for a new version now and then, not at every question.
        version, deadline = self.catalogue.version(), time.monotonic() + _PATIENCE_SECONDS
        while (corpus := self.corpus()).version < version and time.monotonic() < deadline:
            time.sleep(0.02)
        return corpus
