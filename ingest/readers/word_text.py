"""A Word paragraph in, its text as printed out, with the footnotes that it refers to and the text boxes at it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from xml.etree.ElementTree import Element

from ingest.readers.archives import whole
from ingest.readers.word_lists import Style, W, is_on, value
from ingest.readers.word_marks import bullet

_DROPPED = frozenset({"del", "moveFrom", "pPr", "rPr", "sdtPr", "rt", "rubyPr", "instrText", "delText", "fldData"})
_SIGNS = {"noBreakHyphen": "-", "cr": "\n", "tab": "\u3000", "ptab": "\u3000"}
_GRAPHICS = {
    "pic": "pictures",
    "imagedata": "pictures",
    "chart": "charts",
    "relIds": "diagrams",
    "OLEObject": "objects",
}
# 10.5 points, in halves: what Japanese Word begins with.
_DEFAULT_SIZE = 21
_WHITE = ("FFFFFF", "WHITE")
_NO_FILL = (None, "auto", "FFFFFF", "ffffff")


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Where a footnote or endnote is referred to."""

    kind: str
    id: str


Inline: TypeAlias = "str | NoteMark | Element"


@dataclass(frozen=True, slots=True)
class Inlines:
    """What stands in a paragraph: text and note marks in order, and the contents of text boxes."""

    text: tuple[str | NoteMark, ...]
    boxes: tuple[Element, ...]


class Runs:
    """Reads paragraphs, and counts what it leaves out."""

    def __init__(self, styles: Mapping[str, Style], body: Element | None) -> None:
        self._styles = styles
        self.left_out: Counter[str] = Counter()
        self._usual_size = self._most_common_size(body) if body is not None else 0

    def read(self, paragraph: Element, is_on_colour: bool = False) -> Inlines:
        """Read a paragraph; white text on white paper is left out, `is_on_colour` tells of a coloured ground."""
        properties = paragraph.find(f"{W}pPr")
        shows_white = is_on_colour or is_shaded(properties)
        found = list(self._inlines(paragraph, shows_white))
        return Inlines(
            tuple(one for one in found if isinstance(one, str | NoteMark)),
            tuple(one for one in found if isinstance(one, Element)),
        )

    def is_emphasised(self, paragraph: Element) -> bool:
        """Tell whether all of a paragraph is bold, or larger than most of the document."""
        style = self._styles.get(value(paragraph.find(f"{W}pPr"), "pStyle") or "", Style())
        runs = [run for run in paragraph.iter(f"{W}r") if "".join(one.text or "" for one in run.iter(f"{W}t")).strip()]
        return bool(runs) and (
            all(is_on(run.find(f"{W}rPr"), "b") or style.is_bold for run in runs)
            or all(_size(run, style) > self._usual_size for run in runs)
        )

    def _most_common_size(self, body: Element) -> int:
        sizes = Counter[int]()
        for paragraph in body.iter(f"{W}p"):
            style = self._styles.get(value(paragraph.find(f"{W}pPr"), "pStyle") or "", Style())
            for run in paragraph.iterfind(f"{W}r"):
                sizes[_size(run, style)] += sum(len(one.text or "") for one in run.iterfind(f"{W}t"))
        return max(sizes, key=lambda size: sizes[size], default=0)

    def _inlines(self, parent: Element, shows_white: bool) -> Iterator[Inline]:
        for child in parent:
            name = local(child)
            if name == "r":
                yield from self._run(child, shows_white)
            else:
                yield from self._inline(child, name, shows_white)

    def _inline(self, child: Element, name: str, shows_white: bool) -> Iterator[Inline]:
        if name in _DROPPED:
            self.left_out["deletions"] += name in ("del", "moveFrom")
        elif name == "AlternateContent":
            yield from self._inlines(preferred(child), shows_white)
        elif name in ("drawing", "pict", "object"):
            yield from self._graphic(child)
        elif name == "t":
            yield child.text or ""
        else:
            yield from self._inlines(child, shows_white)

    def _run(self, run: Element, shows_white: bool) -> Iterator[Inline]:
        if self._is_hidden(run, shows_white):
            self.left_out["hidden"] += len("".join(one.text or "" for one in run.iter(f"{W}t")).strip())
            return
        if any(is_on(run.find(f"{W}rPr"), line) for line in ("strike", "dstrike")):
            self.left_out["struck"] += len("".join(one.text or "" for one in run.iter(f"{W}t")).strip())
        for child in run:
            name = local(child)
            if name in _SIGNS:
                yield _SIGNS[name]
            elif name == "br":
                yield "" if child.get(f"{W}type") in ("page", "column") else "\n"
            elif name == "sym":
                yield _symbol(child)
            elif name in ("footnoteReference", "endnoteReference"):
                yield NoteMark(name.removesuffix("Reference"), child.get(f"{W}id", ""))
            elif name == "commentReference":
                self.left_out["comments"] += 1
            else:
                yield from self._inline(child, name, shows_white)

    def _graphic(self, graphic: Element) -> Iterator[Element]:
        """Yield the contents of the text boxes in a drawing, each once."""
        for child in graphic:
            name = local(child)
            if name == "txbxContent":
                yield child
            elif name == "AlternateContent":
                yield from self._graphic(preferred(child))
            else:
                if name in _GRAPHICS:
                    self.left_out[_GRAPHICS[name]] += 1
                yield from self._graphic(child)

    def _is_hidden(self, run: Element, shows_white: bool) -> bool:
        properties = run.find(f"{W}rPr")
        if properties is None:
            return False
        style = self._styles.get(value(properties, "rStyle") or "")
        if is_on(properties, "vanish") or (style and style.is_hidden and properties.find(f"{W}vanish") is None):
            return True
        is_white = (value(properties, "color") or "").upper() in _WHITE
        return is_white and not shows_white and not is_shaded(properties) and properties.find(f"{W}highlight") is None


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def preferred(alternatives: Element) -> Element:
    """Return the content for new programs: the one for old programs says the same again."""
    return next(iter(alternatives), alternatives)


def is_shaded(properties: Element | None) -> bool:
    """Tell whether a run, paragraph or cell has a ground of its own colour."""
    shade = properties.find(f"{W}shd") if properties is not None else None
    if shade is None:
        return False
    is_patterned = shade.get(f"{W}val", "clear") not in ("clear", "nil")
    return is_patterned or shade.get(f"{W}fill") not in _NO_FILL or f"{W}themeFill" in shade.attrib


def indent_of(paragraph: Element, inlines: Inlines) -> int:
    """Return how many characters further right a paragraph begins than the margin, by its format or typed blanks."""
    indent = paragraph.find(f"{W}pPr/{W}ind")
    sides = ("left", "start", "firstLine")
    formatted = sum(whole(indent.get(f"{W}{side}"), 0) for side in sides) if indent is not None else 0
    first = next((one for one in inlines.text if isinstance(one, str) and one), "")
    return max(0, formatted) // _DEFAULT_SIZE // 10 + len(first) - len(first.lstrip(" \u3000"))


def _size(run: Element, style: Style) -> int:
    own = value(run.find(f"{W}rPr"), "sz")
    return whole(own, 0) if own is not None else style.size or _DEFAULT_SIZE


def _symbol(sign: Element) -> str:
    code = sign.get(f"{W}char", "")
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return bullet(chr(number if number >= 0xF000 else 0xF000 + number)) if number < 0xF900 else ""
