"""A page of a PDF in, its ruled tables out: a grid of texts, merged cells filled, each row with its box."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from ingest.places import Box
from ingest.readers.pdf_words import Line, join_wrapped, lines_of

Cell: TypeAlias = Box

_NEAR = 3.0
_LEAST_COLUMNS = 2
_LEAST_WIDTH = 80.0
_MOST_ADDED = 2
_MANY_COLUMNS, _OWN_TEXTS = 9, 0.35


@dataclass(frozen=True, slots=True)
class GridCell:
    """A text in one place of a grid; `merged` when the printed `cell` covers several rows."""

    text: str
    merged: bool = False
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of one page; `columns` are the left edges of its columns, in points."""

    rows: tuple[tuple[GridCell, ...], ...]
    boxes: tuple[Box, ...]
    columns: tuple[float, ...]
    box: Box
    merged_cells: int


def find_grids(page: Any) -> list[Grid]:
    """Find the tables of a page whose cells have lines around them, from top to bottom."""
    return grids_of(page.chars, [_whole(page, list(table.cells)) for table in page.find_tables()])


def grids_of(chars: Sequence[dict[str, Any]], tables: Iterable[Sequence[Cell]]) -> list[Grid]:
    """Put letters into the cells of their tables, from top to bottom."""
    found = [_grid(chars, cells) for cells in tables if _is_wide(_around(cells))]
    return sorted((grid for grid in found if grid is not None), key=lambda grid: (grid.box[1], grid.box[0]))


def _around(cells: Sequence[Cell]) -> Box:
    """Return the box that holds all cells."""
    lefts, tops, rights, bottoms = zip(*cells, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _is_wide(box: Box) -> bool:
    """Tell a table from a box in a drawing."""
    return box[2] - box[0] >= _LEAST_WIDTH


def _whole(page: Any, cells: list[Cell]) -> list[Cell]:
    """Add the merged cells that the foot of the page cuts: they have no line below, or none above on the next page."""
    top, bottom = min(cell[1] for cell in cells), max(cell[3] for cell in cells)
    band = page.crop((0, max(top - 1, 0), page.width, min(bottom + 1, page.height)), strict=False)
    found = [list(table.cells) for table in band.find_tables({"explicit_horizontal_lines": [top, bottom]})]
    centre = cells[len(cells) // 2]
    whole = next((table for table in found if any(_meets(centre, cell) for cell in table)), cells)
    return whole if len(cells) <= len(whole) <= _MOST_ADDED * len(cells) else cells


def _meets(one: Cell, other: Cell) -> bool:
    x, y = (one[0] + one[2]) / 2, (one[1] + one[3]) / 2
    return other[0] <= x <= other[2] and other[1] <= y <= other[3]


def _grid(chars: Sequence[dict[str, Any]], cells: Sequence[Cell]) -> Grid | None:
    lefts, tops = _edges(c[0] for c in cells), _edges(c[1] for c in cells)
    covering: list[list[Cell | None]] = [[None for _ in lefts] for _ in tops]
    for cell in cells:
        for row in _within(tops, cell[1], cell[3]):
            for column in _within(lefts, cell[0], cell[2]):
                covering[row][column] = cell
    rows = [at for at in range(len(tops)) if at == 0 or covering[at] != covering[at - 1]]
    columns = [at for at in range(len(lefts)) if at == 0 or any(row[at] != row[at - 1] for row in covering)]
    if len(columns) < _LEAST_COLUMNS:
        return None
    texts = {cell: _text(chars, cell) for cell in cells}
    rows = [row for row in rows if any(cell and texts[cell] for cell in covering[row])]
    if not rows:
        return None
    columns, joined = _joined(
        [[_grid_cell(covering, texts, row, column) for row in rows] for column in columns], columns
    )
    if len(columns) < _LEAST_COLUMNS or _is_drawing(joined):
        return None
    # Without the printed cells, which nobody needs any more: a long plan has a hundred thousand.
    table = tuple(tuple(replace(cell, cell=None) for cell in row) for row in zip(*joined, strict=True))
    box = (lefts[0], tops[0], max(c[2] for c in cells), max(c[3] for c in cells))
    starts = [tops[row] for row in rows]
    boxes = tuple((box[0], top, box[2], below) for top, below in zip(starts, [*starts[1:], box[3]], strict=True))
    merged = sum(len(_within(starts, c[1], c[3])) > 1 for c in cells)
    return Grid(table, boxes, tuple(lefts[column] for column in columns), box, merged)


def _grid_cell(covering: Sequence[Sequence[Cell | None]], texts: Mapping[Cell, str], row: int, column: int) -> GridCell:
    cell = covering[row][column]
    if cell is None:
        return GridCell("")
    neighbours = [covering[at][column] for at in (row - 1, row + 1) if 0 <= at < len(covering)]
    return GridCell(texts[cell], cell in neighbours, cell)


def _is_drawing(columns: Sequence[Sequence[GridCell]]) -> bool:
    """Tell a chart made of boxes from a table: many columns, few of whose places hold a text of their own."""
    places = [cell for column in columns for cell in column]
    own = {cell.cell for cell in places if cell.text}
    return len(columns) >= _MANY_COLUMNS and len(own) < _OWN_TEXTS * len(places)


def _joined(columns: list[list[GridCell]], places: Sequence[int]) -> tuple[list[int], list[list[GridCell]]]:
    """Put columns together that only the header's ornaments part: the same cells, or blank beside a text."""
    kept, found = [places[0]], [columns[0]]
    for place, column in zip(places[1:], columns[1:], strict=True):
        pairs = list(zip(found[-1], column, strict=True))
        same = [one.cell is not None and one.cell == other.cell for one, other in pairs]
        if any(same) and all(
            alike or not one.text or not other.text for alike, (one, other) in zip(same, pairs, strict=True)
        ):
            found[-1] = [one if one.text else other for one, other in pairs]
        else:
            kept.append(place)
            found.append(column)
    return kept, found


def _within(edges: Sequence[float], start: float, end: float) -> list[int]:
    return [at for at, edge in enumerate(edges) if start - _NEAR <= edge < end - _NEAR]


def _edges(values: Iterable[float]) -> list[float]:
    """Positions, those that differ by the thickness of a line taken as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _text(chars: Sequence[dict[str, Any]], cell: Cell) -> str:
    inside = [
        char
        for char in chars
        if cell[0] <= (char["x0"] + char["x1"]) / 2 < cell[2]
        and cell[1] <= (char["top"] + char["bottom"]) / 2 < cell[3]
    ]
    lines: list[Line] = lines_of(inside)
    return join_wrapped(lines, cell[2])
