"""Which municipalities and plans a question names, by whatever form of the name it uses."""

import re
from collections.abc import Iterable
from functools import lru_cache

from assistant.names import one_ke, place_stem
from assistant.understanding.requests import NamedPlace
from assistant.understanding.words import question_words
from vectorstore.tokens import content_words, reading

_KIND = "市町村区"
_NAMED_AT_START = re.compile(r"(?:^|[、。「\s])([一-龠ァ-ヶ]{2,5}[市町村])(?=の|では|で|は|、)")
# A bare name is a place only where a municipality can stand: 「見本の」, not 「見本公園」.
_AFTER_BARE_NAME = rf"(?=[{_KIND}のではとにも、。,?？!！\s]|だと|なら|$)"


def named_places(text: str, municipalities: Iterable[str], mentioned: str) -> tuple[NamedPlace, ...]:
    """Find the municipalities that `text` names, known ones in order of naming, then unknown ones.

    `mentioned` is text of the plans: a place that stands there (a district, a neighbouring city) is not unknown.
    """
    found = [(place_span(text, name), name) for name in municipalities]
    known = [name for span, name in sorted((span, name) for span, name in found if span)]
    return tuple(NamedPlace(name, known=True) for name in known) or _unknown_places(text, mentioned)


def place_span(text: str, municipality: str) -> tuple[int, int] | None:
    """Return where `text` names `municipality`, or None."""
    match = _pattern(municipality).search(text)
    return match.span() if match else None


def without_places(text: str, municipalities: Iterable[str]) -> str:
    """Take the names of municipalities out of `text`."""
    for name in municipalities:
        text = _pattern(name).sub(" ", text)
    return text


@lru_cache(maxsize=1024)
def _pattern(municipality: str) -> re.Pattern[str]:
    stem = place_stem(municipality)
    kana = _hiragana(reading(stem))
    forms = [re.escape(one_ke(municipality)).replace("ケ", "[ケヶがヵカ]")]
    if len(stem) >= 2:
        forms.append(re.escape(one_ke(stem)).replace("ケ", "[ケヶがヵカ]") + _AFTER_BARE_NAME)
    if len(kana) >= 3:
        forms.append(
            re.escape(kana) + r"(?:し|ちょう|まち|むら|そん|く)?" + _AFTER_BARE_NAME.replace(_KIND, _KIND + "しち")
        )
    forms += [
        rf"\b{re.escape(roman)}(?:[ -]?(?:city|shi|town|village))?\b" for roman in _romanised(kana) if len(roman) >= 4
    ]
    return re.compile("|".join(forms), re.IGNORECASE)


def _hiragana(katakana: str) -> str:
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in katakana)


def _romanised(hiragana: str) -> set[str]:
    import jaconv

    plain = jaconv.kana2alphabet(hiragana).lower()
    return {plain, plain.replace("ou", "o").replace("oo", "o").replace("uu", "u")} - {""}


def _unknown_places(text: str, mentioned: str) -> tuple[NamedPlace, ...]:
    no_places = question_words().no_places
    at_start = [match[1] for match in _NAMED_AT_START.finditer(text) if match[1] not in no_places]
    places = at_start + [
        word.surface
        for word in content_words(text)
        if "地名" in word.pos and re.search(r"[市町村]$", word.surface) and len(word.surface) >= 3
    ]
    return tuple(NamedPlace(place, known=False) for place in dict.fromkeys(places) if place not in mentioned)
