"""Prose blocks and tables in, the pieces of verbatim text that passages are made of out."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from ingest.documents import Block, Row
from ingest.headers import is_caption
from ingest.markup import plain_cell, strip_markup
from ingest.plan_items import PassageKind
from ingest.readers.lines import is_pipe_rule
from ingest.tables import ItemTable

PASSAGE_LENGTH = 350
_LONGEST = 700
_LONGEST_LEAD_IN = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """Verbatim text that must stay in one passage; `header` is that of the table which its rows were cut off from."""

    text: str
    line_start: int
    line_end: int
    kind: PassageKind
    header: str = ""


def prose_pieces(block: Block) -> Iterator[Piece]:
    """A paragraph or list in one piece, or by lines and sentences when it is long."""
    if len(block.text) <= _LONGEST:
        yield block_piece(block, "list" if block.kind == "list" else "paragraph")
        return
    for offset, line in enumerate(block.text.split("\n")):
        number = min(block.line_start + offset, block.line_end)
        for text in _sentences(strip_markup(line)):
            yield Piece(text, number, number, "list" if block.kind == "list" else "paragraph")


def block_piece(block: Block, kind: PassageKind) -> Piece:
    """A whole block as one piece."""
    return Piece(strip_markup(block.text).strip(), block.line_start, block.line_end, kind)


def _sentences(line: str) -> Iterator[str]:
    """A long line cut at sentence ends, and where there are none, by length."""
    held = ""
    for sentence in re.split(r"(?<=。)", line):
        if held and len(held) + len(sentence) > _LONGEST:
            yield held
            held = ""
        held += sentence
        while len(held) > 2 * _LONGEST:
            yield held[:_LONGEST]
            held = held[_LONGEST:]
    if held.strip():
        yield held


def merged(run: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbouring pieces joined up to the passage length."""
    held: Piece | None = None
    for piece in _led_in(run):
        if held and len(held.text) + len(piece.text) <= PASSAGE_LENGTH:
            held = _joined(held, piece)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _led_in(run: Sequence[Piece]) -> Iterator[Piece]:
    """A short paragraph that leads a list in is one piece with it."""
    held: Piece | None = None
    for piece in run:
        if held and held.kind == "paragraph" and piece.kind == "list" and len(held.text) <= _LONGEST_LEAD_IN:
            held = _joined(held, piece)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _joined(held: Piece, piece: Piece) -> Piece:
    kind: PassageKind = "list" if "list" in (held.kind, piece.kind) else "paragraph"
    return Piece(f"{held.text}\n{piece.text}", held.line_start, piece.line_end, kind)


def table_pieces(block: Block, table: ItemTable | None, taken: Set[int]) -> Iterator[Piece]:
    """The rows of a table that are no items, as many as fit into a passage; an item table's header is none of them.

    Rows cut off from the header keep it as their `header`.
    """
    if table is None and block.line_start in taken:
        return  # a sheet, which is one item
    header = {row.line for row in table.header} if table else set[int]()
    held: list[Piece] = []
    labels = _labels(block, table)
    for row in block.rows:
        if (table and row.line in taken) or row.line in header:
            continue
        text = _row_text(row)
        piece = Piece(text, row.line, row.line_end or row.line, "table", labels.get(row.line, ""))
        if held and (sum(len(p.text) for p in held) + len(text) > _LONGEST or _parts(block, held[-1], row)):
            yield _rows_piece(held)
            held = []
        held.append(piece)
    if held:
        yield _rows_piece(held)


def _labels(block: Block, table: ItemTable | None) -> dict[int, str]:
    """The header for every row below it that has several cells, by line."""
    below = [row for row in block.rows if not is_caption(row.cells)]
    if table:
        header = "\t".join(plain_cell(column.label) for column in table.columns)
    else:
        header = _row_text(below[0]) if below else ""
    return {row.line: header for row in (below if table else below[1:])}


def _row_text(row: Row) -> str:
    return "\t".join(map(plain_cell, row.cells))


def _parts(block: Block, above: Piece, row: Row) -> bool:
    """Something else than the rule below a Markdown table's header is printed between two rows."""
    between = block.text.split("\n")[above.line_end + 1 - block.line_start : row.line - block.line_start]
    return row.line > above.line_end + 1 and not (between and all(is_pipe_rule(line.strip()) for line in between))


def _rows_piece(rows: Sequence[Piece]) -> Piece:
    return replace(rows[0], text="\n".join(row.text for row in rows), line_end=rows[-1].line_end)
