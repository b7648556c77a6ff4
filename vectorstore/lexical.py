"""Token lists in, exact BM25 scores out, normalised so that they compare across queries.

Lucene's idf, k1 = 1.2, b = 0.75; over a few hundred thousand passages in memory.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

K1, B = 1.2, 0.75
_EXPANSION_WEIGHT = 0.6
# The groups of a general dictionary mix senses.
_DISTANT_WEIGHT = 0.35

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class QueryToken:
    """A token of a query and the other ways to say it; each way is a run of index tokens that count together."""

    token: str
    expansions: tuple[tuple[str, ...], ...] = ()
    distant: tuple[tuple[str, ...], ...] = ()


class LexicalIndex:
    """An inverted index that scores every passage against a query."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        counts = [Counter(tokens) for tokens in texts]
        lengths = np.array([sum(count.values()) for count in counts], dtype=np.float32)
        self.size = len(counts)
        mean = float(lengths.mean()) if self.size and lengths.mean() else 1.0
        self._norms: Scores = (K1 * (1 - B + B * lengths / mean)).astype(np.float32)
        self._postings = _postings(counts)
        self._largest_idf = self._idf(0)

    def __contains__(self, token: str) -> bool:
        return token in self._postings

    def scores(self, query: Sequence[QueryToken]) -> Scores:
        """Score all passages from 0 to 1: BM25 over the highest value that the query could reach.

        A token that no passage holds counts with the largest idf, so that a question about something else stays low.
        """
        total = np.zeros(self.size, dtype=np.float32)
        ceiling = 0.0
        for entry in {entry.token: entry for entry in query}.values():
            best = self._ceiling(entry.token)
            ceiling += best
            scores = self._token_scores(entry.token)
            weighted = ((_EXPANSION_WEIGHT, entry.expansions), (_DISTANT_WEIGHT, entry.distant))
            for weight, expansion in ((weight, one) for weight, ways in weighted for one in ways):
                # Several words that stand for one: never worth more than the one itself would be.
                together = np.sum([self._token_scores(token) for token in expansion], axis=0, dtype=np.float32)
                np.maximum(scores, np.minimum(weight * together, best), out=scores)
            total += scores
        return total / np.float32(ceiling) if ceiling else total

    def _token_scores(self, token: str) -> Scores:
        scores = np.zeros(self.size, dtype=np.float32)
        if token in self._postings:
            places, frequencies = self._postings[token]
            weight = self._idf(len(places)) * (K1 + 1)
            scores[places] = weight * frequencies / (frequencies + self._norms[places])
        return scores

    def _ceiling(self, token: str) -> float:
        idf = self._idf(len(self._postings[token][0])) if token in self._postings else self._largest_idf
        return (K1 + 1) * idf

    def _idf(self, holding: int) -> float:
        return math.log(1 + (self.size - holding + 0.5) / (holding + 0.5))


def _postings(counts: Sequence[Mapping[str, int]]) -> dict[str, tuple[NDArray[np.int32], Scores]]:
    places: dict[str, list[int]] = {}
    frequencies: dict[str, list[int]] = {}
    for place, count in enumerate(counts):
        for token, frequency in count.items():
            places.setdefault(token, []).append(place)
            frequencies.setdefault(token, []).append(frequency)
    return {
        token: (np.array(found, dtype=np.int32), np.array(frequencies[token], dtype=np.float32))
        for token, found in places.items()
    }
