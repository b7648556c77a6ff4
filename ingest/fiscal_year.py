"""A schedule or goal as printed in, its western fiscal years out (令和7年度 = 2025); and a year as readers write it."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ingest.normalize import fold_width
from ingest.plan_items import ScheduleKind
from ingest.year_mentions import YearMention, find_years

__all__ = [
    "GoalYears",
    "Schedule",
    "YearMention",
    "era_year",
    "find_years",
    "fiscal_year_of",
    "format_fiscal_year",
    "goal_years",
    "parse_schedule",
]

_LONGEST_RANGE = 40
_RANGE_MARK = re.compile(r"\s*(?:~|-|ー|→|⇒|から|より)\s*")
_EVERY_YEAR = re.compile(r"毎年|各年|通年|毎期|毎月|毎週|毎日")
_LASTING = re.compile(r"\s*(?:~|から|より)\s*(\d{1,2})\s*(?:[かカヶケヵ箇]年|年間|年度間)")
_OPEN_END = re.compile(r"\s*(?:[~→](?!\s*\d)|-\s*$|から|以降|以後|より|開始|着手)")
_CLOSED_END = re.compile(r"\s*(?:末?\s*(?:まで|迄|以内|以前)|末|内に)")
_LINES = re.compile(r"[。\n]")
_DOCUMENT_BEFORE = re.compile(
    r"(?:計画|指針|方針|要綱|要領|条例|規則|戦略|プラン|ビジョン|大綱|手引き?|マニュアル|ガイドライン|報告書?|答申|提言|通知|構想|規程|協定|基準|[」』])"
    r"(?:[(（][^()（）]{1,20}[)）])?[(（「][^()（）「」]*$"
)
_ISSUED_AFTER = re.compile(
    r"[^。、\n()（）]{0,6}(?:策定|改定|改訂|制定|公表|作成|答申|通知|告示)(?:[)）]|した|された|済)"
)
_MEASURED_BEFORE = re.compile(r"(?:(?:基準|現状|現況|実績|従前|策定時)[値年度]*|対)[\s:：・(（はの]*$")
_MEASURED_AFTER = re.compile(
    r"[度末]*\s*(?:[(（]?(?:実績|現状|基準|決算|現在|時点)|の実績|対?比(?!率)|[^。、\n]{0,15}?(?:に比べ|と比べ|と比較|との比較|を基準))"
)
_REMARK = re.compile(r"(?:^|\n|。)\s*[・(（]?※[^\n。]*$")
_VALUE_AFTER = re.compile(r"[度末]*[\s:：・=＝はの値)）」]*約?[\d△▲]")
_AIM_BEFORE = re.compile(r"目標[値年度]*[\s:：・(（はを]*$")
_AIM_AFTER = re.compile(r"[度末中内]*\s*[)）]?\s*(?:まで|迄|目標|を?目途|を?目指)")
_DONE = re.compile(
    r"[てで](?:いる|おり|いた|きた)|(?:し|され|なっ|行っ|図っ|まとめ|始め)た(?!場合|後|い|うえ|上|状態|め)"
)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule's kind and its target fiscal years, in order."""

    kind: ScheduleKind
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GoalYears:
    """The fiscal years a goal aims at, and those it only measures from."""

    targets: tuple[int, ...]
    baselines: tuple[int, ...]


def parse_schedule(text: str) -> Schedule:
    """Read a schedule cell: 毎年度, ～令和6年度, 令和4年度～6年度, R4・R6, 令和3年度から."""
    shape = fold_width(text)
    mentions = find_years(text)
    if not mentions:
        return Schedule("every_year" if _EVERY_YEAR.search(shape) else "other", ())
    ranges = [(a, b) for a, b in pairwise(mentions) if _is_range(a, b, shape)]
    years = {m.year for m in mentions} | {year for a, b in ranges for year in range(a.year, b.year + 1)}
    whole = tuple(sorted(years))
    if len(whole) > 1:
        is_one = bool(ranges) and len(whole) == ranges[0][1].year - ranges[0][0].year + 1
        return Schedule("range" if is_one else "several", whole)
    lasting = _LASTING.match(shape, mentions[-1].end)
    if lasting and 1 < int(lasting[1]) <= _LONGEST_RANGE:
        return Schedule("range", tuple(range(whole[0], whole[0] + int(lasting[1]))))
    return Schedule("single" if ranges else _single_kind(shape[: mentions[0].start], shape[mentions[-1].end :]), whole)


def goal_years(text: str) -> GoalYears:
    """Tell the years a goal aims at from those that only state what was (R1実績 40件, 令和元年度比, ○○計画(H28.2))."""
    shape = fold_width(text)
    mentions = find_years(text)
    measured_from = _last_measured(mentions)
    targets: set[int] = set()
    baselines: set[int] = set()
    for place, mention in enumerate(mentions):
        following = mentions[place + 1].start if place + 1 < len(mentions) else len(shape)
        is_past = _is_past(shape, mention, following, measured_from)
        (baselines if is_past else targets).add(mention.year)
    return GoalYears(tuple(sorted(targets)), tuple(sorted(baselines - targets)))


def format_fiscal_year(year: int) -> str:
    """Write a fiscal year for readers: 2025 → 令和7年度（2025年度）."""
    return f"{era_year(year)}（{year}年度）"


def era_year(year: int) -> str:
    """Write a fiscal year as plans do: 2025 → 令和7年度."""
    era, base = ("令和", 2018) if year >= 2019 else ("平成", 1988) if year >= 1989 else ("昭和", 1925)
    number = "元" if year - base == 1 else str(year - base)
    return f"{era}{number}年度"


def fiscal_year_of(day: date) -> int:
    """Return the Japanese fiscal year of a day: it starts in April."""
    return day.year if day.month >= 4 else day.year - 1


def _is_range(a: YearMention, b: YearMention, shape: str) -> bool:
    return a.year <= b.year <= a.year + _LONGEST_RANGE and _RANGE_MARK.fullmatch(shape, a.end, b.start) is not None


def _single_kind(before: str, after: str) -> ScheduleKind:
    if before.rstrip().endswith("~") or _CLOSED_END.match(after):
        return "by"
    return "from" if _OPEN_END.match(after) else "single"


def _last_measured(mentions: tuple[YearMention, ...]) -> int:
    """The last year before a gap: H28 40件, R6 35件. Years at even steps are all aimed at."""
    years = sorted({mention.year for mention in mentions})
    steps = [b - a for a, b in pairwise(years)]
    if not steps or max(steps) == 1 or (len(steps) > 1 and len(set(steps)) == 1):
        return 0
    return years[max(place for place, step in enumerate(steps) if step > 1)]


def _is_past(shape: str, mention: YearMention, following: int, measured_from: int) -> bool:
    """Tell a year whose clause states what was, or that belongs to the name of another document."""
    before, after = shape[max(0, mention.start - 40) : mention.start], shape[mention.end : mention.end + 80]
    if _DOCUMENT_BEFORE.search(before) or _ISSUED_AFTER.match(after):
        return True
    if _AIM_BEFORE.search(before) or _AIM_AFTER.match(after):
        return False
    if _MEASURED_BEFORE.search(before) or _MEASURED_AFTER.match(after):
        return True
    if _VALUE_AFTER.match(after):
        return mention.year <= measured_from or _REMARK.search(before) is not None
    return _DONE.search(_LINES.split(shape[mention.end : following])[0]) is not None
