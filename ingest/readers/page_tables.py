"""A table of a web page in; its rows with merged cells filled out. Tables that only lay out a page are none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

from ingest.errors import DocumentTooLarge
from ingest.readers.page_lines import TextLines
from ingest.readers.page_lists import ListMarks
from ingest.readers.page_markup import BLOCKS, HEADINGS, SILENT, TABLE_CELLS, Element, walk

_MOST_CELLS = 2_000_000
_MOST_CHARACTERS = 20_000_000
# As HTML defines them.
_MOST_COLUMNS_COVERED, _MOST_ROWS_COVERED = 1_000, 65_534
_SPAN = re.compile(r"\s*(\d{1,6})")
_ROW_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_PARAGRAPHS = frozenset({"p", "ul", "ol", "dl", "div"})
_FEW_ROWS = 3


@dataclass(slots=True)
class Shape:
    """What a table holds itself: rows, cells, header cells, and headings, paragraphs or tables inside its cells."""

    rows: int = 0
    cells: int = 0
    widest: int = 0
    header_cells: int = 0
    headings: int = 0
    paragraphs: int = 0
    nested: int = 0
    is_layout: bool = False

    @property
    def holds_data(self) -> bool:
        """It has cells side by side that are no columns of the page."""
        if self.is_layout or self.widest < 2:
            return False
        if self.header_cells:
            return True
        if self.rows == 1 and self.paragraphs > self.cells:
            return False
        if self.headings or self.nested:
            return self.rows > _FEW_ROWS and self.headings == 0 and self.nested * 2 <= self.cells
        return True


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table row by row, all rows equally long; `merged` counts the cells that cover several."""

    rows: tuple[tuple[str, ...], ...]
    merged: int = 0


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    columns: int = 1
    rows: int = 1


_BLANK = _Cell("")


def table_shapes(root: Element) -> dict[Element, Shape]:
    """Measure all tables in one walk."""
    shapes: dict[Element, Shape] = {}
    open_tables: list[Shape] = []
    in_row: list[int] = []
    for event, element in walk(root):
        if element.tag == "table":
            if event == "end":
                open_tables.pop()
                in_row.pop()
                continue
            for around in open_tables[-1:]:
                around.nested += 1
            shape = Shape(is_layout=element.get("role") in ("presentation", "none"))
            shapes[element] = shape
            open_tables.append(shape)
            in_row.append(0)
        elif open_tables and event == "start":
            _measure(element.tag, open_tables[-1], in_row)
    return shapes


def _measure(tag: str, shape: Shape, in_row: list[int]) -> None:
    if tag == "tr":
        shape.rows += 1
        in_row[-1] = 0
    elif tag in TABLE_CELLS:
        shape.cells += 1
        shape.header_cells += tag == "th"
        in_row[-1] += 1
        shape.widest = max(shape.widest, in_row[-1])
    elif tag in HEADINGS:
        shape.headings += 1
    elif tag in _PARAGRAPHS:
        shape.paragraphs += 1


class Allowance:
    """How much the tables of one page may hold, merged cells counted wherever they stand."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._cells = self._characters = 0

    def take(self, cells: Sequence[_Cell]) -> None:
        """Count cells; raises DocumentTooLarge when they are too many."""
        self._cells += sum(cell.columns for cell in cells)
        self._characters += sum(cell.columns * len(cell.text) for cell in cells)
        if self._cells > _MOST_CELLS or self._characters > _MOST_CHARACTERS:
            self.refuse()

    def refuse(self) -> NoReturn:
        """Say that the tables are too large."""
        raise DocumentTooLarge(
            f"{self._name}: its tables, with what their merged cells cover, have more than {_MOST_CELLS:,} cells"
            f" or {_MOST_CHARACTERS:,} characters; split the page into several"
        )


def read_grid(table: Element, allowance: Allowance) -> Grid:
    """Read a table's rows; the text of a merged cell stands in every row and column that it covers.

    Raises:
        DocumentTooLarge: its merged cells cover more than a plan can sensibly have.

    """
    filler = _Filler(allowance)
    for group in _groups(table):
        filler.begin_group()
        for at, row in enumerate(group):
            filler.add([_read_cell(cell, len(group) - at) for cell in row])
    return filler.grid()


class _Filler:
    """Puts rows of cells below each other, merged cells taking their place in the rows and columns they cover."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._rows: list[list[str]] = []
        self._above: dict[int, _Cell] = {}
        self._width = self._merged = 0

    def begin_group(self) -> None:
        """End all merged cells: none reaches from the head of a table into its body."""
        self._above = {}

    def add(self, cells: Sequence[_Cell]) -> None:
        """Put a row below the others."""
        self._allowance.take([*cells, *self._above.values()])
        self._merged += sum(cell.columns > 1 or cell.rows > 1 for cell in cells)
        row: list[_Cell] = []
        for cell in cells:
            while len(row) in self._above:
                row.append(self._above[len(row)])
            self._width = max(self._width, len(row) + 1)
            row += [cell if cell.columns == 1 else replace(cell, columns=1)] * cell.columns
        row += [self._above.get(at, _BLANK) for at in range(len(row), max(self._above, default=-1) + 1)]
        self._rows.append([cell.text for cell in row])
        self._above = {at: replace(cell, rows=cell.rows - 1) for at, cell in enumerate(row) if cell.rows > 1}

    def grid(self) -> Grid:
        """Return the rows, as wide as the last column in which a cell begins."""
        if len(self._rows) * self._width > _MOST_CELLS:
            self._allowance.refuse()
        rows = (tuple([*row[: self._width], *[""] * (self._width - len(row))]) for row in self._rows)
        return Grid(tuple(row for row in rows if any(row)), self._merged)


def caption(table: Element) -> Element | None:
    """The caption of a table."""
    return next((child for child in table if child.tag == "caption"), None)


def _groups(table: Element) -> Iterator[Sequence[Sequence[Element]]]:
    """Yield the rows that belong together, as their cells: a merged cell ends with them."""
    loose: list[Sequence[Element]] = []
    for child in table:
        if child.tag in _ROW_GROUPS:
            yield loose
            loose = []
            yield [_cells(row) for row in child if row.tag == "tr"]
        elif child.tag == "tr":
            loose.append(_cells(child))
        elif child.tag in TABLE_CELLS:
            loose.append([child])
        elif child.tag != "caption":
            # A form or the like between a table and its rows.
            loose += [_cells(row) for row in child if row.tag == "tr"]
    yield loose


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in TABLE_CELLS]


def _read_cell(cell: Element, rows_left: int) -> _Cell:
    columns = min(max(_span(cell, "colspan"), 1), _MOST_COLUMNS_COVERED)
    rows = min(_span(cell, "rowspan") or rows_left, rows_left, _MOST_ROWS_COVERED)
    return _Cell(cell_text(cell), columns, rows)


def _span(cell: Element, attribute: str) -> int:
    match = _SPAN.match(cell.get(attribute) or "1")
    return int(match[1]) if match else 1


def cell_text(cell: Element) -> str:
    """The text of a cell, a line for every block, entry and break in it."""
    lines, marks = TextLines(), ListMarks()
    if not len(cell):
        lines.add(cell.text)
        return lines.take()[0]
    steps = walk(cell)
    for event, element in steps:
        tag = element.tag
        if event == "start":
            if tag in SILENT:
                steps.skip_subtree()
                continue
            if tag == "br" or (tag in BLOCKS and tag not in TABLE_CELLS):
                lines.break_line()
            if (mark := marks.open(element)) is not None:
                lines.add_mark(mark)
            lines.add(element.text)
        else:
            marks.close(element)
            if tag in BLOCKS:
                lines.add(" ") if tag in TABLE_CELLS else lines.break_line()
            if element is not cell:
                lines.add(element.tail)
    return "\n".join(line for line in lines.take() if line)
