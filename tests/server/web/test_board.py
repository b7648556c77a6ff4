"""The coordinators' board in a real browser: conditions, order, columns, groups, charts and files."""

import csv
import io
from typing import Any
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.server.web.browsing import assert_accessible, assert_fits, keep_picture
from tests.server.web.conftest import OpenPage

VIEWS = ("", "&view=owner", "&view=year", "&view=timeline", "&view=charts")


@pytest.fixture
def open_board(open_page: OpenPage, made_up_address):
    def opened(query: str = "", **options: Any) -> Page:
        return open_page(f"{made_up_address}/items{query}", **options)

    return opened


def address_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def total_of(page: Page) -> str:
    return page.locator(".total strong").inner_text()


def column(page: Page, name: str) -> list[str]:
    heads = page.locator("thead th").all_inner_texts()
    place = next(n for n, head in enumerate(heads, 1) if head.startswith(name))
    return page.locator(f"tbody tr:not(.group) > :nth-child({place})").all_inner_texts()


def data_of(page: Page, form: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=form).click()
    return download.value.path().read_bytes()


def test_conditions_are_chosen_in_the_form_and_the_address_holds_only_them(open_board):
    page = open_board()
    assert total_of(page) == "128件"
    page.get_by_role("searchbox", name="ことば").fill("使用料")
    page.get_by_text("自治体・計画・所管課").click()
    page.get_by_role("combobox", name="所管課").select_option("財務課")
    page.get_by_role("button", name="しぼりこむ").click()
    assert address_of(page) == {"q": ["使用料"], "owner": ["財務課"]}
    assert set(column(page, "所管課")) == {"財務課"}
    assert total_of(page) == f"{len(column(page, '所管課'))}件"
    expect(page.get_by_role("searchbox", name="ことば")).to_have_value("使用料")


def test_a_facet_leads_to_as_many_items_as_it_says_and_can_be_left_again(open_board):
    page = open_board()
    facet = page.locator(".facets li", has=page.get_by_role("link", name="順調", exact=True))
    count = facet.locator(".count").inner_text()
    facet.get_by_role("link").click()
    assert (total_of(page), address_of(page)) == (count, {"progress": ["順調"]})
    page.get_by_role("link", name="「進捗区分：順調」の条件を外す").click()
    assert total_of(page) == "128件"


def test_other_values_of_a_chosen_facet_stay_in_reach(open_board):
    page = open_board("?progress=順調")
    page.locator(".facets").get_by_role("link", name="遅れ", exact=True).click()
    assert address_of(page) == {"progress": ["遅れ"]}
    assert set(column(page, "進捗区分")) == {"遅れ"}


def test_a_missing_field_is_a_condition(open_board):
    page = open_board("?municipality=手本町")
    page.locator(".facets").get_by_role("link", name="所管課の記載なし").click()
    assert total_of(page) == "24件"
    assert set(column(page, "所管課")) == {"記載なし"}


def test_the_head_of_a_column_sorts_and_sorts_back(open_board):
    page = open_board("?municipality=手本町&columns=number&columns=title")
    page.get_by_role("columnheader", name="項目番号").get_by_role("link").click()
    assert column(page, "項目番号")[:3] == ["0", "1", "2"]
    head = page.get_by_role("columnheader", name="項目番号")
    expect(head).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("link").click()
    assert column(page, "項目番号")[:3] == ["119", "118", "117"]
    expect(page.get_by_role("columnheader", name="項目番号")).to_have_attribute("aria-sort", "descending")


def test_columns_that_no_item_fills_are_left_out_unless_they_are_chosen(open_board):
    assert "区分" in open_board("?municipality=手本町").locator("thead th").all_inner_texts()
    page = open_board("?municipality=写真町")
    assert page.locator("thead th").all_inner_texts() == ["項目名", "自治体", "体系", "所管課", "目標年度"]


def test_columns_can_be_chosen_and_stay_while_the_conditions_change(open_board):
    page = open_board("?municipality=手本町")
    page.locator("summary", has_text="表示する列").click()
    page.get_by_role("checkbox", name="目標", exact=True).check()
    page.get_by_role("checkbox", name="所管課").uncheck()
    page.get_by_role("button", name="しぼりこむ").click()
    heads = page.locator("thead th").all_inner_texts()
    assert "目標" in heads
    assert "所管課" not in heads
    page.locator(".facets").get_by_role("link", name="新規", exact=True).click()
    assert page.locator("thead th").all_inner_texts() == heads


def test_all_of_the_state_comes_back_from_the_address(open_board):
    page = open_board("?q=案内&status=新規&fiscal_year=2024&sort=-title&columns=title&columns=status&view=owner")
    expect(page.get_by_role("searchbox", name="ことば")).to_have_value("案内")
    expect(page.locator("#filter-status")).to_have_value("新規")
    expect(page.locator("#filter-fiscal_year")).to_have_value("2024")
    assert page.locator("thead th").all_inner_texts() == ["項目名 ▼", "区分"]
    expect(page.locator(".views [aria-current]")).to_have_text("所管課ごと")
    page.locator(".views").get_by_role("link", name="一覧").click()
    assert address_of(page).keys() == {"q", "status", "fiscal_year", "sort", "columns"}


def test_what_the_address_does_not_know_and_pages_too_far_do_no_harm(open_board):
    page = open_board("?utm_source=x&page=999&municipality=手本町")
    assert total_of(page) == "120件"
    expect(page.locator(".pager [aria-current]")).to_have_text("3 / 3ページ")


def test_pages_follow_each_other_and_the_total_stays(open_board):
    page = open_board("?municipality=手本町&sort=number&columns=number")
    page.get_by_role("link", name="次のページ").click()
    assert column(page, "項目番号")[0] == "50"
    assert total_of(page) == "120件"
    assert address_of(page)["page"] == ["2"]


@pytest.mark.parametrize(("view", "first"), [("owner", "記載なし"), ("year", "令和8年度（2026年度）")])
def test_groups_tell_their_size_and_hold_what_belongs_to_them(open_board, view: str, first: str):
    page = open_board(f"?municipality=手本町&status=新規&view={view}&q=取組")
    groups = page.locator("tr.group th").all_inner_texts()
    assert len(groups) > 1
    sizes = [int(group.split("　")[-1].removesuffix("件")) for group in groups]
    assert sum(sizes) >= 60
    if view == "owner":
        assert groups[-1].startswith(first)
    else:
        assert [group[:4] for group in groups] == sorted(group[:4] for group in groups)


def test_a_group_that_goes_on_says_so_and_the_contents_lead_to_it(open_board):
    page = open_board("?municipality=手本町&view=year")
    page.get_by_text("目標年度の一覧").click()
    page.locator(".index").get_by_role("link").last.click()
    assert "#group-" in page.url
    expect(page.locator("tr.group th").first).to_contain_text("（続き）")


def test_charts_are_pictures_with_names_and_their_data_stand_beside(open_board):
    page = open_board("?municipality=手本町&view=charts")
    for name in ("目標年度ごとの件数", "進捗区分ごとの件数", "所管課ごとの件数"):
        section = page.get_by_role("region", name=name, exact=True).first
        chart = section.get_by_role("img", name=name)
        assert chart.evaluate("svg => svg.querySelector('desc').textContent").startswith("120件の取組項目を")
        drawn = chart.locator("text:not(.name)").all_text_contents()
        assert drawn == section.locator("td").all_inner_texts()
        assert len(drawn) == chart.locator("rect").count()
    page.get_by_role("row", name="遅れ").get_by_role("link").click()
    assert total_of(page) == "40件"


def test_the_timeline_draws_each_dated_item_and_tells_of_the_others(open_board):
    page = open_board("?municipality=見本市&view=timeline")
    assert page.get_by_role("img", name="取組項目の年表").locator("rect title").all_text_contents() == [
        "令和7年度（2025年度）"
    ]
    expect(page.get_by_text("目標年度の記載がない項目がこのページに1件")).to_be_visible()


def test_files_hold_exactly_what_is_selected(open_board):
    page = open_board("?municipality=手本町&owner=財務課&sort=-number")
    total = int(total_of(page).removesuffix("件"))
    data = data_of(page, "CSV")
    assert data.startswith(b"\xef\xbb\xbf")
    records = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(records) == total
    assert {record["所管課"] for record in records} == {"財務課"}
    assert records[0]["項目番号"] == "117"
    sheet = openpyxl.load_workbook(io.BytesIO(data_of(page, "Excel"))).active
    assert (sheet.max_row, sheet["F1"].value) == (total + 1, "項目名")
    events = Calendar.from_ical(data_of(page, "カレンダー")).walk("VEVENT")
    assert len(events) == total
    assert {str(event.decoded("dtstart"))[4:] for event in events} == {"-03-31"}


def test_hostile_titles_are_no_formula_in_a_file(open_board):
    page = open_board("?municipality=悪戯市")
    text = data_of(page, "CSV").decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    sheet = openpyxl.load_workbook(io.BytesIO(data_of(page, "Excel"))).active
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "n", "d"}


def test_no_hits_say_what_to_do(open_board):
    page = open_board("?q=どこにもない言葉")
    assert total_of(page) == "0件"
    expect(page.get_by_text("条件を減らすか、ことばを短くしてお試しください。")).to_be_visible()


def test_the_board_works_without_scripts(open_board):
    page = open_board("", java_script_enabled=False)
    page.get_by_role("searchbox", name="ことば").fill("電子申請")
    page.get_by_role("searchbox", name="ことば").press("Enter")
    assert total_of(page) == "1件"
    page.get_by_role("link", name="電子申請の拡大").click()
    expect(page.locator("h1")).to_have_text("電子申請の拡大")


def test_the_board_is_used_by_the_keyboard_alone(open_board):
    page = open_board("?municipality=見本市")

    def tab_to(name: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if name in page.evaluate("document.activeElement.innerText || document.activeElement.id"):
                return
        raise AssertionError(f"{name} is not reached")

    tab_to("filter-q")
    page.keyboard.type("窓口案内")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    assert total_of(page) == "1件"
    tab_to("グラフ")
    page.keyboard.press("Enter")
    page.wait_for_url("**view=charts**")
    tab_to("Excel")
    with page.expect_download():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("scheme", "lang", "width"), [("light", "ja", 1280), ("dark", "en", 320)])
def test_no_view_has_barriers_or_is_too_wide(open_board, view: str, scheme: str, lang: str, width: int):
    page = open_board(f"?municipality=手本町&progress=順調{view}&lang={lang}", width=width, color_scheme=scheme)
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("view", VIEWS)
def test_hostile_texts_neither_run_nor_break_the_layout(open_board, view: str):
    page = open_board(f"?municipality=悪戯市{view}", width=320)
    assert "ran" not in page.title()
    assert_fits(page)
    assert len(page.content()) < 500_000


def test_the_board_is_kept_in_pictures(open_board):
    keep_picture(open_board("?municipality=手本町&owner=財務課&q=使用料"), "board")
    keep_picture(open_board("?municipality=手本町&view=owner", width=320), "board_320", whole=False)
    keep_picture(open_board("?municipality=手本町&view=charts", color_scheme="dark"), "board_charts_dark")
    keep_picture(
        open_board("?municipality=手本町&view=timeline&lang=en&fiscal_year=2024"), "board_timeline_en", whole=False
    )
    keep_picture(open_board("?municipality=手本町&view=charts", forced_colors="active"), "board_charts_forced_colors")
    page = open_board("?municipality=手本町&owner=財務課&q=使用料&view=year", width=794)
    page.emulate_media(media="print")
    keep_picture(page, "board_print")
