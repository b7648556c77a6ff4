"""The columns of plan items in tables and files: what each is called, what kind of value it holds, how it is read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.channels.web.wording import load_wording
from assistant.replies import load_replies
from ingest.plan_items import PlanItem

Kind = Literal["text", "long", "number", "date"]
Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the API, what kind of value it holds, and the value an item has there."""

    name: str
    kind: Kind
    value: Callable[[PlanItem], Value]

    def heading(self, language: str) -> str:
        """Return what the column is called in front of people."""
        return load_wording(language).say(f"column_{self.name}")


def last_target_day(item: PlanItem) -> date | None:
    """Return the 31 March on which an item's last target year ends; a beginning alone (令和4年度～) has none."""
    if item.schedule_kind == "from" or not item.target_fiscal_years:
        return None
    return date(max(item.target_fiscal_years) + 1, 3, 31)


def corrections_told(item: PlanItem) -> str:
    """Return what staff corrected, a line for each: what is printed, what they say, when and why."""
    label = load_replies("ja").label
    return "\n".join(f"{label(c.field)}：{c.raw} → {c.value}（{c.date}、{c.reason}）" for c in item.corrections)


# In the order of a file's columns, whose English names the API has promised.
COLUMNS: tuple[Column, ...] = (
    Column("id", "text", lambda item: item.id),
    Column("municipality", "text", lambda item: item.municipality),
    Column("plan", "text", lambda item: item.plan),
    Column("section", "text", lambda item: " / ".join(item.section)),
    Column("number", "text", lambda item: item.number),
    Column("title", "text", lambda item: item.title),
    Column("status", "text", lambda item: item.status),
    Column("content", "long", lambda item: item.content),
    Column("goals", "long", lambda item: "\n".join(item.goals)),
    Column("schedule", "text", lambda item: item.schedule),
    Column("target_fiscal_years", "text", lambda item: "、".join(map(str, item.target_fiscal_years))),
    Column("owners", "text", lambda item: "、".join(item.owners)),
    Column("owner_text", "text", lambda item: item.owner_text),
    Column("progress", "text", lambda item: item.progress),
    Column("result", "long", lambda item: item.result),
    Column("issues", "long", lambda item: item.issues),
    Column("next_steps", "long", lambda item: item.next_steps),
    Column("plan_summary", "long", lambda item: item.plan_summary),
    Column("source", "text", lambda item: item.source),
    Column("page", "number", lambda item: item.page),
    Column("line_start", "number", lambda item: item.line_start),
    Column("line_end", "number", lambda item: item.line_end),
    Column("confidence", "number", lambda item: item.confidence),
    Column("corrections", "long", corrections_told),
)
# A workbook has types: there the years can be counted with.
WORKBOOK_COLUMNS: tuple[Column, ...] = (
    *COLUMNS,
    Column("first_target_year", "number", lambda item: min(item.target_fiscal_years, default=None)),
    Column("last_target_year", "number", lambda item: max(item.target_fiscal_years, default=None)),
    Column("last_target_day", "date", last_target_day),
)
