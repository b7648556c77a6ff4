"""Text in, the same text with a span or name blanked out: what was understood must not be read twice."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

MASK = "＿"


def mask(text: str, start: int, end: int) -> str:
    """Blank a span of `text` out, keeping its length."""
    return text[:start] + MASK * (end - start) + text[end:]


def mask_name(text: str, name: str) -> str:
    """Blank out every place where `text` prints `name`, whatever its width, blanks and punctuation."""
    for start, end in _spans(text, name):
        text = mask(text, start, end)
    return text


def span_of(text: str, name: str) -> tuple[int, int] | None:
    """Find where `text` prints `name`, whatever its width, blanks and punctuation; 柱1 is not printed by 柱12."""
    return next(_spans(text, name, end=r"(?!\d)" if name[-1:].isdigit() else ""), None)


def _spans(text: str, name: str, end: str = "") -> Iterator[tuple[int, int]]:
    """Yield places in `text`; they are looked for in its folded form, since names are compared in that: 姿② is 姿2."""
    folded, places = _folded(text)
    for match in re.finditer(_spaced(_folded(name)[0]) + end, folded) if name else ():
        yield places[match.start()], places[match.end() - 1] + 1


@lru_cache(maxsize=1024)
def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    """Fold width and case letter by letter, and say from which letter of `text` each one comes."""
    letters = [unicodedata.normalize("NFKC", letter).casefold() for letter in text]
    return "".join(letters), tuple(place for place, letter in enumerate(letters) for _ in letter)


@cache
def _spaced(name: str) -> str:
    return r"[\s・･、,。.()（）「」『』【】\-]*".join(map(re.escape, name))
