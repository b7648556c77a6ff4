"""Japanese text in, index tokens and words with reading and word class out (Sudachi, core dictionary)."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.normalize import clean

# Sudachi refuses more than 49,149 bytes a call; a character has at most four.
_LONGEST_CALL = 12_000
_DROPPED_CLASSES = ("助詞", "助動詞", "補助記号", "空白", "記号")
# Verbs that say nothing by themselves.
_LIGHT_VERBS = frozenset(
    [
        "為る",
        "有る",
        "居る",
        "成る",
        "無い",
        "出来る",
        "行う",
        "頂く",
        "下さる",
        "置く",
        "見る",
        "来る",
        "行く",
        "遣る",
        "因る",
        "就く",
        "於く",
    ]
)

_thread = threading.local()


@dataclass(frozen=True, slots=True)
class Word:
    """One word of running text: as written, in its dictionary's normal spelling, as heard (katakana), and its class."""

    surface: str
    normalized: str
    reading: str
    pos: str


def index_tokens(text: str) -> list[str]:
    """Return the tokens under which `text` is indexed and sought: long units, and the short units inside them."""
    tokens: list[str] = []
    for morpheme in _morphemes(clean(text)):
        if not _has_content(morpheme):
            continue
        whole = morpheme.normalized_form().lower()
        tokens.append(whole)
        parts = [part.normalized_form().lower() for part in morpheme.split(_modes().A)]
        tokens += [part for part in parts if len(parts) > 1 and part != whole]
    return tokens


def content_words(text: str) -> tuple[Word, ...]:
    """Return the words of `text` that carry meaning, in order."""
    return tuple(
        Word(m.surface(), m.normalized_form(), m.reading_form(), ",".join(m.part_of_speech()[:4]))
        for m in _morphemes(text)
        if m.part_of_speech()[0] not in _DROPPED_CLASSES
    )


def reading(text: str) -> str:
    """Return how `text` is read, in katakana."""
    return "".join(morpheme.reading_form() for morpheme in _morphemes(text))


def _has_content(morpheme: Any) -> bool:
    return morpheme.part_of_speech()[0] not in _DROPPED_CLASSES and morpheme.normalized_form() not in _LIGHT_VERBS


def _morphemes(text: str) -> Iterator[Any]:
    tokenizer = _tokenizer()
    for start in range(0, len(text), _LONGEST_CALL):
        yield from tokenizer.tokenize(text[start : start + _LONGEST_CALL], _modes().C)


def _tokenizer() -> Any:
    # A tokenizer refuses to be used by two threads at once; the dictionary behind it is shared.
    if not hasattr(_thread, "tokenizer"):
        _thread.tokenizer = _dictionary().tokenizer()
    return _thread.tokenizer


@cache
def _dictionary() -> Any:
    from sudachipy import Dictionary

    return Dictionary(dict="core")


@cache
def _modes() -> Any:
    from sudachipy import SplitMode

    return SplitMode
