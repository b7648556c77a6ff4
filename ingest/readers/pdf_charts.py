"""The letters and shapes of a PDF page in; its charts of bars over years (工程表) out, each bar under its years.

A bar says when by where it is drawn: it stands under every year of which it covers a good part. What is no bar
(overlays, arrows over several rows) and what is printed beside bars stays text.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, TypeAlias

from ingest.places import Box
from ingest.readers.pdf_words import Line, join_wrapped, lines_of, middle, paragraphs
from ingest.readers.pdf_years import Char, YearRow, rows_of_years

Shape: TypeAlias = dict[str, Any]

_LEAST_YEARS = 3
_LEAST_BARS = 3
_FLATTEST, _HIGHEST = 4.0, 30.0
_SAME_ROW = 3.0
_NARROWEST = 0.3
# Of a year's column, or of the bar: what is covered less is not meant.
_COVERED = 0.3
_NEAR = 3.0
_WIDEST_GAP = 60.0
_LABEL_GAP = 1.5
_BLANK = 0.6
_MOST = 0.8


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A printed row of a chart: the lane's label, then a cell for every year, and where it stands."""

    cells: tuple[str, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as a table, its header first; `letters` are the ids of the character objects that it is made of."""

    rows: tuple[ChartRow, ...]
    box: Box
    letters: frozenset[int]

    def covers(self, box: Box) -> bool:
        """Tell whether the middle of a box lies in the chart."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]


@dataclass(slots=True)
class _Bar:
    box: Box
    chars: list[Char]


def find_charts(chars: Sequence[Char], shapes: Sequence[Shape], tables: Sequence[Box] = ()) -> list[Chart]:
    """Find the charts of a page: three years or more in a row, and three bars or more with text below them.

    Of ruled tables at their place they must leave next to nothing: one that says more is a table.
    """
    flat = [shape for shape in shapes if _FLATTEST <= shape["bottom"] - shape["top"] <= _HIGHEST]
    if len(flat) < _LEAST_BARS:
        return []
    charts = (_chart(years, chars, flat, shapes) for years in rows_of_years(chars))
    return [chart for chart in charts if chart and all(_takes(chart, table, chars) for table in tables)]


def _takes(chart: Chart, table: Box, chars: Sequence[Char]) -> bool:
    """Tell whether a table lies elsewhere, or is the chart itself with lines around its cells."""
    if not chart.covers(table) and not _meet(chart.box, table):
        return True
    inside = [char for char in chars if _holds(table, char) and char["text"].strip()]
    return sum(id(char) in chart.letters for char in inside) >= _MOST * len(inside)


def _chart(years: YearRow, chars: Sequence[Char], flat: Sequence[Shape], shapes: Sequence[Shape]) -> Chart | None:
    bars = _bars(years, chars, flat)
    if len(bars) < _LEAST_BARS:
        return None
    bottom = max(bar.box[3] for bar in bars)
    taken = {id(char) for bar in bars for char in bar.chars} | {id(char) for char in years.chars}
    free = [c for c in chars if id(c) not in taken]
    lanes = _lanes(years, free, shapes, bottom)
    corner = _corner(years, free, lanes)
    header = ChartRow((" ".join(line.text.strip() for line in lines_of(corner)), *years.labels), _box_of(years.chars))
    rows = [header, *(_row(bar, years, lanes) for bar in bars)]
    beside = [*corner, *(char for lane in lanes for char in lane.chars)]
    box = _around([*(row.box for row in rows), *([_box_of(beside)] if beside else [])])
    return Chart(tuple(rows), box, frozenset({*taken, *map(id, beside)}))


def _bars(years: YearRow, chars: Sequence[Char], flat: Sequence[Shape]) -> list[_Bar]:
    """Shapes under the years that hold text, from top to bottom, without a wide gap between them."""
    left, right = years.edges[0] - _NARROWEST * years.width, years.edges[-1] + years.width
    inside = [s for s in flat if left <= s["x0"] and s["x1"] <= right and s["top"] >= years.bottom - 1]
    wide = [s for s in _without_cells(inside, years) if s["x1"] - s["x0"] >= _NARROWEST * years.width]
    below = sorted(wide, key=lambda s: (s["top"], s["x0"]))
    bars: list[_Bar] = []
    end = years.bottom
    for shape in below:
        if shape["top"] - end > _WIDEST_GAP:
            break
        box = (shape["x0"], shape["top"], shape["x1"], shape["bottom"])
        if not any(_is_same(box, bar.box) for bar in bars):
            bars.append(_Bar(box, []))
        end = max(end, shape["bottom"])
    _share_out(chars, bars, years.bottom)
    return [bar for bar in bars if bar.chars]


def _without_cells(shapes: Sequence[Shape], years: YearRow) -> list[Shape]:
    """Leave out the coloured ground of cells: one for nearly every year at the same height."""
    heights = Counter((round(s["top"]), round(s["bottom"])) for s in shapes if _is_one_year_wide(s, years))
    many = max(_LEAST_YEARS, len(years.labels) - 1)
    return [
        s
        for s in shapes
        if not (_is_one_year_wide(s, years) and heights[(round(s["top"]), round(s["bottom"]))] >= many)
    ]


def _is_one_year_wide(shape: Shape, years: YearRow) -> bool:
    return bool(0.6 * years.width <= shape["x1"] - shape["x0"] <= 1.1 * years.width)


def _share_out(chars: Sequence[Char], bars: Sequence[_Bar], top: float) -> None:
    """Give every letter to the smallest bar that it stands in, and what runs over a bar's end to that bar."""
    free: list[Char] = []
    for char in sorted((c for c in chars if c["text"].strip() and middle(c) > top), key=lambda c: float(c["x0"])):
        holding = [bar for bar in bars if _holds(bar.box, char)]
        if holding:
            min(holding, key=lambda bar: (bar.box[2] - bar.box[0]) * (bar.box[3] - bar.box[1])).chars.append(char)
        else:
            free.append(char)
    for char in free:
        before = next((bar for bar in bars if bar.chars and _goes_on(bar.chars[-1], char)), None)
        if before:
            before.chars.append(char)


def _goes_on(last: Char, char: Char) -> bool:
    same_line = abs(middle(char) - middle(last)) <= 0.4 * char["size"]
    return bool(same_line and -1 <= char["x0"] - last["x1"] <= _BLANK * char["size"])


def _row(bar: _Bar, years: YearRow, lanes: Sequence["_Lane"]) -> ChartRow:
    lines = lines_of(bar.chars)
    text = "".join(part for line in lines for part in join_wrapped([line], line.box[2]).split("\n"))
    lane = min(lanes, key=lambda lane: lane.distance(bar.box), default=None)
    cells = tuple(text if _covers(bar.box, edges) else "" for edges in pairwise(years.edges))
    return ChartRow((lane.label if lane else "", *cells), bar.box)


def _covers(bar: Box, column: tuple[float, float]) -> bool:
    common = min(bar[2], column[1]) - max(bar[0], column[0])
    return common >= _COVERED * (column[1] - column[0]) or common >= 0.5 * (bar[2] - bar[0])


@dataclass(frozen=True, slots=True)
class _Lane:
    """A label left of the years, with the height that belongs to it."""

    label: str
    top: float
    bottom: float
    chars: tuple[Char, ...]

    def distance(self, bar: Box) -> float:
        """How far a bar's middle is from the lane; none inside it."""
        middle = (bar[1] + bar[3]) / 2
        return max(self.top - middle, middle - self.bottom, 0.0)


def _lanes(years: YearRow, chars: Sequence[Char], shapes: Sequence[Shape], bottom: float) -> list[_Lane]:
    """The labels left of the years: those on the ground of a cell with its height, others with what is free of it."""
    beside = _beside([c for c in chars if years.bottom < middle(c) < bottom + _NEAR], years.edges[0])
    grounded, taken = list[_Lane](), set[int]()
    for top, end in _grounds(years, shapes):
        held = [char for char in beside if top <= middle(char) <= end and id(char) not in taken]
        taken |= {id(char) for char in held}
        grounded += [_lane(lines_of(held), held, top, end)] if held else []
    free = [char for char in beside if id(char) not in taken]
    others = [_lane(lines, _held(free, lines)) for lines in paragraphs(lines_of(free))]
    return [*grounded, *(_widened(lane, grounded) for lane in others)]


def _corner(years: YearRow, chars: Sequence[Char], lanes: Sequence[_Lane]) -> list[Char]:
    """What is printed over the labels, beside the years: 施策, 年度."""
    left = min((char["x0"] for lane in lanes for char in lane.chars), default=years.edges[0])
    height = middle(years.chars[0])
    over = [c for c in chars if abs(middle(c) - height) <= 2 * c["size"] and middle(c) <= years.bottom]
    return [c for c in over if left - _NEAR <= c["x0"] and c["x1"] <= years.edges[0] + _NEAR]


def _grounds(years: YearRow, shapes: Sequence[Shape]) -> list[tuple[float, float]]:
    """The heights of the coloured cells that end where the years begin, the larger of two at one place first."""
    found = {(s["top"], s["bottom"]) for s in shapes if _ends_at(s, years) and s["top"] >= years.bottom - 1}
    return sorted(found, key=lambda ground: ground[0] - ground[1])


def _lane(lines: Sequence[Line], chars: Sequence[Char], top: float | None = None, end: float | None = None) -> _Lane:
    label = "".join(line.text.strip() for line in lines)
    box = _around([line.box for line in lines])
    return _Lane(label, box[1] if top is None else top, box[3] if end is None else end, tuple(chars))


def _widened(lane: _Lane, grounded: Sequence[_Lane]) -> _Lane:
    """A lane on white ground reaches to the coloured ones above and below it."""
    above = max((other.bottom for other in grounded if other.bottom <= lane.top), default=lane.top)
    below = min((other.top for other in grounded if other.top >= lane.bottom), default=lane.bottom)
    return replace(lane, top=above, bottom=below)


def _ends_at(shape: Shape, years: YearRow) -> bool:
    return bool(abs(shape["x1"] - years.edges[0]) <= _NEAR and shape["x1"] - shape["x0"] >= _NEAR)


def _beside(chars: Sequence[Char], left: float) -> list[Char]:
    """The letters of the column next to the years: leftwards up to a blank strip."""
    column: list[Char] = []
    edge = left
    for char in sorted((c for c in chars if c["x1"] <= left + _NEAR), key=lambda c: -float(c["x1"])):
        if column and edge - char["x1"] > _LABEL_GAP * char["size"]:
            break
        column.append(char)
        edge = min(edge, char["x0"])
    return column


def _held(chars: Sequence[Char], lines: Sequence[Line]) -> list[Char]:
    return [char for char in chars if any(_holds(line.box, char) for line in lines)]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _is_same(one: Box, other: Box) -> bool:
    return all(abs(a - b) <= 1 for a, b in zip(one, other, strict=True))


def _holds(box: Box, char: Char) -> bool:
    x = (char["x0"] + char["x1"]) / 2
    return bool(box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= middle(char) <= box[3] + 1)


def _box_of(chars: Sequence[Char]) -> Box:
    return _around([(c["x0"], c["top"], c["x1"], c["bottom"]) for c in chars])


def _around(boxes: Sequence[Box]) -> Box:
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)
