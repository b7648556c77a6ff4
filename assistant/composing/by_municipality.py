"""A request that names several municipalities in, an answer with a part for each of them out."""

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.composing.drafts import Draft, Statement
from assistant.knowledge import Knowledge
from assistant.lookup.parts import subject_in
from assistant.replies import Replies
from assistant.understanding.places import place_span
from assistant.understanding.requests import Request
from assistant.understanding.understand import titles_in


def compose_by_municipality(
    request: Request, answer: Callable[[Request], Draft], knowledge: Knowledge, replies: Replies
) -> Draft | None:
    """Answer for each municipality by itself; None when the question names fewer than two."""
    names = [place.name for place in request.municipalities if place.known]
    if len(names) < 2:
        return None
    parts = [(name, answer(_part_for(name, names, request, knowledge))) for name in names]
    statements: list[Statement] = []
    for name, draft in parts:
        statements.append(Statement(replies.say("in_municipality", municipality=name)))
        told = draft.outcome in ("answered", "clarify")
        statements += draft.statements if told else (Statement(replies.say("nothing_in_municipality")),)
    answered = any(draft.outcome in ("answered", "clarify") for _, draft in parts)
    items = tuple(item for _, draft in parts for item in draft.items)
    return Draft(
        "answered" if answered else "not_found", tuple(statements), None if answered else "not_in_plans",
        items=items, total=len(items) or None, mode="extract",
    )  # fmt: skip


def _part_for(name: str, names: list[str], request: Request, knowledge: Knowledge) -> Request:
    """The request for one municipality: the words between its name and the next one, if they name a subject."""
    text = request.text
    starts = sorted(span for n in names if (span := place_span(text, n)))
    mine = place_span(text, name)
    assert mine is not None
    end = next((start for start, _ in starts if start > mine[0]), len(text))
    inside = knowledge.documents_in(name, None)
    own = titles_in(text[mine[1] : end], knowledge, inside) or _namesakes(request, inside, knowledge)
    segment = re.sub(r"^の|[、と]$", "", text[mine[1] : end])
    subject = subject_in(segment, request) or request.subject
    intent = "item" if request.intent == "compare" else request.intent
    part = replace(request, documents=inside, items=own, intent=intent, municipalities=())
    return part if subject == request.subject else replace(part, subject=subject, text=segment, query=segment)


def _namesakes(request: Request, documents: frozenset[str], knowledge: Knowledge) -> tuple[str, ...]:
    """The items of a municipality that bear the titles which the question names."""
    titles = {knowledge.titles[item] for item in request.items}
    return tuple(item.id for item in knowledge.items_in(documents) if knowledge.titles[item.id] in titles)
