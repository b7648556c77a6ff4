"""The columns of plan items in tables and files: what each is called, what kind of value it holds, how it is read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ingest.plan_items import PlanItem

Kind = Literal["text", "long", "number", "date"]
Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the API, its Japanese heading, and the value an item has there."""

    name: str
    heading: str
    kind: Kind
    value: Callable[[PlanItem], Value]


def last_target_day(item: PlanItem) -> date | None:
    """Return the 31 March on which the last fiscal year ends that an item aims at."""
    return date(max(item.target_fiscal_years) + 1, 3, 31) if item.target_fiscal_years else None


# In the order of a file's columns, whose English names the API has promised.
COLUMNS: tuple[Column, ...] = (
    Column("id", "ID", "text", lambda item: item.id),
    Column("municipality", "自治体", "text", lambda item: item.municipality),
    Column("plan", "計画", "text", lambda item: item.plan),
    Column("section", "体系", "text", lambda item: " / ".join(item.section)),
    Column("number", "項目番号", "text", lambda item: item.number),
    Column("title", "項目名", "text", lambda item: item.title),
    Column("status", "区分", "text", lambda item: item.status),
    Column("content", "内容", "long", lambda item: item.content),
    Column("goals", "目標", "long", lambda item: "\n".join(item.goals)),
    Column("schedule", "実施時期", "text", lambda item: item.schedule),
    Column("target_fiscal_years", "目標年度", "text", lambda item: "、".join(map(str, item.target_fiscal_years))),
    Column("owners", "所管課", "text", lambda item: "、".join(item.owners)),
    Column("owner_text", "所管課（原文）", "text", lambda item: item.owner_text),
    Column("progress", "進捗区分", "text", lambda item: item.progress),
    Column("result", "実施内容", "long", lambda item: item.result),
    Column("issues", "課題", "long", lambda item: item.issues),
    Column("next_steps", "次年度の方針", "long", lambda item: item.next_steps),
    Column("plan_summary", "計画概要", "long", lambda item: item.plan_summary),
    Column("source", "文書", "text", lambda item: item.source),
    Column("page", "ページ", "number", lambda item: item.page),
    Column("line_start", "開始行", "number", lambda item: item.line_start),
    Column("line_end", "終了行", "number", lambda item: item.line_end),
    Column("confidence", "読み取りの確かさ", "number", lambda item: item.confidence),
)
# A workbook has types: there the years can be counted with.
WORKBOOK_COLUMNS: tuple[Column, ...] = (
    *COLUMNS,
    Column(
        "first_target_year", "目標年度（初年度）", "number", lambda item: min(item.target_fiscal_years, default=None)
    ),
    Column(
        "last_target_year", "目標年度（最終年度）", "number", lambda item: max(item.target_fiscal_years, default=None)
    ),
    Column("last_target_day", "目標年度末", "date", last_target_day),
)
