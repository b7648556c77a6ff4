"""An exact selection of items in, a complete list with its condition out."""

from dataclasses import replace

from assistant.composing.conditions_told import describe
from assistant.composing.drafts import Draft, Source, Statement
from assistant.composing.editions_told import dated_label, edition_name, report_name, row_value, told_versions
from assistant.composing.sums import told_sums
from assistant.knowledge import Knowledge
from assistant.lookup.gaps import blank_rows, filled_rows
from assistant.lookup.selection import lasting_besides
from assistant.lookup.sentences import field_texts
from assistant.replies import Replies
from assistant.understanding.filters import filters_of
from assistant.understanding.requests import Request
from assistant.united import REPORTED, row_of, rows_of, versions
from ingest.plan_items import PlanItem

_LONG_TEXT = 160


def compose_list(items: tuple[PlanItem, ...], request: Request, knowledge: Knowledge, replies: Replies) -> Draft:
    """Name every item, with the fields that were asked beside each."""
    condition = describe(request, replies, common_report(items, request, knowledge, replies))
    besides = remarks(request, knowledge, replies)
    if not items:
        return Draft(
            "not_found", (none_found(condition, request, knowledge, replies), *besides), "not_in_plans", total=0
        )
    named = request.items and request.intent == "item"
    reply = (
        "others_found"
        if request.excluded_items
        else "among_those"
        if request.among_previous
        else "items_asked"
        if named
        else "list_found"
    )
    opening = replies.say(reply, condition=condition, total=len(items))
    lines = [Statement(opening)]
    lines += [
        Statement(f"{number}. {_line(item, request, knowledge, replies)}", _sources(item, request, knowledge))
        for number, item in enumerate(items, 1)
    ]
    besides = (*told_sums(items, request, knowledge, replies), *besides)
    return Draft("answered", (*lines, *besides), items=items, total=len(items), filters=filters_of(request))


def none_found(condition: str, request: Request, knowledge: Knowledge, replies: Replies) -> Statement:
    """Say that no item meets the condition, or, where the plans lack a column that it is on, that they do not say."""
    if request.excluded_items:
        return Statement(replies.say("others_none", condition=condition))
    rows = [row for item in knowledge.items_in(request.documents) for row in rows_of(item)]
    columns = [name for name in ("owner", "schedule", "status", "progress") if _is_on(request, name)]
    printed = all(any(getattr(row, _COLUMNS.get(name, name)) for row in rows) for name in columns)
    return Statement(replies.say("list_none_such" if columns and printed else "list_none", condition=condition))


def _is_on(request: Request, name: str) -> bool:
    return request.due is not None if name == "schedule" else request.is_on(name)


_COLUMNS = {"owner": "owners"}


def remarks(request: Request, knowledge: Knowledge, replies: Replies) -> tuple[Statement, ...]:
    """Say what the condition leaves out that goes on all the same, and which names are in no plan."""
    lasting = lasting_besides(request, knowledge)
    told = [
        replies.say(reply, total=total)
        for reply, total in (("lasting_every_year", lasting.every_year), ("lasting_open", lasting.open_ended))
        if total
    ]
    if request.unknown_owner:
        told.append(replies.say("also_unknown_owner", owner=request.unknown_owner))
    if request.unknown_section:
        told.append(replies.say("also_unknown_section", section=request.unknown_section))
    return tuple(Statement(text) for text in told)


def common_report(items: tuple[PlanItem, ...], request: Request, knowledge: Knowledge, replies: Replies) -> str:
    """Name the report that the asked progress is from, where it is one for all of the items."""
    rows = (row_of(item, "progress") for item in items)
    dated = {row.document_id for row in rows if knowledge.editions[row.document_id].is_dated_report}
    names = {edition_name(document, knowledge, replies) for document in dated}
    names |= {report_name(year, replies) for year in request.report_years}
    return names.pop() if request.is_on("progress") and len(names) == 1 else ""


def proofs(item: PlanItem, request: Request, knowledge: Knowledge) -> tuple[Source, ...]:
    """Cite what shows that an item meets the conditions: in every document that says so differently.

    What staff corrected of the fields that the conditions are on is cited too: the print alone does not show it.
    """
    first, *others = _printed_proofs(item, request, knowledge)
    meant = [c for c in item.corrections if request.is_on(c.field) or c.field == request.filter.missing]
    cited = {c for source in (first, *others) for c in source.corrections}
    return (replace(first, corrections=(*first.corrections, *(c for c in meant if c not in cited))), *others)


def _printed_proofs(item: PlanItem, request: Request, knowledge: Knowledge) -> tuple[Source, ...]:
    marked = tuple(Source.of_item(item, mark) for mark in ("progress", "status") if request.is_on(mark))
    if request.is_on("owner"):
        rows = versions(item, "owner") or (item,)
        owned = tuple(Source.of_item(row, "owner", "title") for row in rows)
        return (*owned, *marked)
    if marked:
        return marked
    if request.due or request.filter.schedule_kinds:
        return (Source.of_item(item, "schedule", "title"),)
    if request.filter.goal_year:
        return (Source.of_item(item, "goal"),)
    if request.filter.missing:
        rows = _rows_of_gap(item, request.filter.missing, knowledge)
        return tuple(Source.of_item(row, "title") for row in rows) or (Source.of_item(item, "title"),)
    return (Source.of_item(item, "title"),)


def _rows_of_gap(item: PlanItem, field: str, knowledge: Knowledge) -> tuple[PlanItem, ...]:
    """The rows that leave a field blank, and those that fill it."""
    return (*blank_rows(item, field, knowledge), *filled_rows(item, field))


def _sources(item: PlanItem, request: Request, knowledge: Knowledge) -> tuple[Source, ...]:
    """Cite what shows that an item is listed rightly, and every further row that a shown value is from."""
    sources = list(proofs(item, request, knowledge))
    shown = [(f, versions(item, f) if f == "owner" else (row_of(item, f),)) for f in _shown(item, request)]
    if missing := request.filter.missing:
        shown.append(("title", _rows_of_gap(item, missing, knowledge)))
    for field, rows in shown:
        cited = {(source.item_id, source.quote) for source in sources}
        shown_here = (Source.of_item(row, field) for row in rows)
        sources += [source for source in shown_here if (source.item_id, source.quote) not in cited]
    return tuple(sources)


def _line(item: PlanItem, request: Request, knowledge: Knowledge, replies: Replies) -> str:
    told = [_detail(item, field, knowledge, replies) for field in _shown(item, request)]
    if request.filter.missing:
        # 未定 is no date, but it is what the plan says.
        told += [_detail(item, "schedule", knowledge, replies)] if request.filter.missing == "schedule" else []
        told += _gap(item, request.filter.missing, knowledge, replies)
    return f"{item.title}（{'、'.join(told)}）" if told else item.title


def _shown(item: PlanItem, request: Request) -> list[str]:
    """The fields beside an item: those asked for, and those whose condition holds in different ways."""
    values = {"owner", "schedule", "status", "progress", *field_texts(item)}
    shown: list[str] = [f for f in request.fields if f in _FIELDS | values and f not in ("content", "title")]
    if request.manner.summary and not shown:
        shown = ["result" if item.result else "content"]
    if request.due or request.filter.schedule_kinds:
        shown = ["schedule", *(f for f in shown if f != "schedule")]
    for one in (*(several.filters[0] for several in request.several), *request.without):
        shown += [f for f in one.conditions if f in ("owner", "status", "progress") and f not in shown]
    told = {*request.filter.conditions, request.filter.missing}
    shown = [field for field in shown if field not in told]
    differs = request.is_on("owner") and "owner" not in shown and len(versions(item, "owner")) > 1
    return [*shown, "owner"] if differs else shown


_FIELDS = frozenset({"goal", "result", "issues", "next_steps"})


def _detail(item: PlanItem, field: str, knowledge: Knowledge, replies: Replies) -> str:
    values = {
        "owner": told_versions(item, "owner", knowledge, replies), "schedule": item.schedule, "status": item.status,
        "progress": item.progress, **{name: _shortened(text) for name, text in field_texts(item).items()},
    }  # fmt: skip
    value = values.get(field)
    label = dated_label(item, field, knowledge, replies) if value and field in REPORTED else replies.label(field)
    return f"{label}：{value or replies.say('not_printed')}"


def _gap(item: PlanItem, field: str, knowledge: Knowledge, replies: Replies) -> list[str]:
    """Say which document leaves the cell blank, and what another one fills it with."""
    blank, filled = blank_rows(item, field, knowledge), filled_rows(item, field)
    if not blank or not filled:
        return []
    names = [edition_name(row.document_id, knowledge, replies) for row in blank]
    told = [replies.say("blank_in", edition=replies.say("joint").join(names))]
    for row in filled:
        if value := row_value(row, field):
            edition = edition_name(row.document_id, knowledge, replies)
            told.append(replies.say("version", edition=edition, value=_shortened(value)))
    return told


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONG_TEXT else flat[:_LONG_TEXT] + "…"
