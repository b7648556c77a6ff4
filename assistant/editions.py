"""Documents and their items in, what each is to its plan out: the plan 計画 itself, or a report 報告 on its years.

Told from a document's title and columns, never from which cells of one item are filled.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ingest.fiscal_year import YearMention, find_years
from ingest.plan_items import PlanItem
from vectorstore.contents import StoredDocument
from vectorstore.item_filter import MISSABLE_FIELDS, ItemFilter, select

Role = Literal["plan", "report"]

_TITLED_REPORT = re.compile(
    r"報告|進捗(?!管理の)|フォローアップ|(?:取組|取り組み|実施|達成|推進)(?:状況|実績|結果)|(?:実績|評価|点検|検証)(?:書|結果|一覧|シート)?$"
)
_JOINED = re.compile(r"\s*(?:から|[~～〜\-－―→])\s*")
_REPORTED_YEAR = re.compile(r"[度末]*\s*(?:の)?(?:実績|分|末時点|末現在)")


@dataclass(frozen=True, slots=True)
class Edition:
    """A document's role, and its fiscal years: those a report tells of, those a plan is dated or runs.

    `columns` are the fields that any of its items fills.
    """

    role: Role
    years: frozenset[int]
    columns: frozenset[str] = frozenset()

    @property
    def newest(self) -> int:
        """The last of its years, 0 where none is printed."""
        return max(self.years, default=0)

    @property
    def is_dated_report(self) -> bool:
        """Tell whether this is a report that says what years it is on."""
        return self.role == "report" and bool(self.years)


def editions_of(documents: Iterable[StoredDocument], items: Iterable[PlanItem]) -> Mapping[str, Edition]:
    """Tell the role and the years of every document, by document id."""
    held: dict[str, list[PlanItem]] = {}
    for item in items:
        held.setdefault(item.document_id, []).append(item)
    return {document.id: _edition(document, held.get(document.id, [])) for document in documents}


def _edition(document: StoredDocument, items: list[PlanItem]) -> Edition:
    columns = frozenset(f for f in MISSABLE_FIELDS if len(select(items, ItemFilter(missing=f))) < len(items))
    if _is_report(document, items):
        return Edition("report", _reported_years(document), columns)
    titled = frozenset(mention.year for mention in find_years(document.title))
    return Edition("plan", titled or frozenset(document.period or ()), columns)


def _is_report(document: StoredDocument, items: list[PlanItem]) -> bool:
    """A report is titled so, or has a column of progress; or of results, and none of goals and schedules."""
    if not items:
        return False
    if _TITLED_REPORT.search(document.title) or any(item.progress for item in items):
        return True
    return any(item.result for item in items) and not any(item.goals or item.schedule for item in items)


def _reported_years(document: StoredDocument) -> frozenset[int]:
    """The years a title names apart from its plan's period, else the only year of the first table's header."""
    mentions = find_years(document.title)
    reported = [m for m in mentions if _REPORTED_YEAR.match(document.title, m.end)]
    alone = [m for m in mentions if m not in _ranged(document.title, mentions)]
    named = reported or [m for m in alone if m.is_fiscal] or alone
    if named:
        return frozenset(mention.year for mention in named)
    first, last = document.period or (0, -1)
    return frozenset(range(first, last + 1))


def _ranged(title: str, mentions: tuple[YearMention, ...]) -> list[YearMention]:
    pairs = [(a, b) for a, b in pairwise(mentions) if _JOINED.fullmatch(title, a.end, b.start)]
    return [mention for pair in pairs for mention in pair]
