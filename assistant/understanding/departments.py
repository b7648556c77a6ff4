"""A question in, the department it names out, known to the plans or not."""

import re
from dataclasses import dataclass

from assistant.understanding.masking import MASK

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
    """A department as the question writes it, and the owner it is; None when no plan knows it."""

    text: str
    owner: str | None


def named_department(text: str, owners: tuple[str, ...]) -> NamedDepartment | None:
    """Find the longest known department, else anything that reads like one."""
    for owner in sorted(owners, key=len, reverse=True):
        at = text.find(owner)
        if at >= 0 and not _inside_longer_name(text, at, owner):
            return NamedDepartment(owner, owner)
    for match in _DEPARTMENT.finditer(text):
        name = re.split(rf"[のはがをにへとで、。\s{MASK}]", match[0])[-1]
        if text[match.end() : match.end() + 1] == "長" or not _is_department(name):
            continue
        # 事務局 alone may be any body's.
        whole = [owner for owner in owners if owner.endswith(name)] if name != "事務局" else []
        return NamedDepartment(name, whole[0] if len(whole) == 1 else None)
    return None


def _is_department(name: str) -> bool:
    if len(name) < 3 or name.endswith(("部署", "関係")) or _A_CLAUSE.search(name) or _NO_DEPARTMENT.search(name):
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
