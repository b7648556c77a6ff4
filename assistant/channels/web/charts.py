"""Figures in, where each bar of a chart stands out; templates/charts.html draws them as accessible SVG."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_WIDTH, _ROW, _NAMES, _NUMBERS = 640, 28, 200, 64
_YEAR, _TITLES, _HEAD = 76, 300, 32
_INSET = 5
# Full-width characters that fit into the column of names.
_LONGEST_NAME, _LONGEST_TITLE = 13, 20


@dataclass(frozen=True, slots=True)
class Figure:
    """One number to be shown: what it counts, how many, and the text at the end of its bar."""

    name: str
    value: int
    told: str


@dataclass(frozen=True, slots=True)
class Span:
    """One row of a timeline: an item, the fiscal years in which it runs, and the same as text."""

    name: str
    years: tuple[int, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text at a place of the picture."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from `x` to `x + width`, its upper edge at `y`."""

    x: int
    y: int
    width: int
    told: str = ""
    height: int = _ROW - 2 * _INSET


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: names end where they stand, numbers begin there, heads are centred; rules are vertical lines."""

    width: int
    height: int
    names: tuple[Text, ...]
    bars: tuple[Bar, ...]
    numbers: tuple[Text, ...] = ()
    heads: tuple[Text, ...] = ()
    rules: tuple[int, ...] = ()
    rules_from: int = _HEAD


def bar_chart(figures: Sequence[Figure]) -> Chart:
    """Place one horizontal bar for each figure, the largest over the full width."""
    largest = max((figure.value for figure in figures), default=0) or 1
    lengths = [max(1, (_WIDTH - _NAMES - _NUMBERS) * figure.value // largest) for figure in figures]
    return Chart(
        width=_WIDTH,
        height=_ROW * len(figures),
        names=tuple(_name(figure.name, _NAMES, n * _ROW, _LONGEST_NAME) for n, figure in enumerate(figures)),
        bars=tuple(Bar(_NAMES, n * _ROW + _INSET, length) for n, length in enumerate(lengths)),
        numbers=tuple(
            Text(_NAMES + length + 6, n * _ROW + _ROW // 2, figure.told)
            for n, (figure, length) in enumerate(zip(figures, lengths, strict=True))
        ),
    )


def timeline(years: Sequence[tuple[int, str]], spans: Sequence[Span]) -> Chart:
    """Place one row for each span over the columns of the years, whose names stand above; gaps stay gaps."""
    columns = {year: _TITLES + _YEAR * place for place, (year, _) in enumerate(years)}
    tops = [_HEAD + _ROW * n for n in range(len(spans))]
    return Chart(
        width=_TITLES + _YEAR * len(years),
        height=_HEAD + _ROW * len(spans),
        names=tuple(_name(s.name, _TITLES, top, _LONGEST_TITLE) for s, top in zip(spans, tops, strict=True)),
        bars=tuple(bar for span, top in zip(spans, tops, strict=True) for bar in _bars_of(span, top, columns)),
        heads=tuple(Text(columns[year] + _YEAR // 2, _HEAD // 2, name) for year, name in years),
        rules=tuple(columns.values()),
    )


def shortened(text: str, longest: int) -> str:
    """Cut a text to the width of so many full-width characters."""
    room = 2 * longest
    for place, character in enumerate(text):
        room -= 2 if unicodedata.east_asian_width(character) in "FWA" else 1
        if room < 0:
            return f"{text[: max(1, place - 1)]}…"
    return text


def _name(name: str, width: int, top: int, longest: int) -> Text:
    return Text(width - 8, top + _ROW // 2, shortened(name, longest))


def _bars_of(span: Span, top: int, columns: dict[int, int]) -> Iterator[Bar]:
    for first, last in _runs(span.years):
        left, right = columns[first], columns[last] + _YEAR
        yield Bar(left + 2, top + _INSET, right - left - 4, span.told)


def _runs(years: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last year of each run of years without a gap."""
    ordered = sorted(set(years))
    starts = [year for year in ordered if year - 1 not in ordered]
    ends = [year for year in ordered if year + 1 not in ordered]
    yield from zip(starts, ends, strict=True)
