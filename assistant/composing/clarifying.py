"""Several candidates in, a question back out that already gives what was asked of each."""

from assistant.composing.drafts import Draft, Source, Statement
from assistant.composing.editions_told import dated_label, told_versions
from assistant.knowledge import Knowledge
from assistant.replies import Replies
from assistant.understanding.requests import Request
from assistant.united import REPORTED, row_of, rows_of, versions
from ingest.plan_items import PlanItem

_BRIEF = 60


def which_item(items: tuple[PlanItem, ...], request: Request, knowledge: Knowledge, replies: Replies) -> Draft:
    """Ask which of several items is meant, with the asked fields of each beside it."""
    lines = [Statement(replies.say("clarify_items", total=len(items)))]
    lines += [
        Statement(f"{number}. {item.title}{_asked_values(item, request, knowledge, replies)}", _proofs(item, request))
        for number, item in enumerate(items, 1)
    ]
    suggestions = tuple(f"「{item.title}」{_tail(request)}" for item in items[:3])
    return Draft("clarify", tuple(lines), "several_items", items=items, total=len(items), suggestions=suggestions)


def which_municipality(items: tuple[PlanItem, ...], replies: Replies) -> Draft:
    """Ask which municipality is meant, with the number of items of each."""
    names = dict.fromkeys(item.municipality for item in items if item.municipality)
    counts = {name: sum(item.municipality == name for item in items) for name in names}
    lines = [Statement(replies.say("clarify_municipalities", total=len(counts)))]
    for name, total in counts.items():
        first = next(item for item in items if item.municipality == name)
        line = replies.say("clarify_municipality_line", municipality=name, total=total)
        lines.append(Statement(f"- {line}", (Source.of_item(first, "owner", "title"),)))
    return Draft(
        "clarify", tuple(lines), "several_municipalities", items=items, total=len(items), suggestions=tuple(names)
    )


def which_progress(word: str, documents: frozenset[str] | None, knowledge: Knowledge, replies: Replies) -> Draft:
    """Ask which printed class of progress is meant by a word that none answers to; say so where none is printed."""
    rows = (row for item in knowledge.items_in(documents) for row in rows_of(item))
    classes = tuple(dict.fromkeys(row.progress for row in rows if row.progress))
    if not classes:
        return Draft("not_found", (Statement(replies.say("progress_not_printed")),), "not_in_plans")
    told = replies.say("joint").join(f"「{value}」" for value in classes)
    text = replies.say("clarify_progress", word=word, classes=told)
    return Draft("clarify", (Statement(text),), "unclear", suggestions=classes[:3])


def unclear(reply: str, replies: Replies) -> Draft:
    """Ask what the question is about."""
    return Draft("clarify", (Statement(replies.say(reply)),), "unclear")


def _proofs(item: PlanItem, request: Request) -> tuple[Source, ...]:
    """Cite the title, and every further row that an asked value is from."""
    rows = {row.id: row for f in request.fields for row in (versions(item, f) if f == "owner" else (row_of(item, f),))}
    title = Source.of_item(item, "title")
    return (title, *(Source.of_item(row, *request.fields) for row in rows.values() if row.id != title.item_id))


def _asked_values(item: PlanItem, request: Request, knowledge: Knowledge, replies: Replies) -> str:
    values = {
        "owner": told_versions(item, "owner", knowledge, replies),
        "schedule": item.schedule,
        "status": item.status,
        "progress": item.progress,
        "goal": "".join(item.goals)[:_BRIEF],
    }
    asked = [(f, values[f]) for f in request.fields if f in values]
    told = [
        f"{dated_label(item, f, knowledge, replies) if f in REPORTED else replies.label(f)}："
        f"{value or replies.say('not_printed')}"
        for f, value in asked
    ]
    return f"（{'、'.join(told)}）" if told else ""


def _tail(request: Request) -> str:
    return {"owner": "の所管課は？", "schedule": "の実施時期は？", "goal": "の目標は？", "progress": "の進捗は？"}.get(
        next(iter(request.fields), ""), "は？"
    )
