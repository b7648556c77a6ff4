"""Passages in, their vectors out: taken from the catalogue, or made by the embedding model where it has none."""

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ingest.plan_items import Passage
from vectorstore.catalogue import Catalogue
from vectorstore.contents import EmbeddingModel, Vector, Vectors
from vectorstore.errors import EmbeddingFailed
from vectorstore.fusion import CosineScale
from vectorstore.matrix import MatrixVectors

# Small enough for a progress bar to move, large enough to keep all threads busy.
_BATCH = 16

logger = logging.getLogger(__name__)


class EmbeddingsOfModel(Protocol):
    """langchain embeddings that know which model they are, and what its cosines are worth."""

    model: EmbeddingModel

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages."""
        ...

    def embed_query(self, text: str) -> list[float]:
        """Embed a question."""
        ...

    def scale(self) -> CosineScale:
        """Return how the model's cosines are read."""
        ...


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """The vectors of one model; `show` is told how many of the new texts are embedded.

    A text that the model fails to embed is left without a vector, with a warning: it is still found by its words.
    """

    catalogue: Catalogue
    embeddings: EmbeddingsOfModel
    show: Callable[[int, int], None] = lambda _, __: None

    def of(self, passages: Sequence[Passage]) -> Vectors:
        """Return the passages' vectors for storing them with their document."""
        known, missing = self._known_and_missing(passages)
        for made in self._made(missing):
            known |= made
        return Vectors(self.embeddings.model.cache_key, known)

    def by_hash(self, passages: Sequence[Passage]) -> dict[str, Vector]:
        """Return the passages' vectors by `hash_of`; new ones are stored as they are made."""
        known, missing = self._known_and_missing(passages)
        for made in self._made(missing):
            self.catalogue.store_embeddings(self.embeddings.model.cache_key, made)
            known |= made
        return known

    def stored(self, passages: Sequence[Passage]) -> dict[str, Vector]:
        """Return those of the passages' vectors that need not be made, by `hash_of`."""
        return self._known_and_missing(passages)[0]

    def _known_and_missing(self, passages: Sequence[Passage]) -> tuple[dict[str, Vector], dict[str, str]]:
        texts = {hash_of(passage): passage.search_text for passage in passages}
        known = self.catalogue.embeddings(self.embeddings.model.cache_key, texts)
        return known, {key: text for key, text in texts.items() if key not in known}

    def _made(self, texts: Mapping[str, str]) -> Iterator[dict[str, Vector]]:
        keys = list(texts)
        for start in range(0, len(keys), _BATCH):
            batch = keys[start : start + _BATCH]
            try:
                vectors = self.embeddings.embed_documents([texts[key] for key in batch])
            except EmbeddingFailed as error:
                logger.warning("%d texts are left without a vector: %s", len(keys) - start, error)
                return
            yield {key: np.asarray(vector, np.float32) for key, vector in zip(batch, vectors, strict=True)}
            self.show(start + len(batch), len(keys))


def hash_of(passage: Passage) -> str:
    """Return the content hash under which the vector of a passage is kept, the same for passages of the same text."""
    return hashlib.sha256(passage.search_text.encode()).hexdigest()


def drop_vectors_of_deleted(catalogue: Catalogue) -> int:
    """Remove the vectors of texts that no current document holds, and count them."""
    contents = catalogue.load()
    return catalogue.drop_embeddings_except({hash_of(passage) for passage in contents.passages}, contents.version)


def matrix_of(passages: Sequence[Passage], vectors: Mapping[str, Vector]) -> MatrixVectors:
    """Arrange vectors by the passages whose texts they stand for."""
    return MatrixVectors([hash_of(passage) for passage in passages], vectors)
