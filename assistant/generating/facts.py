"""A text in, the facts it states out, each in one form: years, dates, numbers with their unit, departments.

令和7年度, R7 and 2025年度 are one fact, and so are 83,000人 and 8万3千人. Places are those of the text as given.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from ingest.fiscal_year import find_years
from ingest.normalize import fold_width, squeeze

Kind = Literal["year", "date", "number", "department"]

_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_TIMES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12}
_COUNTER = (
    r"ポイント|か所|カ所|ヵ所|ヶ所|箇所|か月|カ月|ヵ月|ヶ月|箇月|か年|カ年|ヵ年|ヶ年|年間|週間|時間|世帯|施設|団体|地区|品目|項目|事業|路線"
    r"|[円人名件台校園館戸枚本冊回度点社組基棟室席床頭泊分秒日月年歳割倍%％㎡㎥課町市村区つ]|km2?|kg|kW|kWh|GB|m2?|t"
)
_PART = r"\d[\d,]*(?:\.\d+)?(?:[十百千万億兆]+)?"
_NUMBER = re.compile(rf"(?<![A-Za-z\d.])(?P<number>(?:{_PART})+)\s?(?P<unit>{_COUNTER})?")
_IN_KANJI = re.compile(rf"(?<![一-龠])(?P<number>[一二三四五六七八九十]{{1,2}})(?P<unit>つ|{_COUNTER})(?![一-龠])")
_DATE = re.compile(
    r"\d\s*(?:年|[./-])\s*(?P<month>1[0-2]|0?[1-9])(?!\d)(?:\s*[月./-]\s*(?P<day>3[01]|[12]\d|0?[1-9])?)?"
)
# A department is named by its ending; what only speaks of departments is none.
_DEPARTMENT = re.compile(
    r"[一-龠々ヶケァ-ヴーA-Za-z・]{1,20}?(?:課|室|局|支所|出張所|事務所|センター|委員会|(?<=[一-龠]{2})部)(?![一-龠ァ-ヴー])"
)
_NO_DEPARTMENT = re.compile(
    r"(?:所管|担当|主管|関係|関連|各|全|同|他|当該|対象|複数|[一二三四五六七八九十0-9]|内|外|一|大)(?:部)?(?:課|室|局|部)$"
    r"|^(?:会議|教|病|温|地下|待合|展示|相談)室$|^(?:全|内|外)部$"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its kind and its normal form, what it is counted in, and where it stands."""

    kind: Kind
    value: str
    unit: str = ""
    start: int = 0
    end: int = 0

    def is_stated_by(self, others: Iterable["Fact"]) -> bool:
        """Tell whether any of the facts is this one; a bare number of a table stands for one with a unit."""
        return any(self.kind == o.kind and self.value == o.value and self._counts_as(o) for o in others)

    def _counts_as(self, other: "Fact") -> bool:
        return self.unit == other.unit or not other.unit or not self.unit


@lru_cache(maxsize=2048)
def facts_in(text: str) -> tuple[Fact, ...]:
    """Return the years, dates, numbers and departments that a text states, in order."""
    shape = fold_width(text)
    years = list(_years(text))
    without = _blanked(shape, ((fact.start, fact.end) for fact in years))
    found = [*years, *_numbers(without), *_departments(without)]
    return tuple(sorted(found, key=lambda fact: fact.start))


def _years(text: str) -> Iterator[Fact]:
    for mention in find_years(text):
        yield Fact("year", str(mention.year), "", mention.start, mention.end)
        if date := _DATE.search(fold_width(mention.text)):
            day = f"-{int(date['day'])}" if date["day"] else ""
            yield Fact("date", f"{int(date['month'])}{day}", "", mention.start, mention.end)


def _numbers(shape: str) -> Iterator[Fact]:
    for match in _NUMBER.finditer(shape):
        yield _number(_value(match["number"]), match["unit"] or "", match)
    for match in _IN_KANJI.finditer(shape):
        yield _number(Decimal(_small(match["number"])), match["unit"], match)


def _number(value: Decimal, unit: str, match: re.Match[str]) -> Fact:
    if unit == "割":
        value, unit = value * 10, "%"
    unit = {"％": "%", "名": "人", "つ": ""}.get(unit, re.sub(r"^[かカヵヶ箇](?=[所月年])", "か", unit))
    return Fact("number", format(value.normalize(), "f"), unit, match.start(), match.end())


def _value(written: str) -> Decimal:
    """8万3千 → 83000, 1億2,000万 → 120000000, 83千 → 83000."""
    total = Decimal(0)
    for digits, times in re.findall(r"(\d[\d,]*(?:\.\d+)?)([十百千万億兆]*)", written):
        value = Decimal(digits.replace(",", ""))
        for one in times:
            value *= _TIMES[one]
        total += value
    return total


def _small(written: str) -> int:
    tens, found, ones = written.partition("十")
    if not found:
        return int("".join(str(_DIGITS[digit]) for digit in written))
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def _departments(shape: str) -> Iterator[Fact]:
    for match in _DEPARTMENT.finditer(shape):
        if not _NO_DEPARTMENT.search(match[0]):
            yield Fact("department", squeeze(match[0]), "", match.start(), match.end())


def _blanked(shape: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        shape = shape[:start] + " " * (end - start) + shape[end:]
    return shape
