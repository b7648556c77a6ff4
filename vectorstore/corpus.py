"""One version of the catalogue's contents in, a searchable snapshot of it out."""

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from ingest.plan_items import Passage, PlanItem
from vectorstore.contents import Contents, StoredDocument, Vector
from vectorstore.current_items import select_current
from vectorstore.errors import EmbeddingFailed
from vectorstore.fusion import E5_SCALE, CosineScale, fuse
from vectorstore.hits import Hit
from vectorstore.item_filter import ItemFilter, count_missing, facets, searchable_text
from vectorstore.lexical import LexicalIndex, Scores
from vectorstore.matrix import Cosines, Places
from vectorstore.query import query_tokens
from vectorstore.series import Version, versions_of
from vectorstore.tokens import index_tokens
from vectorstore.words import Words

CANDIDATES = 100

logger = logging.getLogger(__name__)


class VectorIndex(Protocol):
    """Cosines by place in the corpus: ChromaVectors and MatrixVectors."""

    def nearest(self, query: Vector, places: Places | None, count: int) -> Places:
        """Return the `count` nearest of the given places, None for all."""
        ...

    def cosines(self, query: Vector, places: Places) -> Cosines:
        """Return the exact cosine at each place, NaN where there is no vector."""
        ...

    def problem(self) -> str | None:
        """Say what is wrong with the index now, None if it is whole and answers."""
        ...


@dataclass(frozen=True, slots=True)
class Dense:
    """The dense half of a corpus: its vectors, what turns a question into one, and what the model's cosines mean."""

    vectors: VectorIndex
    embed_query: Callable[[str], Sequence[float]]
    scale: CosineScale = E5_SCALE


@dataclass(frozen=True, eq=False)
class Corpus:
    """All current documents, items and passages at one version; never changes."""

    contents: Contents
    lexical: LexicalIndex
    dense: Dense | None = None

    @classmethod
    def of(
        cls,
        contents: Contents,
        dense: Dense | None = None,
        tokens: Callable[[str], Iterable[str]] = index_tokens,
    ) -> "Corpus":
        """Index the passages of a catalogue's contents."""
        return cls(contents, LexicalIndex(list(tokens(p.search_text)) for p in contents.passages), dense)

    @property
    def version(self) -> int:
        """The corpus version this is a snapshot of."""
        return self.contents.version

    @property
    def words(self) -> Words:
        """The brought-in words that mean the same."""
        return self.contents.words

    @property
    def documents(self) -> tuple[StoredDocument, ...]:
        """The current documents."""
        return self.contents.documents

    @property
    def items(self) -> tuple[PlanItem, ...]:
        """The current items, in the order of their documents and lines."""
        return self.contents.items

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The current passages, in the order of their documents and lines."""
        return self.contents.passages

    @cached_property
    def versions(self) -> dict[str, Version]:
        """What each document is to the others: current, or superseded by a later version or another format."""
        return versions_of(self.contents)

    @cached_property
    def item_texts(self) -> dict[str, str]:
        """What is searched when items are filtered by a text, by item id."""
        return {item.id: searchable_text(item) for item in self.items}

    @cached_property
    def current_items(self) -> tuple[PlanItem, ...]:
        """The items of current documents."""
        return select_current(self.items, ItemFilter(), self.versions)

    @cached_property
    def current_facets(self) -> dict[str, tuple[tuple[str | int, int], ...]]:
        """The facets of the current items, and how many lack each field under "missing"."""
        return {**facets(self.current_items), "missing": count_missing(self.current_items)}

    def select(self, wanted: ItemFilter) -> tuple[PlanItem, ...]:
        """Return all items of current documents that meet every condition."""
        return select_current(self.items, wanted, self.versions, lambda item: self.item_texts[item.id])

    def index_problem(self) -> str | None:
        """Say what is wrong with the vector index, None if nothing is or if search goes by words alone."""
        return None if self.dense is None else self.dense.vectors.problem()

    def search(self, query: str, document_ids: Collection[str] | None = None, limit: int = 10) -> tuple[Hit, ...]:
        """Rank passages of the given documents: exact lexical and dense scores of the best of both, fused."""
        allowed = self._places_in(document_ids)
        if not len(allowed) or not query.strip():
            return ()
        lexical = self.lexical.scores(query_tokens(query, self.lexical, self.words))
        by_words = allowed[np.argsort(-lexical[allowed], kind="stable")[:CANDIDATES]]
        places, cosines = self._with_nearest(query, by_words, allowed)
        scores = fuse(lexical[places], cosines, self.dense.scale if self.dense else E5_SCALE)
        order = np.argsort(-scores, kind="stable")[:limit]
        return tuple(self._hit(places[n], scores[n], lexical, None if cosines is None else cosines[n]) for n in order)

    def _with_nearest(self, query: str, by_words: Places, allowed: Places) -> tuple[Places, Cosines | None]:
        """The places found by words and by meaning, in printed order, with the cosine of each."""
        vector = self._embed(query)
        if self.dense is None or vector is None:
            return np.sort(by_words), None
        inside = None if len(allowed) == len(self.passages) else allowed
        places = np.union1d(by_words, self.dense.vectors.nearest(vector, inside, CANDIDATES))
        return places, self.dense.vectors.cosines(vector, places)

    def _embed(self, query: str) -> Vector | None:
        if self.dense is None:
            return None
        try:
            return np.asarray(self.dense.embed_query(query), dtype=np.float32)
        except EmbeddingFailed as error:
            logger.warning("this question is searched by words alone: %s", error)
            return None

    def _places_in(self, document_ids: Collection[str] | None) -> Places:
        if document_ids is None:
            return np.arange(len(self.passages))
        found = [self._by_document[known] for known in set(document_ids) if known in self._by_document]
        return np.sort(np.concatenate(found)) if found else np.zeros(0, np.intp)

    @cached_property
    def _by_document(self) -> dict[str, Places]:
        places: dict[str, list[int]] = {}
        for place, passage in enumerate(self.passages):
            places.setdefault(passage.document_id, []).append(place)
        return {document_id: np.array(found, dtype=np.intp) for document_id, found in places.items()}

    def _hit(self, place: int, score: float, lexical: Scores, cosine: float | None) -> Hit:
        dense = None if cosine is None or np.isnan(cosine) else float(cosine)
        return Hit(self.passages[place], float(score), float(lexical[place]), dense)
