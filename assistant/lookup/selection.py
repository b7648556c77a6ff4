"""A list or count request in, exactly the items that meet its conditions out."""

from assistant.knowledge import Knowledge
from assistant.lookup.subjects import chosen_items
from assistant.terms import nouns, terms_of
from assistant.understanding.requests import Request
from assistant.understanding.words import question_words
from ingest.plan_items import PlanItem
from vectorstore.item_filter import ItemFilter, select


def select_items(request: Request, knowledge: Knowledge) -> tuple[PlanItem, ...]:
    """Select by the exact filter, inside the request's documents and the items it already settled."""
    chosen = select(_pool(request, knowledge), request.filter)
    if request.without != ItemFilter():
        excluded = {item.id for item in select(chosen, request.without)}
        chosen = tuple(item for item in chosen if item.id not in excluded)
    if request.progresses:
        chosen = tuple(item for item in chosen if item.progress in request.progresses)
    if request.manner.deadline and request.filter.fiscal_year:
        chosen = tuple(item for item in chosen if item.target_fiscal_years[-1:] == (request.filter.fiscal_year,))
        chosen = tuple(item for item in chosen if item.schedule_kind != "from")
    chosen = tuple(item for item in chosen if item.id not in request.excluded_items)
    return _about_the_rest(chosen, request, knowledge)


def _about_the_rest(chosen: tuple[PlanItem, ...], request: Request, knowledge: Knowledge) -> tuple[PlanItem, ...]:
    """Narrow to items that hold all further nouns, where the question says so (「…と書かれている項目」)."""
    words = nouns(terms_of(request.subject))
    if not words or not (len(words) > 1 or question_words().means("said_inside", request.text)):
        return chosen
    telling = tuple(item for item in chosen if all(word.is_held_by(knowledge.text_of(item)) for word in words))
    return telling or chosen


def _pool(request: Request, knowledge: Knowledge) -> tuple[PlanItem, ...]:
    if request.items:
        return chosen_items(request, knowledge)
    return knowledge.items_in(request.documents)
