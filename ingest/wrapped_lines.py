"""A table cell with its line breaks in, its text with wrapped lines joined again out; breaks that were meant stay."""

import re
from itertools import pairwise

_MEANT_END = re.compile(r"[。：:；;）)」】]$")
_MEANT_START = re.compile(r"[・･●○◎■□◆◇▶➢⇒→※＊*\-－①-⑳⑴-⒇【〔［<＜(（]|\d{1,2}[.．)）、\s]|[（(]\d")
_NARROWEST = 15
_NARROWEST_OF_MANY = 7
_FULL = 0.8
_ASCII_EDGE = re.compile(r"[A-Za-z0-9,.]$")


def unwrapped(cell: str) -> str:
    """Join lines that were only broken at the edge of their cell: all but the last are about as wide as the widest."""
    lines = [line.strip() for line in cell.split("\n")]
    if len(lines) < 2:
        return cell
    width = max(map(_width, lines))
    if width < (_NARROWEST_OF_MANY if len(lines) > 2 else _NARROWEST):
        return cell
    text = lines[0]
    for above, below in pairwise(lines):
        text += _glue(above, below, width) + below
    return text


def _glue(above: str, below: str, width: float) -> str:
    if not above or not below or _width(above) < _FULL * width or _MEANT_END.search(above) or _MEANT_START.match(below):
        return "\n"
    return " " if _ASCII_EDGE.search(above) and re.match(r"[A-Za-z]", below) else ""


def _width(line: str) -> float:
    """Full-width characters count one, others a half."""
    return sum(1 if ord(character) > 0xFF else 0.5 for character in line)
