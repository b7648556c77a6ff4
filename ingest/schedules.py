"""The schedule cells of a record in, the printed schedule 実施時期 and its fiscal years out."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.fiscal_year import find_years, parse_schedule
from ingest.markup import close_up, paragraphs, plain_cell
from ingest.plan_items import ScheduleKind

_NOTHING = frozenset({"", "-", "－", "―", "ー", "–", "—", "×", "✕", "なし", "…", "　", "/", "／", "・"})
_LONGEST_MARK = 12
_FIGURE = re.compile(r"[△▲+\-－約]?\s*[\d０-９,.，．]+\s*\S{0,6}")
_DATED_PLAN = re.compile(
    r"(?:(?:令和|平成|[RH])\s*(?:元|\d{1,2})|20\d\d|\d{1,2}(?=年度))\s*(?:年度?)?\s*(?:\d{1,2}月)?(?:\d{1,2}日)?[末頃ごろ中旬上下]*"
    # What has been going on since then (令和元年度より行っている) is no plan.
    r"(?:(?:から|より|以降|をもって|を目途に)(?!.*(?:ている|てい|ていた|ました|した)$).+|(?![:：]).{0,60}(?:予定|見込み?|目途))"
)


@dataclass(frozen=True, slots=True)
class ScheduleReading:
    """The schedule as printed, its kind and years; `cells` stand under each year, more than marks."""

    text: str | None = None
    kind: ScheduleKind | None = None
    years: tuple[int, ...] = ()
    printed: str | None = None
    cells: Mapping[str, str] = field(default_factory=dict)


def read_schedule(cell: str) -> ScheduleReading:
    """Read a schedule cell: 毎年度, ～令和6年度, R4～R6."""
    text = close_up(" ".join(paragraphs(cell)))
    if text in _NOTHING:
        return ScheduleReading()
    schedule = parse_schedule(text)
    return ScheduleReading(text, schedule.kind, tuple(schedule.years), plain_cell(cell))


def read_year_columns(years: Sequence[tuple[str, str]], plans: bool = False) -> ScheduleReading:
    """Read columns headed by years: what stands under a year is its step; figures alone are statistics.

    `plans` tells that the columns hold steps in most rows of their table, so that figures are steps as well (40％).
    """
    filled = list(cells_by_year(years).items())
    if not filled:
        return ScheduleReading()
    if not plans and all(is_figure(cell) for _, cell in filled):
        return ScheduleReading(cells=dict(filled))
    text = "、".join(f"{label} {cell}" for label, cell in filled)
    marked = {label for label, _ in filled}
    found = tuple(
        sorted({y for label, own in dated_labels(tuple(label for label, _ in years)) if label in marked for y in own})
    )
    kind: ScheduleKind = "single" if len(found) == 1 else "range" if _consecutive(found) else "several"
    told = {} if all(_is_mark(cell) for _, cell in filled) else dict(filled)
    printed = " ".join(plain_cell(cell) for _, cell in years)
    return ScheduleReading(text, kind if found else "other", found, printed, told)


def cells_by_year(years: Sequence[tuple[str, str]]) -> dict[str, str]:
    """What stands under each year, blank cells left out."""
    return {label: plain_cell(cell) for label, cell in years if plain_cell(cell) not in _NOTHING}


@lru_cache(maxsize=256)
def dated_labels(labels: tuple[str, ...]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Labels with their years; 5年度 beside 令和4年度 is of its era."""
    dated, last = [], ""
    for label in labels:
        years = parse_schedule(label).years
        if not years and last:
            years = tuple(mention.year for mention in find_years(f"{last}、{label}")[1:])
        elif years:
            last = label
        dated.append((label, years))
    return tuple(dated)


def years_in_labels(labels: tuple[str, ...]) -> tuple[int, ...]:
    """All years that some labels name."""
    return tuple(sorted({year for _, years in dated_labels(labels) for year in years}))


def dated_sentence(text: str) -> str | None:
    """The sentence of a content cell that begins with a date and says what is due then: 令和5年1月末完成予定."""
    sentences = (close_up(sentence) for sentence in re.split(r"[。\n]", text))
    return next((s for s in sentences if _DATED_PLAN.fullmatch(unicodedata.normalize("NFKC", s))), None)


def is_figure(cell: str) -> bool:
    """97.1%, 12,000千円, △3人: a number and its unit, no mark and no step."""
    return _FIGURE.fullmatch(cell) is not None


def _is_mark(cell: str) -> bool:
    return len(cell) <= _LONGEST_MARK and not is_figure(cell)


def _consecutive(years: tuple[int, ...]) -> bool:
    return len(years) > 1 and years[-1] - years[0] == len(years) - 1
