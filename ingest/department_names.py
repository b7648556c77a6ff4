"""A department's name as a scan printed it in, the department it stands for out.

Evidence are the names that the document itself uses, and the words of which municipalities commonly build such names.
One real department is never turned into another: a name that the document prints twice stays as it is.
"""

import re
from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

_ENDING = (
    r"(?:課|室|局|部|所|係|署|館|園|院|校|班|庁|会|場|センター|プラザ|ホーム|チーム|支所|グループ|担当|団体|法人|公社|会社|団|組合|財団"
    r"|[課室局部所館園署校係]長|(?:市|区|町|村|教育|消防|団)長|監|管理者|補佐|参事|主幹|ユニット|ステーション|オフィス|役場)"
)
_ENDS = re.compile(rf"{_ENDING}$")
_BEGINS = re.compile(r"[一-鿿々ァ-ヶぁ-んA-Za-z(]")
_SHORTEST = 3
_KNOWN, _COMMON = 0.9, 0.7


@dataclass(frozen=True, slots=True)
class Mended:
    """The department meant, what stood before its name by mistake, and how sure that is."""

    name: str
    stray: str = ""
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    common: re.Pattern[str]
    may_begin: frozenset[str]
    never_begins: frozenset[str]
    lookalikes: Mapping[str, tuple[str, ...]]
    confused: Mapping[str, tuple[str, ...]]


def ends_like_owner(name: str) -> bool:
    """Tell whether a name ends as departments, facilities, bodies and posts do."""
    return _ENDS.search(name) is not None


def is_common(name: str) -> bool:
    """Tell whether a name is built from common department words alone."""
    return _vocabulary().common.fullmatch(name) is not None


def confusions(text: str) -> tuple[str, ...]:
    """Every text that differs in one character which scanners confuse."""
    vocabulary = _vocabulary()
    return (*_swapped(text, vocabulary.lookalikes), *_swapped(text, vocabulary.confused))


def clean_names(counts: Counter[str], told: frozenset[str], context: str) -> frozenset[str]:
    """Leave the garbled ones out of the names that owner cells (with `counts`) and running text (`told`) print."""
    names = {name for name in counts if ends_like_owner(name) and _BEGINS.match(name)} | told
    garbled = {name for name in names if counts[name] <= 1 and _seems_garbled(name, names) and context.count(name) <= 1}
    return frozenset(names - garbled)


def mend_name(name: str, departments: frozenset[str]) -> Mended:
    """Return the department that a garbled name stands for."""
    if name in departments:
        return Mended(name)
    mended = _without_first(name, departments) or _without_last(name) or _with_one_replaced(name, departments)
    return mended or Mended(name)


def is_stray(word: str, following: str, departments: frozenset[str]) -> bool:
    """Tell whether a single character, printed with a blank before a name, is no part of it."""
    if re.fullmatch(r"[A-Za-z]|\d{1,2}|[^\w\s()（）]{1,3}", word):
        return True
    if len(word) > 1 or word + following in departments or is_common(word + following):
        return False
    meant = mend_name(following, departments).name
    return word not in _vocabulary().may_begin and (meant in departments or is_common(meant))


def _without_first(name: str, departments: Set[str]) -> Mended | None:
    vocabulary, first, rest = _vocabulary(), name[0], name[1:]
    if len(rest) < _SHORTEST or not ends_like_owner(rest) or re.match("[A-Za-zー]", rest):
        return None
    is_kana = re.match("[ぁ-ん]", first) and first not in vocabulary.never_begins
    if rest in departments and first not in vocabulary.may_begin and not is_kana:
        return Mended(rest, first, _KNOWN)
    if is_common(rest) and not is_common(name) and (first in vocabulary.never_begins or re.match(r"[a-z0-9]", first)):
        return Mended(rest, first, _COMMON)
    return None


def _without_last(name: str) -> Mended | None:
    whole = re.fullmatch(r"(.{2,})[A-Za-z0-9|。.]", name)
    return Mended(whole[1], certainty=_KNOWN) if whole and ends_like_owner(whole[1]) else None


def _with_one_replaced(name: str, departments: frozenset[str]) -> Mended | None:
    known = {other for other in confusions(name) if other in departments}
    common = {other for other in confusions(name) if is_common(other)}
    if len(known) == 1:
        return Mended(known.pop(), certainty=_KNOWN)
    if len(common) == 1 and not is_common(name):
        return Mended(common.pop(), certainty=_COMMON)
    return None


def _seems_garbled(name: str, names: set[str]) -> bool:
    if is_common(name):
        return False
    vocabulary = _vocabulary()
    looks_like = any(other in names or is_common(other) for other in _swapped(name, vocabulary.lookalikes))
    confused = any(is_common(other) for other in _swapped(name, vocabulary.confused))
    return looks_like or confused or _without_first(name, names) is not None


def _swapped(text: str, pairs: Mapping[str, tuple[str, ...]]) -> list[str]:
    swapped = [(text[:at] + other + text[at + 1 :], at) for at, c in enumerate(text) for other in pairs.get(c, ())]
    return [other for other, at in swapped if not _is_lone_kana(other, at)]


def _is_lone_kana(text: str, at: int) -> bool:
    """A katakana between kanji is what a scan makes of a kanji (エ業), never the other way round."""
    around = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    return re.match("[ァ-ヶー]", text[at]) is not None and not re.search("[ァ-ヶー]", around)


@cache
def _vocabulary() -> _Vocabulary:
    data = yaml.safe_load((files(__package__) / "department_words.yaml").read_text(encoding="utf-8"))
    words = "|".join(map(re.escape, sorted(data["words"], key=len, reverse=True)))
    return _Vocabulary(
        re.compile(rf"(?:{words})+{_ENDING}"),
        frozenset(data["may_begin"]),
        frozenset(data["never_begins"]),
        _both_ways(data["lookalikes"]),
        _both_ways(data["confused"]),
    )


def _both_ways(pairs: list[list[str]]) -> Mapping[str, tuple[str, ...]]:
    others: dict[str, tuple[str, ...]] = {}
    for one, other in pairs:
        others[one] = (*others.get(one, ()), other)
        others[other] = (*others.get(other, ()), one)
    return others
