"""An item's schedule in, plain words for it out: 「～令和7年度」 → 「令和7年度（2025年度）まで」."""

import re
from collections.abc import Callable, Mapping

from assistant.replies import Replies
from ingest.fiscal_year import find_years, format_fiscal_year
from ingest.normalize import squeeze
from ingest.plan_items import PlanItem


def schedule_words(item: PlanItem, replies: Replies) -> str:
    """Word a schedule that is made of years alone; any other is returned as printed."""
    printed = item.schedule or ""
    word = _WORDS.get(item.schedule_kind or "")
    if word is None or not item.target_fiscal_years or not _is_years_alone(printed):
        return printed
    return word(tuple(format_fiscal_year(year) for year in item.target_fiscal_years), replies)


def has_no_end(item: PlanItem) -> bool:
    """Tell whether the schedule prints no last year."""
    return item.schedule_kind in ("every_year", "from")


def _is_years_alone(printed: str) -> bool:
    rest = squeeze(printed)
    for mention in reversed(find_years(rest)):
        rest = rest[: mention.start] + rest[mention.end :]
    return re.sub(r"[～~〜\-―→・、,()./]|から|まで|より|及び|年度|\d+", "", rest) == ""


_WORDS: Mapping[str, Callable[[tuple[str, ...], Replies], str]] = {
    "single": lambda years, _: years[0],
    "by": lambda years, replies: replies.say("schedule_by", last=years[-1]),
    "from": lambda years, replies: replies.say("schedule_from", first=years[0]),
    "range": lambda years, replies: replies.say("schedule_range", first=years[0], last=years[-1]),
    "several": lambda years, _: "、".join(years),
}
