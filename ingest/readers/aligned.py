"""Lines of a table whose columns only blanks keep apart in, its rows out; none for other lines."""

import re
import unicodedata
from collections.abc import Sequence

from ingest.column_names import read_label
from ingest.documents import Row

_LEAST_COLUMNS = 3
_LEAST_ROWS = 2
_LONGEST_CELL = 60
_GAP = re.compile(r"(?:\u3000| {2})[ \u3000]*")
_NAMES = frozenset({"title", "number"})
_TELLS = frozenset({"owner", "schedule", "content", "goal", "progress", "result"})


def aligned_rows(lines: Sequence[str], at: int) -> tuple[Row, ...]:
    """The rows of a table that begins at `at` with a line of known labels; every further line fills its columns."""
    header = _cells(lines[at])
    if not _is_header([text for _, text in header]):
        return ()
    rows = [Row(tuple(text for _, text in header), at + 1)]
    for number in range(at + 1, len(lines)):
        cells = _placed(_cells(lines[number]), [start for start, _ in header])
        if cells is None:
            break
        rows.append(Row(cells, number + 1))
    return tuple(rows) if len(rows) > _LEAST_ROWS else ()


def _is_header(labels: Sequence[str]) -> bool:
    """All labels are known, one names the items and one tells about them."""
    if len(labels) < _LEAST_COLUMNS:
        return False
    read = [read_label(label) for label in labels]
    fields = [{field for field, _ in label.candidates[:1]} for label in read]
    known = all(found or label.years for found, label in zip(fields, read, strict=True))
    return known and bool(set().union(*fields) & _NAMES) and bool(set().union(*fields) & _TELLS)


def _cells(line: str) -> list[tuple[int, str]]:
    """The texts of a line with the column that each begins in, full-width characters counting two."""
    found, at = [], len(line) - len(line.lstrip(" \u3000"))
    for gap in (*_GAP.finditer(line, at), None):
        end = gap.start() if gap else len(line)
        if text := line[at:end].strip():
            found.append((_width(line[:at]), text))
        at = gap.end() if gap else at
    return found


def _placed(cells: Sequence[tuple[int, str]], starts: Sequence[int]) -> tuple[str, ...] | None:
    """Every text under the label that begins nearest to it; None when the line is no row."""
    if not 1 < len(cells) <= len(starts) or any(len(text) > _LONGEST_CELL for _, text in cells):
        return None
    if len(cells) == len(starts):
        return tuple(text for _, text in cells)
    row = [""] * len(starts)
    for start, text in cells:
        index = min(range(len(starts)), key=lambda column: abs(starts[column] - start))
        if row[index]:
            return None
        row[index] = text
    return tuple(row)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "FWA" else 1 for character in text)
