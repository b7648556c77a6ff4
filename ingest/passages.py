"""A document with its items in, its Passages 引用単位 out: one per item and footnote, prose by section."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.documents import Block, Document
from ingest.footnotes import FootnoteIndex
from ingest.markup import plain_cell, strip_markup
from ingest.plan_items import Passage, PassageKind, PlanItem
from ingest.sections import Placed
from ingest.tables import ItemTable

PASSAGE_LENGTH = 350
_LONGEST = 700
_LONGEST_LEAD_IN = 200
_ITEM_LABELS = (
    ("区分", "status"),
    ("内容", "content"),
    ("目標", "goals"),
    ("実施時期", "schedule"),
    ("所管課 担当", "owners"),
    ("進捗区分", "progress"),
    ("計画", "plan_summary"),
    ("実施内容 実績", "result"),
    ("課題", "issues"),
    ("次年度の方針", "next_steps"),
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Verbatim text that must stay in one passage."""

    text: str
    line_start: int
    line_end: int
    kind: PassageKind
    page: int | None = None


class _Lines:
    """Lines that items' own passages already hold: all of them, and those that an item begins with."""

    def __init__(self, items: Sequence[PlanItem]) -> None:
        self.lines = {line for item in items for line in range(item.line_start, item.line_end + 1)}
        self.starts = {item.line_start for item in items}


def split_into_passages(
    document: Document,
    placed: Sequence[Placed],
    tables: Mapping[int, ItemTable],
    items: Sequence[PlanItem],
    footnotes: FootnoteIndex,
) -> tuple[Passage, ...]:
    """Cut the whole document into passages in printed order; every line is in one of them or is a heading."""
    passages = list(_item_passages(items, document))
    for section, piece, term in _pieces(placed, tables, _Lines(items), footnotes):
        if piece.text.strip():
            passages.append(_passage(document, section, piece, term))
    passages.sort(key=lambda passage: (passage.line_start, passage.line_end))
    return tuple(_with_distinct_ids(passages))


def _item_passages(items: Sequence[PlanItem], document: Document) -> Iterator[Passage]:
    rows = Counter((item.line_start, item.line_end) for item in items)
    for item in items:
        shares_row = rows[item.line_start, item.line_end] > 1
        piece = _Piece(
            item.printed["title"] if shares_row and item.printed.get("title") else item.printed["row"],
            item.line_start,
            item.line_end,
            "item",
            item.page,
        )
        passage = _passage(document, item.section, piece)
        yield replace(passage, item_id=item.id, search_text=f"{_context(document, item.section)}\n{_item_text(item)}")


def _item_text(item: PlanItem) -> str:
    """An item with its fields labelled, as it is indexed."""
    lines = [f"項目 {item.number or ''} {item.title}".replace("  ", " ")]
    for label, name in _ITEM_LABELS:
        value = getattr(item, name)
        text = " ".join(value) if isinstance(value, tuple) else value
        if text:
            lines.append(f"{label} {text}")
    lines += [f"{label} {text}" for label, text in item.fields.items()]
    if item.section_statement:
        lines.append(f"方針 {item.section_statement}")
    return "\n".join(lines)


def _pieces(
    placed: Sequence[Placed], tables: Mapping[int, ItemTable], taken: _Lines, footnotes: FootnoteIndex
) -> Iterator[tuple[tuple[str, ...], _Piece, str | None]]:
    """Everything that is no item: runs of prose by section, footnotes, tables and rows that hold no items."""
    run: list[_Piece] = []
    section: tuple[str, ...] = ()
    for at, entry in enumerate(placed):
        block = entry.block
        is_prose = block.kind in ("paragraph", "list") or (block.kind == "heading" and _is_bare(placed, at))
        if not is_prose or entry.section[: len(section)] != section:
            yield from ((section, piece, None) for piece in _merged(run))
            run = []
        if is_prose and block.line_start in taken.lines:
            continue
        if is_prose:
            section = (entry.section[:-1] if block.kind == "heading" else entry.section) if not run else section
            run += _prose_pieces(block)
        elif block.kind == "footnote":
            note = footnotes.at(block.line_start)
            yield entry.section, _block_piece(block, "footnote"), note.term if note else None
        elif block.kind == "table":
            yield from (
                (entry.section, piece, None)
                for piece in _table_pieces(block, tables.get(block.line_start), taken.starts)
            )
    yield from ((section, piece, None) for piece in _merged(run))


def _is_bare(placed: Sequence[Placed], at: int) -> bool:
    """A heading with nothing under it says all there is to say itself."""
    following = placed[at + 1].block if at + 1 < len(placed) else None
    if following is None:
        return True
    return following.kind == "heading" and (following.level or 1) <= (placed[at].block.level or 1)


def _prose_pieces(block: Block) -> Iterator[_Piece]:
    """A paragraph or list in one piece, or by lines and sentences when it is long."""
    if len(block.text) <= _LONGEST:
        yield _block_piece(block, "list" if block.kind == "list" else "paragraph")
        return
    for offset, line in enumerate(block.text.split("\n")):
        number = min(block.line_start + offset, block.line_end)
        for text in _sentences(strip_markup(line)):
            yield _Piece(text, number, number, "list" if block.kind == "list" else "paragraph", block.page)


def _block_piece(block: Block, kind: PassageKind) -> _Piece:
    return _Piece(strip_markup(block.text).strip(), block.line_start, block.line_end, kind, block.page)


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


def _merged(run: Sequence[_Piece]) -> Iterator[_Piece]:
    """Neighbouring pieces joined up to the passage length."""
    held: _Piece | None = None
    for piece in _led_in(run):
        if held and len(held.text) + len(piece.text) <= PASSAGE_LENGTH:
            held = _joined(held, piece)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _led_in(run: Sequence[_Piece]) -> Iterator[_Piece]:
    """A short paragraph that leads a list in is one piece with it."""
    held: _Piece | None = None
    for piece in run:
        if held and held.kind == "paragraph" and piece.kind == "list" and len(held.text) <= _LONGEST_LEAD_IN:
            held = _joined(held, piece)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _joined(held: _Piece, piece: _Piece) -> _Piece:
    kind: PassageKind = "list" if "list" in (held.kind, piece.kind) else "paragraph"
    return _Piece(f"{held.text}\n{piece.text}", held.line_start, piece.line_end, kind, held.page)


def _table_pieces(block: Block, table: ItemTable | None, taken: set[int]) -> Iterator[_Piece]:
    """The rows of a table that are no items, as many as fit into a passage; an item table's header is none."""
    held: list[tuple[str, int]] = []
    if table is None and block.line_start in taken:
        return  # a sheet, which is one item
    header = {row.line for row in table.header} if table else set[int]()
    rows = [
        ("\t".join(map(plain_cell, row.cells)), row.line)
        for row in block.rows
        if not (table and row.line in taken) and row.line not in header
    ]
    for text, line in rows:
        if held and (sum(len(t) for t, _ in held) + len(text) > _LONGEST or line != held[-1][1] + 1):
            yield _rows_piece(held, block)
            held = []
        held.append((text, line))
    if held:
        yield _rows_piece(held, block)


def _rows_piece(rows: Sequence[tuple[str, int]], block: Block) -> _Piece:
    return _Piece("\n".join(text for text, _ in rows), rows[0][1], rows[-1][1], "table", block.page)


def _passage(document: Document, section: tuple[str, ...], piece: _Piece, term: str | None = None) -> Passage:
    parts = [document.id, piece.kind, *section, piece.text]
    return Passage(
        id=hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20],
        document_id=document.id,
        source=document.source,
        municipality=document.municipality,
        plan=document.title,
        section=section,
        kind=piece.kind,
        text=piece.text,
        search_text="\n".join(
            part for part in (_context(document, section), term and f"用語 {term}", piece.text) if part
        ),
        line_start=piece.line_start,
        line_end=piece.line_end,
        term=term,
        page=piece.page,
    )


def _context(document: Document, section: tuple[str, ...]) -> str:
    lines = [f"自治体 {document.municipality}" if document.municipality else "", f"計画 {document.title}"]
    return "\n".join(line for line in (*lines, f"体系 {' > '.join(section)}" if section else "") if line)


def _with_distinct_ids(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Equal passages of one section get different ids by their order."""
    seen: Counter[str] = Counter()
    for passage in passages:
        again = seen[passage.id]
        seen[passage.id] += 1
        yield replace(passage, id=f"{passage.id}-{again}") if again else passage
