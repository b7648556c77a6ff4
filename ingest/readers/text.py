"""The text of a plan (.txt, .md, .tsv) in, its Blocks with their lines out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from ingest.documents import Block, BlockKind, Row
from ingest.entry_labels import is_labelled_value
from ingest.numbering import read_marker
from ingest.readers.aligned import aligned_rows
from ingest.readers.contents import contents_end
from ingest.readers.lines import (
    HeadingForm,
    heading_form,
    is_contents_title,
    is_drawn_line,
    is_footnote_line,
    is_list_line,
    is_page_number,
    is_pipe_line,
    is_pipe_rule,
    is_table_line,
    plain_heading,
)
from ingest.readers.mending import mend
from ingest.readers.outline import Outline
from ingest.readers.rows import read_row, row_end

_PARAGRAPH_ENDS = ("。", "。）", "。)", "）", ")")
_LABELLED_END = re.compile(r"[^:：。、\s]{2,10}\s*[:：]\s*\S.{0,30}")
_LONGEST_UNSPACED = 25
_INNER_NUMBERS = frozenset({"(1)", "1)", "①", "ア", "(ア)", "1", "一"})


def read_blocks(lines: tuple[str, ...], known: Mapping[int, Block] | None = None) -> tuple[Block, ...]:
    """Split lines into headings, paragraphs, lists, footnotes and tables, joined where a page broke them.

    `known` are blocks, by their first line, of which a file's format tells what they are.
    """
    return _with_levels(mend(_Splitter(lines, known or {}).blocks(), lines))


class _Splitter:
    """Walks over the lines once; every line but blank ones and page numbers ends up in exactly one block."""

    def __init__(self, lines: tuple[str, ...], known: Mapping[int, Block]) -> None:
        self._lines = lines
        self._known = known
        self._at = 0
        self._blocks: list[Block] = []

    def blocks(self) -> list[Block]:
        while self._at < len(self._lines):
            self._step()
        return self._blocks

    def _step(self) -> None:
        line = self._lines[self._at]
        if known := self._known.get(self._at + 1):
            self._blocks.append(known)
            self._at = known.line_end
        elif not line.strip() or is_page_number(line) or is_drawn_line(line):
            self._at += 1
        elif is_table_line(line):
            self._table()
        elif rows := aligned_rows(self._lines, self._at):
            self._aligned(rows)
        elif is_footnote_line(line):
            self._take("footnote", lambda following: _is_text(following) and not self._begins_anew())
        elif self._is_heading():
            self._heading()
        elif is_list_line(line) or self._in_number_list():
            self._take("list", self._goes_on_in_list)
        else:
            self._take("paragraph", lambda following: _is_text(following) and not self._begins_anew())

    def _take(self, kind: BlockKind, goes_on: Callable[[str], bool]) -> None:
        """Collect lines from here into one block, as long as `goes_on` holds for the next one."""
        start = self._at
        self._at += 1
        while self._at < len(self._lines) and goes_on(self._lines[self._at]):
            self._at += 1
        text = "\n".join(self._lines[start : self._at])
        self._blocks.append(Block(kind, text.strip("\n"), start + 1, self._at))

    def _goes_on_in_list(self, line: str) -> bool:
        return _is_text(line, entries=True) and not self._is_heading()

    def _heading(self) -> None:
        line = self._lines[self._at]
        self._blocks.append(Block("heading", line.strip(), self._at + 1, self._at + 1))
        self._at += 1
        if is_contents_title(line):
            end = contents_end(self._lines, self._at)
            while self._at < end:
                self._contents(end)

    def _contents(self, end: int) -> None:
        start = self._at
        while self._at < end and self._lines[self._at].strip():
            self._at += 1
        if self._at > start:
            self._blocks.append(Block("list", "\n".join(self._lines[start : self._at]), start + 1, self._at))
        while self._at < end and not self._lines[self._at].strip():
            self._at += 1

    def _table(self) -> None:
        start, rows = self._at, []
        piped = is_pipe_line(self._lines[start].strip())
        while self._at < len(self._lines) and _goes_on_in_table(line := self._lines[self._at], piped):
            end = row_end(self._lines, self._at)
            if not (piped and is_pipe_rule(line.strip())):
                rows.append(read_row(self._lines[self._at : end], self._at + 1, piped))
            self._at = end
        text = "\n".join(self._lines[start : self._at])
        if not rows:
            self._blocks.append(Block("paragraph", text, start + 1, self._at))
            return
        self._blocks.append(Block("table", text, start + 1, self._at, rows=tuple(rows)))

    def _aligned(self, rows: tuple[Row, ...]) -> None:
        start, self._at = self._at, rows[-1].line
        text = "\n".join(self._lines[start : self._at])
        self._blocks.append(Block("table", text, start + 1, self._at, rows=rows))

    def _begins_anew(self) -> bool:
        return self._is_heading() or bool(aligned_rows(self._lines, self._at))

    def _is_heading(self) -> bool:
        return _heading_at(self._lines, self._at) is not None

    def _in_number_list(self) -> bool:
        marker = read_marker(self._lines[self._at])
        return marker is not None and marker.kind in _INNER_NUMBERS


def _goes_on_in_table(line: str, piped: bool) -> bool:
    return is_pipe_line(line.strip()) if piped else "\t" in line and bool(line.strip())


def _is_text(line: str, entries: bool = False) -> bool:
    """The line can continue the block before it."""
    if not line.strip() or is_page_number(line) or is_drawn_line(line) or is_table_line(line) or is_footnote_line(line):
        return False
    return entries or not is_list_line(line)


def _heading_at(lines: tuple[str, ...], at: int) -> HeadingForm | None:
    line = lines[at]
    if is_list_line(line) or is_table_line(line) or is_footnote_line(line):
        return None
    if is_contents_title(line):
        return HeadingForm("plain", line.strip())
    before = lines[at - 1] if at else ""
    after = lines[at + 1] if at + 1 < len(lines) else ""
    if is_labelled_value(line):
        return None
    form = heading_form(line)
    if form and (form.kind.startswith("md") or form.kind in "編章節"):
        return form
    if form:
        return form if _stands_alone(form, before, after) else None
    if not before.strip() and (not after.strip() or is_list_line(after) or is_table_line(after)):
        return plain_heading(line)
    return None


def _stands_alone(form: HeadingForm, before: str, after: str) -> bool:
    """Nothing of the same kind directly around it: neighbours of one kind are the entries of a list."""
    around = [heading_form(line) for line in (before, after)]
    if any(other and other.kind == form.kind for other in around):
        return False
    ends = before.rstrip().endswith(_PARAGRAPH_ENDS) or _LABELLED_END.fullmatch(before.strip())
    if ends and len(form.text) <= _LONGEST_UNSPACED:
        return True
    return not before.strip() or around[0] is not None or is_table_line(before) or form.kind[0] in "【■◆"


def _with_levels(blocks: list[Block]) -> tuple[Block, ...]:
    outline = Outline([_form(block) for block in blocks if block.kind == "heading"])
    placed, after_heading = [], False
    for block in blocks:
        if block.kind == "heading":
            block = replace(block, level=outline.level(after_heading))
        after_heading = block.kind == "heading"
        placed.append(block)
    return tuple(placed)


def _form(heading: Block) -> HeadingForm:
    first = heading.text.split("\n")[0]
    if heading.level is not None:
        return HeadingForm(f"md{heading.level}", first)
    return heading_form(first) or HeadingForm("plain", first)
