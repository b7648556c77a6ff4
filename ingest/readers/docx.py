"""A Word document (.docx, .docm) in, its headings, paragraphs, lists, tables and footnotes in order out."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ingest.documents import Fact
from ingest.errors import UnreadableDocument
from ingest.places import Place
from ingest.readers.archives import Package, open_package, whole
from ingest.readers.layout import Layout, TablePart, TableRow, TextPart
from ingest.readers.lines import is_contents_title
from ingest.readers.word_entries import Entry, an_entry, put_together
from ingest.readers.word_lists import Lists, Style, W, read_styles, value
from ingest.readers.word_tables import WordRow, read_rows
from ingest.readers.word_text import NoteMark, Runs, indent_of, is_shaded, local, preferred

_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
_CONTENTS_STYLE = re.compile(r"(?:toc|目次)(?:\s*\d|\s+heading|の見出し)", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_BREAK = "\n"
_LONGEST_HEADING = 120
_BODY_TEXT = 9
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_LEFT_OUT = {
    "deletions": "passages marked as deleted, left out",
    "hidden": "characters of hidden or white text, left out",
    "struck": "characters struck through, read like others",
    "comments": "comments left out",
    "pictures": "pictures not read",
    "charts": "charts not read",
    "diagrams": "diagrams not read",
    "objects": "embedded objects not read",
    "inserted files": "files inserted into the text, not read",
}


def read_layout(name: str, data: bytes) -> Layout:
    """Read a document; raises IngestError naming the file and what to do."""
    package = open_package(name, data)
    try:
        reader = _DocumentReader(package)
        parts = tuple(put_together(reader.parts()))
    except RecursionError as error:
        raise UnreadableDocument(
            f"{name}: its tables or text boxes are nested too deeply to be read; save the plan anew without them"
        ) from error
    remarks = [f"{_LEFT_OUT[what]}: {count}" for what, count in reader.runs.left_out.items() if count]
    if package.has_macros():
        remarks.append("the macros in it are ignored")
    facts: dict[Fact, int] = {
        "hidden_text": reader.runs.left_out["hidden"],
        "pictures": reader.runs.left_out["pictures"],
        "merged_cells": reader.merged_cells,
        "macros": int(package.has_macros()),
    }
    return Layout(parts, tuple(remarks), {fact: count for fact, count in facts.items() if count})


class _DocumentReader:
    """Walks through a document once; every paragraph has its number, blank ones and those of tables included."""

    def __init__(self, package: Package) -> None:
        main = package.main_part()
        self._styles = read_styles(_optional(package, main, "styles"))
        self._lists = Lists(_optional(package, main, "numbering"))
        self._notes = {
            (kind, note.get(f"{W}id", "")): note
            for kind in ("footnote", "endnote")
            for note in _optional(package, main, f"{kind}s") or ()
            if note.get(f"{W}type") not in _SEPARATORS
        }
        self.merged_cells = 0
        self._body = package.tree(main).find(f"{W}body")
        self.runs = Runs(self._styles, self._body)
        self._number = 0
        self._noted: dict[NoteMark, int] = {}
        self._to_print: list[NoteMark] = []

    def parts(self) -> Iterator[Entry | TablePart]:
        """Yield everything in order, footnotes after the paragraph or table that refers to them."""
        if self._body is not None:
            yield from self._blocks(self._body)

    def _blocks(self, parent: Element, is_on_colour: bool = False) -> Iterator[Entry | TablePart]:
        following = [*parent, None][1:]
        for child, after in zip(parent, following, strict=True):
            name = local(child)
            if name == "p":
                yield from self._paragraph(child, is_on_colour, after is not None and self._lists_contents(after))
            elif name == "tbl":
                yield from self._table(child)
            elif name == "AlternateContent":
                yield from self._blocks(preferred(child), is_on_colour)
            elif name in _WRAPPERS:
                yield from self._blocks(child, is_on_colour)
            elif name == "altChunk":
                self.runs.left_out["inserted files"] += 1

    def _paragraph(
        self, paragraph: Element, is_on_colour: bool, is_before_contents: bool
    ) -> Iterator[Entry | TablePart]:
        self._number += 1
        place = Place(paragraph=self._number)
        style_id, style = self._style(paragraph)
        inlines = self.runs.read(paragraph, is_on_colour)
        text, mark = self._printed(inlines.text), self._lists.mark(paragraph, style_id, style)
        is_contents = self._lists_contents(paragraph) or (is_before_contents and is_contents_title(text))
        if text and not is_contents:
            level = _level(paragraph, style, text)
            part = TextPart(f"{mark}{text if level is None else text.replace(_BREAK, ' ')}", place, level)
            is_emphasised = style.is_title or self.runs.is_emphasised(paragraph)
            yield an_entry(part, is_emphasised, indent_of(paragraph, inlines))
        yield from self._boxes(inlines.boxes)
        yield from self._printed_notes(place)

    def _boxes(self, boxes: tuple[Element, ...]) -> Iterator[Entry | TablePart]:
        for box in boxes:
            yield from self._blocks(box, is_on_colour=True)

    def _lists_contents(self, paragraph: Element) -> bool:
        """Tell a line of the table of contents, whose headings follow in the text."""
        return bool(_CONTENTS_STYLE.match(self._style(paragraph)[1].name))

    def _style(self, paragraph: Element) -> tuple[str | None, Style]:
        style_id = value(paragraph.find(f"{W}pPr"), "pStyle")
        return style_id, self._styles.get(style_id or "", Style())

    def _table(self, table: Element) -> Iterator[Entry | TablePart]:
        rows = read_rows(table)
        self.merged_cells += sum(_is_merged(cell.element) for row in rows for cell in row.own)
        if rows and len(rows[0].covered) < 2:
            # A frame around text, and no table to a reader.
            for cell in (cell for row in rows for cell in row.own):
                yield from self._blocks(cell.element, is_on_colour=_has_ground(cell.element))
            return
        place = Place(paragraph=self._number + 1)
        boxes: list[Element] = []
        yield from _printed_table(self._table_rows(table, rows, boxes))
        yield from self._boxes(tuple(boxes))
        yield from self._printed_notes(place)

    def _table_rows(self, table: Element, rows: tuple[WordRow, ...], boxes: list[Element]) -> list[TableRow]:
        is_styled = self._styles.get(value(table.find(f"{W}tblPr"), "tblStyle") or "", Style()).has_ground
        texts: dict[int, str] = {}
        printed = []
        for row in rows:
            place = Place(paragraph=self._number + 1)
            for cell in row.own:
                texts[id(cell)] = self._cell_text(cell.element, boxes, is_styled or _has_ground(cell.element))
            cells = tuple(texts[id(cell)] if cell else "" for cell in row.covered)
            if any(cells):
                printed.append(TableRow(cells, place))
        return printed

    def _cell_text(self, cell: Element, boxes: list[Element], is_on_colour: bool) -> str:
        """The paragraphs of a cell as lines; a table inside it row by row."""
        lines: list[str] = []
        for block in cell:
            name = local(block)
            if name == "p":
                lines += self._cell_line(block, boxes, is_on_colour)
            elif name == "tbl":
                for row in read_rows(block):
                    inner = [self._cell_text(one.element, boxes, is_on_colour) for one in row.own]
                    lines.append("\u3000".join(text.replace("\n", " ") for text in inner if text))
            elif name in _WRAPPERS:
                lines.append(self._cell_text(block, boxes, is_on_colour))
            elif name == "AlternateContent":
                lines.append(self._cell_text(preferred(block), boxes, is_on_colour))
        return "\n".join(line for line in lines if line)

    def _cell_line(self, paragraph: Element, boxes: list[Element], is_on_colour: bool) -> Iterator[str]:
        self._number += 1
        style_id, style = self._style(paragraph)
        inlines = self.runs.read(paragraph, is_on_colour)
        boxes += inlines.boxes
        text, mark = self._printed(inlines.text), self._lists.mark(paragraph, style_id, style)
        if text:
            yield f"{mark}{text}"

    def _printed(self, inlines: tuple[str | NoteMark, ...]) -> str:
        texts = [one if isinstance(one, str) else self._note_mark(one) for one in inlines]
        lines = (line.strip() for line in _CONTROL.sub("", "".join(texts)).split("\n"))
        return "\n".join(line for line in lines if line)

    def _note_mark(self, mark: NoteMark) -> str:
        if (mark.kind, mark.id) not in self._notes:
            return ""
        if mark not in self._noted:
            self._noted[mark] = len(self._noted) + 1
            self._to_print.append(mark)
        return f"（※{self._noted[mark]}）"

    def _printed_notes(self, place: Place) -> Iterator[Entry]:
        while self._to_print:
            mark = self._to_print.pop(0)
            paragraphs = self._notes[mark.kind, mark.id].iter(f"{W}p")
            text = " ".join(filter(None, (self._printed(self.runs.read(one).text) for one in paragraphs)))
            if text:
                yield Entry(TextPart(f"※{self._noted[mark]} {text}", place))


def _optional(package: Package, main: str, kind: str) -> Element | None:
    part = package.related(main, kind)
    return None if part is None else package.tree(part)


def _level(paragraph: Element, style: Style, text: str) -> int | None:
    """The level of a heading; whole sentences in a heading's style are text."""
    own = value(paragraph.find(f"{W}pPr"), "outlineLvl")
    level = style.level if own is None else whole(own, _BODY_TEXT) + 1
    if level is None or level > _BODY_TEXT or len(text) > _LONGEST_HEADING or text.endswith("。"):
        return None
    return max(1, level)


def _printed_table(rows: list[TableRow]) -> Iterator[Entry | TablePart]:
    line = "\u3000".join(rows[0].cells).replace(_BREAK, " ") if rows else ""
    if len(rows) == 1 and len(rows[0].cells) == 2 and len(line) <= _LONGEST_HEADING:
        # A number and a title in boxes side by side.
        yield an_entry(TextPart(line, rows[0].place), is_emphasised=True, indent=0)
    elif rows:
        yield TablePart(tuple(rows))


def _has_ground(cell: Element) -> bool:
    return is_shaded(cell.find(f"{W}tcPr"))


def _is_merged(cell: Element) -> bool:
    properties = cell.find(f"{W}tcPr")
    merge = properties.find(f"{W}vMerge") if properties is not None else None
    return whole(value(properties, "gridSpan"), 1) > 1 or (merge is not None and merge.get(f"{W}val") == "restart")
