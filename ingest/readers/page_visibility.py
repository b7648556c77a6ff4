"""A parsed web page in; what no reader of it sees is emptied, and its text comes out to be told.

Text that is hidden, white on white or of no size is how instructions are smuggled to programs: it is no part of a plan.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.readers.page_markup import SILENT, Element, empty, shown_text, walk
from ingest.readers.page_styles import (
    Color,
    Declarations,
    StyleSheet,
    is_transparent,
    read_color,
    read_declarations,
    read_sheet,
)

_ALIKE = 16
_LENGTH = re.compile(r"(-?(?:\d++(?:\.\d++)?|\.\d++))\s*+(px|pt|em|rem|ex|mm|cm|in|vw|vh|%)?")
_PIXELS = {None: 1.0, "px": 1.0, "pt": 1.33, "em": 16.0, "rem": 16.0, "ex": 8.0, "%": 0.16, "vw": 10.0, "vh": 10.0}
_SMALLEST_FONT = 2.0
_FAR_OUTSIDE = -500.0
_CLIPPED = re.compile(r"rect\(\s*(?:0|1px|0px)[\s,]+(?:0|1px|0px)[\s,]+(?:0|1px|0px)[\s,]+(?:0|1px|0px)\s*\)")
_INSET = re.compile(r"inset\(\s*(?:50|100)%|circle\(\s*0")
_MOST_CSS = 2_000_000


@dataclass(frozen=True, slots=True)
class _Look:
    """How text in an element looks; `background` is None where it is a picture or unknown."""

    color: Color | None = (0, 0, 0)
    background: Color | None = (255, 255, 255)
    is_clear: bool = False
    font_size: float = 16.0

    @property
    def is_unseen(self) -> bool:
        """The text is as its background is, or has no size."""
        if self.is_clear or self.font_size <= _SMALLEST_FONT:
            return True
        if self.color is None or self.background is None:
            return False
        return all(abs(a - b) <= _ALIKE for a, b in zip(self.color, self.background, strict=True))


def drop_hidden(root: Element) -> tuple[str, ...]:
    """Empty all elements that are not seen, and return the text that stood in them."""
    sheet = read_sheet("\n".join(style.text or "" for style in root.iter("style"))[:_MOST_CSS])
    hidden: list[Element] = []
    unseen: list[Element] = []
    looks = [_Look()]
    steps = walk(root)
    for event, element in steps:
        if event == "end":
            looks.pop()
            continue
        declared = _declared(element, sheet)
        looks.append(_look(element, declared, looks[-1]))
        if element.tag in SILENT:
            continue
        # A page hidden as a whole is one that a program shows when it is loaded.
        if element.tag not in ("html", "body") and (element.get("hidden") is not None or _is_hidden(declared)):
            hidden.append(element)
            steps.skip_subtree()
        elif looks[-1].is_unseen:
            unseen.append(element)
    texts = [*map(shown_text, hidden), *map(_blanked, unseen)]
    empty(hidden)
    return tuple(text for text in texts if text)


def _declared(element: Element, sheet: StyleSheet) -> Declarations:
    names = [f".{name}" for name in (element.get("class") or "").lower().split()[:20]]
    if identity := element.get("id"):
        names.append(f"#{identity.lower()}")
    style = element.get("style")
    declared = sheet.of(element.tag, names)
    return declared | read_declarations(style) if style else declared


def _look(element: Element, declared: Declarations, around: _Look) -> _Look:
    color = declared.get("color") or element.get("color") or (element.get("text") if element.tag == "body" else None)
    background = _background(element, declared)
    look = around
    if color and color not in ("inherit", "currentcolor"):
        look = replace(look, color=read_color(color), is_clear=is_transparent(color.strip().lower()))
    if background:
        look = replace(look, background=read_color(background))
    if size := declared.get("font-size"):
        look = replace(look, font_size=_font_size(size, around.font_size))
    return look


def _background(element: Element, declared: Declarations) -> str | None:
    """The colour behind an element; "unknown" for a picture; None where it shows what is behind."""
    if element.get("background") or declared.get("background-image", "none") != "none":
        return "unknown"
    named = declared.get("background-color") or declared.get("background") or element.get("bgcolor")
    if not named or is_transparent(named) or named in ("none", "inherit", "initial"):
        return None
    return named if " " not in named or named.startswith("rgb") else named.split()[0]


def _font_size(size: str, around: float) -> float:
    match = _LENGTH.fullmatch(size)
    if not match:
        return max(around, 16.0)
    if match[2] in ("em", "%"):
        return around * float(match[1]) / (1 if match[2] == "em" else 100)
    return _pixels(size)


def _pixels(length: str | None, default: float = 16.0) -> float:
    match = _LENGTH.fullmatch(length or "")
    return float(match[1]) * _PIXELS.get(match[2], 30.0) if match else default


def _is_hidden(declared: Declarations) -> bool:
    """The element and all in it is taken from the page, made clear, cut to nothing or moved out of the window."""
    if not declared:
        return False
    if declared.get("display") == "none" or declared.get("visibility") in ("hidden", "collapse"):
        return True
    if _pixels(declared.get("opacity"), 1.0) < 0.05 or _pixels(declared.get("text-indent"), 0.0) < _FAR_OUTSIDE:
        return True
    if declared.get("position") in ("absolute", "fixed") and (_is_outside(declared) or _is_cut(declared)):
        return True
    sizes = (_pixels(declared.get(side)) for side in ("width", "height", "max-height"))
    return declared.get("overflow") == "hidden" and min(sizes) <= 1


def _is_outside(declared: Declarations) -> bool:
    return min(_pixels(declared.get("left"), 0.0), _pixels(declared.get("top"), 0.0)) < _FAR_OUTSIDE


def _is_cut(declared: Declarations) -> bool:
    return bool(_CLIPPED.match(declared.get("clip", "")) or _INSET.match(declared.get("clip-path", "")))


def _blanked(element: Element) -> str:
    """Take the text that stands directly in an element, and return it: what is inside it may look otherwise."""
    texts: Sequence[str | None] = (element.text, *(child.tail for child in element))
    element.text = None
    for child in element:
        child.tail = None
    return " ".join(" ".join(text or "" for text in texts).split())
