"""Delimited text in, its rows of cells out; quoted cells may hold line breaks, and a stray quotation mark is text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.errors import DocumentTooLarge

# What a spreadsheet can hold, but for the cells, of which a plan has some thousands.
MOST_COLUMNS = 16_384
MOST_LINES = 1_048_576
MOST_CELLS = 5_000_000
_LONGEST_QUOTED = 200
_SAMPLE_LINES = 300
# Amounts hold commas and prose holds both: of two that split the rows equally well, the rarer mark is meant.
_DELIMITERS = ("\t", ";", ",")
_HINT = re.compile(r"sep=([\t;,])\s*")
_CLOSING = re.compile(r'[^"]*(?:""[^"]*)*"(?!")')


@dataclass(frozen=True, slots=True)
class Record:
    """A row that is not blank; `number` is the row's in a spreadsheet program, 1-based."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """No cell of it shows anything."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Delimited:
    """The rows that are not blank, and the numbers of those with a quotation mark that is never closed."""

    records: tuple[Record, ...]
    unclosed: tuple[int, ...]


def read_records(name: str, text: str) -> Delimited:
    """Split `text` into rows of cells at the mark that separates them best: tab, semicolon or comma.

    Raises:
        DocumentTooLarge: it has more rows, columns or cells than a plan can sensibly have.

    """
    lines = _lines(name, text)
    delimiter = _delimiter(lines)
    if sum(line.count(delimiter) for line in lines) > MOST_CELLS:
        raise DocumentTooLarge(
            f"{name}: more than {MOST_CELLS:,} cells; keep only the sheet that is the plan, or split it into several"
        )
    records: list[Record] = []
    unclosed: list[int] = []
    for number, (cells, is_closed) in enumerate(_rows(lines, delimiter), start=1):
        if len(cells) > MOST_COLUMNS:
            raise DocumentTooLarge(
                f"{name}: row {number} has {len(cells):,} cells, at most {MOST_COLUMNS:,} are read; save it again"
            )
        record = Record(number, tuple(cells))
        if not record.is_blank:
            records.append(record)
        if not is_closed:
            unclosed.append(number)
    return Delimited(tuple(records), tuple(unclosed))


def _lines(name: str, text: str) -> list[str]:
    body = text.rstrip("\n")
    if body.count("\n") >= MOST_LINES:
        raise DocumentTooLarge(f"{name}: more than {MOST_LINES:,} rows; keep only those that are the plan")
    return body.split("\n")


def _delimiter(lines: list[str]) -> str:
    """The mark that divides most rows, and most of them into the same number of cells."""
    if hint := _HINT.fullmatch(lines[0]):
        del lines[0]
        return hint[1]
    sample = [line for line in lines[:_SAMPLE_LINES] if line.strip()]
    return max(_DELIMITERS, key=lambda delimiter: _fit(sample, delimiter))


def _fit(lines: Sequence[str], delimiter: str) -> float:
    widths = Counter(len(cells) for cells, _ in _rows(lines, delimiter))
    divided = widths.total() - widths[1]
    del widths[1]
    return divided / len(lines) + max(widths.values()) / divided if divided else 0.0


def _rows(lines: Sequence[str], delimiter: str) -> Iterator[tuple[list[str], bool]]:
    """Yield the cells of every row, and whether all its quotation marks are closed."""
    at = 0
    while at < len(lines):
        if '"' not in lines[at]:
            yield lines[at].split(delimiter), True
            at += 1
            continue
        end = _end(lines, at, delimiter)
        yield list(_cells("\n".join(lines[at : end or at + 1]), delimiter)), end is not None
        at = end or at + 1


def _end(lines: Sequence[str], at: int, delimiter: str) -> int | None:
    """Index after the last line of the row that begins at `at`; None if a quoted cell of it never ends."""
    is_open = False
    for end in range(at, min(at + _LONGEST_QUOTED, len(lines))):
        is_open = _stays_open(lines[end], is_open, delimiter)
        if not is_open:
            return end + 1
    return None


def _stays_open(line: str, is_open: bool, delimiter: str) -> bool:
    """Whether a quoted cell goes on after `line`."""
    at = 0
    while True:
        if is_open or line.startswith('"', at):
            closing = _CLOSING.match(line, at if is_open else at + 1)
            if closing is None:
                return True
            at, is_open = closing.end(), False
        at = line.find(delimiter, at) + 1
        if at == 0:
            return False


def _cells(row: str, delimiter: str) -> Iterator[str]:
    at = 0
    while True:
        start, quoted = at, ""
        if row.startswith('"', at) and (closing := _CLOSING.match(row, at + 1)):
            quoted, start = row[at + 1 : closing.end() - 1].replace('""', '"'), closing.end()
        end = row.find(delimiter, start)
        yield quoted + (row[start:] if end < 0 else row[start:end])
        if end < 0:
            return
        at = end + 1
