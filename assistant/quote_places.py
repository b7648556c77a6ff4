"""Lines of a document and a quote in, where it stands in them out: compared as loosely as quotes are verified."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TypeAlias

from ingest.markup import blank_markup, strip_markup
from ingest.normalize import squeeze

# Line, first character, character after the last; lines count from 0.
Span: TypeAlias = tuple[int, int, int]

_LONGEST_SEARCHED = 200_000
_SHORTEST_PART = 3


def find_quote(lines: Sequence[str], quote: str, until: str = "") -> tuple[Span, ...]:
    """Return the spans of a quote, for each of its lines; () where it does not stand.

    A long quote may be given by its beginning and the text that it goes on `until`.
    """
    begin, end = squeeze(strip_markup(quote)), squeeze(strip_markup(until))
    places = _places(lines)
    text = "".join(character for character, _, _ in places)
    ranges = _ranges(text, begin) if begin else []
    if ranges and end and (at := text.find(end, ranges[-1][1])) >= 0:
        ranges = [(ranges[0][0], at + len(end))]
    return tuple(span for first, last in ranges for span in _joined(places[first:last]))


def _ranges(text: str, quote: str) -> list[tuple[int, int]]:
    """Where a quote stands; in two parts where a page's foot is printed in its middle."""
    at = text.find(quote)
    if at >= 0:
        return [(at, at + len(quote))]
    cut = next((cut for cut in range(len(quote) - 1, _SHORTEST_PART, -1) if quote[:cut] in text), 0)
    head = text.find(quote[:cut])
    tail = text.find(quote[cut:], head + cut) if cut else -1
    return [(head, head + cut), (tail, tail + len(quote) - cut)] if tail >= 0 else []


def spans_by_line(spans: Sequence[Span]) -> Mapping[int, tuple[int, int]]:
    """Return the characters that are quoted in each line."""
    found: dict[int, tuple[int, int]] = {}
    for line, first, last in spans:
        found[line] = (min(first, found.get(line, (first, last))[0]), max(last, found.get(line, (first, last))[1]))
    return found


def _places(lines: Sequence[str]) -> list[tuple[str, int, int]]:
    """Every compared character with its line and its place there."""
    found: list[tuple[str, int, int]] = []
    for number, line in enumerate(lines):
        for place, character in enumerate(blank_markup(line)):
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
