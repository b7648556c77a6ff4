from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.channels.web.viewer_query import ViewerQuery
from assistant.document_view import (
    CHARACTERS_OF_A_SHEET,
    LINES_OF_A_SHEET,
    LONGEST_SHOWN,
    Cited,
    DocumentView,
)
from ingest.places import Place
from tests.made_up import a_passage, an_item

ITEM = an_item(line_start=3, line_end=4)


def view_of(*lines: str, **values: Any) -> DocumentView:
    return DocumentView(lines, values.pop("items", ()), values.pop("passages", ()), **values)


def test_an_item_is_a_part_of_its_own():
    parts = view_of("計画", "表", "1 窓口", "案内", "注", items=(ITEM,)).sheet(1).parts
    assert [[line.number for line in part.lines] for part in parts] == [[1, 2], [3, 4], [5]]
    assert [part.items for part in parts] == [(), (ITEM,), ()]
    assert parts[1].section == ("1 窓口",)


def test_items_of_one_line_share_a_part():
    other = an_item(id="item-2", line_start=3, line_end=3)
    parts = view_of("計画", "表", "1 窓口 2 案内", "続き", items=(ITEM, other)).sheet(1).parts
    assert {item.id for item in parts[1].items} == {"item-1", "item-2"}


def test_the_quote_is_cut_out_of_its_line_and_tags_are_left_out():
    sheet = view_of("計画", "<td>窓口の<b>案内</b>を見直す</td>").sheet(1, Cited(2, 2, "案内"))
    line = sheet.parts[0].lines[1]
    assert (line.before, line.quoted, line.after, line.is_cited) == ("窓口の", "案内", "を見直す", True)


def test_a_quote_of_two_lines_is_marked_in_both():
    lines = view_of("窓口の", "案内").sheet(1, Cited(1, 2, "窓口の案内")).parts[0].lines
    assert [line.quoted for line in lines] == ["窓口の", "案内"]


@pytest.mark.parametrize(
    ("cited", "found"),
    [
        (Cited(2, 2, "案内"), Cited(2, 2, "案内")),
        (Cited(1, 1, "案内"), Cited(2, 2, "案内")),
        (Cited(1, 9), Cited(1, 2)),
        (Cited(1, 1, "ない"), None),
        (Cited(8, 9), None),
    ],
)
def test_a_cited_place_is_where_its_quote_stands(cited: Cited, found: Cited | None):
    assert view_of("窓口の", "案内").where(cited) == found


def test_a_long_document_is_cut_into_sheets():
    view = view_of(*("行",) * (2 * LINES_OF_A_SHEET + 1))
    assert (view.sheet(1).count, view.sheet(2).first, view.sheet(9).number) == (3, LINES_OF_A_SHEET + 1, 3)
    assert (view.sheet_with(LINES_OF_A_SHEET), view.sheet_with(LINES_OF_A_SHEET + 1), view.sheet_with(10**6)) == (
        1,
        2,
        3,
    )


def test_a_sheet_of_long_lines_has_fewer_of_them():
    assert view_of("行" * (CHARACTERS_OF_A_SHEET + 1), "行").sheet(1).last == 1


def test_of_a_line_without_end_the_beginning_or_what_stands_around_the_quote_is_shown():
    long = "前" * 50_000 + "案内" + "後" * 50_000
    (plain,) = view_of(long).sheet(1).parts[0].lines
    assert (len(plain.before), plain.left_out) == (LONGEST_SHOWN, 100_002 - LONGEST_SHOWN)
    (cited,) = view_of(long).sheet(1, Cited(1, 1, "案内")).parts[0].lines
    assert (cited.before[-1], cited.quoted, cited.after[0]) == ("前", "案内", "後")
    assert cited.left_out == 100_000 - LONGEST_SHOWN


def test_a_document_with_pages_has_a_sheet_for_each():
    passages = (
        a_passage(line_start=1, line_end=1, place=Place(1)),
        a_passage(line_start=3, line_end=3, place=Place(3)),
    )
    view = view_of("一", "一の続き", "三", passages=passages, pages=4)
    shown = [(sheet.page, sheet.first, sheet.last) for sheet in map(view.sheet, range(1, 5))]
    assert [one for one in shown if one[1] <= one[2]] == [(1, 1, 2), (3, 3, 3)]
    assert [page for page, *_ in shown] == [1, 2, 3, 4]


def test_a_document_without_lines_has_an_empty_sheet():
    assert view_of().sheet(1).parts == ()


@given(st.lists(st.text(max_size=20), max_size=30), st.lists(st.tuples(st.integers(1, 30), st.integers(0, 5))))
def test_every_line_is_shown_exactly_once(lines: list[str], places: list[tuple[int, int]]):
    items = tuple(
        an_item(id=str(n), line_start=first, line_end=first + more)
        for n, (first, more) in enumerate(places)
        if first + more <= len(lines)
    )
    parts = view_of(*lines, items=items).sheet(1).parts
    assert [line.number for part in parts for line in part.lines] == list(range(1, len(lines) + 1))
    assert {item.id for part in parts for item in part.items} <= {item.id for item in items}


@given(lines=st.text(), quote=st.text(), cited=st.text(), page=st.text())
def test_any_address_can_be_read(lines: str, quote: str, cited: str, page: str):
    query = ViewerQuery.model_validate({"lines": lines, "quote": quote, "cited": cited, "page": page})
    assert query.place is None or query.place.first <= query.place.last
    assert isinstance(query.places("doc"), tuple)
