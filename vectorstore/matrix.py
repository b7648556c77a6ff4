"""Exact cosine over the catalogue's vectors in memory: the answer of a process that does not own the Chroma folder."""

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from vectorstore.contents import Vector


class MatrixVectors:
    """All passage vectors as one matrix, with their documents; exact, and fast up to ten thousands."""

    def __init__(self, vectors: Mapping[str, Vector], documents: Mapping[str, str]) -> None:
        self._documents = documents
        self._places = {key: place for place, key in enumerate(vectors)}
        self._keys = list(vectors)
        self._matrix = np.stack(list(vectors.values())) if vectors else np.zeros((0, 1), dtype=np.float32)

    def nearest(self, query: Vector, documents: Collection[str] | None, count: int) -> dict[str, float]:
        """Return the cosines of the `count` nearest passages in the given documents."""
        inside = self._keys
        if documents is not None:
            inside = [key for key in inside if self._documents.get(key) in documents]
        cosines = self.cosines(query, inside)
        best = sorted(cosines, key=lambda key: -cosines[key])[:count]
        return {key: cosines[key] for key in best}

    def count(self) -> int:
        """Return how many vectors there are."""
        return len(self._keys)

    def cosines(self, query: Vector, keys: Collection[str]) -> dict[str, float]:
        """Return the cosine of every known one of `keys`; vectors are of length one."""
        known = [key for key in keys if key in self._places]
        if not known:
            return {}
        rows: NDArray[np.intp] = np.array([self._places[key] for key in known])
        return dict(zip(known, map(float, self._matrix[rows] @ query), strict=True))
