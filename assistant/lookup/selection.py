"""A list or count request in, exactly the items that meet its conditions out."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant.knowledge import Knowledge
from assistant.lookup.subjects import chosen_items
from assistant.terms import nouns, terms_of
from assistant.understanding.requests import Deadline, Request
from ingest.plan_items import PlanItem
from vectorstore.item_filter import ItemFilter, select

_ENDS: Mapping[Deadline, Callable[[int, int], bool]] = {"in": operator.eq, "by": operator.le, "after": operator.gt}


def select_items(request: Request, knowledge: Knowledge) -> tuple[PlanItem, ...]:
    """Select by the exact filter, inside the request's documents and the items it already settled."""
    year = request.filter.fiscal_year
    ends = _ENDS[request.manner.deadline] if request.manner.deadline and year else None
    chosen = select(_pool(request, knowledge), replace(request.filter, fiscal_year=None) if ends else request.filter)
    if ends and year:
        chosen = tuple(item for item in chosen if (end := _last_year(item)) is not None and ends(end, year))
    chosen = _without(chosen, request.without)
    if request.progresses:
        chosen = tuple(item for item in chosen if item.progress in request.progresses)
    chosen = tuple(item for item in chosen if item.id not in request.excluded_items)
    return _about_the_rest(chosen, request, knowledge)


def _last_year(item: PlanItem) -> int | None:
    return None if item.schedule_kind == "from" else max(item.target_fiscal_years, default=None)


def _without(chosen: tuple[PlanItem, ...], without: ItemFilter) -> tuple[PlanItem, ...]:
    """Leave out what meets any of the conditions; of a year, keep only what the plan says is not done in it."""
    for condition in (ItemFilter(owner=without.owner), ItemFilter(status=without.status)):
        if condition != ItemFilter():
            excluded = {item.id for item in select(chosen, condition)}
            chosen = tuple(item for item in chosen if item.id not in excluded)
    year = without.fiscal_year
    return chosen if year is None else tuple(item for item in chosen if _is_not_in(item, year))


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
