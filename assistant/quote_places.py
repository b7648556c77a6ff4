"""Lines of a document and a quote in, where it stands in them out: compared as loosely as quotes are verified."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TypeAlias

from ingest.normalize import blank_tags, squeeze

# Line, first character, character after the last; lines count from 0.
Span: TypeAlias = tuple[int, int, int]

_LONGEST_SEARCHED = 200_000


def find_quote(lines: Sequence[str], quote: str, until: str = "") -> tuple[Span, ...]:
    """Return the spans of a quote, one for each of its lines; () where it does not stand.

    A long quote may be given by its beginning and the text that it goes on `until`.
    """
    begin, end = squeeze(quote), squeeze(until)
    places = _places(lines)
    text = "".join(character for character, _, _ in places)
    first = text.find(begin) if begin else -1
    if first < 0:
        return ()
    last = text.find(end, first + len(begin)) + len(end) if end and end in text[first + len(begin) :] else 0
    return tuple(_joined(places[first : last or first + len(begin)]))


def spans_by_line(spans: Sequence[Span]) -> Mapping[int, tuple[int, int]]:
    """Return the characters that are quoted in each line."""
    return {line: (first, last) for line, first, last in spans}


def _places(lines: Sequence[str]) -> list[tuple[str, int, int]]:
    """Every compared character with its line and its place there."""
    found: list[tuple[str, int, int]] = []
    for number, line in enumerate(lines):
        for place, character in enumerate(blank_tags(line)):
            found.extend((part, number, place) for part in _compared(character))
        if len(found) > _LONGEST_SEARCHED:
            break
    return found


def _joined(places: Sequence[tuple[str, int, int]]) -> Iterator[Span]:
    for line, characters in groupby(places, key=lambda place: place[1]):
        columns = [column for _, _, column in characters]
        yield line, columns[0], columns[-1] + 1


@lru_cache(maxsize=2**14)
def _compared(character: str) -> str:
    return squeeze(character)
