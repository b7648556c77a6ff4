"""An item as found in a table, list or section, its cells still as printed: what PlanItems are built from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.plan_items import Repair


@dataclass(frozen=True, slots=True)
class Draft:
    """A found item: `cells` are printed texts by field, `row` all that is printed of it, `years` its year columns.

    `goal_years` are those that the label of the goal column prints.
    """

    section: tuple[str, ...]
    title: str
    line_start: int
    line_end: int
    row: str
    number: str | None = None
    status: str | None = None
    title_is_printed: bool = True
    statement: str | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    years: tuple[tuple[str, str], ...] = ()
    goal_years: tuple[int, ...] = ()
    repairs: tuple[Repair, ...] = ()
    confidence: float = 1.0
