"""The columns a plan has of its own, and a question, in; the values of theirs that the question names out."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

from ingest.normalize import squeeze
from ingest.plan_items import PlanItem
from vectorstore.item_filter import ColumnValue

_LONGEST_VALUE = 24
_USUAL_STATUSES = frozenset({"新規", "継続", "拡充"})
_SHORTEST_VALUE = 2
_LEAST_ITEMS = 3
_AMOUNT_OR_YEAR = re.compile(r"[\d,.△▲\-－%％円千万億年度月日元RHS～~〜→○●◎/／・()（）\s]*")
# What every such body is called: 「NPO法人…」 is asked for by the name that follows.
_KIND_OF_BODY = re.compile(
    r"^(?:NPO法人|特定非営利活動法人|社会福祉法人|(?:一般|公益)?(?:財団|社団)法人|株式会社|有限会社|合同会社|\(株\)|\(有\))|(?:株式会社|\(株\))$"
)


def values_of_columns(items: Iterable[PlanItem]) -> tuple[ColumnValue, ...]:
    """Return the values of columns that repeat few values, such as 見直しの方向性 or 指定管理者, longest first.

    A status that is no 新規, 継続 or 拡充 (廃止, 縮小, …) counts as a column's value, too.
    """
    printed: dict[str, list[str]] = defaultdict(list)
    for item in items:
        for label, text in item.fields.items():
            printed[label].append(text)
        if item.status and item.status not in _USUAL_STATUSES:
            printed["status"].append(item.status)
    found = [ColumnValue(label, value) for label, values in printed.items() for value in _repeated(values)]
    return tuple(sorted(found, key=lambda named: (-len(named.value), named.value)))


def named_values(text: str, values: Iterable[ColumnValue]) -> tuple[ColumnValue, ...]:
    """Return the value of each column that stands in the question; of two (廃止か縮小か) none is a condition."""
    asked = squeeze(text)
    found: dict[str, list[ColumnValue]] = defaultdict(list)
    for named in values:
        inside_longer = any(named.value in other.value for other in found[named.label])
        if not inside_longer and _is_named(_name(named.value), asked):
            found[named.label].append(named)
    return tuple(named[0] for named in found.values() if len(named) == 1)


def _repeated(values: list[str]) -> list[str]:
    """The values that stand in several items; none of a column of amounts, years or prose."""
    if len(values) < _LEAST_ITEMS or any(len(value) > _LONGEST_VALUE for value in values):
        return []
    several = [value for value, count in Counter(values).items() if count > 1]
    few = 2 * len({*values}) <= len(values) + 1
    return [
        v for v in ({*values} if few else several) if len(v) >= _SHORTEST_VALUE and not _AMOUNT_OR_YEAR.fullmatch(v)
    ]


def _is_named(name: str, asked: str) -> bool:
    """A short word in kanji stands by itself: 統合 is not asked for by 学校統合."""
    if len(name) < _SHORTEST_VALUE:
        return False
    if re.fullmatch(r"[一-龠]{2,4}", name):
        return re.search(rf"(?<![一-龠ァ-ヶー]){name}(?![一-龠ァ-ヶー])", asked) is not None
    return name in asked


def _name(value: str) -> str:
    return _KIND_OF_BODY.sub("", unicodedata.normalize("NFKC", squeeze(value)))
