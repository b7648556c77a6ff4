"""Exact selection of plan items: lists and counts come from here, never from ranked retrieval."""

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.plan_items import PlanItem, ScheduleKind

MISSABLE_FIELDS = ("owner", "progress", "status", "schedule", "goal", "result", "issues", "next_steps", "title")


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """A conjunction of conditions on plan items; None leaves a condition out.

    `section` matches a prefix or any single element of the item's section path; `plan` and `municipality` match exactly;
    `owner` matches one expanded owner exactly; `fiscal_year` matches the target years; `goal_year` the goal's years.
    """

    municipality: str | None = None
    plan: str | None = None
    document_id: str | None = None
    section: tuple[str, ...] | None = None
    owner: str | None = None
    fiscal_year: int | None = None
    goal_year: int | None = None
    schedule_kinds: tuple[ScheduleKind, ...] | None = None
    status: str | None = None
    progress: str | None = None
    missing: str | None = None
    text: str | None = None
