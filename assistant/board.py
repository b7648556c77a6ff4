"""A corpus, conditions and a view in; what the coordinators' board shows of it out: rows of one page, counts of all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from assistant.listing import sorted_items
from ingest.plan_items import PlanItem
from vectorstore.corpus import Corpus
from vectorstore.item_filter import FACETS, ItemFilter, count_missing, facet, is_same

View = Literal["list", "owner", "year", "timeline", "charts"]
Value: TypeAlias = str | int
Counts: TypeAlias = tuple[tuple[Value, int], ...]

ROWS_OF_A_PAGE = 50
# What is longer is no name, and no condition can hold it.
LONGEST_VALUE = 300


@dataclass(frozen=True, slots=True)
class Group:
    """The items of one department or year, None for those without; `page` is where its rows begin."""

    value: Value | None
    count: int
    page: int


@dataclass(frozen=True, slots=True)
class Row:
    """One item as shown; `group` where a group's rows begin, or go on from the page before."""

    item: PlanItem
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """What is shown: `total` items are selected of `of`; `facets` tell for each condition what else it could be.

    `selected` are all the selected items, in the order asked for.
    """

    total: int
    of: int
    selected: Sequence[PlanItem]
    rows: tuple[Row, ...]
    page: int
    pages: int
    groups: tuple[Group, ...]
    facets: Mapping[str, Counts]


def build_board(corpus: Corpus, wanted: ItemFilter, view: View, sort: str, page: int) -> Board:
    """Select, count, sort and cut to one page; a page after the last is the last."""
    found = corpus.select(wanted) if wanted.conditions else corpus.current_items
    ordered = sorted_items(found, sort)
    groups, rows = _grouped(ordered, wanted, view)
    pages = max(1, -(-len(rows) // ROWS_OF_A_PAGE))
    page = min(page, pages)
    return Board(
        total=len(found),
        of=len(corpus.current_items),
        selected=ordered,
        rows=_page_of(rows, page),
        page=page,
        pages=pages,
        groups=groups,
        facets=_facets(corpus, wanted, found),
    )


def _facets(corpus: Corpus, wanted: ItemFilter, found: Sequence[PlanItem]) -> dict[str, Counts]:
    """Each facet counted without its own condition, so that another value can be chosen instead."""
    counted = {name: _counted(corpus, wanted, found, name) for name in (*FACETS, "missing")}
    return {name: tuple(one for one in counts if len(str(one[0])) <= LONGEST_VALUE) for name, counts in counted.items()}


def _counted(corpus: Corpus, wanted: ItemFilter, found: Sequence[PlanItem], name: str) -> Counts:
    without = replace(wanted, **{name: None})
    if not without.conditions:
        return corpus.current_facets[name]
    items = found if without == wanted else corpus.select(without)
    return count_missing(items) if name == "missing" else facet(items, name)


def _grouped(
    items: Sequence[PlanItem], wanted: ItemFilter, view: View
) -> tuple[tuple[Group, ...], Sequence[tuple[PlanItem, Group | None]]]:
    if view not in _GROUPED_BY:
        return (), [(item, None) for item in items]
    held: dict[Value | None, list[PlanItem]] = {}
    for item in items:
        for value in _asked_for(_GROUPED_BY[view](item), wanted) or (None,):
            held.setdefault(value, []).append(item)
    groups = tuple(_placed(sorted(held.items(), key=lambda entry: _order(view, *entry))))
    return groups, [(item, group) for group in groups for item in held[group.value]]


def _asked_for(values: Iterable[Value], wanted: ItemFilter) -> tuple[Value, ...]:
    """Of an item's departments or years those that are asked for; all where none is."""
    return tuple(
        value
        for value in dict.fromkeys(values)
        if (isinstance(value, int) and wanted.fiscal_year in (None, value))
        or (isinstance(value, str) and (wanted.owner is None or is_same(value, wanted.owner)))
    )


def _placed(held: Iterable[tuple[Value | None, Sequence[PlanItem]]]) -> Iterator[Group]:
    before = 0
    for value, items in held:
        yield Group(value, len(items), before // ROWS_OF_A_PAGE + 1)
        before += len(items)


def _order(view: View, value: Value | None, items: Sequence[PlanItem]) -> tuple[bool, int, str]:
    """Years from the first, departments from the one with most items; what has none comes last."""
    if view == "year":
        return value is None, int(value or 0), ""
    return value is None, -len(items), str(value)


def _page_of(rows: Sequence[tuple[PlanItem, Group | None]], page: int) -> tuple[Row, ...]:
    shown = rows[(page - 1) * ROWS_OF_A_PAGE : page * ROWS_OF_A_PAGE]
    above: list[Group | None] = [None, *(group for _, group in shown)]
    return tuple(Row(item, group if group is not above[n] else None) for n, (item, group) in enumerate(shown))


_GROUPED_BY: Mapping[View, Callable[[PlanItem], Sequence[Value]]] = {
    "owner": lambda item: item.owners,
    "year": lambda item: item.target_fiscal_years,
}
