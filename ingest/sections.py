"""The blocks of a plan in, each with the section path 体系 it stands under out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.column_names import key, word_keys
from ingest.documents import Block
from ingest.markup import close_up, strip_markup
from ingest.numbering import read_marker
from ingest.readers.lines import GLYPHS

_STATEMENT_MARKS = frozenset({"①", "(1)", "1)", "1", "ア", "(ア)"})
_FRONT_BLOCKS = 12
_DECORATED = re.compile(r"【[^】\d①-⑳]*】|[<＜〈《][^>＞〉》\d①-⑳]*[>＞〉》]")
_MARK_LINE = re.compile(r"^\s*(?:[-*・]\s+)?")


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with the titles of the headings above it; `statement` is a section's printed sentence."""

    block: Block
    section: tuple[str, ...]
    statement: str | None = None
    is_title: bool = False


def place_blocks(blocks: Sequence[Block], title: str, item_tables: frozenset[int]) -> tuple[Placed, ...]:
    """Give every block its section; `title` is the document's, `item_tables` the first lines of tables with items."""
    path: list[tuple[int, str]] = []
    placed: list[Placed] = []
    statement: tuple[str, str] | None = None
    for index, block in enumerate(blocks):
        is_title = bool(title) and index < _FRONT_BLOCKS and key(heading_title(block.text)) in key(title)
        if block.kind == "heading":
            statement = None
            path = [entry for entry in path if entry[0] < (block.level or 1)]
            if announces_items(block.text):
                path = _without_decorated(path)
            elif not is_title:
                path.append((block.level or 1, heading_title(block.text)))
        elif block.line_start in item_tables:
            statement = _statement_above(blocks, index) or statement
        section = tuple(title for _, title in path)
        if statement and block.line_start in item_tables:
            placed.append(Placed(block, (*section, statement[0]), statement[1]))
        else:
            placed.append(Placed(block, section, is_title=is_title))
    return tuple(placed)


def heading_title(text: str) -> str:
    """A heading on one line without # and glyphs: 「■柱1 …」 → 柱1 …"""
    plain = " ".join(line.strip() for line in strip_markup(text).split("\n"))
    return re.sub(r"\s+", " ", plain.lstrip("#").strip().lstrip(GLYPHS)).strip()


def announces_items(text: str) -> bool:
    """取組項目, ■具体的な取組, 第2章 取組項目: headings that only say that items follow."""
    title = re.sub(r"^[【<＜〈《〔［]|[】>＞〉》〕］]$", "", heading_title(text))
    marker = read_marker(title)
    return key(marker.rest if marker else title) in word_keys("item_headings")


def _without_decorated(path: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """「■取組項目」 after 【背景】 belongs beside it, not inside it."""
    while path and _DECORATED.fullmatch(path[-1][1]) and not read_marker(path[-1][1][1:]):
        path = path[:-1]
    return path


def _statement_above(blocks: Sequence[Block], table: int) -> tuple[str, str] | None:
    """「① 市民との協働を…進めます。」 printed as a sentence above its table: mark and sentence."""
    for at in range(table - 1, -1, -1):
        block = blocks[at]
        if block.kind in ("heading", "table"):
            return None
        if block.kind != "footnote" and (mark := _statement_mark(block.text)):
            following = [strip_markup(b.text) for b in blocks[at + 1 : table] if b.kind != "footnote"]
            return mark[0], close_lines("\n".join([mark[1], *following]).split("\n"))
    return None


def _statement_mark(text: str) -> tuple[str, str] | None:
    lines = strip_markup(text).split("\n")
    marks = [read_marker(_MARK_LINE.sub("", line)) for line in lines]
    if marks[0] is None or marks[0].kind not in _STATEMENT_MARKS or not marks[0].rest:
        return None
    if any(mark and mark.kind == marks[0].kind for mark in marks[1:]):
        return None
    return marks[0].printed, "\n".join([marks[0].rest, *lines[1:]])


def close_lines(lines: Iterable[str]) -> str:
    """Lines with their blanks closed up, empty ones left out."""
    return "\n".join(close for line in lines if (close := close_up(line)))
