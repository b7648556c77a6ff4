"""A printed line or title in, the number mark it begins with (第1章, Ⅱ, 1, (1), ①, ア) out."""

import re
import unicodedata
from dataclasses import dataclass

_DIGITS = "[0-9０-９]"
_KANJI = "[一二三四五六七八九十]"
_CIRCLED = "[①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴]"
_PATTERNS = (
    ("編", re.compile(rf"第\s*(?:{_DIGITS}+|{_KANJI}+)\s*[編部]")),
    ("章", re.compile(rf"第\s*(?:{_DIGITS}+|{_KANJI}+)\s*章")),
    ("節", re.compile(rf"第\s*(?:{_DIGITS}+|{_KANJI}+)\s*[節項]")),
    ("第", re.compile(rf"第\s*(?:{_DIGITS}+|{_KANJI}+)(?=[\s\u3000])")),
    ("roman", re.compile(r"[Ⅰ-Ⅻ]+[.．、:：]?")),
    ("roman", re.compile(r"(?:I{1,3}|IV|VI{0,3}|IX|XI{0,2})(?=[.．\s]\s*[^\sA-Za-z])[.．]?")),
    (
        "d3",
        re.compile(
            rf"(?:[Ⅰ-Ⅻ]|{_DIGITS}{{1,2}})(?:[-－‐–.．]?(?:[(（]{_DIGITS}{{1,2}}[)）]|{_CIRCLED})|[-－‐–.．]{_DIGITS}{{1,2}}){{2,3}}"
            rf"(?=[\s\u3000]|$)"
        ),
    ),
    ("d3", re.compile(rf"{_DIGITS}{{1,2}}(?:[-－‐–.．]{_DIGITS}{{1,2}}){{2,3}}(?=[\s\u3000.．:：]|$)[.．:：]?")),
    ("d2", re.compile(rf"{_DIGITS}{{1,2}}[-－‐–.．]{_DIGITS}{{1,2}}(?=[\s\u3000.．:：]|$)[.．:：]?")),
    ("d2", re.compile(rf"(?:[Ⅰ-Ⅻ]|{_DIGITS}{{1,2}})[-－‐–.．]?(?:[(（]{_DIGITS}{{1,2}}[)）]|{_CIRCLED})(?=\s)")),
    ("no", re.compile(rf"(?:N[oO]\.?|Ｎｏ[.．]?|№)\s*{_DIGITS}{{1,3}}(?:[-－.．]{_DIGITS}{{1,2}})*[.．:：]?(?=\s)")),
    ("1)", re.compile(rf"{_DIGITS}{{1,2}}[)）]")),
    ("1", re.compile(rf"{_DIGITS}{{1,3}}(?:[.．、:：](?!{_DIGITS})|(?=[\s\u3000])|$)")),
    ("(1)", re.compile(rf"[(（]\s*{_DIGITS}{{1,3}}\s*[)）]|[⑴-⒇]")),
    ("(ア)", re.compile(rf"[(（]\s*(?:[ア-ン]|{_KANJI}{{1,2}}|[a-zA-Z])\s*[)）]")),
    ("①", re.compile(_CIRCLED)),
    ("一", re.compile(rf"{_KANJI}{{1,2}}(?:[、.．](?=\S)|\u3000(?=\S\S))")),
    ("ア", re.compile(r"[ア-オカ-コサ-ソ](?=[\s\u3000.．)）])[.．)）]?")),
)
# Possessive: a long row of figures must not be tried in every division.
_ATOM = rf"(?:{_DIGITS}++|[Ⅰ-Ⅻ]|[IVX]++|{_CIRCLED}|[(（]{_DIGITS}++[)）]|[⑴-⒇])"
_NUMBER_ONLY = re.compile(
    rf"(?:No\.?|№|番号)?\s*第?(?:[ア-ンA-Za-z]|(?:[A-Za-z][-－]?)?{_ATOM}(?:[-－‐–.．]?{_ATOM}){{0,4}})[.．)）]?"
)
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Marker:
    """A number mark: its kind, as printed, and the text after it."""

    kind: str
    printed: str
    rest: str


def read_marker(text: str) -> Marker | None:
    """The mark at the beginning of `text`, if it begins with one."""
    text = text.strip()
    for kind, pattern in _PATTERNS:
        if match := pattern.match(text):
            return Marker(kind, match.group().strip(), text[match.end() :].strip())
    return None


def is_number(text: str) -> bool:
    """True when a cell holds nothing but an item number: 3, 1-2, ①, (4), Ⅱ-1."""
    return bool(_NUMBER_ONLY.fullmatch(text.strip()))


def mark_value(printed: str) -> int | None:
    """The integer of a mark: ③ → 3, (4) → 4, Ⅱ → 2; None for letters and compound numbers."""
    if len(printed) == 1 and (value := unicodedata.numeric(printed, None)) is not None:
        return int(value)
    plain = unicodedata.normalize("NFKC", printed).strip("()第章節項編部.,、: \u3000")
    if plain.isdecimal():
        return int(plain) if len(plain) <= _MOST_DIGITS else None
    romans = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
    return romans.index(plain) + 1 if plain in romans else None
