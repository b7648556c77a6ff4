"""Documents and what they yielded in, one consistent corpus out: the catalogue is the truth, every index is derived."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine, Row, update

from ingest.documents import Document
from ingest.plan_items import Extraction, Passage, PlanItem
from ingest.told import NOTHING_TOLD, Told
from vectorstore.answer_records import AnswerRecords
from vectorstore.contents import Added, Contents, EmbeddingModel, StoredDocument, Vector, Vectors
from vectorstore.corpus_version import count_version_up, fetch_embedding_model, fetch_version, lock_corpus
from vectorstore.corrected_items import corrected, with_corrected_texts
from vectorstore.corrections import Corrections, fetch_corrections
from vectorstore.database import create_database, reading, writing
from vectorstore.errors import DuplicateSource
from vectorstore.extractor import extractor_version
from vectorstore.feedback import fetch_feedback, write_feedback
from vectorstore.migrating import migrate
from vectorstore.namesakes import remarks_on
from vectorstore.originals import drop_unused_originals, fetch_original, write_original
from vectorstore.revisions import (
    delete_document,
    fetch_documents,
    fetch_items_of,
    fetch_payloads,
    fetch_revisions,
    find_current,
    select_lines,
    to_stored_documents,
    told_as_text,
    write_revision,
)
from vectorstore.schema import corpus, items, passages
from vectorstore.serialization import from_json
from vectorstore.stored_words import delete_words, fetch_words, write_words
from vectorstore.turns import delete_conversation, delete_said_before, fetch_turns, write_turns
from vectorstore.vectors import delete_vectors_except, fetch_vectors, write_vectors
from vectorstore.words import WordFile, Words

__all__ = ["Added", "Catalogue", "Contents", "EmbeddingModel", "StoredDocument", "Vectors"]


class Catalogue:
    """The stored documents, in SQLite or PostgreSQL; safe to use from several threads and processes.

    Every method raises a CatalogueError that says what to do when the database fails.
    """

    def __init__(self, engine: Engine, extractor: str) -> None:
        self._engine = engine
        self._extractor = extractor
        self.records, self.corrections = AnswerRecords(engine), Corrections(engine)

    @classmethod
    def open(cls, url: str, extractor: str | None = None) -> Self:
        """Open the catalogue and bring its tables up to date; a missing SQLite file is made.

        `extractor` names the version of the code that reads plans; by default it is worked out from that code.
        """
        engine = create_database(url)
        try:
            migrate(engine)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, extractor or extractor_version())

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(
        self,
        document: Document,
        extraction: Extraction,
        vectors: Vectors | None = None,
        *,
        origin: str | None = None,
        original: bytes | None = None,
        replace: bool = False,
    ) -> Added:
        """Store a document, all of it or nothing; the same bytes read by the same code again change nothing.

        `original` is the bytes of its file, kept as long as this is the document's current revision.

        Raises:
            DuplicateSource: a different file of this name was read from another `origin`, and `replace` is false.

        """
        with writing(self._engine) as connection:
            lock_corpus(connection)
            if vectors is not None:
                write_vectors(connection, vectors)
            current = find_current(connection, document.id)
            if current is not None and self._is_same(current, document.content_hash, document.told):
                return Added("unchanged", document.id, current.number)
            if current is not None and not replace:
                _refuse_namesake(current, document, origin)
            remarks = remarks_on(document, to_stored_documents(fetch_documents(connection)))
            number = write_revision(connection, document, extraction, origin, self._extractor)
            if original is not None:
                write_original(connection, document.content_hash, original)
            drop_unused_originals(connection)
            count_version_up(connection)
            return Added("added" if current is None else "replaced", document.id, number, remarks)

    def holds(self, document_id: str, content_hash: str, told: Told = NOTHING_TOLD) -> bool:
        """Tell whether `add` would find the document unchanged, so that reading it can be spared."""
        with reading(self._engine) as connection:
            current = find_current(connection, document_id)
            return current is not None and self._is_same(current, content_hash, told)

    def delete(self, document_id: str) -> bool:
        """Remove a document with all its revisions; False if it is not stored."""
        with writing(self._engine) as connection:
            lock_corpus(connection)
            if not delete_document(connection, document_id):
                return False
            drop_unused_originals(connection)
            count_version_up(connection)
            return True

    def version(self) -> int:
        """Return the corpus version: it grows with every change of what `load` returns."""
        with reading(self._engine) as connection:
            return fetch_version(connection)

    def documents(self) -> tuple[StoredDocument, ...]:
        """Return the current revisions of all documents, by source."""
        with reading(self._engine) as connection:
            rows = fetch_documents(connection)
        return to_stored_documents(rows)

    def revisions(self, document_id: str) -> tuple[StoredDocument, ...]:
        """Return all revisions of a document, the oldest first; () if it is not stored."""
        with reading(self._engine) as connection:
            rows = fetch_revisions(connection, document_id)
        return to_stored_documents(rows)

    def items_of(self, document_id: str, revision: int) -> tuple[PlanItem, ...]:
        """Return the items of one revision of a document, in printed order."""
        with reading(self._engine) as connection:
            texts = fetch_items_of(connection, document_id, revision)
        return from_json(PlanItem, texts)

    def load(self) -> Contents:
        """Return everything the current revisions hold, corrected by staff, as it stood at one moment."""
        with reading(self._engine) as connection:
            version = fetch_version(connection)
            rows = fetch_documents(connection)
            item_texts = fetch_payloads(connection, items)
            passage_texts = fetch_payloads(connection, passages)
            in_force = fetch_corrections(connection, undone=False)
            words = fetch_words(connection)
        read = from_json(PlanItem, item_texts)
        found = corrected(read, in_force)
        return Contents(
            version,
            to_stored_documents(rows),
            found.items,
            with_corrected_texts(from_json(Passage, passage_texts), read, found.items),
            corrections=found.placed,
            words=words,
        )

    def lines(self, document_id: str) -> tuple[str, ...] | None:
        """Return a document's source text line by line, None if it is not stored."""
        with reading(self._engine) as connection:
            text = connection.scalar(select_lines(document_id))
        return None if text is None else from_json(tuple[str, ...], [text])[0]

    def original(self, document_id: str) -> bytes | None:
        """Return the bytes of the file that a document was read from, None if they are not stored."""
        with reading(self._engine) as connection:
            return fetch_original(connection, document_id)

    def embeddings(self, model_key: str, hashes: Iterable[str]) -> dict[str, Vector]:
        """Return the stored ones of the embeddings that a model made of texts with these content hashes."""
        with reading(self._engine) as connection:
            return fetch_vectors(connection, model_key, hashes)

    def store_embeddings(self, model_key: str, vectors: Mapping[str, Vector]) -> None:
        """Keep embeddings by content hash; those stored already stay as they are."""
        with writing(self._engine) as connection:
            lock_corpus(connection)
            write_vectors(connection, Vectors(model_key, vectors))

    def drop_embeddings_except(self, hashes: Collection[str], version: int) -> int:
        """Remove the embeddings of other texts and count those; none if the corpus is no longer at this version."""
        with writing(self._engine) as connection:
            lock_corpus(connection)
            return delete_vectors_except(connection, hashes) if fetch_version(connection) == version else 0

    def embedding_model(self) -> EmbeddingModel | None:
        """Return the model recorded as the one that the corpus is searched with."""
        with reading(self._engine) as connection:
            return fetch_embedding_model(connection)

    def record_embedding_model(self, model: EmbeddingModel | None) -> None:
        """Record the model; a change is a new corpus version, as every index must be derived again."""
        with writing(self._engine) as connection:
            lock_corpus(connection)
            if fetch_embedding_model(connection) != model:
                key, dimension, normaliser = (model.key, model.dimension, model.normaliser) if model else (None,) * 3
                connection.execute(
                    update(corpus).values(
                        embedding_key=key, embedding_dimension=dimension, embedding_normaliser=normaliser
                    )
                )
                count_version_up(connection)

    def words(self) -> Words:
        """Return the brought-in words that mean the same."""
        with reading(self._engine) as connection:
            return fetch_words(connection)

    def add_words(self, file: WordFile) -> None:
        """Store a file of words in place of an earlier one of its name; it is a new corpus version."""
        with writing(self._engine) as connection:
            lock_corpus(connection)
            write_words(connection, file)
            count_version_up(connection)

    def remove_words(self, name: str) -> bool:
        """Remove a file of words; False if there is none."""
        with writing(self._engine) as connection:
            lock_corpus(connection)
            removed = delete_words(connection, name)
            count_version_up(connection)
            return removed

    def turns(self, conversation_id: str, limit: int) -> tuple[tuple[str, str], ...]:
        """Return the last `limit` (role, content) pairs of a conversation, oldest first."""
        with reading(self._engine) as connection:
            return fetch_turns(connection, conversation_id, limit)

    def add_turns(self, conversation_id: str, turns: tuple[tuple[str, str], ...]) -> None:
        """Append (role, content) pairs to a conversation, a new one if the id is unknown."""
        with writing(self._engine) as connection:
            write_turns(connection, conversation_id, turns)

    def forget_conversation(self, conversation_id: str) -> bool:
        """Remove a conversation with all its turns; False if there is none."""
        with writing(self._engine) as connection:
            return delete_conversation(connection, conversation_id)

    def forget_said_before(self, moment: datetime) -> int:
        """Remove what users wrote before a moment: turns, recent questions, comments; count the turns."""
        with writing(self._engine) as connection:
            return delete_said_before(connection, moment)

    def add_feedback(self, answer_id: str, rating: str, comment: str | None, rater: str) -> None:
        """Keep a rating of an answer, in place of an earlier one by the same rater."""
        with writing(self._engine) as connection:
            write_feedback(connection, answer_id, rating, comment, rater)

    def feedback(self, answer_id: str) -> tuple[tuple[str, str | None], ...]:
        """Return the (rating, comment) pairs given for an answer, oldest first."""
        with reading(self._engine) as connection:
            return fetch_feedback(connection, answer_id)

    def _is_same(self, current: Row[Any], content_hash: str, told: Told) -> bool:
        stored = current.content_hash, current.extractor, current.told
        return stored == (content_hash, self._extractor, told_as_text(told))


def _refuse_namesake(current: Row[Any], document: Document, origin: str | None) -> None:
    moved = origin is not None and current.origin is not None and origin != current.origin
    if moved and current.content_hash != document.content_hash:
        raise DuplicateSource(
            f"{origin}: a different file of this name was read from {current.origin};"
            " rename one of the two, or ask for it to be replaced if this is its new version"
        )
