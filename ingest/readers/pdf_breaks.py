"""Text and tables page by page in; tables that only the end of a page cut put together again, out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.places import Place
from ingest.readers.layout import TablePart, TableRow, TextPart
from ingest.readers.pdf_tables import Grid

_SAME_EDGE = 8.0
_HEADER_ROWS = 3


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table as one page shows it."""

    grid: Grid
    page: int
    certainty: float = 1.0


def join_over_breaks(parts: Iterable[TextPart | TablePart | PageTable]) -> Iterator[TextPart | TablePart]:
    """Put together tables with the same columns on following pages and nothing between them."""
    held: _Growing | None = None
    for part in parts:
        if held is not None and isinstance(part, PageTable) and held.goes_on_in(part):
            held.add(part)
            continue
        if held is not None:
            yield TablePart(held.rows())
        held = _Growing.of(part) if isinstance(part, PageTable) else None
        if not isinstance(part, PageTable):
            yield part
    if held is not None:
        yield TablePart(held.rows())


@dataclass(slots=True)
class _Growing:
    """A table that the next page may go on with; `open_below` are the columns whose last cell covers several rows."""

    columns: tuple[float, ...]
    last_page: int = 0
    cells: list[list[str]] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    open_below: tuple[bool, ...] = ()

    @classmethod
    def of(cls, table: PageTable) -> "_Growing":
        growing = cls(table.grid.columns)
        growing._append(table, 0)
        return growing

    def rows(self) -> tuple[TableRow, ...]:
        """Return all rows up to here."""
        return tuple(TableRow(tuple(cells), place) for cells, place in zip(self.cells, self.places, strict=True))

    def goes_on_in(self, table: PageTable) -> bool:
        """Tell whether a table begins where the page's end cut this one."""
        if table.page != self.last_page + 1 or len(self.columns) != len(table.grid.columns):
            return False
        return all(abs(a - b) <= _SAME_EDGE for a, b in zip(self.columns, table.grid.columns, strict=True))

    def add(self, table: PageTable) -> None:
        """Go on with the rows of the next page; a header that it prints again is left out."""
        first, rows = 0, table.grid.rows
        while first < len(rows) - 1 and [cell.text for cell in rows[first]] in self.cells[:_HEADER_ROWS]:
            first += 1
        break_at, open_above = len(self.cells), self.open_below
        self._append(table, first)
        for column, cell in enumerate(rows[first]):
            self._fill_over(break_at, column, open_above[column], cell.merged)

    def _append(self, table: PageTable, first: int) -> None:
        grid = table.grid
        self.cells += [[cell.text for cell in row] for row in grid.rows[first:]]
        self.places += [Place(page=table.page, box=box, certainty=table.certainty) for box in grid.boxes[first:]]
        self.open_below, self.last_page = tuple(cell.merged for cell in grid.rows[-1]), table.page

    def _fill_over(self, at: int, column: int, is_open_above: bool, is_open_below: bool) -> None:
        """Give a merged cell that the break before row `at` cut its text on both pages: one of them prints it."""
        above, below = self.cells[at - 1][column], self.cells[at][column]
        if above and not below and (is_open_above or is_open_below):
            self._fill(column, above, range(at, len(self.cells)))
        elif below and not above and is_open_above and is_open_below:
            self._fill(column, below, range(at - 1, -1, -1))

    def _fill(self, column: int, text: str, rows: Sequence[int]) -> None:
        for at in rows:
            if self.cells[at][column]:
                return
            self.cells[at][column] = text
