"""Two or more items in, what is the same and what differs between them out."""

import re

from assistant.composing.drafts import Draft, Source, Statement
from assistant.composing.editions_told import dated_label, told_versions, version_sources
from assistant.composing.item_answers import SHORT_ANSWER
from assistant.composing.schedule_words import schedule_words
from assistant.knowledge import Knowledge
from assistant.lookup.sentences import Sentence, field_texts, pick
from assistant.names import bare
from assistant.replies import Replies
from assistant.understanding.requests import Request
from assistant.united import REPORTED
from ingest.plan_items import PlanItem

_DEFAULT_FIELDS = ("owner", "schedule", "status", "progress", "content", "goal", "result", "issues")
_AMOUNT = re.compile(r"([\d,，.]+)\s*(億|万|千|百万)?\s*(円|人|件|台|名|社|%|％|路線)")
_SCALES = {"": 1, "千": 1_000, "万": 10_000, "百万": 1_000_000, "億": 100_000_000, None: 1}


def compare_items(items: tuple[PlanItem, ...], request: Request, knowledge: Knowledge, replies: Replies) -> Draft:
    """Set the asked fields (or all) of several items side by side."""
    asked: list[str] = [f for f in request.fields if f not in ("title", "content")] or [
        f for f in _DEFAULT_FIELDS if any(_value(item, f) for item in items)
    ]
    statements: list[Statement] = []
    for field in asked:
        statements += _compare_field(items, field, knowledge, replies)
    if not statements:
        return Draft("not_found", (Statement(replies.say("not_in_plans", searched="")),), "not_stated")
    return Draft("answered", tuple(statements), mode="lookup")


def compare_within(sentences: list[Sentence], names: tuple[str, str], item: PlanItem, replies: Replies) -> Draft | None:
    """Tell which of two amounts printed in one item is larger; None when they are not both there."""
    amounts = [_amount_after(name, sentences) for name in names]
    if amounts[0] is None or amounts[1] is None:
        return None
    (first_text, first), (second_text, second) = amounts[0], amounts[1]
    larger, smaller = (0, 1) if first >= second else (1, 0)
    texts = (first_text, second_text)
    quotes = [s for s in sentences if first_text in s.text or second_text in s.text]
    lead = replies.say(
        "compare_larger",
        larger=names[larger],
        smaller=names[smaller],
        larger_amount=texts[larger],
        smaller_amount=texts[smaller],
    )
    return Draft(
        "answered",
        (
            Statement(lead, (Source.of_item(item, quotes[0].field),)),
            *(
                Statement(f"- {s.text}", (Source.of_item(item, s.field),), is_quote=True)
                for s in pick(quotes, SHORT_ANSWER)
            ),
        ),
        mode="extract",
    )


def _compare_field(items: tuple[PlanItem, ...], field: str, knowledge: Knowledge, replies: Replies) -> list[Statement]:
    labels = {dated_label(item, field, knowledge, replies) for item in items if _value(item, field)}
    label = labels.pop() if len(labels) == 1 and field in REPORTED else replies.label(field)
    values = [_told(item, field, knowledge, replies) for item in items]
    cited = [version_sources(item, field) if field == "owner" else (Source.of_item(item, field),) for item in items]
    sources = tuple(source for sources in cited for source in sources)
    if field == "schedule" and _are_of_the_same_years(items):
        values = [schedule_words(items[0], replies)] * len(items) if len(set(values)) > 1 else values
    if all(v and bare(v) == bare(values[0] or "") for v in values):
        if len(values[0] or "") > 60:
            return [
                Statement(replies.say("compare_same_text", label=label), sources),
                Statement(f"- {values[0]}", sources[:1], is_quote=True),
            ]
        return [Statement(replies.say("compare_same", label=label, value=values[0]), sources)]
    lines = [Statement(replies.say("compare_differs", label=label))]
    for item, value, of_item in zip(items, values, cited, strict=True):
        told = replies.say("compare_part", title=item.title, value=value or replies.say("not_printed"))
        lines.append(Statement(f"- {told}", of_item))
    return lines


def _are_of_the_same_years(items: tuple[PlanItem, ...]) -> bool:
    """Tell whether schedules name the same years, however they print them: Ｒ６年度, 令和6年度."""
    years = {(item.schedule_kind, item.target_fiscal_years) for item in items}
    return len(years) == 1 and bool(items[0].target_fiscal_years)


def _told(item: PlanItem, field: str, knowledge: Knowledge, replies: Replies) -> str | None:
    return told_versions(item, field, knowledge, replies) if field == "owner" else _value(item, field)


def _value(item: PlanItem, field: str) -> str | None:
    exact = {
        "owner": "、".join(item.owners),
        "schedule": item.schedule,
        "status": item.status,
        "progress": item.progress,
    }
    return (exact[field] if field in exact else field_texts(item).get(field)) or None


def _amount_after(name: str, sentences: list[Sentence]) -> tuple[str, float] | None:
    """The first amount printed after `name`, in its own sentence or the ones that follow it."""
    text = "\n".join(s.text for s in sentences)
    at = text.find(name)
    match = _AMOUNT.search(text, at) if at >= 0 else None
    if match is None:
        return None
    return match[0], float(match[1].replace(",", "").replace("，", "")) * _SCALES[match[2]]
