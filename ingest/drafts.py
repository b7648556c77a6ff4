"""An item as found in a table, list or section, its cells still as printed: what PlanItems are built from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.plan_items import Repair


@dataclass(frozen=True, slots=True)
class Draft:
    """A found item: `cells` are printed texts by field, `row` all that is printed of it, `years` its year columns.

    `goal_years` are those that the label of the goal column prints; `amount_years` those that have an amount of money.
    `plans_by_year` tells that the year columns of its table hold steps rather than figures.
    `aim` is what its description says is aimed at, where its table has no column for goals.
    `measured_by` is, for an indicator, the year by which its goal is set, as printed; None for other items.
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
    plans_by_year: bool = False
    goal_years: tuple[int, ...] = ()
    amount_years: tuple[int, ...] = ()
    aim: str = ""
    measured_by: str | None = None
    repairs: tuple[Repair, ...] = ()
    confidence: float = 1.0
