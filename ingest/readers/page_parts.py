"""The content of a web page in; its headings, paragraphs, list entries and tables, numbered from 1, out."""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from ingest.places import Place
from ingest.readers.layout import TablePart, TableRow, TextPart
from ingest.readers.lines import heading_form, is_footnote_line, is_list_line, is_table_line
from ingest.readers.page_content import Content
from ingest.readers.page_lines import TextLines
from ingest.readers.page_lists import ListMarks
from ingest.readers.page_markup import BLOCKS, HEADINGS, SILENT, Element, shown_text, walk
from ingest.readers.page_tables import Allowance, Shape, caption, read_grid, table_shapes

_LONGEST_LABEL = 20
_LONGEST_LINK = 60
_SITE_LINK = re.compile(
    r"(?:[▲△↑∧^]\s*)?(?:この)?(?:ページ|頁|画面)?の?(?:先頭|トップ|上|上部|最上部|TOP|Top)(?:へ|に)?(?:戻る|もどる|移動(?:する)?)?"
    r"|(?:前|ひとつ前|1つ前|元|一覧|トップ)?の?(?:ページ)?(?:へ|に)?(?:戻る|もどる)|page\s*top|back to top|top"
    r"|(?:本文|メニュー|コンテンツ|フッター)(?:へ|に)?(?:スキップ|移動|ジャンプ)(?:する|します)?(?:。)?"
    r"|(?:この)?(?:ページ|画面)を?(?:印刷|シェア|共有|保存)(?:する|用.{0,10})?|印刷(?:する|用(?:ページ|画面).{0,8})?"
    r"|(?:Facebook|Twitter|X|LINE|フェイスブック|ツイッター|ライン)(?:で|に)?(?:シェア|ツイート|ポスト|送る|投稿|共有)(?:する)?|ツイート|シェア(?:する)?"
    r"|(?:音声)?読み?上げ(?:る)?|ふりがな(?:を?(?:つける|はずす))?|文字サイズ.{0,12}|背景色.{0,12}",
    re.IGNORECASE,
)
_BREADCRUMB = re.compile(
    r"(?:現在(?:の|位置|地).{0,12}[:：]?\s*)?(?:ホーム|トップ(?:ページ)?|HOME|TOP)\s*[>＞›»/／→].*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PageParts:
    """The parts of a page; `dropped` counts links of the site's own, `pictures` what only an image shows."""

    parts: tuple[TextPart | TablePart, ...]
    dropped: int = 0
    pictures: int = 0
    merged_cells: int = 0


def read_parts(content: Content, name: str) -> PageParts:
    """Read what a page shows, its title first and its site last.

    Raises:
        DocumentTooLarge: a table's merged cells cover more than a plan can sensibly have.

    """
    return _Reader(content.element, name).read(content.title, content.site)


class _Reader:
    """Walks over the page once; text is collected until a block begins or ends."""

    def __init__(self, content: Element, name: str) -> None:
        self._content = content
        self._allowance = Allowance(name)
        self._shapes: dict[Element, Shape] = table_shapes(content)
        self._has_headings = any(next(content.iter(tag), None) is not None for tag in ("h2", "h3", "h4", "h5", "h6"))
        self._lines = TextLines()
        self._marks = ListMarks()
        self._parts: list[TextPart | TablePart] = []
        self._level: int | None = None
        self._label = ""
        self._preformatted = 0
        self._bold = 0
        self._is_all_bold = True
        self._dropped = self._pictures = self._merged = 0

    def read(self, title: str, site: str) -> PageParts:
        """Read the page from its first part to its last."""
        if title:
            self._parts.append(TextPart(title, self._place(), 1))
        steps = walk(self._content)
        for event, element in steps:
            if event == "end":
                self._leave(element)
            elif self._enter(element):
                steps.skip_subtree()
        self._flush()
        if self._parts and site:
            self._parts.append(TextPart(site, self._place(), kind="paragraph"))
        return PageParts(tuple(self._parts), self._dropped, self._pictures, self._merged)

    def _enter(self, element: Element) -> bool:
        """Begin an element; True when nothing in it is left to be read."""
        tag = element.tag
        if tag in SILENT:
            # A picture in a link is the link's icon.
            self._pictures += tag == "img" and next(element.iterancestors("a"), None) is None
            return True
        if tag == "br":
            self._lines.break_line()
        if tag in BLOCKS:
            self._flush()
        if tag == "table" and self._shapes[element].holds_data:
            self._table(element)
            return True
        if tag in HEADINGS:
            self._level = HEADINGS[tag]
        if (mark := self._marks.open(element)) is not None:
            self._lines.add_mark(mark)
        self._preformatted += tag == "pre"
        self._bold += tag in ("b", "strong")
        self._add(element.text)
        return False

    def _leave(self, element: Element) -> None:
        tag = element.tag
        if tag in SILENT or (tag == "table" and self._shapes[element].holds_data):
            self._add_tail(element)
            return
        if tag == "dt":
            self._keep_label()
        elif tag in BLOCKS:
            self._flush()
        if tag == "dl":
            self._drop_label()
        if tag == "li":
            self._lines.drop_mark()
        if tag in HEADINGS:
            self._level = None
        self._marks.close(element)
        self._preformatted -= tag == "pre"
        self._bold -= tag in ("b", "strong")
        self._add_tail(element)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        self._is_all_bold = self._is_all_bold and (bool(self._bold) or not text.strip())
        if self._preformatted:
            self._lines.add_preformatted(text)
        else:
            self._lines.add(text)

    def _add_tail(self, element: Element) -> None:
        if element is not self._content:
            self._add(element.tail)

    def _flush(self) -> None:
        lines = self._lines.take()
        for is_shown, chunk in groupby(lines, bool):
            if is_shown:
                self._text("\n".join(chunk))
        self._is_all_bold = True

    def _text(self, text: str) -> None:
        if self._level is None and is_site_text(text):
            self._dropped += 1
            return
        kind = self._kind(text)
        if self._label and (self._level or kind == "list" or len(self._label) > _LONGEST_LABEL):
            self._drop_label()
        if self._label:
            text, self._label = f"{self._label}{'' if self._label[-1] in ':：' else '：'}{text}", ""
        self._parts.append(TextPart(text, self._place(), self._level, None if self._level else kind))

    def _kind(self, text: str) -> Literal["paragraph", "list"] | None:
        """Where a page has headings of its own, other text is none, unless it is printed like one."""
        first = text.partition("\n")[0]
        if is_footnote_line(first):
            return None
        if self._marks.is_inside:
            return "list"
        is_plain = not (heading_form(first) or is_table_line(first) or is_list_line(first) or self._is_all_bold)
        return "paragraph" if self._label or (self._has_headings and is_plain) else None

    def _keep_label(self) -> None:
        """A term waits for its description: 「担当課」 and 「総務課」 are one line."""
        label = " ".join(filter(None, self._lines.take()))
        self._drop_label()
        self._label = label

    def _drop_label(self) -> None:
        if self._label:
            self._parts.append(TextPart(self._label, self._place()))
            self._label = ""

    def _table(self, table: Element) -> None:
        self._drop_label()
        above = caption(table)
        if above is not None and (text := shown_text(above)):
            self._parts.append(TextPart(text, self._place()))
        grid = read_grid(table, self._allowance)
        if grid.rows:
            place = self._place()
            self._parts.append(TablePart(tuple(TableRow(cells, place) for cells in grid.rows)))
        self._merged += grid.merged
        self._pictures += sum(1 for _ in table.iter("img"))

    def _place(self) -> Place:
        return Place(paragraph=len(self._parts) + 1)


def is_site_text(text: str) -> bool:
    """Links to the top of the page, to its print view and the like, and the path to the page."""
    if len(text) > _LONGEST_LINK and not _BREADCRUMB.match(text[:_LONGEST_LINK]):
        return False
    plain = " ".join(text.strip("[]［］【】()（）・ \n").split())
    return bool(_SITE_LINK.fullmatch(plain) or (len(text) <= 200 and _BREADCRUMB.fullmatch(plain)))
