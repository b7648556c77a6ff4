"""A table of one item's steps by year in, every year with its step out; nothing for other tables."""

from collections.abc import Iterator, Sequence

from ingest.column_names import read_label
from ingest.documents import Block, Row
from ingest.markup import plain_cell

_LEAST_YEARS = 2
_MOST_ROWS = 3
_PLANNED = frozenset({"schedule", "plan_summary", "content", "title"})


def read_year_grid(block: Block) -> tuple[tuple[str, str], ...]:
    """A row of years, perhaps behind a label (年次計画), and up to three rows of what is done in each."""
    header, *rows = [row for row in block.rows if any(cell.strip() for cell in row.cells)] or [Row((), 0)]
    labels = [read_label(cell) for cell in header.cells]
    years = [at for at, label in enumerate(labels) if label.years and not label.name]
    others = [at for at, label in enumerate(labels) if label.printed and at not in years]
    if len(years) < _LEAST_YEARS or not 0 < len(rows) <= _MOST_ROWS or any(at > years[0] for at in others):
        return ()
    if not all(_tells_steps(cell) for row in rows for cell in row.cells[: years[0]]):
        return ()
    return tuple((labels[at].printed, "、".join(_steps(rows, at))) for at in years)


def _tells_steps(label: str) -> bool:
    """A blank, or 計画: a row that is named otherwise is one of several things."""
    return not label.strip() or bool({field for field, _ in read_label(label).candidates[:1]} & _PLANNED)


def _steps(rows: Sequence[Row], at: int) -> Iterator[str]:
    return (text for row in rows if at < len(row.cells) and (text := plain_cell(row.cells[at])))
