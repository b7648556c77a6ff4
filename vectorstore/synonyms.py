"""A word in, the other words that plans or citizens use for it out; general vocabulary kept as data."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


def synonyms_of(word: str) -> tuple[str, ...]:
    """Return the other ways to say a Japanese word, or the Japanese for an English one."""
    return _synonyms().get(word.casefold(), ()) + _english().get(_singular(word.casefold()), ())


def phrases_in(text: str) -> tuple[str, ...]:
    """Find the sayings of several words in `text` that have synonyms: 「民間に任せる」, 「使われなくなった」."""
    return tuple(phrase for phrase in _phrases() if phrase in text)


def english_phrases(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Find the English glossary terms in `text`, longest first, each word used once: (term, Japanese words)."""
    words = [_singular(word) for word in re.findall(r"[a-z0-9]+(?:[-'][a-z0-9]+)*", text.casefold())]
    found: list[tuple[str, tuple[str, ...]]] = []
    at = 0
    while at < len(words):
        length = next(
            (
                n
                for n in range(min(_LONGEST_TERM, len(words) - at), 0, -1)
                if " ".join(words[at : at + n]) in _english()
            ),
            0,
        )
        if length:
            term = " ".join(words[at : at + length])
            found.append((term, _english()[term]))
        at += length or 1
    return tuple(found)


_LONGEST_TERM = 4


def _singular(word: str) -> str:
    if re.search(r"(ss|us|is|news|gps|sns)$", word) or len(word) <= 3:
        return word
    return re.sub(r"ies$", "y", word) if word.endswith("ies") else re.sub(r"(?<=x|h)es$|s$", "", word)


@cache
def _synonyms() -> Mapping[str, tuple[str, ...]]:
    others: dict[str, dict[str, None]] = {}
    for group in _load("synonyms.yaml")["groups"]:
        words = [str(word) for word in group]
        for word in words:
            others.setdefault(word.casefold(), {}).update({other: None for other in words if other != word})
    return {word: tuple(found) for word, found in others.items()}


@cache
def _phrases() -> tuple[str, ...]:
    # A word of kanji alone is a token already; what mixes kana in is a saying.
    return tuple(word for word in _synonyms() if len(word) >= 4 and re.search(r"[一-龠].*[ぁ-ん].*", word))


@cache
def _english() -> Mapping[str, tuple[str, ...]]:
    return {
        " ".join(map(_singular, term.casefold().split())): tuple(words)
        for term, words in _load("glossary_en.yaml")["terms"].items()
    }


def _load(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((files(__package__) / "data" / name).read_text(encoding="utf-8"))
    return data
