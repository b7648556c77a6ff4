"""The lines of one table row in, its Row out; a spreadsheet's quoted cell may hold line breaks."""

import re
from collections.abc import Sequence

from ingest.documents import Row

_MOST_LINES = 40


def row_end(lines: Sequence[str], at: int) -> int:
    """Index after the row that begins at `at`: further on when a quoted cell is not closed on its line."""
    is_open = _leaves_open(lines[at], False)
    end = at + 1
    while is_open and end < len(lines) and end - at < _MOST_LINES:
        is_open = _leaves_open(lines[end], True)
        end += 1
    return at + 1 if is_open else end


def read_row(lines: Sequence[str], number: int, piped: bool) -> Row:
    """Split a row into its cells as printed; `number` is its first line."""
    text = "\n".join(lines)
    return Row(
        _piped(text) if piped else tuple(text.split("\t")), number, number + len(lines) - 1 if len(lines) > 1 else None
    )


def _leaves_open(line: str, was_open: bool) -> bool:
    if not was_open and not re.search(r'(?:^|\t)"', line):
        return False
    return (line.count('"') % 2 == 1) != was_open


def _piped(text: str) -> tuple[str, ...]:
    inner = text.strip().removeprefix("|")
    inner = inner.removesuffix("|") if not inner.endswith("\\|") else inner
    return tuple(cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", inner))
