"""A text in, every year printed in it with its place and the fiscal year it falls in out (令和7年度 = 2025).

A date falls in the fiscal year that began in the April before it. Eras may run on past their end (平成32年度 = 2020):
plans printed before a new era count that way.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.normalize import fold_width

_ERA_BASES = {
    "令和": 2018,
    "㋿": 2018,
    "R": 2018,
    "平成": 1988,
    "㍻": 1988,
    "H": 1988,
    "昭和": 1925,
    "㍼": 1925,
    "S": 1925,
}
_CENTURY = 2000
_FIRST, _LAST = 1926, 2100
_LONGEST_RANGE = 40
_KANJI = "〇一二三四五六七八九"
_MENTION = re.compile(
    r"""(?: (?P<era> 令\s*和 | 平\s*成 | 昭\s*和 | [㋿㍻㍼] ) \s*
            (?P<number> 元 | \d{1,2} | [一二三四五六七八九十]{1,3} ) (?!\d)
        | (?<![A-Za-z]) (?P<letter> [RH] | S(?=\.?\d\d) ) \.?\s?
            (?P<count> 元 | \d{1,2} ) (?! [\d%] | (?![RHS][\d元])[A-Za-z] )
        | (?<![A-Za-z]) (?i:FY|fiscal(?:\s+year)?) \s*'? (?P<western_fiscal> (?:19|20)?\d\d ) (?!\d)
        | (?<![A-Za-z\d'’‘]) ['’‘] (?P<short> \d\d ) (?![\dA-Za-z])
        | (?<![\d.,+約¥第]) (?: (?<!\d-) | (?<=(?:19|20)\d\d-) )
            (?P<western> (?:19|20)\d\d | [一二][〇○◯零一二三四五六七八九]{3} ) (?![\dA-Za-z%]|[.,]\d{3})
        )
        (?: (?: \s*[(（][^()（）]{1,9}[)）] (?=\s*年) )?  # 令和3（2021）年度
            (?: \s*年\s*(?P<fiscal>度)
              | \s*年 (?!間|目|代|生)
                (?: \s*(?P<month> \d{1,2} | [一二三四五六七八九十]{1,2} )\s*月
                    (?: \s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*日 )? )? )
          | [./] (?P<point_month> 1[0-2] | 0?[1-9] ) (?: [./] (?:[12]\d|3[01]|0?[1-9]) )? (?![\d%]) (?:\s*月)?
          | -(?P<iso_month> 1[0-2] | 0[1-9] )-\d\d (?!\d)
          )?
      | (?<![\d.,第]) (?P<bare> \d{1,2} | (?<![一-龠])[二三四五六七八九十]{1,3} ) \s*年\s*度 (?!間)""",
    re.VERBOSE,
)
# The second year of R4～7, R4・5, 令和4から6年度, 2023～25: its era is not printed again.
_CONTINUED = re.compile(
    r"\s*(?P<joint>[~\-ー→⇒]|から|[・、,]|及び)\s*(?P<bare>\d{1,2})(?P<year>\s*年(?:\s*度)?(?!間))?"
    r"(?=[\s~\-ー→⇒・、。,)）】」末]|まで|$)"
)
# What follows a number that only looks like a western year: 2025人, 2000万円, 2040ビジョン.
# A list of numbers of which the last says that they are years: 、5、6年度.
_LISTED_YEARS = re.compile(r"(?:\s*[・、,]\s*\d{1,2})+\s*年\s*度(?!間)")
_COUNTED = re.compile(r"[一-龠ァ-ヶ㎡㎥](?<![年度末中以春夏秋冬現時比対頃])")
_RESTATED = re.compile(r"\s*[(（/／=＝]\s*")
_RESTATED_END = re.compile(r"\s*[)）](?:\s*年\s*度)?")


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year in a text: its span, the fiscal year it falls in, its print; `is_fiscal` if 年度 is printed or meant."""

    start: int
    end: int
    year: int
    text: str
    is_fiscal: bool


def find_years(text: str) -> tuple[YearMention, ...]:
    """Find every year in `text`; a number alone (令和4～6年度, R4・5) counts from the era of the mention before it.

    Spans are those of `text` as given. A year printed twice, 令和7年度（2025年度）, is one mention.
    """
    shape = fold_width(text)
    mentions: list[YearMention] = []
    for mention in _scan(shape):
        last = mentions[-1] if mentions else None
        if last and last.year == mention.year and _RESTATED.fullmatch(shape, last.end, mention.start):
            closed = _RESTATED_END.match(shape, mention.end)
            end = closed.end() if closed else mention.end
            mentions[-1] = replace(last, end=end, is_fiscal=last.is_fiscal or mention.is_fiscal)
        else:
            mentions.append(mention)
    return tuple(replace(mention, text=text[mention.start : mention.end]) for mention in mentions)


def _scan(shape: str) -> Iterator[YearMention]:
    """Every year in order; `base` is what a number alone counts from, `last` the year before it."""
    at, base, last = 0, None, None
    while True:
        match = _CONTINUED.match(shape, at) if last else None
        year = _continued(match, base, last, shape) if match else None
        if match is None or year is None:
            match = _MENTION.search(shape, at)
            if match is None:
                return
            year, base = _year(match, base, last, shape)
        at = match.end()
        last = year or None
        if year is not None and _FIRST <= year <= _LAST:
            groups = match.groupdict()
            start = match.start("bare") if groups.get("bare") else match.start()
            month = groups.get("month") or groups.get("point_month") or groups.get("iso_month")
            fiscal = not month and (groups.get("western") is None or groups.get("fiscal") is not None)
            yield YearMention(start, match.end(), _fiscal(year, month), "", fiscal)


def _year(match: re.Match[str], base: int | None, last: int | None, shape: str) -> tuple[int | None, int | None]:
    """The year a match names and the base that later numbers count from; None where it names none."""
    if match["bare"]:
        number = _number(match["bare"])
        return (_counted(number, base, last) if base and number else None), base
    western = match["western"] or match["western_fiscal"]
    if western and len(western) == 4:
        counts = match["western"] and match.end() == match.end("western") and _COUNTED.match(shape, match.end())
        return (None, base) if counts else (int("".join(map(_digit, western))), _CENTURY)
    if western or match["short"]:
        return _CENTURY + int(western or match["short"]), _CENTURY
    base = _ERA_BASES[re.sub(r"\s", "", match["era"] or match["letter"])]
    number = _number(match["number"] or match["count"])
    return (base + number if number else None), base


def _continued(match: re.Match[str], base: int | None, last: int | None, shape: str) -> int | None:
    """The year of a number alone behind another; a list (R4・5) without 年度 continues only one without it.

    令和4年度、5、6年度 says 年度 of its last: the 5 before it is one, too.
    """
    number = int(match["bare"])
    year = _counted(number, base, last) if base and number else None
    listed = match["joint"] in "・、,及び" and not match["year"] and not _LISTED_YEARS.match(shape, match.end())
    if (
        year is None
        or last is None
        or not last < year <= last + _LONGEST_RANGE
        or (listed and shape.endswith(("年度", "年", "月", "日"), 0, match.start()))
    ):
        return None
    return year


def _counted(number: int, base: int, last: int | None) -> int:
    """平成30年度～4年度 ends in 令和4年度: no range runs backwards over the change of eras."""
    is_next_era = base == _ERA_BASES["平成"] and last and base + number < last <= _ERA_BASES["令和"] + number
    return _ERA_BASES["令和"] + number if is_next_era else base + number


def _fiscal(year: int, month: str | None) -> int:
    number = _number(month) if month else None
    return year - 1 if number and number <= 3 else year


def _number(text: str) -> int | None:
    """Read 7, 七, 十二, 二十五, 元; 0 and what is no number are None."""
    if text == "元":
        return 1
    if "十" in text:
        tens, _, ones = text.partition("十")
        number = (_KANJI.find(tens) if tens else 1) * 10 + (_KANJI.find(ones) if ones else 0)
    else:
        number = int("".join(map(_digit, text)))
    return number if number > 0 else None


def _digit(character: str) -> str:
    return str(_KANJI.index("〇" if character in "○◯零" else character)) if not character.isdecimal() else character
