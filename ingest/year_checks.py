"""Years that items name and the plan's period in; which of them can be meant, and remarks on the others, out."""

import re
from collections.abc import Iterator, Sequence

from ingest.fiscal_year import find_years
from ingest.plan_items import PlanItem, Remark

Period = tuple[int, int]

_YEARS_BEFORE = 5
_YEARS_AFTER = 60
_SENTENCE = re.compile(r"[。\n]")
_AHEAD = re.compile(r"予定|まで|迄|見込|目途|目指|開始する|完了する|実施する|竣工|目標")
_LONGEST_QUOTE = 60


def is_misprint(year: int, period: Period | None) -> bool:
    """A year so far from the plan's period that nothing can be due then."""
    return period is not None and not period[0] - _YEARS_BEFORE <= year <= period[1] + _YEARS_AFTER


def within(years: Sequence[int], period: Period | None) -> tuple[int, ...]:
    """The years inside the period; all of them when none is."""
    inside = tuple(year for year in years if period and period[0] <= year <= period[1])
    return inside or tuple(years)


def misprinted_years(items: Sequence[PlanItem], period: Period | None) -> Iterator[Remark]:
    """Say which printed dates cannot be meant; they are kept as printed, and no year is taken from them."""
    if period is None:
        return
    for item in items:
        for sentence in dict.fromkeys(_sentences(item)):
            years = [mention.year for mention in find_years(sentence)]
            # A column of dates needs no word that says that something is due then.
            meant = any if _AHEAD.search(sentence) else all if sentence == item.schedule else None
            if years and meant and meant(is_misprint(year, period) for year in years):
                yield Remark(
                    item.line_start,
                    f"「{sentence[:_LONGEST_QUOTE]}」 lies outside the plan's years {period[0]}–{period[1]}; "
                    "kept as printed, no target year was taken from it",
                )


def _sentences(item: PlanItem) -> list[str]:
    texts = (item.schedule or "", item.content or "", *item.goals)
    return [sentence for text in texts for sentence in _SENTENCE.split(text) if sentence]
