"""Blocks as separated by blank lines in, blocks with what a page or line break tore apart joined out."""

import re
from dataclasses import replace

from ingest.documents import Block
from ingest.readers.lines import LONGEST_HEADING, heading_form, plain_heading

_NEAR = 3
_SHORTEST_TORN = 20
_SENTENCE_ENDS = "。．.！!？?」』】)）:：;；〉》>"
# 「Ａ Ｂ Ｃ (Full Name) : …」 and a line of katakana readings explain further words of the footnote above.
_EXPLAINED_WORD = re.compile(r"[A-Za-z][A-Za-z0-9 \-]{0,20}\s*[(（][^)）]{3,}[)）]\s*[:：]")
_READING = re.compile(r"[ァ-ヶー \u3000・]{4,}")


def mend(blocks: list[Block], lines: tuple[str, ...]) -> list[Block]:
    """Join a heading's number with its text, and paragraphs and footnotes that go on after blank lines.

    Over a printed page number nothing is joined: a quote must stand in the source as it is.
    """
    mended: list[Block] = []
    for block in blocks:
        before = mended[-1] if mended else None
        if before and _are_near(before, block, lines) and _belong_together(before, block):
            mended[-1] = _joined(before, block)
        elif before and before.kind == "footnote" and _explains_another_word(block):
            mended.append(replace(block, kind="footnote"))
        else:
            mended.append(block)
    return mended


def _are_near(before: Block, block: Block, lines: tuple[str, ...]) -> bool:
    between = lines[before.line_end : block.line_start - 1]
    return len(between) < _NEAR and not any(line.strip() for line in between)


def _belong_together(before: Block, block: Block) -> bool:
    if before.kind == "heading":
        return _is_heading_text(before, block)
    if before.kind in ("paragraph", "footnote") and block.kind == "paragraph":
        return _is_torn(before, block)
    return False


def _is_heading_text(before: Block, block: Block) -> bool:
    """「めざす姿②」 alone on its line, its text on the next one."""
    form = heading_form(before.text)
    if form is None or not form.number_only or block.kind not in ("heading", "paragraph"):
        return False
    if "\n" in block.text or len(block.text) > LONGEST_HEADING or block.text.endswith("。"):
        return False
    return heading_form(block.text) is None and (block.kind == "heading" or plain_heading(block.text) is not None)


def _is_torn(before: Block, block: Block) -> bool:
    last = before.text.rstrip()
    if last[-1:] in _SENTENCE_ENDS or len(last.split("\n")[-1]) < _SHORTEST_TORN:
        return False
    return len(block.text) >= _SHORTEST_TORN and heading_form(block.text.split("\n")[0]) is None


def _explains_another_word(block: Block) -> bool:
    if block.kind != "paragraph":
        return False
    lines = block.text.split("\n")
    return bool(_EXPLAINED_WORD.match(lines[0].strip())) or (
        len(lines) > 1 and bool(_READING.fullmatch(lines[0].strip())) and bool(_EXPLAINED_WORD.match(lines[1].strip()))
    )


def _joined(before: Block, block: Block) -> Block:
    return replace(before, text=f"{before.text}\n{block.text}", line_end=block.line_end)
