"""Printed Japanese years, ranges and schedules in, western fiscal years out (令和7年度 = 2025).

A date falls in the fiscal year that began in the April before it. Eras may run on past their end (平成32年度 = 2020):
plans printed before a new era count that way.
"""

import re
import unicodedata
from dataclasses import dataclass

from ingest.plan_items import ScheduleKind


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year in a text: its span, the fiscal year it falls in, its print; `is_fiscal` when 年度 is meant."""

    start: int
    end: int
    year: int
    text: str
    is_fiscal: bool


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


_ERA_STARTS = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925}
_DIGITS = "0-9〇一二三四五六七八九十元"
_NUMBER = r"(?:元|\d{1,4}|[〇一二三四五六七八九十]{1,4})"
_MENTION = re.compile(
    rf"(?P<era>令和|平成|昭和|(?<![A-Za-z])[RHS](?=[.\s]?[\d元])\.?)\s*(?P<n>元|\d{{1,2}}|[一二三四五六七八九十]{{1,3}})(?!\d)"
    rf"(?:\s*(?P<fy1>年度)|\s*年(?:\s*(?P<m1>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月)?|[./](?P<m2>\d{{1,2}})(?:[./]\d{{1,2}})?)?"
    rf"|(?:FY|(?i:fiscal(?: year)?)\s*)(?P<fy>(?:19|20)\d\d)"
    rf"|(?<!\d)(?P<y>(?:19|20)\d\d|[一二][〇一二三四五六七八九]{{3}})(?!\d)(?:\s*(?P<fy2>年度)|\s*年(?:\s*(?P<m3>\d{{1,2}})\s*月)?|[./](?P<m4>\d{{1,2}})[./]\d{{1,2}})?"
    rf"|(?<![\d.,])(?P<bare>{_NUMBER})\s*(?P<fy3>年度)"
)
_BARE_RANGE = re.compile(
    r"(?P<era>令和|平成|[RH])\s*(?P<a>\d{1,2})(?:年度?)?\s*(?:~|-|から|・|、)\s*(?P<b>\d{1,2})\s*年度"
)
_KANJI = {c: i for i, c in enumerate("〇一二三四五六七八九")}
_RANGE_MARK = re.compile(r"^\s*(?:年度?)?\s*(?:~|-|から|より)\s*$")
_EVERY_YEAR = re.compile(r"毎年|各年度|通年|毎期")
_OPEN_END = re.compile(r"^\s*(?:~|から|以降|より|以後|-\s*$)")
_CLOSED_END = re.compile(r"^\s*(?:まで|以内|末|中に)")
_BASELINE_BEFORE = re.compile(r"(?:基準|現状|実績|現在)[値年度（(：:は\s]*$")
_BASELINE_AFTER = re.compile(
    r"^(?:末|度)?\s*(?:[(（]?(?:実績|現状|基準|決算)|(?:\d{1,2}月)?(?:\d{1,2}日)?(?:現在|時点)|は\s*約?[\d,.]+\s*[^\sをにへが、。]{1,6}(?=$|[\s、。)）・])|の実績|比|と比べ|と比較|に比べ|対比)"
)
_VALUE_AFTER = re.compile(r"^[\s:：・はの値)）]*[約\d]")
_DOCUMENT_DATE = re.compile(r"[(（](?:令和|平成|昭和|[RHS])?\s*[\d元]{1,2}[年.]\s*\d{1,2}月?[^)）]{0,10}[)）]")


def find_years(text: str) -> tuple[YearMention, ...]:
    """Find every year in `text`; a bare 「6年度」 takes the era of the mention before it.

    Spans are those of `text` as given.
    """
    shape = _same_length(text)
    mentions: list[YearMention] = []
    era: str | None = None
    for match in _MENTION.finditer(shape):
        found = _read(match, era)
        if found is None:
            continue
        year, is_fiscal = found
        era = _era_of(match) or era
        if 1926 <= year <= 2100:
            mentions.append(YearMention(match.start(), match.end(), year, text[match.start() : match.end()], is_fiscal))
    return tuple(_with_elided(mentions, shape, text))


def parse_schedule(text: str) -> Schedule:
    """Read a schedule cell: 毎年度, ～令和6年度, 令和4年度～6年度, R4・R6, 令和3年度から."""
    shape = _same_length(text)
    years = find_years(text)
    if not years:
        return Schedule("every_year" if _EVERY_YEAR.search(shape) else "other", ())
    values = tuple(dict.fromkeys(mention.year for mention in years))
    first, last = years[0], years[-1]
    before, after = shape[: first.start].strip(), shape[last.end :].strip()
    if len(values) == 1:
        return Schedule(_single_kind(before, after), values)
    if (
        len(years) == 2
        and _RANGE_MARK.match(shape[first.end : last.start])
        and first.year <= last.year <= first.year + 40
    ):
        return Schedule("range", tuple(range(first.year, last.year + 1)))
    return Schedule("several", tuple(sorted(values)))


def goal_years(text: str) -> GoalYears:
    """Tell the years a goal aims at from those that only state a past value (令和2年度は19種類)."""
    shape = _same_length(text)
    dated = [span.span() for span in _DOCUMENT_DATE.finditer(shape)]
    years = [y for y in find_years(text) if not any(a <= y.start < b for a, b in dated)]
    latest = max((y.year for y in years), default=0)
    targets, baselines = set(), set()
    for mention in years:
        before, after = shape[: mention.start], shape[mention.end :]
        measured = _BASELINE_BEFORE.search(before) or _BASELINE_AFTER.match(after)
        stated = _VALUE_AFTER.match(after) and mention.year < latest
        (baselines if measured or stated else targets).add(mention.year)
    return GoalYears(tuple(sorted(targets)), tuple(sorted(baselines - targets)))


def milestones(text: str) -> tuple[int, ...]:
    """Return the years of 「R4：改修工事 R5：供用開始」, dates of other papers in brackets left out."""
    return goal_years(text).targets


def format_fiscal_year(year: int) -> str:
    """Write a fiscal year for readers: 2025 → 令和7年度（2025年度）."""
    era, start = ("令和", 2018) if year >= 2019 else ("平成", 1988) if year >= 1989 else ("昭和", 1925)
    number = "元" if year - start == 1 else str(year - start)
    return f"{era}{number}年度（{year}年度）"


def _read(match: re.Match[str], era: str | None) -> tuple[int, bool] | None:
    if match["fy"]:
        return int(match["fy"]), True
    if match["y"]:
        year = int("".join(str(_KANJI.get(c, c)) for c in match["y"]))
        return _fiscal(year, match["m3"] or match["m4"]), bool(match["fy2"])
    if match["bare"]:
        number = _number(match["bare"])
        if number is None or era is None or number > 99:
            return None
        return _ERA_STARTS[era] + number, True
    number = _number(match["n"])
    if number is None:
        return None
    year = _ERA_STARTS[match["era"].rstrip(".")] + number
    return _fiscal(year, match["m1"] or match["m2"]), bool(match["fy1"]) or not (match["m1"] or match["m2"])


def _era_of(match: re.Match[str]) -> str | None:
    return match["era"].rstrip(".") if match["era"] else None


def _fiscal(year: int, month: str | None) -> int:
    number = _number(month) if month else None
    return year - 1 if number is not None and 1 <= number <= 3 else year


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if text == "元":
        return 1
    if text.isascii():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_KANJI.get(tens, 1) if tens else 1) * 10 + (_KANJI.get(ones, 0) if ones else 0)
    return int("".join(str(_KANJI[c]) for c in text)) if all(c in _KANJI for c in text) else None


def _with_elided(mentions: list[YearMention], shape: str, text: str) -> list[YearMention]:
    """Add the second year of 「令和4～6年度」 and 「R4・5」-like pairs, whose era is not repeated."""
    added = []
    for match in _BARE_RANGE.finditer(shape):
        number = _number(match["b"])
        if number is not None and not any(m.start <= match.start("b") < m.end for m in mentions):
            year = _ERA_STARTS[match["era"]] + number
            added.append(YearMention(match.start("b"), match.end(), year, text[match.start("b") : match.end()], True))
    return sorted([*mentions, *added], key=lambda mention: mention.start)


def _single_kind(before: str, after: str) -> ScheduleKind:
    if before.endswith("~") or (_CLOSED_END.match(after) and not after.startswith("中")):
        return "by"
    return "from" if _OPEN_END.match(after) else "single"


def _same_length(text: str) -> str:
    """Fold width, dashes and tildes character by character, so that spans stay those of the print."""
    return "".join(_fold(character) for character in text)


def _fold(character: str) -> str:
    if character in "〜～∼~":
        return "~"
    if character in "‐‑‒–—―−－ー":
        return "-" if character != "ー" else "ー"
    if "①" <= character <= "⑳":
        return character
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character
