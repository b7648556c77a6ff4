"""An exact selection of items in, a complete list or a count with its condition out."""

from collections import Counter
from collections.abc import Mapping

from assistant.composing.drafts import Draft, Source, Statement
from assistant.knowledge import Knowledge
from assistant.lookup.sentences import field_texts
from assistant.names import bare, unnumbered
from assistant.replies import Replies
from assistant.understanding.requests import Request
from ingest.fiscal_year import format_fiscal_year
from ingest.plan_items import PlanItem, PrintedTotal
from vectorstore.item_filter import ColumnValue, ItemFilter

_LONG_TEXT = 160
_MOST_MARKS = 12
_COLUMNS = ("owner", "schedule", "status", "progress")


def compose_list(items: tuple[PlanItem, ...], request: Request, replies: Replies) -> Draft:
    """Name every item, with the fields that were asked beside each."""
    condition = describe(request, replies)
    if not items:
        return Draft("not_found", (Statement(replies.say("list_none", condition=condition)),), "not_in_plans")
    opening = "among_those" if request.among_previous else "list_found"
    lines = [Statement(replies.say(opening, condition=condition, total=len(items)))]
    lines += [
        Statement(f"{number}. {item.title}{_details(item, request, replies)}", (_proof(item, request),))
        for number, item in enumerate(items, 1)
    ]
    return Draft("answered", tuple(lines), items=items, total=len(items), filters=filters_of(request))


def compose_count(items: tuple[PlanItem, ...], request: Request, knowledge: Knowledge, replies: Replies) -> Draft:
    """Give the number of items, its breakdown by section where asked, and the document's own printed total."""
    condition = describe(request, replies)
    if not items:
        return Draft("not_found", (Statement(replies.say("list_none", condition=condition)),), "not_in_plans", total=0)
    # More marks than a reader would follow prove nothing more: the items themselves come with the answer.
    sources = tuple(_proof(item, request) for item in items[:_MOST_MARKS])
    opening = "among_those" if request.among_previous else "count_is"
    lines = [Statement(replies.say(opening, condition=condition, total=len(items)), sources)]
    if request.manner.breakdown and len(items) > 1:
        lines.append(Statement(_breakdown(items, request, replies)))
    lines += _printed_totals(len(items), request, knowledge, replies)
    return Draft("answered", tuple(lines), items=items, total=len(items), filters=filters_of(request))


def describe(request: Request, replies: Replies) -> str:
    """Word the conditions of a list: 「所管課が◯◯課の取組項目」."""
    f = request.filter
    values: list[tuple[str, str]] = []
    if f.section:
        values.append(("condition_section", " ".join(f.section)))
    if f.owner:
        values.append(("condition_owner", f.owner))
    if f.fiscal_year:
        values.append((f"condition_{request.manner.deadline or 'fiscal_year'}", format_fiscal_year(f.fiscal_year)))
    if f.goal_year:
        values.append(("condition_goal_year", format_fiscal_year(f.goal_year)))
    if f.schedule_kinds:
        values.append(("condition_schedule_kind", _kinds(f, replies)))
    if f.status:
        values.append(("condition_status", f.status))
    if f.progress or request.progresses:
        values.append(("condition_progress", f.progress or "」「".join(request.progresses)))
    if f.missing:
        values.append(("condition_missing", replies.label(f.missing)))
    if f.text:
        values.append(("condition_section", f.text))
    told = [replies.say(name, value=value) for name, value in values]
    told += [_column_condition(named, replies) for named in f.columns or ()]
    year = request.without.fiscal_year
    left_out = [value for value in (request.without.owner, request.without.status) if value]
    left_out += [f"実施時期が{format_fiscal_year(year)}"] if year else []
    told += [replies.say("condition_without", value=value) for value in left_out]
    if not told:
        return replies.say("all_items")
    noun = "の取組項目"
    return "、".join([part.removesuffix(noun) for part in told[:-1]] + [told[-1]]) if len(told) > 1 else told[0]


def filters_of(request: Request) -> Mapping[str, object]:
    """The conditions as the contract names them."""
    f = request.filter
    pairs = {
        "municipality": f.municipality, "plan": f.plan, "section": list(f.section) if f.section else None,
        "owner": f.owner, "fiscal_year": f.fiscal_year, "goal_year": f.goal_year, "status": f.status,
        "progress": f.progress or (list(request.progresses) or None), "missing": f.missing, "q": f.text,
        "schedule_kind": list(f.schedule_kinds) if f.schedule_kinds else None,
        "columns": {named.label: named.value for named in f.columns} if f.columns else None,
    }  # fmt: skip
    return {name: value for name, value in pairs.items() if value is not None}


def _column_condition(named: ColumnValue, replies: Replies) -> str:
    if named.label == "status":
        return replies.say("condition_status", value=named.value)
    return replies.say("condition_column", label=named.label, value=named.value)


def _kinds(f: ItemFilter, replies: Replies) -> str:
    kinds = f.schedule_kinds or ()
    if len(kinds) == 6:
        left_out = ({"every_year", "by", "from", "range", "single", "several", "other"} - set(kinds)).pop()
        return f"{replies.term('schedule_kind', left_out)}以外"
    return "・".join(replies.term("schedule_kind", kind) for kind in kinds)


def _proof(item: PlanItem, request: Request) -> Source:
    f = request.filter
    if f.owner:
        return Source.of_item(item, "owner")
    if f.progress or request.progresses:
        return Source.of_item(item, "progress")
    if f.fiscal_year or f.schedule_kinds:
        return Source.of_item(item, "schedule", "title")
    if f.goal_year:
        return Source.of_item(item, "goal")
    return Source.of_item(item, "title")


def _details(item: PlanItem, request: Request, replies: Replies) -> str:
    values = {
        "owner": "、".join(item.owners), "schedule": item.schedule, "status": item.status, "progress": item.progress,
        **{name: _shortened(text) for name, text in field_texts(item).items()},
    }  # fmt: skip
    shown: list[str] = [f for f in request.fields if f in values and f not in ("content", "title")]
    if request.manner.summary and not shown:
        shown = ["result" if item.result else "content"]
    if request.filter.fiscal_year or request.filter.schedule_kinds:
        shown = ["schedule", *(f for f in shown if f != "schedule")]
    if request.filter.owner:
        shown = [f for f in shown if f != "owner"]
    if request.filter.progress:
        shown = [f for f in shown if f != "progress"]
    if request.filter.missing:
        shown = [f for f in shown if f != request.filter.missing]
    told = [f"{replies.label(f)}：{values.get(f) or replies.say('not_printed')}" for f in shown]
    return f"（{'、'.join(told)}）" if told else ""


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONG_TEXT else flat[:_LONG_TEXT] + "…"


def _breakdown(items: tuple[PlanItem, ...], request: Request, replies: Replies) -> str:
    depth = max((len(request.filter.section or ())), 0)
    if request.filter.section and len(request.filter.section) == 1:
        depth = next(
            (
                item.section.index(request.filter.section[0]) + 1
                for item in items
                if request.filter.section[0] in item.section
            ),
            1,
        )
    counts = Counter(
        item.section[depth] if len(item.section) > depth else item.section[-1] for item in items if item.section
    )
    parts = [replies.say("count_part", section=section, count=count) for section, count in counts.items()]
    return replies.say("count_by_section", parts="、".join(parts))


def _printed_totals(found: int, request: Request, knowledge: Knowledge, replies: Replies) -> list[Statement]:
    """Compare a plain count of a section or a whole plan with what the document's own table prints."""
    f = request.filter
    if f != ItemFilter(section=f.section) or request.progresses:
        return []
    lines = []
    for document in knowledge.corpus.documents:
        if request.documents is not None and document.id not in request.documents:
            continue
        for total in document.report.printed_totals:
            if not _is_total_of(total, f.section):
                continue
            reply = "count_printed" if total.printed == found else "count_differs"
            passage = next(
                (p for p in knowledge.passages_of.get(document.id, ()) if p.line_start <= total.line <= p.line_end),
                None,
            )
            if passage is not None:
                quote = next(
                    (
                        line
                        for line in passage.text.split("\n")
                        if bare(total.label) in bare(line) and str(total.printed) in line
                    ),
                    None,
                )
                source = Source.of_passage(passage, quote or passage.text)
                lines.append(Statement(replies.say(reply, label=total.label.strip(), printed=total.printed), (source,)))
    return lines


def _is_total_of(total: PrintedTotal, section: tuple[str, ...] | None) -> bool:
    """Tell whether a printed total counts the section: its path ends with the total's, or is its last heading alone."""
    if section is None:
        return not total.section
    printed = tuple(bare(unnumbered(part)) for part in total.section)
    wanted = tuple(bare(unnumbered(part)) for part in section)
    return bool(printed) and (wanted[-len(printed) :] == printed or wanted == printed[-1:])
