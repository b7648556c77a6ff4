"""A question in, the departments it names out, known to the plans or not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.understanding.masking import MASK, mask

_DEPARTMENT = re.compile(r"[一-龠々ァ-ヶーA-Za-zぁ-ん]{1,14}?[課室局署係](?![題程す長税])")
_NO_DEPARTMENT = re.compile(
    r"(どこ|どの|どちら|なに|なん|何|担当|所管|主管|関係|主務|その|この|あの|同じ|同|各|本|当|他|別|全|うち|どんな|支|一|二|三|四|五|六|七|八|九|十|複数の?)の?[課室局署係部]$"
)
# 教室 and 図書室 are rooms, 薬局 is a shop: only these endings name a department that no plan knows.
_ROOM_OF_OFFICE = re.compile(
    r"(?:推進|対策|企画|秘書|管理|準備|戦略|調整|政策|相談支援)室$|(?:事務|総務|企画|財政|建設|環境|福祉)局$"
)
_A_CLAUSE = re.compile(r"(?:する|した|している|ている|できる|な|い)[課室局]$")
_ONLY_KANA = re.compile(r"[ぁ-ん]+[課室局署係]?")


@dataclass(frozen=True, slots=True)
class NamedDepartment:
    """A department as the question writes it, where, and the owner it is; None when no plan knows it."""

    text: str
    start: int
    owner: str | None

    @property
    def end(self) -> int:
        """Where its name ends."""
        return self.start + len(self.text)


def named_departments(text: str, owners: tuple[str, ...]) -> tuple[NamedDepartment, ...]:
    """Find every known department, longer names first, and whatever else reads like one."""
    rest = text
    found: list[NamedDepartment] = []
    for owner in sorted(owners, key=len, reverse=True):
        at = rest.find(owner)
        if at >= 0 and not _inside_longer_name(rest, at, owner):
            found.append(NamedDepartment(owner, at, owner))
            rest = mask(rest, at, at + len(owner))
    return tuple(sorted((*found, *_like_departments(rest, owners)), key=lambda named: named.start))


def _like_departments(rest: str, owners: tuple[str, ...]) -> Iterator[NamedDepartment]:
    for match in _DEPARTMENT.finditer(rest):
        name = re.split(rf"[のはがをにへとで、。\s{MASK}]", match[0])[-1]
        if rest[match.end() : match.end() + 1] == "長" or not _is_department(name):
            continue
        whole = [owner for owner in owners if owner.endswith(name)]
        yield NamedDepartment(name, match.end() - len(name), whole[0] if len(whole) == 1 else None)


def _is_department(name: str) -> bool:
    if (
        len(name) < 3
        or name == "事務局"
        or name.endswith(("部署", "関係"))
        or _A_CLAUSE.search(name)
        or _NO_DEPARTMENT.search(name)
    ):
        return False
    if name[-1] in "室局署" and not _ROOM_OF_OFFICE.search(name):
        return False
    return _ONLY_KANA.fullmatch(name) is None


def _inside_longer_name(text: str, at: int, owner: str) -> bool:
    # A department's name inside a longer one (水道課 in 下水道課) is another department.
    before = text[at - 1] if at else ""
    after = text[at + len(owner)] if at + len(owner) < len(text) else ""
    if after == "長":  # a post, not the department
        return True
    return bool(re.match(r"[一-龠]", before)) or (
        owner[-1] not in "課室局署係" and bool(re.match(r"[一-龠ァ-ヶー]", after))
    )
