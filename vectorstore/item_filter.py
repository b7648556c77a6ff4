"""Exact selection of plan items: lists and counts come from here, never from ranked retrieval."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from ingest.normalize import squeeze
from ingest.plan_items import PlanItem, ScheduleKind
from vectorstore.errors import UnknownField

_UNSETTLED = re.compile(r"[(（【]?(?:時期)?(?:は)?(?:未定|未設定|検討中|調整中|[-－‐―—–ー]+)[)）】]?")
MISSABLE_FIELDS = ("owner", "progress", "status", "schedule", "goal", "result", "issues", "next_steps", "title")


@dataclass(frozen=True, slots=True)
class ColumnValue:
    """A value of a column that has no name of its own, by the column's printed label; "status" is the status."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """A conjunction of conditions on plan items; None leaves a condition out.

    `section` matches a prefix or any single element of the item's section path, or its head (柱3 of 「柱3 …」);
    `plan` and `municipality` match exactly; `owner` matches one expanded owner exactly; `fiscal_year` matches the
    target years; `goal_year` the goal's years. `missing` is one of MISSABLE_FIELDS; `columns` are values of columns of
    the plan's own; `text` matches when each of its words occurs somewhere in the item. Texts are compared without
    regard to width, case and blanks.
    """

    municipality: str | None = None
    plan: str | None = None
    document_id: str | None = None
    section: tuple[str, ...] | None = None
    owner: str | None = None
    fiscal_year: int | None = None
    goal_year: int | None = None
    schedule_kinds: tuple[ScheduleKind, ...] | None = None
    status: str | None = None
    progress: str | None = None
    missing: str | None = None
    columns: tuple[ColumnValue, ...] | None = None
    text: str | None = None

    @property
    def conditions(self) -> dict[str, Any]:
        """The conditions that are set, by name."""
        values = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        return {name: value for name, value in values.items() if value is not None}


Condition = Callable[[PlanItem], bool]


TextOf = Callable[[PlanItem], str]


def select(items: Iterable[PlanItem], wanted: ItemFilter, text_of: TextOf | None = None) -> tuple[PlanItem, ...]:
    """Return all items that meet every condition, in their order.

    `text_of` gives the searchable_text of an item where it has been worked out before.

    Raises:
        UnknownField: `missing` names no field that an item can lack.

    """
    selected = items
    for condition in _conditions(wanted, text_of or searchable_text):
        selected = [item for item in selected if condition(item)]
    return tuple(selected)


def searchable_text(item: PlanItem) -> str:
    """Return all that an item says, in the form in which `ItemFilter.text` is looked for."""
    return "\n".join(map(_fold, _texts(item)))


def facets(items: Iterable[PlanItem]) -> dict[str, tuple[tuple[str | int, int], ...]]:
    """Count the items by value of each facet, most frequent first: (value, count) by facet name.

    An item counts once for each of its owners, its target years and the elements of its section path.
    """
    counted = tuple(items)
    return {name: facet(counted, name) for name in FACETS}


def facet(items: Iterable[PlanItem], name: str) -> tuple[tuple[str | int, int], ...]:
    """Count the items by value of one facet, most frequent first."""
    values = _FACETS[name]
    found = Counter(value for item in items for value in dict.fromkeys(values(item)) if value is not None)
    return tuple(found.most_common())


_FACETS: Mapping[str, Callable[[PlanItem], Iterable[str | int | None]]] = {
    "municipality": lambda item: (item.municipality,),
    "plan": lambda item: (item.plan,),
    "section": lambda item: item.section,
    "owner": lambda item: item.owners,
    "fiscal_year": lambda item: item.target_fiscal_years,
    "status": lambda item: (item.status,),
    "progress": lambda item: (item.progress,),
}
FACETS = tuple(_FACETS)


def count_missing(items: Iterable[PlanItem]) -> tuple[tuple[str, int], ...]:
    """Count the items that lack each of MISSABLE_FIELDS, in their order; fields that none lacks are left out."""
    counted = tuple(items)
    counts = ((name, sum(map(_LACKS[name], counted))) for name in MISSABLE_FIELDS)
    return tuple((name, count) for name, count in counts if count)


def is_same(one: str, other: str) -> bool:
    """Tell whether a filter takes two texts for the same."""
    return _fold(one) == _fold(other)


def is_unsettled(text: str) -> bool:
    """Tell whether a cell prints only that nothing is settled yet: 未定, 検討中, －."""
    return _UNSETTLED.fullmatch(squeeze(text)) is not None


_LACKS: Mapping[str, Condition] = {
    "owner": lambda item: not item.owners,
    "progress": lambda item: not item.progress,
    "status": lambda item: not item.status,
    "schedule": lambda item: not item.schedule or is_unsettled(item.schedule),
    "goal": lambda item: not item.goals,
    "result": lambda item: not item.result,
    "issues": lambda item: not item.issues,
    "next_steps": lambda item: not item.next_steps,
    "title": lambda item: not item.title_is_printed,
}


def _conditions(wanted: ItemFilter, text_of: TextOf) -> Iterator[Condition]:
    for name, condition_for in _CONDITIONS.items():
        value = getattr(wanted, name)
        if value is not None:
            yield condition_for(value)
    # The dearest comes last: text is looked for in the few items that are left.
    if wanted.text is not None:
        yield _contains(wanted.text, text_of)


def _equals(field: Callable[[PlanItem], str | None]) -> Callable[[str], Condition]:
    def condition_for(value: str) -> Condition:
        key = _fold(value)
        return lambda item: _fold(field(item) or "") == key

    return condition_for


def _has_section(wanted: tuple[str, ...]) -> Condition:
    keys = [_fold(element) for element in wanted]

    def condition(item: PlanItem) -> bool:
        path = [_fold(element) for element in item.section]
        heads = [_fold(element.split()[0]) for element in item.section if element.split()]
        return path[: len(keys)] == keys or (len(keys) == 1 and keys[0] in (*path, *heads))

    return condition


def _has_owner(wanted: str) -> Condition:
    key = _fold(wanted)
    return lambda item: any(_fold(owner) == key for owner in item.owners)


def _lacks(name: str) -> Condition:
    if name not in _LACKS:
        raise UnknownField(f"missing={name}: no field that an item can lack; use one of {', '.join(MISSABLE_FIELDS)}")
    return _LACKS[name]


def _has_values(wanted: tuple[ColumnValue, ...]) -> Condition:
    keys = [(named.label, _fold(named.value)) for named in wanted]

    def value(item: PlanItem, label: str) -> str:
        return item.status or "" if label == "status" else item.fields.get(label, "")

    return lambda item: all(_fold(value(item, label)) == key for label, key in keys)


def _contains(wanted: str, text_of: TextOf) -> Condition:
    # Of nothing but what nobody sees, there is no item.
    typed = [_fold(word) for word in wanted.split()]
    words = [word for word in typed if word] or typed

    def condition(item: PlanItem) -> bool:
        text = text_of(item)
        return all(word and word in text for word in words)

    return condition


def _texts(item: PlanItem) -> Iterator[str]:
    yield from item.section
    yield from item.goals
    yield from item.owners
    yield from item.fields.values()
    for value in (
        item.municipality,
        item.plan,
        item.number,
        item.title,
        item.content,
        item.schedule,
        item.owner_text,
        item.status,
        item.progress,
        item.result,
        item.issues,
        item.next_steps,
        item.plan_summary,
    ):
        if value:
            yield value


@lru_cache(maxsize=2**17)
def _fold(text: str) -> str:
    # Remembered, as the same few thousand texts are compared with every filter.
    return squeeze(text).casefold()


_CONDITIONS: Mapping[str, Callable[[Any], Condition]] = {
    "document_id": lambda wanted: lambda item: item.document_id == wanted,
    "fiscal_year": lambda wanted: lambda item: wanted in item.target_fiscal_years,
    "goal_year": lambda wanted: lambda item: wanted in item.goal_fiscal_years,
    "schedule_kinds": lambda wanted: lambda item: item.schedule_kind in wanted,
    "missing": _lacks,
    "municipality": _equals(lambda item: item.municipality),
    "plan": _equals(lambda item: item.plan),
    "status": _equals(lambda item: item.status),
    "progress": _equals(lambda item: item.progress),
    "owner": _has_owner,
    "section": _has_section,
    "columns": _has_values,
}
