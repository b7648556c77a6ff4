"""A question for figures and what was found in; the figure of each of several rows, told apart, out."""

from assistant.composing.drafts import Draft, Statement
from assistant.composing.item_answers import ItemComposer
from assistant.composing.quoting import quote
from assistant.knowledge import Knowledge
from assistant.lookup.sentences import split_sentences
from assistant.lookup.subjects import Found
from assistant.understanding.requests import Request
from ingest.plan_items import PlanItem


def twins_of(found: Found, request: Request, knowledge: Knowledge) -> tuple[PlanItem, ...]:
    """Return the items whose figures are asked for: several that fit, or the rows with the title of the one found."""
    if not request.manner.number or not found.items:
        return ()
    if found.certainty == "several" or request.items:
        return found.items
    return tuple(item for item in knowledge.items_in(request.documents) if _is_twin(item, found.items[0], knowledge))


def figure_of_each(items: tuple[PlanItem, ...], composer: ItemComposer) -> Draft | None:
    """State the figure of every item: two rows of one title have one each; None unless several have one."""
    told = [(item, draft) for item in items if (draft := composer.compose(item)).outcome == "answered"]
    statements = tuple(s for item, draft in told for s in _told_apart(draft.statements, item, items))
    return Draft("answered", statements) if len(told) > 1 else None


def _is_twin(item: PlanItem, other: PlanItem, knowledge: Knowledge) -> bool:
    return item.document_id == other.document_id and knowledge.titles[item.id] == knowledge.titles[other.id]


def _told_apart(
    statements: tuple[Statement, ...], item: PlanItem, items: tuple[PlanItem, ...]
) -> tuple[Statement, ...]:
    """Add to what a row states, behind its title, the sentence that tells it from another row of that title."""
    if not item.content or len({i.title for i in items}) == len(items):
        return statements
    return (statements[0], quote(split_sentences(item.content)[0], item, "content"), *statements[1:])
