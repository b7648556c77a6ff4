"""Drafts that say why there is no answer, and what to do next."""

from collections.abc import Iterable
from dataclasses import replace

from rapidfuzz import process

from assistant.answers import Reason
from assistant.composing.drafts import Draft, Source, Statement
from assistant.knowledge import Knowledge
from assistant.replies import Replies
from ingest.plan_items import PlanItem

_NEARLY_NAMED = 60


def refused(reason: Reason, reply: str, replies: Replies, **values: object) -> Draft:
    """Turn a question away with its fixed reply."""
    return Draft("refused", (Statement(replies.say(reply, **values)),), reason)


def not_stated(item: PlanItem, asked: str, replies: Replies) -> Draft:
    """Say that the item is there and the asked detail is not; cite the item and name whom to ask."""
    reply = "not_stated" if asked else "not_stated_plain"
    lines = [Statement(replies.say(reply, title=item.title, asked=asked), (Source.of_item(item, "title"),))]
    if item.owners:
        lines.append(
            Statement(
                replies.say("not_stated_owner_hint", owner="、".join(item.owners)), (Source.of_item(item, "owner"),)
            )
        )
    return Draft("not_found", tuple(lines), "not_stated")


def not_in_plans(
    knowledge: Knowledge,
    documents: frozenset[str] | None,
    nearest: Iterable[PlanItem],
    replies: Replies,
    understood: tuple[str, ...] = (),
) -> Draft:
    """Say that nothing is there, what was searched by which words, and which items come nearest."""
    shown = titles_told(knowledge, documents)
    lines = [Statement(replies.say("not_in_plans", searched=replies.say("searched", plans=shown) if shown else ""))]
    if understood:
        lines.append(Statement(replies.say("searched_for", words="、".join(f"「{word}」" for word in understood))))
    near = tuple(nearest)[:3]
    if near:
        titles = "、".join(f"「{item.title}」" for item in near)
        lines.append(
            Statement(replies.say("nearest", titles=titles), tuple(Source.of_item(item, "title") for item in near))
        )
    return Draft("not_found", tuple(lines), "not_in_plans")


def titles_told(knowledge: Knowledge, documents: frozenset[str] | None) -> str:
    """Return the titles of documents in one line, the first few of many."""
    titles = [d.title for d in knowledge.corpus.documents if documents is None or d.id in documents]
    return "、".join(titles[:4]) + ("ほか" if len(titles) > 4 else "")


def with_service_hint(draft: Draft, replies: Replies) -> Draft:
    """Add where to ask how something is applied for."""
    return replace(draft, statements=(Statement(replies.say("service_not_told")), *draft.statements))


def unknown_owner(owner: str, known: Iterable[str], replies: Replies) -> Draft:
    """Say that no item names the department, and which departments are called nearly so."""
    lines = [Statement(replies.say("unknown_owner", owner=owner))]
    near = [name for name, _, _ in process.extract(owner, tuple(known), limit=3, score_cutoff=_NEARLY_NAMED)]
    if near:
        lines.append(Statement(replies.say("nearly_named_owners", owners="、".join(near))))
    return Draft("not_found", tuple(lines), "not_in_plans")


def plain_not_found(reply: str, replies: Replies, **values: object) -> Draft:
    """Say in one fixed sentence that there is nothing."""
    return Draft("not_found", (Statement(replies.say(reply, **values)),), "not_in_plans")
