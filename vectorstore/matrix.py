"""Passages' text hashes and the catalogue's vectors in, exact cosines by place in the corpus out, all in memory."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from vectorstore.contents import Vector

Places: TypeAlias = NDArray[np.intp]
Cosines: TypeAlias = NDArray[np.float32]

_NONE = -1


class MatrixVectors:
    """The vectors of a corpus as one matrix: exact, and fast up to some ten thousand passages.

    It is all that a short-lived process, or one beside the owner of the Chroma folder, searches. `hashes` names the
    text of each passage, in the corpus's order; passages of one text share its vector, one without has none.
    """

    def __init__(self, hashes: Sequence[str], vectors: Mapping[str, Vector]) -> None:
        self.keys = tuple(key for key in dict.fromkeys(hashes) if key in vectors)
        self._matrix = np.stack([vectors[key] for key in self.keys]) if self.keys else np.zeros((0, 1), np.float32)
        self._row_of = {key: row for row, key in enumerate(self.keys)}
        self._rows: Places = np.array([self._row_of.get(key, _NONE) for key in hashes], dtype=np.intp)

    def nearest(self, query: Vector, places: Places | None, count: int) -> Places:
        """Return the `count` of the given places, None for all, whose vectors are nearest to `query`."""
        inside = np.arange(len(self._rows)) if places is None else places
        inside = inside[self._rows[inside] != _NONE]
        best: Places = inside[np.argsort(-self.cosines(query, inside), kind="stable")[:count]]
        return best

    def cosines(self, query: Vector, places: Places) -> Cosines:
        """Return the cosine at each place, NaN where a passage has no vector; vectors are of length one."""
        rows = self._rows[places]
        found = np.full(len(places), np.nan, np.float32)
        held = rows != _NONE
        if not held.any():
            return found
        # Picking most rows out of the matrix costs more than multiplying all of them.
        few = 2 * len(places) < len(self._matrix)
        found[held] = self._matrix[rows[held]] @ query if few else (self._matrix @ query)[rows[held]]
        return found

    def problem(self) -> str | None:
        """Say how many passages have no vector, None if all have one."""
        missing = int(np.count_nonzero(self._rows == _NONE))
        return f"{missing} passages have no vector" if missing else None

    def vector(self, key: str) -> Vector:
        """Return the vector of a text."""
        vector: Vector = self._matrix[self._row_of[key]]
        return vector

    def places_of(self, keys: Iterable[str]) -> Places:
        """Return the places of the passages of these texts; unknown ones have none."""
        rows = [self._row_of[key] for key in keys if key in self._row_of]
        return np.flatnonzero(np.isin(self._rows, rows))
