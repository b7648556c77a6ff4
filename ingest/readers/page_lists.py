"""The lists of a web page in, the marks that a browser shows before their entries out."""

import re
from dataclasses import dataclass

from ingest.numbering import read_marker
from ingest.readers.lines import GLYPHS, is_list_line
from ingest.readers.page_markup import Element

_LISTS = frozenset({"ul", "ol", "dir"})
_BULLET = "・"
_NUMBER = re.compile(r"\s*(-?\d{1,6})")
_NO_MARK = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LONGEST_ROMAN = 39


@dataclass(slots=True)
class _List:
    numbering: str | None
    next_number: int = 1
    step: int = 1
    is_plain: bool = False


class ListMarks:
    """Follows the lists that are open while a page is walked over."""

    def __init__(self) -> None:
        self._open: list[_List] = []

    @property
    def is_inside(self) -> bool:
        """A list is open."""
        return bool(self._open)

    def open(self, element: Element) -> str | None:
        """Enter an element; the mark when it is an entry."""
        if element.tag in _LISTS:
            self._open.append(_read_list(element))
        if element.tag != "li":
            return None
        return _mark(element, self._open[-1]) if self._open else _BULLET

    def close(self, element: Element) -> None:
        """Leave an element."""
        if element.tag in _LISTS:
            self._open.pop()


def with_mark(mark: str, text: str) -> str:
    """An entry with its mark, unless it is printed with one of its own."""
    has_own = is_list_line(text) or text[0] in GLYPHS + "※〇" or read_marker(text) is not None
    return text if has_own else mark + text


def _read_list(element: Element) -> _List:
    is_plain = bool(_NO_MARK.search(element.get("style") or ""))
    if element.tag != "ol":
        return _List(None, is_plain=is_plain)
    entries = sum(child.tag == "li" for child in element) if element.get("reversed") is not None else 0
    start = _integer(element.get("start"))
    first = start if start is not None else entries or 1
    return _List(element.get("type") or "1", first, -1 if entries else 1, is_plain)


def _mark(element: Element, around: _List) -> str:
    if around.is_plain:
        return ""
    if around.numbering is None:
        return _BULLET
    value = _integer(element.get("value"))
    number = value if value is not None else around.next_number
    around.next_number = number + around.step
    return f"{_numeral(number, around.numbering)}. "


def _numeral(number: int, numbering: str) -> str:
    if numbering in "aA" and 1 <= number <= 26:
        return chr(ord(numbering) + number - 1)
    if numbering in "iI" and 1 <= number <= _LONGEST_ROMAN:
        numeral = ""
        for value, letters in _ROMAN:
            count, number = divmod(number, value)
            numeral += letters * count
        return numeral if numbering == "i" else numeral.upper()
    return str(number)


def _integer(printed: str | None) -> int | None:
    match = _NUMBER.match(printed or "")
    return int(match[1]) if match else None
