"""The lines of a plan in, the municipality 自治体 that issued it out."""

import re
from collections import Counter
from collections.abc import Iterator, Set
from functools import cache

from ingest.column_names import word_list
from ingest.markup import close_letters

_RUN = re.compile(
    r"[一-鿿々〆ヶケノツ]{1,6}$|(?<![ぁ-ん一-鿿])[ぁ-ん]{2,6}$|[一-鿿]?[ァ-ヴー]{2,6}$|[一-鿿][ケヶがノの][一-鿿]{1,2}$"
)
_NOT_AFTER = re.compile(
    r"民|税|有(?!料)|内|外|営|街|域|政(?!策)|道|債|制|況|販|価|議|並|場|勢|花|木|章|歌|職員|単独|部|中|屋|家|人|工場|立(?!地)|長"
)
# Kana and kanji in one name (みなと岬, 東みなと), which a word of the sentence before it cannot be told from:
# only at the beginning of a line or behind a sign.
_MIXED = re.compile(r"(?:^|[\s「『（(、。・:：])([ぁ-ん]{2,4}[一-鿿]{1,3}|[一-鿿]{1,2}[ぁ-ん]{2,4}[一-鿿]{0,2})$")
# Kana and kanji in one name (みなと岬, 東みほん): only where no word of a sentence can stand before it.
_MIXED = re.compile(
    r"(?:^|[\s「『（(。・:：])([ぁ-ん]{2,4}(?<![はをにへでがの])[一-鿿]{1,3}|[一-鿿]{1,2}[ぁ-ん]{2,4}(?<![なるたのてにはをがへでもい]))$"
)
# The city in the name of a body begins behind what kind of body it is: 財団法人見本市文化財団.
_ORGANISATION = re.compile(r".*(?:法人|会社|協会|協議会|組合|事業団|公社|財団|社団|機構|連合会|委員会)(?=.)")
_NOT_BEFORE = frozenset("県都道区町村市課係局等の")
_PREFECTURE = re.compile(r"^.{2,3}県(?=.)|^北海道(?=.)|^東京都(?=.)|^(?:京都|大阪)府(?=.)")
_LEAST_IN_TABLES = 3
_FRONT_LINES = 15
_FRONT_WEIGHT = 3
# A line that is a name and nothing else signs the document.
_SIGNATURE = re.compile(r"[^\s、。（）()]{1,6}[市町村]")
_SIGNATURE_WEIGHT = 12
_LEAST_SHARE = 0.6
_LONGEST_NAME = 6


def find_municipality(lines: tuple[str, ...], in_tables: Set[int] = frozenset()) -> str | None:
    """The municipality that most lines name, those near the beginning counting more; None when none is named.

    `in_tables` are the 1-based lines of tables, which may name others.
    """
    counts: Counter[str] = Counter()
    told: Counter[str] = Counter()
    seen_lines = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        seen_lines += 1
        weight = _FRONT_WEIGHT if seen_lines <= _FRONT_LINES else 1
        closed = close_letters(line)
        signed = _SIGNATURE_WEIGHT if _SIGNATURE.fullmatch(closed.strip()) else 1
        for name in set(_names(closed)):
            counts[name] += weight * signed
            told[name] += 1 if number in in_tables else _LEAST_IN_TABLES
    best = _most_named(counts)
    # An item's content may name a district or another municipality once or twice.
    return best if best and told[best] >= _LEAST_IN_TABLES else None


@cache
def _pointing() -> frozenset[str]:
    return frozenset(word_list("no_municipalities"))


def _names(line: str) -> Iterator[str]:
    """Every suffix that could be the name: 次見本市 counts for 見本市 too, and repetition decides."""
    for place in re.finditer("[市町村]", line):
        after = line[place.end() : place.end() + 2]
        before = line[max(0, place.start() - 8) : place.start()]
        run, mixed = _RUN.search(before), _MIXED.search(before)
        if _NOT_AFTER.match(after) or (after and after[0] in "市町村") or (run and run.group() in _pointing()):
            continue
        name = mixed[1] if mixed else run.group() if run else ""
        stem = _PREFECTURE.sub("", _ORGANISATION.sub("", name))
        if line[max(0, place.start() - len(stem) - 1)].isdigit():
            stem = stem.lstrip("次期")  # 第4次見本市
        if not stem or _points(stem):
            continue
        for length in range(1, min(len(stem), _LONGEST_NAME) + 1):
            yield stem[-length:] + place.group()


def _points(stem: str) -> bool:
    """本, 近隣, 都道府県: what stands before 市町村 and names none; 京都市 and 十日町市 end like it and do."""
    if stem.endswith(tuple(word_list("municipalities_ending_alike"))):
        return False
    return stem[-1] in _NOT_BEFORE or any(stem.endswith(word) for word in _pointing() if len(word) > 1)


def _most_named(counts: Counter[str]) -> str | None:
    """Of the most frequent ending, the longest name that occurs nearly as often."""
    endings = [name for name in counts if len(name) == 2] or list(counts)
    if not endings:
        return None
    best = max(endings, key=lambda name: (counts[name], -len(name)))
    grown = best
    while longer := [
        name
        for name in counts
        if len(name) == len(grown) + 1 and name.endswith(grown) and counts[name] >= _LEAST_SHARE * counts[grown]
    ]:
        grown = max(longer, key=lambda name: counts[name])
    return grown if len(grown) > 2 or counts[grown] > 1 else None
