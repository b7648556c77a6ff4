"""A printed owner cell 所管課 in, its single departments out: split, expanded, repaired where a scan garbled them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import yaml

from ingest.normalize import strip_tags
from ingest.plan_items import Repair

_SUFFIX = (
    r"(?:課|室|局|部|所|係|署|館|園|院|校|班|庁|会|センター|プラザ|ホーム|チーム|本部|支所|グループ|担当|団体"
    r"|[課室局部所]長|委員会|協議会|法人|公社|会社|企業団|組合)"
)
_ENDS_LIKE_OWNER = re.compile(rf"{_SUFFIX}$")
_SEPARATOR = re.compile(r"[、,，／/;；\n]|\s*(?:および|及び|並びに)\s*")
_GOAL_MARKS = re.compile(r"((?:[①-⑳]\s*(?:[~～〜\-・、,]\s*)?)+)([^①-⑳]+)")
_MARK_RANGE = re.compile(r"([①-⑳])(?:\s*[~～〜\-]\s*([①-⑳]))?")
_BRANCHES = re.compile(
    r"^(?P<base>(?:支所|総合支所|行政センター|出張所|公民館|分署)\S*?)[(（](?P<names>[^()（）]+)[)）]$"
)
_ROLE = re.compile(r"[(（](?:主|副|主担当|副担当|主管|正|代表|幹事|取りまとめ|とりまとめ)[^()（）]*[)）]$")
_OTHERS = re.compile(r"(?:ほか|他|など|等)(?:関係課|各課)?$")
_LEADING_SIGNS = re.compile(r"^[◎○●◇◆■□・※*＊:：;；.．。'’\"|｜_＿\-－―>＞<＜!！?？\s]+")
_BRANCH_PREFIX = re.compile(r"^(\S+?(?:支所|総合支所|行政センター))(\S+)$")
_LETTER_SPACED = re.compile(r"^(?:\S\s+){2,}\S$")
# A first character that real departments carry before another's whole name: 水道課 → 下水道課, 市民課 → 区市民課.
_REAL_PREFIXES = frozenset("上下東西南北中新市区町村県副主各本旧第大小高両")
_LETTERS_AND_DIGITS = re.compile(r"^[A-Za-z0-9]{1,2}(?=[一-龠ぁ-ん])")
_CONFIDENT, _PLAUSIBLE = 0.9, 0.7


@dataclass(frozen=True, slots=True)
class OwnerReading:
    """The owners of one cell; `by_goal` by goal number; `confidence` below 1 when something was repaired."""

    owners: tuple[str, ...] = ()
    by_goal: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    confidence: float = 1.0


def departments_in(cells: Iterable[str], context: str = "") -> frozenset[str]:
    """Collect the departments that a document's owner cells and its running text name, garbled ones left out."""
    counts = Counter(name for cell in cells for part in _goal_parts(_fold(cell)) for name in _names(part[1]))
    named = {name for name in counts if _is_plausible(name)}
    told = {name for name in re.findall(r"(?<![一-龠ァ-ヶー])[一-龠ァ-ヶー]{2,10}課(?![題程税])", _fold(context))}
    return frozenset(name for name in named | told if not _is_garbled(name, named | told, counts))


def read_owners(text: str, departments: frozenset[str] = frozenset()) -> OwnerReading:
    """Split an owner cell into departments: 「①甲課 ②～③乙課」 by goal, 「支所丙課(東・西)」 by branch."""
    owners: list[str] = []
    by_goal: dict[str, tuple[str, ...]] = {}
    repairs: list[Repair] = []
    confidence = 1.0
    for marks, part in _goal_parts(_fold(text)):
        names = []
        for raw in _names(part):
            name, certainty = _mend(raw, departments)
            if name != raw or certainty < 1:
                repairs.append(Repair("owners", raw, name))
                confidence = min(confidence, certainty)
            names += _unglued(name, departments)
        dropped = _dropped(part)
        if dropped:
            repairs.append(Repair("owners", f"{dropped} {''.join(names[:1])}", "".join(names[:1])))
            confidence = min(confidence, _CONFIDENT)
        owners += [name for name in names if name not in owners]
        by_goal.update({mark: tuple(names) for mark in marks})
    return OwnerReading(tuple(owners), by_goal, tuple(repairs), confidence if owners else 1.0)


def _fold(cell: str) -> str:
    kept = "".join(
        c if "①" <= c <= "⑳" else unicodedata.normalize("NFKC", c) for c in strip_tags(cell.replace("<br>", "\n"))
    )
    folded = re.sub(r"[ \t\u3000]+", " ", kept).strip()
    return folded.replace(" ", "") if _LETTER_SPACED.match(folded) else folded


def _goal_parts(cell: str) -> list[tuple[tuple[str, ...], str]]:
    """Split at goal marks; a cell without them is one part without marks."""
    if not re.match(r"[①-⑳]", cell):
        return [((), cell)]
    return [(_goal_numbers(marks), part) for marks, part in _GOAL_MARKS.findall(cell)]


def _goal_numbers(marks: str) -> tuple[str, ...]:
    numbers: list[str] = []
    for first, last in _MARK_RANGE.findall(marks):
        start = ord(first) - ord("①") + 1
        numbers += [str(n) for n in range(start, (ord(last) - ord("①") + 1 if last else start) + 1)]
    return tuple(numbers)


def _names(part: str) -> list[str]:
    """The printed names of a cell without goal marks, branches expanded."""
    names: list[str] = []
    for piece in _SEPARATOR.split(_protected(part)):
        for name in _joined(piece.replace("\x00", "、").split()):
            names += _expanded(_LEADING_SIGNS.sub("", _ROLE.sub("", name)))
    return [name for name in (_OTHERS.sub("", n).strip() for n in names) if len(name) >= 2]


def _protected(part: str) -> str:
    """Keep separators inside brackets from splitting, and blanks around brackets from tearing a name."""
    tight = re.sub(r"\s*([(（])\s*", r"\1", part)
    return re.sub(r"[(（][^()（）]*[)）]", lambda m: re.sub(r"[、,，]", "\x00", m[0]).replace(" ", ""), tight)


def _joined(words: list[str]) -> list[str]:
    """Put names together that a line break tore (「子育て支援 課」, 「総務部 総務課」); drop lone stray signs."""
    names: list[str] = []
    held = ""
    for place, word in enumerate(words):
        whole = held + word
        following = words[place + 1] if place + 1 < len(words) else ""
        if _is_stray(word) and following:
            continue
        if (
            (
                _ENDS_LIKE_OWNER.search(whole.rstrip("()（）"))
                and not (
                    whole.endswith(("部", "局"))
                    and re.search("[課室]$", following)
                    and len(whole) > 2
                    and not whole.startswith("各")
                )
            )
            or "(" in whole
            or "（" in whole
            or not following
        ):
            names.append(whole)
            held = ""
        else:
            held = whole
    return names


def _is_stray(word: str) -> bool:
    return len(word) == 1 or bool(re.fullmatch(r"[A-Za-z0-9:;.,'|]{1,2}", word))


def _dropped(part: str) -> str:
    words = part.split()
    return words[0] if len(words) > 1 and _is_stray(words[0]) else ""


def _expanded(name: str) -> list[str]:
    branches = _BRANCHES.match(name)
    if branches:
        return [
            f"{branch.strip()}{branches['base']}"
            for branch in re.split(r"[・、,，]", branches["names"])
            if branch.strip()
        ]
    parts = _split_at_dots(name)
    prefix = _BRANCH_PREFIX.match(parts[0])
    if len(parts) > 1 and prefix:
        return [parts[0], *(part if "支所" in part else prefix[1] + part for part in parts[1:])]
    return parts


def _split_at_dots(name: str) -> list[str]:
    """Split at ・ only behind a whole name: 「環境・衛生課」 is one department, 「環境課・衛生課」 are two."""
    parts: list[str] = []
    held = ""
    for piece in re.split(r"・(?![^()（）]*[)）])", name):
        held = f"{held}・{piece}" if held else piece
        if _ENDS_LIKE_OWNER.search(held):
            parts.append(held)
            held = ""
    return parts + ([held] if held else []) or [name]


def _mend(name: str, departments: frozenset[str]) -> tuple[str, float]:
    """Return the department that a garbled name stands for, and how sure that is."""
    if name in departments or not _ENDS_LIKE_OWNER.search(name):
        return name, 1.0
    for cut in (1, 2):
        if name[cut:] in departments and name[0] not in _REAL_PREFIXES:
            return name[cut:], _CONFIDENT
    swapped = [other for other in _swaps(name) if other in departments]
    if len(swapped) == 1:
        return swapped[0], _CONFIDENT
    bare = _LETTERS_AND_DIGITS.sub("", re.sub(r"^[ぁ-ん](?=[一-龠])", "", name))
    if bare != name and _ENDS_LIKE_OWNER.search(bare) and len(bare) >= 3 and not _is_common(name):
        return bare, _PLAUSIBLE
    common = [other for other in _swaps(name) if _is_common(other)]
    if len(common) == 1 and not _is_common(name):
        return common[0], _PLAUSIBLE
    return name, 1.0


def _unglued(name: str, departments: frozenset[str]) -> list[str]:
    """Separate two departments that were printed on two lines of one cell: 「総務課議会事務局」."""
    for match in re.finditer(r"課(?=.{2,})", name):
        left, right = name[: match.end()], name[match.end() :]
        if right in departments or (left in departments and re.search(r"(課|局|委員会)$", right)):
            return [left, *_unglued(right, departments)]
    return [name]


def _swaps(name: str) -> list[str]:
    """Every name that differs in one character which scanners confuse."""
    return [name[:i] + other + name[i + 1 :] for i, c in enumerate(name) for other in _vocabulary()[1].get(c, ())]


def _is_common(name: str) -> bool:
    """Tell whether a name is built from common department words alone."""
    words, _ = _vocabulary()
    return re.fullmatch(rf"(?:{'|'.join(map(re.escape, words))})+{_SUFFIX}", name) is not None


def _is_plausible(name: str) -> bool:
    return _ENDS_LIKE_OWNER.search(name) is not None and re.match(r"[一-龠ァ-ヶぁ-ん]", name) is not None


def _is_garbled(name: str, names: set[str], counts: Counter[str]) -> bool:
    if counts[name] <= 1 and not _is_common(name) and any(_is_common(other) for other in _swaps(name)):
        return True
    return counts[name] <= 1 and len(name) > 3 and name[0] not in _REAL_PREFIXES and name[1:] in names


@cache
def _vocabulary() -> tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]:
    data = yaml.safe_load((files(__package__) / "department_words.yaml").read_text(encoding="utf-8"))
    confused: dict[str, tuple[str, ...]] = {}
    for one, other in data["confused"]:
        confused[one] = (*confused.get(one, ()), other)
        confused[other] = (*confused.get(other, ()), one)
    return tuple(sorted(data["words"], key=len, reverse=True)), confused
