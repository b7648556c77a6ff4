"""One version of the catalogue in, a searchable snapshot of it out; a newer version replaces the snapshot."""

import logging
import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from ingest.plan_items import Passage, PlanItem
from vectorstore.catalogue import Catalogue
from vectorstore.contents import Contents, StoredDocument, Vector
from vectorstore.errors import CatalogueError
from vectorstore.fusion import fuse
from vectorstore.hits import Hit
from vectorstore.lexical import LexicalIndex, Scores
from vectorstore.query import query_tokens
from vectorstore.tokens import index_tokens

CANDIDATES = 100

logger = logging.getLogger(__name__)


class VectorIndex(Protocol):
    """Cosines by passage id: ChromaVectors and MatrixVectors."""

    def nearest(self, query: Vector, documents: Collection[str] | None, count: int) -> dict[str, float]:
        """Return the cosines of the nearest passages of the given documents."""
        ...

    def cosines(self, query: Vector, keys: Collection[str]) -> dict[str, float]:
        """Return the cosine of each of the passages."""
        ...

    def count(self) -> int:
        """Return how many vectors there are."""
        ...


@dataclass(frozen=True, slots=True)
class Dense:
    """The dense half of a corpus: its vectors, and what turns a question into one."""

    vectors: VectorIndex
    embed_query: Callable[[str], Sequence[float]]


@dataclass(frozen=True, eq=False)
class Corpus:
    """All current documents, items and passages at one version; never changes."""

    contents: Contents
    lexical: LexicalIndex
    dense: Dense | None = None

    @classmethod
    def of(cls, contents: Contents, dense: Dense | None = None) -> "Corpus":
        """Index the passages of a catalogue's contents."""
        return cls(contents, LexicalIndex(index_tokens(passage.search_text) for passage in contents.passages), dense)

    @property
    def version(self) -> int:
        """The corpus version this is a snapshot of."""
        return self.contents.version

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

    @property
    def without_vector(self) -> int:
        """How many passages the vector index lacks; 0 when search goes by words alone."""
        if self.dense is None:
            return 0
        return max(0, len(self._places) - self.dense.vectors.count())

    @cached_property
    def _places(self) -> dict[str, int]:
        return {passage.id: place for place, passage in enumerate(self.passages)}

    def search(self, query: str, document_ids: Collection[str] | None = None, limit: int = 10) -> tuple[Hit, ...]:
        """Rank passages of the given documents: exact lexical and dense scores of the best of both, fused."""
        allowed = [n for n, p in enumerate(self.passages) if document_ids is None or p.document_id in document_ids]
        if not allowed or not query.strip():
            return ()
        lexical = self.lexical.scores(query_tokens(query, self.lexical))
        cosines = self._cosines(query, lexical, allowed, document_ids)
        best = sorted(allowed, key=lambda n: -lexical[n])[:CANDIDATES]
        places = np.array(sorted({*best, *cosines})) if cosines else np.array(best)
        dense = np.array([cosines.get(n, 0.0) for n in places], dtype=np.float32) if cosines else None
        scores = fuse(lexical[places], dense)
        order = np.argsort(-scores, kind="stable")[:limit]
        return tuple(
            Hit(
                self.passages[places[n]],
                float(scores[n]),
                float(lexical[places[n]]),
                None if dense is None else float(dense[n]),
            )
            for n in order
        )

    def _cosines(
        self, query: str, lexical: Scores, allowed: list[int], document_ids: Collection[str] | None
    ) -> dict[int, float]:
        """Cosines, by place, of the nearest passages and of the lexically best ones."""
        if self.dense is None:
            return {}
        vector = np.asarray(self.dense.embed_query(query), dtype=np.float32)
        inside = None if len(allowed) == len(self.passages) else document_ids
        found = self.dense.vectors.nearest(vector, inside, CANDIDATES)
        missing = [self.passages[n].id for n in sorted(allowed, key=lambda n: -lexical[n])[:CANDIDATES]]
        found |= self.dense.vectors.cosines(vector, [key for key in missing if key not in found])
        return {self._places[key]: cosine for key, cosine in found.items() if key in self._places}


class LiveCorpus:
    """Gives the newest snapshot; looks for a new version at most every `refresh_seconds`.

    An answer that is under way keeps the snapshot it began with.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        dense: Callable[[Contents], Dense | None] = lambda _: None,
        refresh_seconds: float = 1.0,
    ) -> None:
        self._catalogue = catalogue
        self._dense = dense
        self._refresh_seconds = refresh_seconds
        self._lock = threading.Lock()
        self._looked = 0.0
        self._corpus: Corpus | None = None

    def __call__(self) -> Corpus:
        """Return the snapshot of the newest version that has been seen."""
        corpus = self._corpus
        if corpus is not None and time.monotonic() - self._looked < self._refresh_seconds:
            return corpus
        with self._lock:
            return self._refreshed()

    def _refreshed(self) -> Corpus:
        if self._corpus is not None and time.monotonic() - self._looked < self._refresh_seconds:
            return self._corpus
        try:
            if self._corpus is None or self._catalogue.version() != self._corpus.version:
                contents = self._catalogue.load()
                self._corpus = Corpus.of(contents, self._dense(contents))
                logger.info("corpus version %d: %d passages", contents.version, len(contents.passages))
        except CatalogueError as error:
            if self._corpus is None:
                raise
            # What was read before still answers while the catalogue is away.
            logger.warning(
                "the catalogue cannot be read, version %d goes on answering: %s", self._corpus.version, error
            )
        self._looked = time.monotonic()
        return self._corpus
