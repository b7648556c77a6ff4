"""The characters of a PDF page in, lines and paragraphs as a reader sees them out."""

import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.places import Box

# Of the height of a letter: what is nearer stands on one line, and what is farther apart is another word or column.
_SAME_LINE = 0.5
_BLANK = 0.35
_OTHER_COLUMN = 2.2
_NEXT_LINE = 1.0
_SAME_SIZE = 1.18
# A line whose end is no farther from the edge than this many letters goes on in the next one.
_WRAPPED = 1.8
_BEGINS_ANEW = re.compile(
    r"[・･•●○◯◇◆□■▪★☆※＊*▶→⇒➢✓◎―]|[-－‐]\s|[（(]?[0-9０-９]{1,2}[)）.．、]|[①-⑳㉑-㉟]|[（(][ア-ンｱ-ﾝa-z]+[)）]|第[0-9０-９一二三四五六七八九十]+[章節項条]"
)
_LATIN_END, _LATIN_START = re.compile(r"[A-Za-z0-9,.;:)]$"), re.compile(r"^[A-Za-z(]")
# A line of a table of contents ends with its page, whatever its length.
_ENDS = re.compile(r"[・.．…‥]{3,}\s*[0-9０-９]{1,3}$")
# Bullets of symbol fonts, which have no letters of their own.
_SYMBOLS = re.compile("[\uf000-\uf0ff]")
_SPACED_OUT = re.compile(r"(?:\S[ \u3000]+){2,}\S")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, or the part of it in one column: its text, box and the height of its letters, in points."""

    text: str
    box: Box
    size: float


def lines_of(chars: Sequence[dict[str, Any]]) -> list[Line]:
    """Put characters together to lines from top to bottom; far gaps part a line in two."""
    rows: list[list[dict[str, Any]]] = []
    for char in sorted(chars, key=lambda c: (middle(c), c["x0"])):
        if rows and middle(char) - middle(rows[-1][0]) <= _SAME_LINE * max(char["size"], 1):
            rows[-1].append(char)
        else:
            rows.append([char])
    lines = [line for row in rows for line in _split(sorted(row, key=lambda c: float(c["x0"])))]
    return [line for line in lines if line.text.strip()]


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Group lines that stand under each other in one column, in letters of one size, nearer than a line's height."""
    groups: list[list[Line]] = []
    for line in lines:
        home = next((group for group in reversed(groups) if _goes_on(group, line)), None)
        if home is not None:
            home.append(line)
        else:
            groups.append([line])
    return groups


def join_wrapped(lines: Sequence[Line], right: float) -> str:
    """Join lines that an edge broke, with nothing between Japanese letters; others stay lines of their own.

    The edge is at `right`, or where the line above or below ends, too: text may run around a picture.
    """
    if not lines:
        return ""
    if len(lines) > 1 and all(len(line.text.strip()) <= 1 for line in lines):
        return "".join(line.text.strip() for line in lines)  # printed from top to bottom
    text = closed_up(lines[0].text)
    for at, line in enumerate(lines[1:], 1):
        following = closed_up(line.text)
        if _is_wrapped(lines, at - 1, right) and not _BEGINS_ANEW.match(following):
            glue = " " if _LATIN_END.search(text) and _LATIN_START.match(following) else ""
            text += glue + following
        else:
            text += "\n" + following
    return text


def _is_wrapped(lines: Sequence[Line], at: int, right: float) -> bool:
    line = lines[at]
    if _ENDS.search(line.text.strip()):
        return False
    around = [other.box[2] for other in lines[max(0, at - 1) : at + 2] if other is not line]
    return any(abs(edge - line.box[2]) <= _WRAPPED * line.size for edge in (right, *around))


def closed_up(text: str) -> str:
    """Take the blanks out of letter-spaced words: 所 属 長 → 所属長."""
    stripped = text.strip()
    if _SPACED_OUT.fullmatch(stripped) and not re.search(r"[A-Za-z0-9０-９]", stripped):
        return re.sub(r"[ \u3000]", "", stripped)
    return stripped


def _split(row: list[dict[str, Any]]) -> list[Line]:
    parts: list[list[dict[str, Any]]] = [[row[0]]]
    for char in row[1:]:
        gap = char["x0"] - parts[-1][-1]["x1"]
        if gap > _OTHER_COLUMN * max(char["size"], 1):
            parts.append([char])
        else:
            parts[-1].append(char)
    return [_line(part) for part in parts]


def _line(chars: list[dict[str, Any]]) -> Line:
    text, end = "", chars[0]["x0"]
    for char in chars:
        if char["x0"] - end > _BLANK * max(char["size"], 1) and text and not text.endswith((" ", "\u3000")):
            text += " "
        text += _SYMBOLS.sub("・", char["text"])
        end = max(end, char["x1"])
    box = (chars[0]["x0"], min(c["top"] for c in chars), end, max(c["bottom"] for c in chars))
    return Line(text, box, statistics.median(c["size"] for c in chars))


def _goes_on(group: list[Line], line: Line) -> bool:
    last = group[-1]
    apart = line.box[1] - last.box[3]
    if not -0.5 * last.size <= apart <= _NEXT_LINE * last.size:
        return False
    if max(last.size, line.size) > _SAME_SIZE * min(last.size, line.size):
        return False
    overlap = min(last.box[2], line.box[2]) - max(last.box[0], line.box[0])
    return overlap > 0.3 * min(last.box[2] - last.box[0], line.box[2] - line.box[0])


def middle(char: Mapping[str, Any]) -> float:
    """The height of a letter's middle, from the top of the page."""
    return (float(char["top"]) + float(char["bottom"])) / 2
