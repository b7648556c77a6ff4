"""The years a question names in; out, whether a year means the report on it or when something is due, and the rest.

「令和6年度に遅れだった取組」 asks for the report on 令和6年度, 「令和6年度までに終わる取組」 for a schedule.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.knowledge import Knowledge
from assistant.understanding.masking import mask
from assistant.understanding.requests import AskedField, Due, Relation
from assistant.understanding.words import question_words
from ingest.fiscal_year import YearMention, find_years

_RANGE = re.compile(r"\s*(?:から|[~～〜\-－―]|→)\s*")
_AND = re.compile(r"\s*(?:と|、|・|,|か|や|または|又は|及び|および|and|or)\s*")
_END_WORD = r"[、\s]?(?:終わ|終え|終了|完了|達成|実施|行う|でき(?!て)|済)"
_RELATIONS: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    ("after", re.compile(r"まで(?:に|には)\S{1,8}(?:ない|ません)|より(?:後|あと)|を?(?:過ぎ|超え)て")),
    ("by", re.compile(rf"まで(?:に|には){_END_WORD}|以前に{_END_WORD}")),
    ("before", re.compile(r"より(?:も)?(?:前|まえ|早く)|になる前")),
    ("since", re.compile(rf"(?:以降|以後)に?{_END_WORD}")),
    (
        "starts",
        re.compile(r"(?:(?:に|から)(?:始ま|始め)|(?:に|から)?(?:開始|着手|スタート))(?!.{0,4}(?:ない|ません|時期))"),
    ),
    ("from", re.compile(r"以降|以後|から(?:の|先)")),
)
_ENGLISH: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    ("after", re.compile(r"not (?:end|finish|complete)\w* by|(?:end|finish|complete)\w* after", re.IGNORECASE)),
    ("by", re.compile(r"(?:end|finish|complete)\w* by", re.IGNORECASE)),
    ("before", re.compile(r"\bbefore\b", re.IGNORECASE)),
    ("from", re.compile(r"\b(?:since|from|or later)\b", re.IGNORECASE)),
)
_DEADLINE = re.compile(r"期限|締め?切|due|deadline", re.IGNORECASE)
_REPORT_NAME = re.compile(r"末?の?(?:進捗|実績|取組)?(?:状況|管理)?の?報告書?(?:では|で|に(?:よると|おいて))?")
_EVERY_REPORT = re.compile(r"推移|経年|年度(?:ごと|別)|各年度|毎年の|これまでの")
_SAYS_REPORT = re.compile(r"報告|実績|進捗|評価|時点|report", re.IGNORECASE)
_PROBLEMS = re.compile(r"課題|問題")
_PLANNED_FIELDS = frozenset({"schedule", "goal", "status"})
_LOOKAHEAD = 14


@dataclass(frozen=True, slots=True)
class NamedYears:
    """What a question says of years: `context` may say which report is meant, for certain if one is named."""

    rest: str = ""
    mentions: tuple[YearMention, ...] = ()
    due: Due | None = None
    goal_year: int | None = None
    not_in: int | None = None
    context: tuple[int, ...] = ()
    names_report: bool = False


def read_years(text: str) -> NamedYears:
    """Read the years of a question and mask them: a range, one of several, an end, or a year the goal names."""
    mentions = find_years(text)
    if not mentions:
        return NamedYears(text)
    rest, names_report = text, False
    for mention in mentions:
        report = _REPORT_NAME.match(text, mention.end)
        names_report = names_report or report is not None
        rest = mask(rest, mention.start, report.end() if report else mention.end)
    words = question_words()
    last = mentions[-1]
    if words.goal_column.search(text) and not re.search("実施時期|目標年度", text):
        return NamedYears(rest, mentions, goal_year=last.year, context=tuple(m.year for m in mentions))
    if negated := words.meanings["not_in_year"].search(text[last.end :]):
        rest = mask(rest, last.end, last.end + negated.end())
        return NamedYears(rest, mentions, not_in=last.year)
    dues = tuple(_dues(text, rest, mentions))
    during = tuple(year for due in dues if due.relation == "during" for year in due.years)
    ending = [due for due in dues if due.relation != "during"]
    return NamedYears(rest, mentions, (ending or list(dues))[-1], context=during, names_report=names_report)


def _dues(text: str, rest: str, mentions: tuple[YearMention, ...]) -> Iterator[Due]:
    """One condition for each year, or for years that are joined into one."""
    group: list[YearMention] = []
    for place, mention in enumerate(mentions):
        group.append(mention)
        following = mentions[place + 1] if place + 1 < len(mentions) else None
        between = text[mention.end : following.start] if following else ""
        if following and (_RANGE.fullmatch(between) or _AND.fullmatch(between)):
            continue
        yield _due(text, rest, group, mention.end)
        group = []


def _due(text: str, rest: str, group: list[YearMention], end: int) -> Due:
    first, last = group[0], group[-1]
    if len(group) == 2 and _RANGE.fullmatch(text, first.end, last.start) and first.year < last.year:
        return Due("during", tuple(range(first.year, last.year + 1)), is_range=True)
    years = tuple(sorted({mention.year for mention in group}))
    return Due(_relation(text[end : end + _LOOKAHEAD], rest) if len(years) == 1 else "during", years)


def _relation(following: str, rest: str) -> Relation:
    following = following.lstrip("末中内")
    for relation, pattern in _RELATIONS:
        if pattern.match(following):
            return relation
    for relation, pattern in _ENGLISH:
        if pattern.search(rest):
            return relation
    return "in" if _DEADLINE.search(rest) else "during"


@dataclass(frozen=True, slots=True)
class MeantYears:
    """What the years of a question come to: `reports` whose reports are meant, `due` when items are to be done."""

    reports: tuple[int, ...] = ()
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class YearMeaning:
    """Tells reports from schedules for one question, by what else it asks and what is loaded."""

    named: NamedYears
    rest: str
    fields: tuple[AskedField, ...]
    restricts_report: bool
    knowledge: Knowledge
    documents: frozenset[str] | None

    def of_list(self) -> MeantYears:
        """Take a year as the report's where what a report says is asked, or where no schedule is printed at all."""
        due, years = self.named.due, self.named.context
        if due is None or due.years != years or question_words().schedule_column.search(self.rest):
            apart = due is not None and due.years != years
            return MeantYears(years if apart and self._asks_report() and self._reported() else (), due)
        if self._asks_report() and self._reported():
            return MeantYears(years)
        if self._asks_report() or not self._has_schedules():
            return self._without_schedules(years, due)
        return MeantYears(due=due)

    def of_item(self) -> MeantYears:
        """Take a year as the report's where the question asks what a report says, or names a report that is there."""
        years, reported = self.named.context, self._reported()
        if not self.named.mentions and self._asks_report() and _EVERY_REPORT.search(self.rest):
            return MeantYears(tuple(sorted(reported)) if len(reported) > 1 else ())
        if not years or not reported:
            return MeantYears()
        if "next_steps" in self.fields and not set(years) <= reported:
            years = tuple(year - 1 if year - 1 in reported else year for year in years)
        elif not self._asks_report() and (not set(years) <= reported or set(self.fields) & _PLANNED_FIELDS):
            return MeantYears()
        return MeantYears(tuple(dict.fromkeys(years)))

    def _asks_report(self) -> bool:
        asks = {"progress", "result", "next_steps"} & set(self.fields)
        problems = "issues" in self.fields and _PROBLEMS.search(self.rest)
        named = self.named.names_report or _SAYS_REPORT.search(self.rest)
        return bool(asks or problems or self.restricts_report or named)

    def _without_schedules(self, years: tuple[int, ...], due: Due) -> MeantYears:
        """Drop a year that only says which plan is meant; of reports, take those on it."""
        if set(years) & self._reported():
            return MeantYears(years)
        if set(years) <= self.knowledge.years_of(self.documents):
            return MeantYears()
        return MeantYears(years) if self._reported() else MeantYears(due=due)

    def _reported(self) -> frozenset[int]:
        return self.knowledge.reported_years(self.documents)

    def _has_schedules(self) -> bool:
        return any(item.schedule for item in self.knowledge.items_in(self.documents))
