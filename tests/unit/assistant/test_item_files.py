import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from assistant.channels.item_calendar import items_as_calendar
from assistant.channels.item_columns import COLUMNS, WORKBOOK_COLUMNS
from assistant.channels.item_csv import BOM, items_as_csv
from assistant.channels.item_workbook import items_as_workbook
from assistant.channels.readable import readable
from assistant.listing import sorted_items
from ingest.plan_items import Correction, PlanItem
from tests.made_up import an_item

STAMP = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)


def sheet_of(*items: PlanItem, japanese: bool = True):
    return openpyxl.load_workbook(io.BytesIO(items_as_workbook(items, japanese=japanese))).active


def cells_of(item: PlanItem):
    header, row = sheet_of(item, japanese=False).iter_rows(max_row=2)
    return {name.value: cell for name, cell in zip(header, row, strict=True)}


def events_of(*items: PlanItem):
    return Calendar.from_ical(items_as_calendar(items, "https://kaikaku.example.jp", {"doc-1": STAMP})).walk("VEVENT")


def test_people_get_japanese_headings_and_programs_the_names_of_the_api():
    people = next(csv.reader(io.StringIO(items_as_csv([], japanese=True).removeprefix(BOM))))
    assert people[:6] == ["ID", "自治体", "計画", "体系", "項目番号", "項目名"]
    assert len(set(people)) == len(COLUMNS)
    assert [cell.value for cell in sheet_of()[1]] == [column.heading("ja") for column in WORKBOOK_COLUMNS]


def test_a_file_tells_what_staff_corrected_beside_the_corrected_value():
    told = Correction("owner", "窓口課", "市民課", "組織改正", "2026-04-01")
    (row,) = csv.DictReader(io.StringIO(items_as_csv([an_item(owners=("市民課",), corrections=(told,))]).lstrip(BOM)))
    assert (row["owners"], row["corrections"]) == ("市民課", "所管課：窓口課 → 市民課（2026-04-01、組織改正）")


def test_a_workbook_keeps_its_header_in_sight_and_can_be_filtered():
    sheet = sheet_of(an_item(), an_item(id="item-2"))
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("取組項目", "A2", "A1:AA3")


def test_a_workbook_holds_numbers_and_dates_as_such():
    cells = cells_of(an_item(target_fiscal_years=(2024, 2025), number="007", confidence=0.5))
    assert (cells["line_start"].value, cells["confidence"].value) == (10, 0.5)
    assert (cells["first_target_year"].value, cells["last_target_year"].value) == (2024, 2025)
    assert cells["last_target_day"].value == datetime(2026, 3, 31)
    assert cells["number"].value == "007"
    assert cells_of(an_item())["last_target_day"].value is None


def test_what_has_only_a_beginning_has_no_day_by_which_it_is_due():
    begun = an_item(schedule="令和4年度～", schedule_kind="from", target_fiscal_years=(2022,))
    assert cells_of(begun)["last_target_day"].value is None


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "https://example.jp", "mailto:x"])
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(title: str):
    cell = cells_of(an_item(title=title))["title"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (title, "s", None)


@pytest.mark.parametrize("text", ["あ" * 100_000, "𠮷" * 20_000])
def test_a_cell_that_is_too_long_for_excel_says_that_it_is_cut(text: str):
    value = cells_of(an_item(content=text))["content"].value
    assert value.endswith("…（長いため以下略）")
    assert 32_000 < len(value.encode("utf-16-le")) // 2 <= 32_767


def test_a_target_year_ends_on_the_31st_of_march_of_the_next_year():
    item = an_item(owners=("窓口課", "財務課"), target_fiscal_years=(2024, 2025), schedule="令和6年度～令和7年度")
    (event,) = events_of(item, an_item(id="item-2"))
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 3, 31), date(2026, 4, 1))
    assert event["summary"] == "令和7年度（2025年度）末：窓口案内の見直し"
    assert event["description"] == "計画：見本市改革プラン\n所管課：窓口課、財務課\n実施時期：令和6年度～令和7年度"
    assert (event["uid"], event["url"]) == ("item-1@kaikaku", "https://kaikaku.example.jp/items/item-1")
    assert event["categories"].cats == ["窓口課", "財務課"]
    assert event.decoded("dtstamp") == STAMP


def test_a_title_that_would_begin_another_event_stays_a_title():
    hostile = "案内\r\nEND:VEVENT\nBEGIN:VEVENT;x,y\\"
    (event,) = events_of(an_item(title=hostile, target_fiscal_years=(2025,)))
    assert event["summary"] == "令和7年度（2025年度）末：案内\ufffd\nEND:VEVENT\nBEGIN:VEVENT;x,y\\"


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_can_be_exported(text: str):
    item = an_item(title=text or "x", content=text, owners=(text or "x",), target_fiscal_years=(2025,))
    assert readable(readable(text)) == readable(text)
    assert len(readable(text)) == len(text)
    assert sheet_of(item).max_row == 2
    assert len(events_of(item)) == 1
    assert items_as_csv([item]).encode("utf-8", "replace")


def test_items_are_sorted_by_the_numbers_in_their_names():
    items = [an_item(id=n, number=n) for n in ("10", "2", "1-10", "1-9")]
    assert [item.number for item in sorted_items(items, "number")] == ["1-9", "1-10", "2", "10"]
    assert [item.number for item in sorted_items(items, "-number")] == ["10", "2", "1-10", "1-9"]
