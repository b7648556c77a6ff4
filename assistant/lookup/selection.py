"""A list or count request in, exactly the items that meet its conditions out."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.knowledge import Knowledge
from assistant.lookup.gaps import blank_rows
from assistant.lookup.subjects import chosen_items
from assistant.terms import nouns, terms_of
from assistant.understanding.requests import Due, Relation, Request, Several
from assistant.united import REPORTED, rows_of
from ingest.plan_items import PlanItem
from vectorstore.item_filter import ItemFilter, select

_ENDS: Mapping[Relation, Callable[[int, int], bool]] = {
    "in": operator.eq, "by": operator.le, "before": operator.lt, "after": operator.gt, "since": operator.ge,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lasting:
    """How many items a condition on years leaves out that go on in them all the same: 毎年度, and 令和3年度～."""

    every_year: int
    open_ended: int


def select_items(request: Request, knowledge: Knowledge) -> tuple[PlanItem, ...]:
    """Select by the exact conditions, inside the request's documents and the items it already settled."""
    chosen = _undated(request, knowledge)
    return tuple(item for item in chosen if is_due(item, request.due)) if request.due else chosen


def lasting_besides(request: Request, knowledge: Knowledge) -> Lasting:
    """Count the items that meet all but the condition on years, and have no last year."""
    due = request.due
    if due is None or due.relation not in ("during", "from") or request.filter.schedule_kinds:
        return Lasting(0, 0)
    others = [item for item in _undated(request, knowledge) if not is_due(item, due)]
    begun = [i for i in others if i.schedule_kind == "from" and min(i.target_fiscal_years, default=0) <= due.years[-1]]
    return Lasting(sum(item.schedule_kind == "every_year" for item in others), len(begun))


def _undated(request: Request, knowledge: Knowledge) -> tuple[PlanItem, ...]:
    chosen = selected(_pool(request, knowledge), request.filter, knowledge)
    for several in request.several:
        chosen = _of_several(chosen, several, knowledge)
    for condition in request.without:
        chosen = _without(chosen, condition, knowledge)
    return _about_the_rest(tuple(i for i in chosen if i.id not in request.excluded_items), request, knowledge)


def selected(items: tuple[PlanItem, ...], wanted: ItemFilter, knowledge: Knowledge) -> tuple[PlanItem, ...]:
    """Select the items that meet every condition, by any of the documents that print them.

    What reports say is taken from the newest of them; a blank is one in any document that has the column.
    """
    for name, value in wanted.conditions.items():
        items = _selected_by(items, name, ItemFilter(**{name: value}), knowledge)
    return items


def _selected_by(items: tuple[PlanItem, ...], name: str, one: ItemFilter, knowledge: Knowledge) -> tuple[PlanItem, ...]:
    meeting = {item.id for item in select(items, one)}
    if name == "missing":
        return tuple(i for i in items if i.id in meeting or blank_rows(i, one.missing or "", knowledge))
    if name not in REPORTED:
        meeting |= {row.id for row in select((row for item in items for row in rows_of(item)), one)}
    return tuple(item for item in items if item.id in meeting or any(row.id in meeting for row in rows_of(item)))


def _of_several(items: tuple[PlanItem, ...], several: Several, knowledge: Knowledge) -> tuple[PlanItem, ...]:
    if several.every:
        for one in several.filters:
            items = selected(items, one, knowledge)
        return items
    meeting = {item.id for one in several.filters for item in selected(items, one, knowledge)}
    return tuple(item for item in items if item.id in meeting)


def _without(items: tuple[PlanItem, ...], condition: ItemFilter, knowledge: Knowledge) -> tuple[PlanItem, ...]:
    """Leave out what meets a condition; of a year, keep only what the plan says is not done in it."""
    if condition.fiscal_year is not None:
        return tuple(item for item in items if _is_not_in(item, condition.fiscal_year))
    excluded = {item.id for item in selected(items, condition, knowledge)}
    return tuple(item for item in items if item.id not in excluded)


def is_due(item: PlanItem, due: Due) -> bool:
    """Tell whether an item's schedule meets a condition on years; an open end meets none on the end."""
    years = item.target_fiscal_years
    if due.relation == "during":
        return not set(years).isdisjoint(due.years)
    if due.relation == "from":
        return any(year >= due.years[0] for year in years)
    if due.relation == "starts":
        return item.schedule_kind != "by" and min(years, default=0) == due.years[0]
    end = None if item.schedule_kind == "from" else max(years, default=None)
    return end is not None and _ENDS[due.relation](end, due.years[0])


def _is_not_in(item: PlanItem, year: int) -> bool:
    """Tell whether the schedule leaves a year out: 毎年度 and blanks do not."""
    years = item.target_fiscal_years
    if not years or item.schedule_kind in ("every_year", "other"):
        return False
    if item.schedule_kind == "by":
        return years[-1] < year
    return years[0] > year if item.schedule_kind == "from" else year not in years


def _about_the_rest(chosen: tuple[PlanItem, ...], request: Request, knowledge: Knowledge) -> tuple[PlanItem, ...]:
    """Narrow to items that hold all further nouns, where the question says so (「…と書かれている項目」)."""
    words = nouns(terms_of(request.subject))
    if not words:
        return chosen
    telling = tuple(item for item in chosen if all(word.is_held_by(knowledge.text_of(item)) for word in words))
    return telling or chosen


def _pool(request: Request, knowledge: Knowledge) -> tuple[PlanItem, ...]:
    if request.items:
        return chosen_items(request, knowledge)
    return knowledge.items_in(request.documents)
