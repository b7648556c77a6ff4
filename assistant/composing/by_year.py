"""A request about reports on several years, or on a year without one, in; each year's answer, or which exist, out."""

from collections.abc import Callable
from dataclasses import replace

from assistant.composing.drafts import Draft, Source, Statement
from assistant.composing.editions_told import report_name
from assistant.composing.quoting import quote
from assistant.knowledge import Knowledge
from assistant.lookup.sentences import field_texts, split_sentences
from assistant.replies import Replies
from assistant.understanding.requests import Request
from ingest.fiscal_year import era_year, find_years
from ingest.plan_items import PlanItem

_MOST_MENTIONS = 3


def compose_by_year(
    request: Request, answer: Callable[[Request], Draft], knowledge: Knowledge, replies: Replies
) -> Draft | None:
    """Answer from the report on each year asked for; None when it is one year, whose report has the item."""
    reported = knowledge.reported_years(request.documents)
    there = tuple(year for year in request.report_years if year in reported)
    missing = tuple(year for year in request.report_years if year not in reported)
    if not missing and len(there) < 2:
        return _left_out(request, there, knowledge, replies)
    if not there:
        return _not_reported(request, answer, missing, knowledge, replies)
    drafts = [(year, answer(_in_year(request, year, knowledge))) for year in there]
    statements: list[Statement] = []
    for year, draft in drafts:
        name = report_name(year, replies)
        says_so = bool(draft.statements) and name in draft.statements[0].text
        lead = () if says_so else (Statement(replies.say("in_report_year", edition=name)),)
        statements += [*lead, *draft.statements]
    statements += [_said_missing(year, reported, replies) for year in missing]
    answered = any(draft.outcome == "answered" for _, draft in drafts)
    items = {item.id: item for _, draft in drafts for item in draft.items}
    lists = request.intent in ("list", "count")
    return replace(
        drafts[0][1], outcome="answered" if answered else "not_found", statements=tuple(statements),
        reason=None if answered else "not_stated", items=tuple(items.values()), total=len(items) if lists else None,
    )  # fmt: skip


def _left_out(request: Request, years: tuple[int, ...], knowledge: Knowledge, replies: Replies) -> Draft | None:
    """Say that neither the plan nor the year's report has the named item; None when one of them has."""
    if not years or any(knowledge.item(i, request.documents) for i in request.items):
        return None
    item = next((item for i in request.items if (item := knowledge.item(i, None))), None)
    if item is None:
        return None
    text = replies.say("item_not_in_report", title=item.title, edition=report_name(years[0], replies))
    return Draft("not_found", (Statement(text, (Source.of_item(item, "title"),)),), "not_stated")


def _in_year(request: Request, year: int, knowledge: Knowledge) -> Request:
    return replace(request, report_years=(year,), documents=knowledge.with_reports_on((year,), request.documents))


def _not_reported(
    request: Request,
    answer: Callable[[Request], Draft],
    missing: tuple[int, ...],
    knowledge: Knowledge,
    replies: Replies,
) -> Draft:
    """Say that the years have no report and which have; quote what the item prints of them all the same."""
    reported = knowledge.reported_years(request.documents)
    said = tuple(_said_missing(year, reported, replies) for year in missing)
    if request.intent in ("list", "count"):
        return Draft("not_found", said, "not_stated")
    draft = answer(replace(request, report_years=()))
    item = _item_of(draft, request, knowledge)
    if item is None:
        return draft
    cited = replace(said[0], sources=(Source.of_item(item, "title"),))
    return Draft("not_found", (cited, *said[1:], *_mentions(item, missing, replies)), "not_stated")


def _said_missing(year: int, reported: frozenset[int], replies: Replies) -> Statement:
    known = replies.say("joint").join(report_name(one, replies) for one in sorted(reported))
    return Statement(replies.say("year_not_reported", year=era_year(year), known=known))


def _item_of(draft: Draft, request: Request, knowledge: Knowledge) -> PlanItem | None:
    """The item that an answer cites first; None when it asks back, or has none."""
    if draft.outcome == "clarify" or draft.reason not in (None, "not_stated"):
        return None
    cited = (source.item_id for statement in draft.statements for source in statement.sources if source.item_id)
    return next((item for i in cited if (item := knowledge.item(i, request.documents))), None)


def _mentions(item: PlanItem, years: tuple[int, ...], replies: Replies) -> list[Statement]:
    """The sentences of an item that print one of the years."""
    printed = [
        quote(sentence, item, field)
        for field, text in field_texts(item).items()
        for sentence in split_sentences(text)
        if any(mention.year in years for mention in find_years(f"{field} {sentence}"))
    ]
    told = replies.say("joint").join(era_year(year) for year in years)
    lead = Statement(replies.say("year_mentioned", year=told))
    return [lead, *printed[:_MOST_MENTIONS]] if printed else []
