import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.listing import SORTS, BadCursor, page_of_items, sorted_items
from ingest.plan_items import PlanItem
from tests.made_up import an_item

_NAMES = st.sampled_from(["あ", "い", "う", "え"])
_ITEMS = st.lists(
    st.builds(
        an_item,
        id=st.uuids().map(str),
        title=_NAMES,
        municipality=st.none() | _NAMES,
        owners=st.lists(_NAMES, max_size=2).map(tuple),
        target_fiscal_years=st.lists(st.integers(2020, 2030), max_size=2).map(tuple),
        line_start=st.integers(1, 9),
    ),
    max_size=12,
)


def _walk(items: list[PlanItem], sort: str, limit: int) -> list[PlanItem]:
    seen: list[PlanItem] = []
    cursor = None
    while True:
        page = page_of_items(items, sort, limit, cursor)
        seen += page.items
        cursor = page.next_cursor
        if cursor is None:
            return seen


@given(_ITEMS, st.sampled_from(SORTS), st.integers(1, 5))
def test_the_pages_together_are_all_items_in_order(items: list[PlanItem], sort: str, limit: int) -> None:
    assert _walk(items, sort, limit) == sorted_items(items, sort)


@given(_ITEMS, st.sampled_from(SORTS), st.integers(1, 5))
def test_the_total_does_not_depend_on_the_page(items: list[PlanItem], sort: str, limit: int) -> None:
    assert page_of_items(items, sort, limit, None).total == len(items)


@given(st.text(max_size=60), st.sampled_from(SORTS))
def test_a_made_up_cursor_is_refused(cursor: str, sort: str) -> None:
    with pytest.raises(BadCursor):
        page_of_items([an_item()], sort, 1, cursor)


def test_a_cursor_of_another_order_is_refused() -> None:
    items = [an_item(id="a"), an_item(id="b")]
    cursor = page_of_items(items, "title", 1, None).next_cursor
    with pytest.raises(BadCursor, match="sort=-title"):
        page_of_items(items, "-title", 1, cursor)


def test_a_cursor_of_wrong_types_is_refused() -> None:
    items = [an_item(id="a", title="あ"), an_item(id="b", title="い")]
    years = page_of_items(items, "fiscal_year", 1, None).next_cursor
    assert years is not None
    damaged = "WyJ0aXRsZSIsMSwyLDMsNF0"  # ["title",1,2,3,4]
    with pytest.raises(BadCursor):
        page_of_items(items, "title", 1, damaged)


def test_a_page_goes_on_where_the_last_ended_though_items_came_and_went() -> None:
    items = [an_item(id=name, line_start=line) for line, name in enumerate("abcdef", 1)]
    first = page_of_items(items, "document", 3, None)
    changed = [an_item(id="new", line_start=0), *items[1:2], *items[3:]]
    assert [item.id for item in page_of_items(changed, "document", 9, first.next_cursor).items] == ["d", "e", "f"]


def test_items_without_the_value_come_last() -> None:
    items = [an_item(id="none"), an_item(id="owned", owners=("財務課",))]
    assert [item.id for item in sorted_items(items, "owner")] == ["owned", "none"]
