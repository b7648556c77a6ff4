"""A document with its items in, its Passages 引用単位 out: one per item and footnote, prose by section."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.documents import Document
from ingest.footnotes import FootnoteIndex
from ingest.markup import strip_markup
from ingest.pieces import Piece, block_piece, merged, prose_pieces, table_pieces
from ingest.plan_items import Passage, PlanItem
from ingest.sections import Placed, announces_items
from ingest.tables import ItemTable

_LONGEST_CAPTION = 60
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


class _Lines:
    """Lines that items' own passages already hold: all of them, and those that an item begins with."""

    def __init__(self, document: Document, items: Sequence[PlanItem]) -> None:
        self._printed = document.lines
        self.lines = {line for item in items for line in range(item.line_start, item.line_end + 1)}
        self.starts = {item.line_start for item in items}

    def parted(self, before: Sequence[Piece], line: int) -> bool:
        """Something like a page number is printed between the last piece and `line`."""
        return bool(before) and any(text.strip() for text in self._printed[before[-1].line_end : line - 1])


def split_into_passages(
    document: Document,
    placed: Sequence[Placed],
    tables: Mapping[int, ItemTable],
    items: Sequence[PlanItem],
    footnotes: FootnoteIndex,
) -> tuple[Passage, ...]:
    """Cut the whole document into passages in printed order; every line is in one of them or is a heading."""
    passages = list(_item_passages(items, document))
    for section, piece, label in _pieces(placed, tables, _Lines(document, items), footnotes):
        if piece.text.strip():
            passages.append(_passage(document, section, piece, label))
    passages.sort(key=lambda passage: (passage.line_start, passage.line_end))
    return tuple(_with_distinct_ids(passages))


def _item_passages(items: Sequence[PlanItem], document: Document) -> Iterator[Passage]:
    rows = Counter((item.line_start, item.line_end) for item in items)
    for item in items:
        shares_row = rows[item.line_start, item.line_end] > 1
        piece = Piece(
            item.printed["title"] if shares_row and item.printed.get("title") else item.printed["row"],
            item.line_start,
            item.line_end,
            "item",
        )
        passage = _passage(document, item.section, piece)
        yield replace(passage, item_id=item.id, search_text=f"{_context(document, item.section)}\n{item_text(item)}")


def item_text(item: PlanItem) -> str:
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
) -> Iterator[tuple[tuple[str, ...], Piece, str | None]]:
    """Everything that is no item, with its section and label: prose, footnotes and the words they explain, tables."""
    run: list[Piece] = []
    section: tuple[str, ...] = ()
    for at, entry in enumerate(placed):
        block = entry.block
        is_prose = block.kind in ("paragraph", "list") or (block.kind == "heading" and _is_bare(placed, at))
        if not is_prose or entry.section[: len(section)] != section or taken.parted(run, block.line_start):
            yield from ((section, piece, None) for piece in merged(run))
            run = []
        if is_prose and block.line_start in taken.lines:
            continue
        if is_prose:
            section = (entry.section[:-1] if block.kind == "heading" else entry.section) if not run else section
            run += prose_pieces(block)
        elif block.kind == "footnote":
            note = footnotes.at(block.line_start)
            yield entry.section, block_piece(block, "footnote"), note.term if note else None
        elif block.kind == "table":
            caption = _caption(placed, at)
            table = tables.get(block.line_start)
            for piece in table_pieces(block, table, taken.starts if table else taken.lines):
                groups = table.groups_of_skipped.get(piece.line_start, ()) if table else ()
                yield (*entry.section, *groups), piece, caption
    yield from ((section, piece, None) for piece in merged(run))


def _is_bare(placed: Sequence[Placed], at: int) -> bool:
    """A heading with nothing under it says all there is to say itself."""
    if announces_items(placed[at].block.text):
        return False
    following = placed[at + 1].block if at + 1 < len(placed) else None
    if following is None:
        return True
    return following.kind == "heading" and (following.level or 1) <= (placed[at].block.level or 1)


def _caption(placed: Sequence[Placed], at: int) -> str | None:
    """A short line printed directly above a table."""
    above = placed[at - 1].block if at else None
    is_line = above is not None and above.kind == "paragraph" and "\n" not in above.text
    return strip_markup(above.text).strip() if above and is_line and len(above.text) <= _LONGEST_CAPTION else None


def _passage(document: Document, section: tuple[str, ...], piece: Piece, label: str | None = None) -> Passage:
    """`label` is indexed with the text: the word that a footnote explains, the caption of a table.

    So is, on the line before the text, the header of a table that its rows were cut off from.
    """
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
        search_text="\n".join(part for part in (_context(document, section), label, piece.header, piece.text) if part),
        line_start=piece.line_start,
        line_end=piece.line_end,
        term=label if piece.kind == "footnote" else None,
        place=document.place_of(piece.line_start, piece.line_end),
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
