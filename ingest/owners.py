"""A printed owner cell 所管課 in, its single departments out: split, expanded, repaired where a scan garbled them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ingest.department_names import clean_names, ends_like_owner, is_stray, mend_name
from ingest.normalize import strip_tags
from ingest.plan_items import Repair

_LINE_TAG = re.compile(r"</?(?:p|br|li|ul|ol|div|tr|td)\b[^<>]*>", re.IGNORECASE)
# What is longer without any mark between is prose, or made to take time.
LONGEST_OWNERS = 1000
_LONGEST_GLUED = 300
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PLAIN_MARK = re.compile(r"(?:目標\s*)?[(（]([1-9]|1\d|20)[)）]|目標\s*([1-9]|1\d|20)(?!\d)\s*[.:：]?|目標\s*(?=[①-⑳])")
# No name is longer: without a bound, a long run of letters would be tried from each of them.
_MARK_BEHIND = re.compile(r"([^\s、,，(（①-⑳]{1,100})\s*[(（]([①-⑳][①-⑳\s~〜～\-・、,]*)[)）]")
_GOAL_MARKS = re.compile(r"((?:[①-⑳]\s*(?:[~〜～\-・、,]\s*)?)+)[:：]?")
_MARK_RANGE = re.compile(r"([①-⑳])(?:\s*[~〜～\-]\s*([①-⑳]))?")
_ROLE = r"(?:[主副正]|[主副]担当|主管|主務|関係|協力|連携|担当|所管|責任|代表|幹事|取りまとめ)(?:課|部署|部局|者)?"
_ROLE_BEFORE = re.compile(rf"(?:^|(?<=[\s、]))[【\[〔(（]?{_ROLE}(?:[】\]〕)）][:：]?|[:：])")
_ROLE_INSIDE = re.compile(rf"[【\[〔]{_ROLE}[】\]〕]")
_ASIDE = re.compile(rf"[(（](?:{_ROLE}|ほか|他|旧[^()（）]*|[^()（）]*(?:年度|R\d|H\d)[^()（）]*)[)）]$")
_YEARS_BEFORE = re.compile(r"(?:令和|平成|[RH])\s*[\d元]{1,2}(?:年度)?[^:：\s一-龠ァ-ヶ]{0,3}[:：]")
_EXTENSION = re.compile(r"[(（](?:内線|電話|TEL)[^()（）]*[)）]|(?:内線|電話|TEL)[\s:：]*\d[\d\-]*", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"[、,，／/;；。◎○●◯◇◆■□→⇒]|および|及び|並びに|(?<=[課室局部所])(?:ほか|外|他)(?=の?[一-龠]{2})"
)
_OTHERS = re.compile(r"(?<=.)(?:ほか|他|など|等)$|^(?:その他|ほか|他|など|等)$")
_SIGNS = r"・※＊*:：.．'’\"|｜_＿\-－―ー>＞<＜!！?？#\s"
_EDGE_SIGNS = re.compile(rf"^[{_SIGNS}]+|(?:[※＊*]\d*|[{_SIGNS.replace('ー', '')}])+$")
_BRANCHES = re.compile(
    r"^(?P<base>(?:支所|総合支所|行政センター|出張所|公民館|分署|地区センター)\S*?)[(（](?P<names>[^()（）]+)[)）]$"
)
_PARTS = re.compile(r"^(?P<base>\S+?)[(（](?P<names>[^()（）]+)[)）]$")
_WHOLE_OFFICE = re.compile(r".+(?:課|局)")
_DIVISION = re.compile(r"(?:[^各]部|局|本部)$")
_BRANCH = re.compile(r"^(\S+?(?:総合支所|行政センター|支所|支庁))(?=\S)")
# What is no name by itself when a blank stands before it: 見本委員会 事務局, 花と緑 課.
_TAIL = re.compile(r"^(?:事務局|公室|事務所|課|室|局|部|係|班|担当|センター|支所|館|園|所)$")
_LETTER_SPACED = re.compile(r"^(?:\S\s+){2,}\S$")
_NOBODY = frozenset(
    {"未定", "なし", "無し", "検討中", "調整中", "同上", "同左", "該当なし", "未設定", "担当課", "所管課"}
)
_INNER_COMMA = "\x00"
_STRAY_DROPPED = 0.9


@dataclass(frozen=True, slots=True)
class OwnerReading:
    """The owners of one cell; `by_goal` by goal number; `confidence` below 1 when something was repaired.

    `strays` are the characters that stood before a name by mistake: they may have slipped from the cell beside it.
    """

    owners: tuple[str, ...] = ()
    by_goal: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    confidence: float = 1.0
    strays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of a cell: as printed, as read, and the stray character between the two."""

    raw: str
    name: str
    stray: str = ""
    certainty: float = 1.0


def departments_in(cells: Iterable[str], context: str = "") -> frozenset[str]:
    """Collect the departments that a document's owner cells and its running text name, garbled ones left out."""
    nobody: frozenset[str] = frozenset()
    counts = Counter(n.name for cell in cells for _, part in _goal_parts(_fold(cell)) for n in _names(part, nobody))
    text = _fold(context)
    told = frozenset(
        re.findall(r"(?:^|[^\w]|[はがをにへと、])([一-龠ァ-ヶー]{2,10}課)(?![題程税長])", text, re.MULTILINE)
    )
    return clean_names(counts, told, text)


def read_owners(text: str, departments: frozenset[str] = frozenset()) -> OwnerReading:
    """Split an owner cell into departments: 「①甲課 ②～③乙課」 by goal, 「支所丙課(東・西)」 by branch.

    What stands behind LONGEST_OWNERS characters names no department any more.
    """
    owners: dict[str, None] = {}
    by_goal: dict[str, tuple[str, ...]] = {}
    found: list[_Name] = []
    for marks, part in _goal_parts(_fold(text[:LONGEST_OWNERS])):
        names = [replaced for name in _names(part, departments) for replaced in _mended(name, departments)]
        owners |= dict.fromkeys(name.name for name in names)
        by_goal |= {mark: tuple(dict.fromkeys(name.name for name in names)) for mark in marks}
        found += names
    repaired = [name for name in found if name.certainty < 1]
    return OwnerReading(
        tuple(owners),
        by_goal,
        tuple(dict.fromkeys(Repair("owners", name.raw, name.name) for name in repaired)),
        min((name.certainty for name in repaired), default=1.0),
        tuple(name.stray for name in repaired if name.stray),
    )


def lead_owners(text: str) -> tuple[str, ...]:
    """Return the departments of an owner cell that ◎ marks as leading, where others stand beside them."""
    owners = read_owners(text).owners
    marked = re.findall(r"◎\s*([^\s◎○●◯、,，・／/;；]+)", _fold(text[:LONGEST_OWNERS]))
    leading = tuple(owner for owner in owners if owner in marked)
    return leading if len(leading) < len(owners) else ()


def _fold(cell: str) -> str:
    lines = strip_tags(_LINE_TAG.sub("\n", cell))
    kept = re.sub(r"[^①-⑳]+", lambda run: unicodedata.normalize("NFKC", run[0]), lines)
    folded = re.sub(r"[^\S\n]+", " ", kept.translate({ord(c): "~" for c in "〜～∼"})).strip()
    return re.sub(r"\s", "", folded) if _LETTER_SPACED.match(folded) else folded


def _goal_parts(cell: str) -> list[tuple[tuple[str, ...], str]]:
    """Split at goal marks: ①, (1), 目標1 before a name, (①) behind it; what has no mark belongs to no single goal."""
    if _PLAIN_MARK.match(cell):
        cell = _PLAIN_MARK.sub(
            lambda mark: _CIRCLED[int(mark[1] or mark[2] or 0) - 1] if mark[1] or mark[2] else "", cell
        )
    cell = _MARK_BEHIND.sub(r"\2\1 ", cell)
    unmarked, *marked = _GOAL_MARKS.split(cell)
    parts = [(_goal_numbers(marks), part) for marks, part in zip(marked[::2], marked[1::2], strict=True)]
    return [((), unmarked), *parts] if unmarked.strip() else parts


def _goal_numbers(marks: str) -> tuple[str, ...]:
    numbers: list[str] = []
    for first, last in _MARK_RANGE.findall(marks):
        start = _CIRCLED.index(first) + 1
        numbers += [str(n) for n in range(start, (_CIRCLED.index(last) + 1 if last else start) + 1)]
    return tuple(numbers)


def _names(part: str, departments: frozenset[str]) -> Iterator[_Name]:
    """The printed names of a cell without goal marks, branches expanded."""
    for piece in _SEPARATOR.split(_protected(_unlabelled(part))):
        for joined in _joined(piece.replace(_INNER_COMMA, "、").split(), departments):
            name = _EDGE_SIGNS.sub("", _ASIDE.sub("", _EDGE_SIGNS.sub("", joined.name)))
            expanded = _expanded(name)
            for one in expanded:
                whole = _OTHERS.sub("", one)
                if len(whole) > 1 and re.search(r"[^\W\d_]", whole) and whole not in _NOBODY:
                    yield _Name(joined.raw if len(expanded) == 1 else one, whole, joined.stray, joined.certainty)


def _unlabelled(part: str) -> str:
    """Remove roles (主:), years (R4~:) and extensions; 総務部:総務課 is one name."""
    part = _ROLE_INSIDE.sub(" ", _ROLE_BEFORE.sub(" ", _YEARS_BEFORE.sub(" ", _EXTENSION.sub(" ", part))))
    wrapped = re.fullmatch(r"\s*[(（]([^()（）]+)[)）]\s*", part)
    return re.sub(r"(?<=[部局])\s*[:：]\s*", "", wrapped[1] if wrapped and ends_like_owner(wrapped[1]) else part)


def _protected(part: str) -> str:
    """Keep separators inside brackets from splitting, and blanks around brackets from tearing a name."""
    tight = re.sub(r"\s*([(（])\s*", r"\1", part)
    tight = re.sub(r"(?<=[課室局部所館園係])([(（][^()（）]*[)）])(?=[^\s、,])", r"\1 ", tight)
    inside = re.compile(r"[(（][^()（）]*[)）]")
    return inside.sub(lambda bracket: re.sub(r"[、,，／/]", _INNER_COMMA, re.sub(r"\s", "", bracket[0])), tight)


def _joined(words: list[str], departments: frozenset[str]) -> Iterator[_Name]:
    """Put names together that a blank or line break tore (子育て 支援課, 総務部 総務課); drop stray characters."""
    held = raw = stray = ""
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if not held and following and is_stray(word, following, departments):
            raw, stray = f"{raw}{word} ", stray + word
            continue
        held, raw = held + word, raw + word
        if not following or _is_whole(held, following):
            yield _Name(raw, held, stray, _STRAY_DROPPED if stray else 1.0)
            held = raw = stray = ""


def _is_whole(name: str, following: str) -> bool:
    """Tell whether a name ends here, or the next word belongs to it."""
    if "(" in name or "（" in name:
        return True
    if len(name) < 2 or not ends_like_owner(name) or _TAIL.match(following):
        return False
    is_upper = _DIVISION.search(name) or name.endswith(("支所", "支庁", "行政センター"))
    return not (is_upper and re.search(r"[課室係]$", following)) or name.startswith("各")


def _expanded(name: str) -> list[str]:
    """支所丙課(東・西) → 東支所丙課, 西支所丙課; 丙課(東支所) → 東支所丙課; 甲部(乙課) → 甲部乙課; 甲課(乙課)."""
    branches, parts = _BRANCHES.match(name), _PARTS.match(name)
    inside = [part.strip() for part in re.split(r"[・、,，／/]", parts["names"]) if part.strip()] if parts else []
    if branches:
        return [f"{branch}{branches['base']}" for branch in inside]
    if parts and inside and all(part.endswith("支所") for part in inside):
        return [f"{part}{parts['base']}" for part in inside]
    if parts and inside and _DIVISION.search(parts["base"]) and all(re.search(r"[課室所係]$", part) for part in inside):
        return [f"{parts['base']}{part}" for part in inside]
    if parts and inside and re.search(r"[課室局]$", parts["base"]) and all(map(_WHOLE_OFFICE.fullmatch, inside)):
        return [parts["base"], *inside]
    pieces = _split_at_dots(name)
    branch = _BRANCH.match(pieces[0])
    if branch and not pieces[0].startswith("各"):
        others = (p if _BRANCH.match(p) or not re.search(r"[課室係班]$", p) else branch[1] + p for p in pieces[1:])
        return [pieces[0], *others]
    return pieces


def _split_at_dots(name: str) -> list[str]:
    """Split at ・ only behind a whole name: 「海・みどり課」 is one department, 「海課・みどり課」 are two."""
    parts: list[str] = []
    held = ""
    for piece in re.split(r"・(?![^()（）]*[)）])", name):
        held = f"{held}・{piece}" if held else piece
        if ends_like_owner(held):
            parts.append(held)
            held = ""
    return parts + ([held] if held else []) or [name]


def _mended(name: _Name, departments: frozenset[str]) -> Iterator[_Name]:
    """Separate what was printed on two lines of one cell, and mend each part."""
    for part in _unglued(name.name, departments):
        mended = mend_name(part, departments)
        certainty = min(name.certainty, mended.certainty)
        raw = name.raw if name.stray or part == name.name else part
        yield _Name(raw, mended.name, name.stray or mended.stray, certainty)


def _unglued(name: str, departments: frozenset[str]) -> list[str]:
    """Separate departments: behind 課 nothing but a section of it (係, 室) goes on, or another name begins."""
    parts = []
    while len(name) <= _LONGEST_GLUED and (end := _end_of_first(name, departments)):
        parts.append(name[:end])
        name = name[end:]
    return [*parts, name]


def _end_of_first(name: str, departments: frozenset[str]) -> int:
    for match in re.finditer(r"課(?![程題税外金長])|事務局|[室局館園所院校場]|センター", name):
        left, right = name[: match.end()], name[match.end() :]
        if len(left) < 2 or len(right) < 2:
            continue
        both_known = left in departments and right in departments
        is_another = match[0] == "課" and len(left) > 2 and re.search(r"(?:[課局館園所院校場会]|センター)$", right)
        is_another_office = match[0] == "事務局" and right.endswith(("事務局", "委員会"))
        if both_known or (right in departments and match[0] == "課") or is_another or is_another_office:
            return match.end()
    return 0
