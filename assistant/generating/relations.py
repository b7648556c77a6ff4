"""A clause of a model and the records it is about in, whether its years and numbers relate as they are printed out.

The number of one year is not that of another; a year from which something goes on is not one until which it does; what
is reduced from 72 to 60 is not reduced from 60 to 72.
"""

import re
from collections.abc import Sequence

from assistant.generating.evidence import Shown
from assistant.generating.facts import Fact, facts_in
from ingest.normalize import fold_width

_BEGINS, _ENDS = (
    re.compile(r"^(?:度|）|\))*(?:から|より|に(?:開始|始|着手))"),
    re.compile(r"^(?:度|）|\))*末?(?:まで|に完了)"),
)
_FROM, _TO = (
    re.compile(r"^(?:\([^()]*\))?(?:から|より|あった|だった)"),
    re.compile(r"^(?:\([^()]*\))?(?:に|へ|まで|と)"),
)
_BEFORE, _AFTER = 14, 8
_OPEN = ("(", "（")


def keeps_relations(clause: str, records: Sequence[Shown]) -> bool:
    """Tell whether numbers stand with their years, and years and numbers on their side of from and to."""
    return _is_paired(clause, records) and _is_bounded(clause, records) and _is_directed(clause, records)


def _is_paired(clause: str, records: Sequence[Shown]) -> bool:
    """Tell whether every number stands with a year that print gives it: 10件 of 令和4年度 is not that of 令和6年度."""
    said = facts_in(clause)
    for number in (fact for fact in said if fact.kind == "number"):
        year = next((f for f in reversed(said) if f.kind == "year" and f.end <= number.start), None)
        if year is None:
            continue
        near = [_years_near(number, text) for one in records for text in one.fields.values()]
        places = [years for found in near for years in found]
        if places and all(years and year.value not in years for years in places):
            return False
    return True


def _years_near(number: Fact, text: str) -> list[set[str]]:
    """For each place of a number, the years beside it; a year in brackets belongs to the number before it."""
    facts = facts_in(text)
    years = [fact for fact in facts if fact.kind == "year"]
    ends = {fact.end for fact in facts if fact.kind == "number"}
    owned = {year.start for year in years if text[year.start - 1 : year.start] in _OPEN and year.start - 1 in ends}
    near = []
    for place in (fact for fact in facts if number.is_stated_by([fact])):
        own = {year.value for year in years if year.start in owned and year.start == place.end + 1}
        free = {year.value for year in years if year.start not in owned and _is_beside(place, year)}
        near.append(own or free)
    return near


def _is_beside(number: Fact, year: Fact) -> bool:
    return 0 <= number.start - year.end <= _BEFORE or 0 <= year.start - number.end <= _AFTER


def _is_bounded(clause: str, records: Sequence[Shown]) -> bool:
    """Tell whether a year from which, or until which, something is said to go on is printed as such."""
    for year in (fact for fact in facts_in(clause) if fact.kind == "year"):
        after = fold_width(clause[year.end :])
        for wanted, is_begin in ((_BEGINS, True), (_ENDS, False)):
            if wanted.match(after) and not any(_has_bound(one, year, is_begin) for one in records):
                return False
    return True


def _is_directed(clause: str, records: Sequence[Shown]) -> bool:
    """Tell whether a number from which, or to which, something changes is printed as such: 72台から60台に."""
    for number in (fact for fact in facts_in(clause) if fact.kind == "number"):
        after = fold_width(clause[number.end :])
        printed = [
            _FROM.match(fold_width(text[fact.end :])) is not None
            for one in records
            for text in one.fields.values()
            for fact in facts_in(text)
            if number.is_stated_by([fact])
        ]
        if (_FROM.match(after) and not any(printed)) or (_TO.match(after) and printed and all(printed)):
            return False
    return True


def _has_bound(one: Shown, year: Fact, is_begin: bool) -> bool:
    item = one.item
    if item is not None and item.target_fiscal_years:
        if is_begin and item.schedule_kind in ("from", "range") and year.value == str(min(item.target_fiscal_years)):
            return True
        if not is_begin and item.schedule_kind in ("by", "range", "single"):
            return year.value == str(max(item.target_fiscal_years)) or _is_bound_in_print(one, year, is_begin)
    return _is_bound_in_print(one, year, is_begin)


def _is_bound_in_print(one: Shown, year: Fact, is_begin: bool) -> bool:
    wanted = _BEGINS if is_begin else _ENDS
    return any(
        fact.kind == "year" and fact.value == year.value and wanted.match(text[fact.end :])
        for text in map(fold_width, one.fields.values())
        for fact in facts_in(text)
    )
