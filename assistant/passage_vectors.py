"""Passages in, their vectors out: taken from the catalogue, or made by the embedding model where it has none."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ingest.plan_items import Passage
from vectorstore.catalogue import Catalogue
from vectorstore.contents import EmbeddingModel, Vector, Vectors

# Small enough for a progress bar to move, large enough to keep all threads busy.
_BATCH = 16


class EmbeddingsOfModel(Protocol):
    """langchain embeddings that know which model they are."""

    model: EmbeddingModel

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages."""
        ...

    def embed_query(self, text: str) -> list[float]:
        """Embed a question."""
        ...


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """The vectors of one model; `show` is told how many of a document's new passages are embedded."""

    catalogue: Catalogue
    embeddings: EmbeddingsOfModel
    show: Callable[[int, int], None] = lambda _, __: None

    def of(self, passages: Sequence[Passage]) -> Vectors:
        """Return a vector for every passage, by the hash of the text that is embedded."""
        known, made = self._known_and_made(passages)
        return Vectors(self.embeddings.model.key, known | made)

    def by_passage(self, passages: Sequence[Passage]) -> dict[str, Vector]:
        """Return a vector for every passage, by its id; new ones are stored."""
        known, made = self._known_and_made(passages)
        if made:
            self.catalogue.store_embeddings(self.embeddings.model.key, made)
        vectors = known | made
        return {passage.id: vectors[hash_of(passage)] for passage in passages}

    def count_missing(self, passages: Sequence[Passage]) -> int:
        """Count the passages without a stored vector."""
        hashes = set(map(hash_of, passages))
        return len(hashes) - len(self.catalogue.embeddings(self.embeddings.model.key, hashes))

    def _known_and_made(self, passages: Sequence[Passage]) -> tuple[dict[str, Vector], dict[str, Vector]]:
        texts = {hash_of(passage): passage.search_text for passage in passages}
        known = self.catalogue.embeddings(self.embeddings.model.key, texts)
        return known, self._made({key: text for key, text in texts.items() if key not in known})

    def _made(self, texts: dict[str, str]) -> dict[str, Vector]:
        keys, made = list(texts), dict[str, Vector]()
        for start in range(0, len(keys), _BATCH):
            batch = keys[start : start + _BATCH]
            vectors = self.embeddings.embed_documents([texts[key] for key in batch])
            made.update((key, np.asarray(vector, np.float32)) for key, vector in zip(batch, vectors, strict=True))
            self.show(len(made), len(keys))
        return made


def hash_of(passage: Passage) -> str:
    """Return the hash of the text that stands for a passage in the index."""
    return hashlib.sha256(passage.search_text.encode()).hexdigest()
