"""A list or count request in, its conditions in words out: 「所管課が◯◯課の取組項目」."""

from collections.abc import Iterator

from assistant.replies import Replies
from assistant.understanding.requests import Due, Request, Several
from ingest.fiscal_year import format_fiscal_year
from vectorstore.item_filter import ColumnValue, ItemFilter

_NOUN, _OF = "取組項目", "の"
_KINDS = frozenset({"every_year", "by", "from", "range", "single", "several", "other"})
_QUOTED = frozenset({"section", "status", "progress", "text"})


def describe(request: Request, replies: Replies, edition: str = "") -> str:
    """Word the conditions of a list, several joined by 、; `edition` is the report that says the progress."""
    told = [*_of_filter(request, replies, edition), *_exclusions(request, replies)]
    if not told:
        return replies.say("all_items")
    return replies.say("between_conditions").join(
        [part.removesuffix(_NOUN).removesuffix(_OF) for part in told[:-1]] + [told[-1]]
    )


def value_told(wanted: ItemFilter, replies: Replies) -> str:
    """Word the value of a filter of one condition."""
    (name, value), *_ = wanted.conditions.items()
    if name == "fiscal_year" or name == "goal_year":
        return format_fiscal_year(int(str(value)))
    if name == "missing":
        return replies.label(str(value))
    if name == "schedule_kinds":
        return _kinds(wanted, replies)
    return " ".join(value) if isinstance(value, tuple) else str(value)


def _of_filter(request: Request, replies: Replies, edition: str) -> Iterator[str]:
    several = {name: one for one in request.several for name in one.filters[0].conditions}
    wanted = request.filter.conditions
    for name, reply in _REPLIES.items():
        if name == "fiscal_year" and request.due is not None:
            yield _due(request.due, replies)
        told = []
        if wanted.get(name) == "schedule":
            reply = "condition_missing_schedule"
        if name == "columns":
            told += [_column(named, replies) for named in request.filter.columns or ()]
        elif name in wanted:
            told.append(replies.say(reply, value=value_told(ItemFilter(**{name: wanted[name]}), replies)))
        if name in several:
            told.append(_several(several[name], name, reply, replies))
        is_dated = edition and name == "progress"
        yield from (
            replies.say("condition_reported", edition=edition, condition=part) if is_dated else part for part in told
        )


# In this order conditions are told.
_REPLIES = {
    "section": "condition_section",
    "owner": "condition_owner",
    "fiscal_year": "condition_during",
    "goal_year": "condition_goal_year",
    "schedule_kinds": "condition_schedule_kind",
    "status": "condition_status",
    "progress": "condition_progress",
    "missing": "condition_missing",
    "text": "condition_section",
    "columns": "condition_column",
}


def _column(named: ColumnValue, replies: Replies) -> str:
    if named.label == "status":
        return replies.say("condition_status", value=named.value)
    return replies.say("condition_column", label=named.label, value=named.value)


def _several(several: Several, name: str, reply: str, replies: Replies) -> str:
    joint = replies.say("every_of" if several.every else "any_of")
    values = [value_told(one, replies) for one in several.filters]
    value = (f"」{joint}「" if name in _QUOTED and replies.language == "ja" else joint).join(values)
    return replies.say("condition_owner_every" if several.every and name == "owner" else reply, value=value)


def _due(due: Due, replies: Replies) -> str:
    years = [format_fiscal_year(year) for year in due.years]
    value = (
        replies.say("range_of", first=years[0], last=years[-1]) if due.is_range else replies.say("any_of").join(years)
    )
    return replies.say(f"condition_{due.relation}", value=value)


def _exclusions(request: Request, replies: Replies) -> Iterator[str]:
    years = [condition for condition in request.without if condition.fiscal_year]
    others = [condition for condition in request.without if not condition.fiscal_year]
    for reply, left_out in (("condition_without_year", years), ("condition_without", others)):
        if left_out:
            value = replies.say("every_of").join(value_told(condition, replies) for condition in left_out)
            yield replies.say(reply, value=value)


def _kinds(wanted: ItemFilter, replies: Replies) -> str:
    kinds = wanted.schedule_kinds or ()
    if len(kinds) == len(_KINDS) - 1:
        left_out = next(iter(_KINDS - set(kinds)))
        return replies.say("other_than", value=replies.term("schedule_kind", left_out))
    return "・".join(replies.term("schedule_kind", kind) for kind in kinds)
