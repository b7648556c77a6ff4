"""What a file that is no text shows, part by part, in; the lines, blocks and places of a Document out.

Every reader of such a file ends here, so that all formats share what follows: headings, tables, items, passages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ingest.documents import Block, Fact, Row
from ingest.places import Place
from ingest.readers.text import read_blocks


@dataclass(frozen=True, slots=True)
class TextPart:
    """A paragraph, list entry or heading as printed; `level` is a heading's own, where the file tells it (1 = top).

    `kind` is set where the file tells that the text is no heading, however short it is.
    """

    text: str
    place: Place
    level: int | None = None
    kind: Literal["paragraph", "list"] | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of a row as printed, as many as its table has columns; line breaks inside a cell stay."""

    cells: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table with its merged cells filled: the text of a merged cell stands in every row and column that it covers.

    `is_chart` tells that its cells are drawn bars, each under the times that it covers.
    """

    rows: tuple[TableRow, ...]
    is_chart: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A file as its reader saw it; `remarks` tell the person who ingests it what was left out or is doubtful.

    `facts` count what makes a file hard to read by machine: it is told to those who publish it.
    """

    parts: tuple[TextPart | TablePart, ...]
    remarks: tuple[str, ...] = ()
    facts: Mapping[Fact, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assembled:
    """A layout as lines; `places` are by 1-based line."""

    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    places: dict[int, Place]


def assemble(parts: Sequence[TextPart | TablePart]) -> Assembled:
    """Write all parts as lines, a blank line between two of them, and split them into blocks."""
    lines: list[str] = []
    places: dict[int, Place] = {}
    known: dict[int, Block] = {}
    for part in parts:
        block = _table(part, lines, places) if isinstance(part, TablePart) else _text(part, lines, places)
        if block:
            known[block.line_start] = block
        lines.append("")
    written = tuple(lines[:-1])
    return Assembled(written, read_blocks(written, known), places)


def _text(part: TextPart, lines: list[str], places: dict[int, Place]) -> Block | None:
    start = len(lines) + 1
    _write(part.text, part.place, lines, places)
    kind = part.kind if part.level is None else "heading"
    return None if kind is None else Block(kind, part.text, start, len(lines), level=part.level)


def _table(part: TablePart, lines: list[str], places: dict[int, Place]) -> Block | None:
    rows = []
    for row in part.rows:
        start = len(lines) + 1
        _write("\t".join(row.cells), row.place, lines, places)
        rows.append(Row(row.cells, start, len(lines) if len(lines) > start else None))
    if not rows:
        return None
    text = "\n".join(lines[rows[0].line - 1 :])
    return Block("table", text, rows[0].line, len(lines), rows=tuple(rows), is_chart=part.is_chart)


def _write(text: str, place: Place, lines: list[str], places: dict[int, Place]) -> None:
    for line in text.split("\n"):
        lines.append(line)
        places[len(lines)] = place
