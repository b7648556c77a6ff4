"""A question and the day it is asked in; the question with 昨年度, 今年度, 来年度 written as fiscal years, out.

来年度 asks what comes next (次年度の方針) rather than for a year where the question is about one item and not when.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from ingest.fiscal_year import era_year, fiscal_year_of

_SHIFTS = {"一昨年": -2, "おととし": -2, "昨年": -1, "去年": -1, "今年": 0, "本年": 0, "来年": 1, "再来年": 2}
_ENGLISH = {"last": -1, "this": 0, "next": 1}
# 「昨年度から何が変わった」 names the version before, not a year; 日本年金 and 将来年金 hold no 本年 or 来年.
_RELATIVE = re.compile(
    r"(?P<past>一昨年|おととし|昨年|去年)度?(?!度|から|より|と比|との|比)"
    r"|(?P<now>今年|(?<!日)本年)度?"
    r"|(?P<ahead>再来年|(?<![将由])来年)度?"
    r"|\b(?P<english>last|this|next) (?:fiscal )?year\b",
    re.IGNORECASE,
)
_WHEN = re.compile(r"(?:に|から|まで|末|中)(?!.{0,8}(?:何|なに|どう))")


@dataclass(frozen=True, slots=True)
class DatedText:
    """A text with years for its relative ones; `meant` are those by the word that was said."""

    text: str
    meant: Mapping[str, int]


def with_years(text: str, today: date) -> DatedText:
    """Write every relative year as the fiscal year it is on a day."""
    return _replaced(text, today, lambda _: True)


def with_years_of_item(text: str, today: date) -> DatedText:
    """The same for a question about one item, in which 来年度 is a year only where it says when."""
    return _replaced(text, today, lambda match: not _is_ahead(match) or _WHEN.match(text, match.end()) is not None)


def _replaced(text: str, today: date, is_meant: Callable[[re.Match[str]], bool]) -> DatedText:
    meant: dict[str, int] = {}

    def written(match: re.Match[str]) -> str:
        if not is_meant(match):
            return match[0]
        meant[match[0]] = fiscal_year_of(today) + _shift(match)
        year = meant[match[0]]
        return f"fiscal {year}" if match["english"] else era_year(year)

    return DatedText(_RELATIVE.sub(written, text), meant)


def _is_ahead(match: re.Match[str]) -> bool:
    return match["ahead"] is not None or (match["english"] or "").casefold() == "next"


def _shift(match: re.Match[str]) -> int:
    said = match["past"] or match["now"] or match["ahead"]
    return _SHIFTS[said] if said else _ENGLISH[match["english"].casefold()]
