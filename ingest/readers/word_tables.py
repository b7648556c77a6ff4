"""A Word table in, its rows with every cell at the columns that it covers out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from xml.etree.ElementTree import Element

from ingest.readers.archives import whole
from ingest.readers.word_lists import W, value
from ingest.readers.word_text import local, preferred

# Word itself has no wider tables.
MOST_COLUMNS = 63
# Vertical lines nearer to each other than 2 mm, in twentieths of a point, are one line drawn by hand.
_ONE_LINE = 120
_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "Choice", "Fallback"})


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell and the columns that it covers: from `first` to before `last`, 0-based."""

    element: Element
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row: at every column the cell that covers it (None: no cell), and the cells that begin in this row."""

    covered: tuple[WordCell | None, ...]
    own: tuple[WordCell, ...]


def read_rows(table: Element) -> tuple[WordRow, ...]:
    """Place the cells of a table; a vertically merged one stands in every row that it covers."""
    lines = _lines(table)
    raw = [list(_cells(row, lines)) for row in unwrapped(table, "tr") if not _is_deleted(row)]
    width = max((cell.last for cells in raw for cell, _ in cells), default=0)
    rows: list[WordRow] = []
    above: list[WordCell | None] = [None] * width
    for cells in raw:
        covered: list[WordCell | None] = [None] * width
        own = []
        for cell, goes_on in cells:
            merged = above[cell.first] if goes_on else None
            shown = merged if merged and merged.first == cell.first else cell
            covered[cell.first : cell.last] = [shown] * (cell.last - cell.first)
            if shown is cell:
                own.append(cell)
        rows.append(WordRow(tuple(covered), tuple(own)))
        above = covered
    return _without_unused_columns(rows)


def unwrapped(parent: Element, name: str) -> Iterator[Element]:
    """Yield the children called `name`, those included that stand in content controls or accepted changes."""
    for child in parent:
        kind = local(child)
        if kind == name:
            yield child
        elif kind == "AlternateContent":
            yield from unwrapped(preferred(child), name)
        elif kind in _WRAPPERS:
            yield from unwrapped(child, name)


def _lines(table: Element) -> list[int]:
    """The column that each vertical line of the table's grid begins: lines drawn nearly on each other are one."""
    widths = [whole(column.get(f"{W}w"), 0) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")][:MOST_COLUMNS]
    columns, column, since = [0], 0, 0
    for place in accumulate(widths):
        if place - since >= _ONE_LINE or not place:
            column, since = column + 1, place
        columns.append(column)
    return columns


def _cells(row: Element, lines: Sequence[int]) -> Iterator[tuple[WordCell, bool]]:
    """The cells of a row, and whether each goes on with the one above."""
    at = min(whole(value(row.find(f"{W}trPr"), "gridBefore"), 0), MOST_COLUMNS)
    before: WordCell | None = None
    for element in unwrapped(row, "tc"):
        properties = element.find(f"{W}tcPr")
        end = min(at + max(1, whole(value(properties, "gridSpan"), 1)), MOST_COLUMNS)
        if end <= at:
            return
        first = _column(at, lines) if before is None else max(before.last, _column(at, lines))
        cell = WordCell(element, first, max(first + 1, _column(end, lines)))
        at, before = end, cell
        yield cell, _goes_on(properties)


def _column(line: int, lines: Sequence[int]) -> int:
    return lines[line] if line < len(lines) else lines[-1] + line - len(lines) + 1


def _goes_on(properties: Element | None) -> bool:
    merge = properties.find(f"{W}vMerge") if properties is not None else None
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _is_deleted(row: Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _without_unused_columns(rows: list[WordRow]) -> tuple[WordRow, ...]:
    """Columns in which no cell begins only cut merged cells into pieces."""
    width = len(rows[0].covered) if rows else 0
    used = [
        column
        for column in range(width)
        if column == 0 or any(row.covered[column] is not row.covered[column - 1] for row in rows)
    ]
    return tuple(WordRow(tuple(row.covered[column] for column in used), row.own) for row in rows)
