"""Items are selected and counted exactly, without regard to width, case and blanks."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.plan_items import PlanItem
from vectorstore import item_filter
from vectorstore.errors import UnknownField
from vectorstore.item_filter import MISSABLE_FIELDS, ItemFilter, facets, select


def item(title: str = "窓口の案内", **values: Any) -> PlanItem:
    whole: dict[str, Any] = {
        "id": title,
        "document_id": "d1",
        "source": "計画.txt",
        "municipality": "見本市",
        "plan": "見本市改革計画",
        "section": ("第1章 市民サービス", "(1) 窓口の改善"),
        "number": "1",
        "title": title,
        "line_start": 1,
        "line_end": 1,
    }
    return PlanItem(**whole | values)


BARE = item("名のない取組", municipality=None, number=None, section=(), title_is_printed=False)
FULL = item(
    "窓口の案内",
    status="新規",
    content="案内板を Web サイトにも載せる",
    goals=("待ち時間を５分にする",),
    goal_fiscal_years=(2025,),
    schedule="令和4年度～令和5年度",
    schedule_kind="range",
    target_fiscal_years=(2022, 2023),
    owners=("窓口課", "広報課"),
    owner_text="窓口課・広報課",
    progress="Ａ",
    result="案内板を更新した",
    issues="費用",
    next_steps="点検する",
    fields={"備考": "補助金あり"},
)
OTHER = item("納付方法を増やす", municipality="手本町", document_id="d2", section=("第2章 財政",), owners=("納付課",))
ITEMS = (BARE, FULL, OTHER)


@pytest.mark.parametrize(
    ("wanted", "selected"),
    [
        (ItemFilter(), ITEMS),
        (ItemFilter(municipality="見本市"), (FULL,)),
        (ItemFilter(municipality="見 本 市　"), (FULL,)),
        (ItemFilter(municipality="見本"), ()),
        (ItemFilter(plan="見本市改革計画"), ITEMS),
        (ItemFilter(plan="改革計画"), ()),
        (ItemFilter(document_id="d2"), (OTHER,)),
        (ItemFilter(section=("第1章 市民サービス",)), (FULL,)),
        (ItemFilter(section=("第１章市民サービス", "（１）窓口の改善")), (FULL,)),
        (ItemFilter(section=("(1)窓口の改善",)), (FULL,)),
        (ItemFilter(section=("(1) 窓口の改善", "第1章 市民サービス")), ()),
        (ItemFilter(section=("第1章",)), (FULL,)),
        (ItemFilter(section=("第1",)), ()),
        (ItemFilter(owner="広報課"), (FULL,)),
        (ItemFilter(owner="広報"), ()),
        (ItemFilter(owner="窓口課・広報課"), ()),
        (ItemFilter(fiscal_year=2023), (FULL,)),
        (ItemFilter(fiscal_year=2025), ()),
        (ItemFilter(goal_year=2025), (FULL,)),
        (ItemFilter(schedule_kinds=("range", "by")), (FULL,)),
        (ItemFilter(schedule_kinds=("by",)), ()),
        (ItemFilter(status="新規"), (FULL,)),
        (ItemFilter(progress="a"), (FULL,)),
        (ItemFilter(text="案内板 ＷＥＢサイト"), (FULL,)),
        (ItemFilter(text="待ち時間を5分"), (FULL,)),
        (ItemFilter(text="補助金"), (FULL,)),
        (ItemFilter(text="案内板 納付"), ()),
        (ItemFilter(text="取組"), (BARE,)),
        (ItemFilter(text="  "), ITEMS),
        (ItemFilter(text="\0"), ()),
        (ItemFilter(text="取組 \u200b"), (BARE,)),
        (ItemFilter(owner="納付課", municipality="手本町", missing="status"), (OTHER,)),
        (ItemFilter(owner="納付課", municipality="見本市"), ()),
    ],
)
def test_an_item_is_selected_when_it_meets_every_condition(wanted: ItemFilter, selected: tuple[PlanItem, ...]):
    assert select(ITEMS, wanted) == selected


@pytest.mark.parametrize("field", MISSABLE_FIELDS)
def test_a_missing_field_selects_the_items_without_it(field: str):
    found = select(ITEMS, ItemFilter(missing=field))
    assert BARE in found
    assert FULL not in found


def test_a_missing_field_that_no_item_can_lack_is_refused():
    with pytest.raises(UnknownField, match=r"missing=colour: .* use one of owner, progress"):
        select(ITEMS, ItemFilter(missing="colour"))


def test_every_field_of_a_filter_has_its_condition():
    names = {field.name for field in dataclasses.fields(ItemFilter)}
    assert item_filter._CONDITIONS.keys() | {"text"} == names
    assert item_filter._LACKS.keys() == set(MISSABLE_FIELDS)


def test_facets_count_each_item_once_for_each_value_most_frequent_first():
    twice = item("二つの章", section=("財政", "財政"), owners=("広報課", "広報課"), target_fiscal_years=(2023,))
    counted = facets((FULL, OTHER, twice))
    assert counted["municipality"] == (("見本市", 2), ("手本町", 1))
    assert counted["plan"] == (("見本市改革計画", 3),)
    assert counted["section"] == (("第1章 市民サービス", 1), ("(1) 窓口の改善", 1), ("第2章 財政", 1), ("財政", 1))
    assert counted["owner"] == (("広報課", 2), ("窓口課", 1), ("納付課", 1))
    assert counted["fiscal_year"] == ((2023, 2), (2022, 1))
    assert counted["status"] == (("新規", 1),)
    assert counted["progress"] == (("Ａ", 1),)


def test_nothing_selected_has_empty_facets():
    assert set(facets(()).values()) == {()}


OWNERS = st.lists(st.sampled_from(["窓口課", "広報課", "納付課"]), unique=True).map(tuple)
YEARS = st.lists(st.integers(2020, 2024), unique=True).map(tuple)


@given(st.lists(st.builds(item, st.text(max_size=5), owners=OWNERS, target_fiscal_years=YEARS)))
def test_a_facets_count_is_what_its_filter_selects(items: list[PlanItem]):
    counted = facets(items)
    assert all(len(select(items, ItemFilter(owner=str(owner)))) == count for owner, count in counted["owner"])
    assert all(len(select(items, ItemFilter(fiscal_year=int(year)))) == count for year, count in counted["fiscal_year"])


@given(st.lists(st.builds(item, st.text(max_size=5), owners=OWNERS)), st.text(max_size=8))
def test_any_text_selects_some_of_the_items_in_their_order(items: list[PlanItem], text: str):
    found = select(items, ItemFilter(text=text))
    remaining = iter(items)
    assert all(any(one is other for other in remaining) for one in found)
