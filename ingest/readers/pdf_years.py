"""The letters of a PDF page in; the rows of years that columns stand under, as over a chart, out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

from ingest.readers.pdf_words import middle
from ingest.year_mentions import find_years

Char: TypeAlias = dict[str, Any]

_LEAST_YEARS = 3
_LONGEST = 12
_SAME_ROW = 3.0
_BLANK = 0.6


@dataclass(frozen=True, slots=True)
class YearRow:
    """The row of years over a chart: their labels, the edges of their columns, and the letters it is made of."""

    labels: tuple[str, ...]
    edges: tuple[float, ...]
    bottom: float
    chars: tuple[Char, ...]

    @property
    def width(self) -> float:
        """How wide a year's column is."""
        return (self.edges[-1] - self.edges[0]) / len(self.labels)


def rows_of_years(chars: Sequence[Char]) -> Iterator[YearRow]:
    """Rows in which years follow each other, each a word by itself."""
    for row in _rows(chars):
        words = [word for word in _words(row) if _is_year(word)]
        if len(words) >= _LEAST_YEARS and _ascend(words):
            middles = [(word[0]["x0"] + word[-1]["x1"]) / 2 for word in words]
            inner = [(a + b) / 2 for a, b in pairwise(middles)]
            edges = (2 * middles[0] - inner[0], *inner, 2 * middles[-1] - inner[-1])
            letters = tuple(char for word in words for char in word)
            yield YearRow(tuple(map(_text, words)), edges, max(c["bottom"] for c in letters), letters)


def _rows(chars: Sequence[Char]) -> list[list[Char]]:
    rows: list[list[Char]] = []
    for char in sorted(chars, key=middle):
        if rows and middle(char) - middle(rows[-1][0]) <= _SAME_ROW:
            rows[-1].append(char)
        else:
            rows.append([char])
    return rows


def _words(row: Sequence[Char]) -> list[list[Char]]:
    words: list[list[Char]] = []
    for char in sorted((c for c in row if c["text"].strip()), key=lambda c: float(c["x0"])):
        if words and char["x0"] - words[-1][-1]["x1"] <= _BLANK * char["size"]:
            words[-1].append(char)
        else:
            words.append([char])
    return words


def _text(word: Sequence[Char]) -> str:
    return "".join(char["text"] for char in word)


def _is_year(word: Sequence[Char]) -> bool:
    text = _text(word)
    mentions = find_years(text) if len(text) <= _LONGEST else ()
    return len(mentions) == 1 and mentions[0].end - mentions[0].start >= len(text) - 1


def _ascend(words: Sequence[Sequence[Char]]) -> bool:
    years = [find_years(_text(word))[0].year for word in words]
    return all(a < b for a, b in pairwise(years))
