"""Selected plan items in, the figures that the board's charts show out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ingest.plan_items import PlanItem

_Value = TypeVar("_Value", bound=int | str)
SHOWN_OWNERS = 20


@dataclass(frozen=True, slots=True)
class Figures:
    """What the charts show of the selected items: how many there are by year, progress mark and department.

    None stands for items that print nothing; an item with several years or departments counts for each.
    """

    years: tuple[tuple[int | None, int], ...]
    progress: tuple[tuple[str | None, int], ...]
    owners: tuple[tuple[str | None, int], ...]
    other_owners: int
    other_owners_items: int


def figures_of(items: Sequence[PlanItem]) -> Figures:
    """Count for the charts; departments after the first SHOWN_OWNERS are told in sum."""
    owners = Counter(owner for item in items for owner in dict.fromkeys(item.owners))
    nobody = sum(not item.owners for item in items)
    ranked = sorted(owners.items(), key=lambda entry: (-entry[1], entry[0]))
    rest = {name for name, _ in ranked[SHOWN_OWNERS:]}
    return Figures(
        years=_with_none_last(year for item in items for year in (item.target_fiscal_years or (None,))),
        progress=_with_none_last(item.progress for item in items),
        owners=(*ranked[:SHOWN_OWNERS], *([(None, nobody)] if nobody else [])),
        other_owners=len(rest),
        other_owners_items=sum(not rest.isdisjoint(item.owners) for item in items),
    )


def _with_none_last(values: Iterable[_Value | None]) -> tuple[tuple[_Value | None, int], ...]:
    counted = Counter(values)
    nothing = counted.pop(None, 0)
    ranked: list[tuple[_Value | None, int]] = sorted(counted.items(), key=lambda entry: (entry[0] is None, entry[0]))
    return (*ranked, (None, nothing)) if nothing else tuple(ranked)
