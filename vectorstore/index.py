"""The catalogue and Chroma in, how far they agree out; or Chroma filled anew from the catalogue."""

from collections.abc import Iterator
from dataclasses import dataclass

from vectorstore.chroma import ChromaIndex
from vectorstore.contents import Contents
from vectorstore.passage_vectors import PassageVectors, hash_of, matrix_of


@dataclass(frozen=True, slots=True)
class IndexState:
    """How many different texts the passages of a version have, and where their vectors are.

    `unembedded` texts have no vector in the catalogue; of the others `missing` are not in Chroma, and `lost` are there
    but not found by its search (a sample is sought). `spare` ones are in Chroma only, which does no harm.
    """

    version: int
    passages: int
    texts: int
    unembedded: int
    missing: int
    spare: int
    lost: int

    def problems(self) -> Iterator[str]:
        """Say what is wrong; nothing if the index matches the catalogue."""
        if self.unembedded:
            yield f"{self.unembedded} texts have no vector in the catalogue"
        if self.missing:
            yield f"{self.missing} vectors are missing in the index"
        if self.lost:
            yield f"{self.lost} vectors are in the index but its search does not find them"


def verify_index(contents: Contents, vectors: PassageVectors, index: ChromaIndex) -> IndexState:
    """Compare Chroma with the catalogue, and seek stored vectors in it; nothing is changed.

    Raises:
        IndexUnavailable: Chroma does not answer.

    """
    exact = matrix_of(contents.passages, vectors.stored(contents.passages))
    texts = len(set(map(hash_of, contents.passages)))
    missing, spare, lost = index.difference(exact, vectors.embeddings.model)
    return IndexState(contents.version, len(contents.passages), texts, texts - len(exact.keys), missing, spare, lost)


def rebuild_index(contents: Contents, vectors: PassageVectors, index: ChromaIndex) -> None:
    """Embed what has no vector, and fill Chroma anew.

    Raises:
        IndexUnavailable: Chroma does not answer.

    """
    index.rebuild(matrix_of(contents.passages, vectors.by_hash(contents.passages)), vectors.embeddings.model)
