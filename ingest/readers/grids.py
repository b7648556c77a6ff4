"""A sheet of cells, some merged, in; the titles, tables and notes on it out, as a reader sees them."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TypeAlias

from ingest.errors import DocumentTooLarge
from ingest.places import Place
from ingest.readers.layout import TablePart, TableRow, TextPart
from ingest.readers.plain_texts import told_apart

MOST_CELLS = 2_000_000
_NOTE = re.compile(r"[※＊*]|[(（]?(?:注|備考|資料|出典)")
_YEAR_OR_TERM = re.compile(
    r"(?:令和|平成|[RHＲＨ]|20|２０)[\d０-９元]+.{0,10}|.{0,8}(?:年度|期間|スケジュール|時期|工程|目標)"
)
_LONGEST_HEADER = 20
_SHORTEST_TITLE = 8
# A title, a date and a unit may stand beside each other.
_MOST_TITLES = 3
# A table cut off by a blank row goes on below it when it is nearly as wide there.
_NEARLY = 2 / 3
# Tables stand beside tables, those again above others: nobody prints more.
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Range:
    """A rectangle of cells, 1-based, ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a worksheet shows: printed texts by (row, column), and what is merged or hidden.

    `ruled` are the runs of columns (first, last) of each row whose cells have lines around them.
    """

    name: str
    texts: Mapping[tuple[int, int], str]
    merged: Sequence[Range] = ()
    hidden_rows: Collection[int] = frozenset()
    hidden_columns: Collection[int] = frozenset()
    ruled: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Region:
    """A text and the cells that it covers."""

    text: str
    cells: Range


Cells: TypeAlias = Mapping[int, Mapping[int, _Region]]


def read_grid(sheet: Sheet, file_name: str) -> tuple[TextPart | TablePart, ...]:
    """Split a sheet at blank rows and columns into tables, with the titles above and the notes below them.

    Raises:
        DocumentTooLarge: it has more cells than are read.

    """
    return tuple(_Grid(sheet, file_name).parts())


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell: row 4, column 28 is AB4."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


class _Grid:
    """The cells of a sheet that show something, those included that a merged cell covers."""

    def __init__(self, sheet: Sheet, file_name: str) -> None:
        self._sheet = sheet
        self._file_name = file_name
        self._lines_before: list[int] = []

    def parts(self) -> Iterator[TextPart | TablePart]:
        """Yield titles, tables and notes in reading order."""
        return self._parts(self._filled(), 0)

    def _parts(self, cells: Cells, depth: int) -> Iterator[TextPart | TablePart]:
        for band in self._bands(cells):
            titles, body, notes = self._ends_taken_off(band)
            # Several lines of text and no table below are no titles.
            is_prose = not body and len(titles) >= _MOST_TITLES
            for title in (title for row in titles for title in self._texts(row, band[row])):
                yield told_apart(title) if is_prose else title
            sides = self._sides(body) if body and depth < _DEEPEST else [body]
            if len(sides) > 1:
                for side in sides:
                    yield from self._parts(side, depth + 1)
            elif body:
                yield from self._table(body)
            for row in notes:
                yield from self._texts(row, band[row])

    def _filled(self) -> Cells:
        shown = {place: text for place, text in self._sheet.texts.items() if text.strip()}
        bottom = max((row for row, _ in shown), default=0)
        right = max((column for _, column in shown), default=0)
        found: dict[int, dict[int, _Region]] = {}
        area = 0
        for region in self._regions(shown, bottom, right):
            cells = region.cells
            area += (cells.bottom - cells.top + 1) * (cells.right - cells.left + 1)
            self._check_size(area)
            for row in range(cells.top, cells.bottom + 1):
                if row not in self._sheet.hidden_rows:
                    in_row = found.setdefault(row, {})
                    for column in range(cells.left, cells.right + 1):
                        if column not in self._sheet.hidden_columns:
                            in_row.setdefault(column, region)
        return _without_blanks(found)

    def _regions(self, shown: Mapping[tuple[int, int], str], bottom: int, right: int) -> Iterator[_Region]:
        # Only the first cell of a merged range is printed, whatever stands in the others.
        for merged in self._sheet.merged:
            if merged.top <= bottom and merged.left <= right:
                cut = Range(merged.top, merged.left, min(merged.bottom, bottom), min(merged.right, right))
                yield _Region(shown.get((merged.top, merged.left), ""), cut)
        for (row, column), text in shown.items():
            yield _Region(text, Range(row, column, row, column))

    def _check_size(self, area: int) -> None:
        if area > MOST_CELLS:
            raise DocumentTooLarge(
                f"{self._file_name}: the sheet 「{self._sheet.name}」 has more than {MOST_CELLS:,} cells;"
                " split it into several files"
            )

    def _bands(self, cells: Cells) -> list[Cells]:
        """Rows with something in them, cut where blank rows without lines stand between."""
        first, last = _extent(cells)
        bands: list[dict[int, Mapping[int, _Region]]] = []
        above = None
        for row in sorted(cells):
            if above is not None and self._is_one_table(above, row, first, last):
                bands[-1][row] = cells[row]
            else:
                bands.append({row: cells[row]})
            above = row
        return list(bands)

    def _is_one_table(self, above: int, below: int, first: int, last: int) -> bool:
        between = (row for row in range(above + 1, below) if row not in self._sheet.hidden_rows)
        return all(self._is_ruled(row, first, last) for row in between)

    def _is_ruled(self, row: int, first: int, last: int) -> bool:
        return any(start <= last and first <= end for start, end in self._sheet.ruled.get(row, ()))

    def _sides(self, cells: Cells) -> list[Cells]:
        """Tables that stand side by side, blank columns without lines between them."""
        columns = _columns(cells)
        starts = [column for before, column in pairwise(columns) if self._is_gap(before, column, cells)]
        if not starts:
            return [cells]
        bounds = [columns[0], *starts, columns[-1] + 1]
        sides = [_cut(cells, start, end) for start, end in pairwise(bounds)]
        return sides if all(len(_grid_lines(side)) > 1 for side in sides) else [cells]

    def _is_gap(self, left: int, right: int, cells: Cells) -> bool:
        between = [column for column in range(left + 1, right) if column not in self._sheet.hidden_columns]
        return bool(between) and not any(self._is_ruled(row, between[0], between[-1]) for row in cells)

    def _ends_taken_off(self, band: Cells) -> tuple[Sequence[int], Cells, Sequence[int]]:
        """The rows of titles above a table, the table, and the rows of notes below it."""
        rows, left = list(band), _extent(band)[0]
        first, last = 0, len(rows)
        while first < last and (
            self._is_title(rows[first], band, left) or self._heads_page(rows[first : first + 2], band)
        ):
            first += 1
        while last > first and self._is_note(rows[last - 1], band):
            last -= 1
        return rows[:first], {row: band[row] for row in rows[first:last]}, rows[last:]

    def _is_title(self, row: int, band: Cells, left: int) -> bool:
        """One text alone in its row, unless it is a year or the like that heads some of a table's columns."""
        only = _only(band[row])
        if only is None:
            return False
        begins_inside = only.cells.left > left and only.cells.right > only.cells.left
        is_header = len(only.text) <= _LONGEST_HEADER and bool(_YEAR_OR_TERM.fullmatch(only.text.strip()))
        return not (begins_inside and (is_header or self._is_ruled(row, only.cells.left, only.cells.left)))

    def _heads_page(self, rows: Sequence[int], band: Cells) -> bool:
        """A long text at the left and few others beside it, a date or a unit, above a row of far more texts."""
        first = {region for region in band[rows[0]].values() if region.cells.top == region.cells.bottom}
        below = set(band[rows[-1]].values())
        title = band[rows[0]][min(band[rows[0]])]
        if len(rows) < 2 or first != set(band[rows[0]].values()) or len(title.text) < _SHORTEST_TITLE:
            return False
        return len(first) * 2 <= len(below) and not self._is_ruled(rows[0], title.cells.left, title.cells.left)

    def _is_note(self, row: int, band: Cells) -> bool:
        only = _only(band[row])
        return only is not None and bool(_NOTE.match(only.text.strip()))

    def _table(self, cells: Cells) -> Iterator[TextPart | TablePart]:
        lines = _grid_lines(cells)
        rows = [row for row in cells if any(self._first_shown(region) == row for region in cells[row].values())]
        goes_on = set(lines) <= set(self._lines_before) and len(lines) >= len(self._lines_before) * _NEARLY
        if len(lines) < 2 or (len(rows) < 2 and len(lines) <= _MOST_TITLES and not goes_on):
            for row in rows:
                yield from self._texts(row, cells[row])
            return
        lines = self._lines_before if goes_on else lines
        self._lines_before = lines
        self._check_size(len(rows) * len(lines))
        yield TablePart(
            tuple(
                TableRow(tuple(_text_at(cells[row], column) for column in lines), self._place(row, cells[row]))
                for row in rows
            )
        )

    def _first_shown(self, region: _Region) -> int:
        """The row that a text is printed in: rows in which none begins only carry merged cells on."""
        rows = range(region.cells.top, region.cells.bottom + 1)
        return next(row for row in rows if row not in self._sheet.hidden_rows)

    def _texts(self, row: int, cells: Mapping[int, _Region]) -> Iterator[TextPart]:
        """Yield the texts of a row that is in no table."""
        for region, columns in groupby(sorted(cells), key=lambda column: cells[column]):
            yield TextPart(region.text, self._place(row, dict.fromkeys(columns, region)))

    def _place(self, row: int, cells: Mapping[int, _Region]) -> Place:
        first, last = cell_name(row, min(cells)), cell_name(row, max(cells))
        return Place(sheet=self._sheet.name, cells=first if first == last else f"{first}:{last}")


def _without_blanks(cells: Cells) -> Cells:
    filled = {row: {c: region for c, region in cells[row].items() if region.text} for row in cells}
    return {row: in_row for row, in_row in filled.items() if in_row}


def _columns(cells: Cells) -> list[int]:
    return sorted({column for in_row in cells.values() for column in in_row})


def _extent(cells: Cells) -> tuple[int, int]:
    return min((min(in_row) for in_row in cells.values()), default=1), max((max(r) for r in cells.values()), default=1)


def _cut(cells: Cells, start: int, end: int) -> Cells:
    return _without_blanks({r: {c: region for c, region in cells[r].items() if start <= c < end} for r in cells})


def _only(cells: Mapping[int, _Region]) -> _Region | None:
    """The text that stands alone in a row, begins in it and ends with it."""
    found = set(cells.values())
    only = next(iter(found)) if len(found) == 1 else None
    return only if only and only.cells.top == only.cells.bottom else None


def _grid_lines(cells: Cells) -> list[int]:
    """The columns in which a cell begins: those between only cut merged cells into pieces."""
    columns = _columns(cells)
    after = dict(pairwise(columns))
    before = {column: left for left, column in after.items()}
    lines = set(columns[:1])
    for in_row in cells.values():
        for column, region in in_row.items():
            if column in before and in_row.get(before[column]) != region:
                lines.add(column)
            if column in after and after[column] not in in_row:
                lines.add(after[column])
    return sorted(lines)


def _text_at(cells: Mapping[int, _Region], column: int) -> str:
    return cells[column].text if column in cells else ""
