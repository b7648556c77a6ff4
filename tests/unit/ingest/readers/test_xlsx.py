import io
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from ingest.readers.grids import cell_name
from ingest.readers.layout import Layout, TablePart, TextPart
from ingest.readers.number_formats import printed_number
from ingest.readers.xlsx import read_layout
from tests.unit.ingest.readers.archive_changes import repacked
from tests.unit.ingest.readers.layouts import headings_of, remarks_of, tables_of, texts_of

LINED = Border(*(Side("thin") for _ in range(4)))


def saved(workbook: Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def read(workbook: Workbook, name: str = "plan.xlsx") -> Layout:
    return read_layout(name, saved(workbook))


def a_workbook(*rows: tuple[Any, ...], title: str = "Sheet1") -> Workbook:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return workbook


PLAN = (("番号", "取組項目", "担当課"), (1, "窓口の一本化", "市民課"), (2, "公用車の削減", "管財課"))
PRINTED = [("番号", "取組項目", "担当課"), ("1", "窓口の一本化", "市民課"), ("2", "公用車の削減", "管財課")]


def test_a_table_is_read_with_the_cells_that_each_row_stands_in():
    layout = read(a_workbook(*PLAN))
    assert tables_of(layout) == [PRINTED]
    table = layout.parts[0]
    assert isinstance(table, TablePart)
    assert [(row.place.sheet, row.place.cells) for row in table.rows] == [
        ("Sheet1", "A1:C1"),
        ("Sheet1", "A2:C2"),
        ("Sheet1", "A3:C3"),
    ]


def test_a_merged_cell_stands_in_every_row_and_column_that_it_covers():
    workbook = a_workbook(
        ("所管", "取組項目", "目標", None),
        (None, None, "令和6年度", "令和7年度"),
        ("総務課", "印刷の見直し", "10件", "20件"),
        (None, "郵便の見直し", "5件", "8件"),
    )
    for merged in ("A1:A2", "B1:B2", "C1:D1", "A3:A4"):
        workbook.active.merge_cells(merged)
    assert tables_of(read(workbook)) == [
        [
            ("所管", "取組項目", "目標", "目標"),
            ("所管", "取組項目", "令和6年度", "令和7年度"),
            ("総務課", "印刷の見直し", "10件", "20件"),
            ("総務課", "郵便の見直し", "5件", "8件"),
        ]
    ]
    assert read(workbook).facts["merged_cells"] == 4


def test_columns_that_only_cut_merged_cells_into_pieces_are_no_columns_of_the_table():
    workbook = Workbook()
    sheet = workbook.active
    for row, cells in enumerate(PRINTED, 1):
        for column, text in zip((2, 6, 12), cells, strict=True):
            sheet.cell(row, column, text)
            sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + 3)
    assert tables_of(read(workbook)) == [PRINTED]


def test_titles_above_and_notes_below_a_table_are_texts():
    layout = read(a_workbook(("見本市行政改革プラン",), (None, None, "（単位：千円）"), *PLAN, ("※1 市民課は新設",)))
    assert texts_of(layout) == ["見本市行政改革プラン", "（単位：千円）", "※1 市民課は新設"]
    assert tables_of(layout) == [PRINTED]
    assert layout.parts[0].place.cells == "A1" if isinstance(layout.parts[0], TextPart) else False


@pytest.mark.parametrize("between", [[], [()]], ids=["directly above", "with a blank row between"])
def test_a_title_with_a_date_beside_it_is_no_row_of_the_table(between: list[tuple[()]]):
    header = ("番号", "取組項目", "担当課", "時期", "備考")
    body = ("1", "窓口の一本化", "市民課", "6年度", "特になし")
    layout = read(a_workbook(("見本市行政改革プラン", None, None, None, "令和7年3月現在"), *between, header, body))
    assert texts_of(layout) == ["見本市行政改革プラン", "令和7年3月現在"]
    assert tables_of(layout) == [[header, body]]


def test_a_table_goes_on_below_a_blank_row_with_as_many_columns():
    layout = read(a_workbook(*PLAN, (), (3, "予算の見直し", None)))
    assert tables_of(layout) == [PRINTED, [("3", "予算の見直し", "")]]


def test_texts_in_drawn_shapes_are_read_with_the_cell_that_they_begin_in():
    workbook = a_workbook(*PLAN)
    chart = BarChart()
    chart.add_data(Reference(workbook.active, min_col=1, min_row=1, max_row=3))
    workbook.active.add_chart(chart, "F2")
    shape = (
        '<xdr:sp xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">'
        '<xdr:txBody xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        "<a:p><a:r><a:t>工程は</a:t></a:r><a:r><a:t>変わりうる</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )
    data = repacked(
        saved(workbook),
        {"xl/drawings/drawing1.xml": lambda xml: re.sub("(<(?:xdr:)?graphicFrame)", rf"{shape}\1", xml, count=1)},
    )
    part = read_layout("plan.xlsx", data).parts[-1]
    assert isinstance(part, TextPart)
    assert (part.text, part.place.cells, part.kind) == ("工程は変わりうる", "F2", "paragraph")


def test_lines_of_text_on_a_sheet_are_no_headings():
    layout = read(a_workbook(("計画の趣旨",), ("市民の声を聞く",), ("１ 基本方針",), ("窓口を見直す",)))
    kinds = [part.kind for part in layout.parts if isinstance(part, TextPart)]
    assert kinds == ["paragraph", "paragraph", None, "paragraph"]


def test_a_year_over_some_columns_belongs_to_the_table_below_it():
    workbook = a_workbook((None, "令和6年度", None), ("取組項目", "上期", "下期"), ("窓口の一本化", "○", "○"))
    workbook.active.merge_cells("B1:C1")
    assert tables_of(read(workbook))[0][0] == ("", "令和6年度", "令和6年度")


def test_tables_are_taken_apart_at_blank_rows_and_blank_columns():
    workbook = a_workbook(*PLAN, (), ("指標", "目標値"), ("来庁者", "90人"))
    for row, cells in enumerate((("施設", "面積"), ("本庁", "500㎡"), ("支所", "80㎡")), 1):
        for column, text in enumerate(cells, 5):
            workbook.active.cell(row, column, text)
    assert tables_of(read(workbook)) == [
        PRINTED,
        [("施設", "面積"), ("本庁", "500㎡"), ("支所", "80㎡")],
        [("指標", "目標値"), ("来庁者", "90人")],
    ]


def test_a_blank_row_or_column_with_lines_around_its_cells_belongs_to_its_table():
    workbook = a_workbook(
        ("取組項目", "担当課", None, "時期"), ("窓口", "市民課"), (None,), ("公用車", "管財課", None, "6年度")
    )
    for row in workbook.active["A1:D4"]:
        for cell in row:
            cell.border = LINED
    assert len(tables_of(read(workbook))) == 1


def test_hidden_sheets_rows_and_columns_are_left_out_and_said():
    workbook = a_workbook(("番号", "内部メモ", "取組項目"), (1, "秘", "窓口"), (2, "秘", "予算"), (3, "秘", "車"))
    workbook.active.column_dimensions["B"].hidden = True
    workbook.active.row_dimensions[3].hidden = True
    workbook.create_sheet("作業用").append(("未公表", "未公表"))
    workbook["作業用"].sheet_state = "hidden"
    layout = read(workbook)
    assert tables_of(layout) == [[("番号", "取組項目"), ("1", "窓口"), ("3", "車")]]
    assert "hidden sheets are left out: 「作業用」" in remarks_of(layout)
    assert "hidden rows left out: 1, hidden columns: 1" in remarks_of(layout)
    assert layout.facts["hidden_parts"] == 3


def test_a_merged_cell_that_begins_in_a_hidden_row_is_still_shown():
    workbook = a_workbook(("課", "項目"), ("総務課", "隠れた項目"), (None, "印刷"))
    workbook.active.merge_cells("A2:A3")
    workbook.active.row_dimensions[2].hidden = True
    assert tables_of(read(workbook)) == [[("課", "項目"), ("総務課", "印刷")]]


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (1234, "#,##0", "1,234"),
        (-1234, '#,##0;"△"#,##0', "△1,234"),
        (-1234, "#,##0;▲ #,##0", "▲ 1,234"),
        (-1234.5, "#,##0.0_ ;[Red]\\-#,##0.0\\ ", "-1,234.5"),
        (-5, "#,##0_ ;(#,##0)", "(5)"),
        (0.125, "0.0%", "12.5%"),
        (1234567, "#,##0,", "1,235"),
        (0, '#,##0;-#,##0;"－"', "－"),
        (7, '"R"0', "R7"),
        (3, '0"人"', "3人"),
        (12, "000", "012"),
        (1234, "[DBNum3][$-411]0", "１２３４"),
        (1234, "[$¥-411]#,##0", "¥1,234"),
        (1500, '[>=1000]0"千以上";0"未満"', "1500千以上"),
        (0.1 + 0.2, "General", "0.3"),
        (100.0, "General", "100"),
        (-0.3, "0", "0"),
        (date(2024, 4, 1), '[$-411]ggge"年"m"月"d"日";@', "令和6年4月1日"),
        (date(2024, 4, 1), 'yyyy"年"m"月"', "2024年4月"),
        (date(2019, 4, 30), "[$-411]ge.m.d", "H31.4.30"),
        (date(2019, 5, 1), '[$-ja-JP-x-gannen]ggge"年"m"月"', "令和元年5月"),
        (date(2024, 4, 1), "yyyy/mm/dd", "2024/04/01"),
        (date(2024, 4, 1), '[$-411]ggge"年度"', "令和6年度"),
        (0.75, "h:mm", "18:00"),
        (1.5, "[h]:mm", "36:00"),
        (date(2024, 4, 1), "aaa", "月"),
        (True, "General", "TRUE"),
        ("市民課", "General", "市民課"),
        ("市民課", '@"（予定）"', "市民課（予定）"),
        (5, ";;;", ""),
        (5, "@", "5"),
        (2.5, '@"人"', "2.5人"),
    ],
)
def test_figures_and_dates_are_printed_by_their_number_format(value: object, code: str, printed: str):
    workbook = a_workbook(("項目", "値"), ("窓口", value), ("車", "無"))
    workbook.active["B2"].number_format = code
    assert tables_of(read(workbook))[0][1] == ("窓口", printed)


def test_a_formula_without_stored_value_is_blank_and_said():
    layout = read(a_workbook(("項目", "計"), ("窓口", "=SUM(A1:A2)"), ("車", 3)))
    assert tables_of(layout) == [[("項目", "計"), ("窓口", ""), ("車", "3")]]
    assert "formulas without a stored value, read as blank: B2;" in remarks_of(layout)
    assert layout.facts["formulas_without_value"] == 1


def test_formulas_are_read_by_their_stored_values():
    cells = (
        '<row r="4"><c r="A4"><f>1+2</f><v>3</v></c><c r="B4" t="str"><f>A1&amp;"済"</f><v>予算の見直し</v></c>'
        '<c r="C4" t="str"><f>IF(A4=0,"財政課","")</f><v></v></c></row></sheetData>'
    )
    data = repacked(
        saved(a_workbook(*PLAN)),
        {"xl/worksheets/sheet1.xml": lambda xml: xml.replace("</sheetData>", cells)},
    )
    layout = read_layout("plan.xlsx", data)
    assert tables_of(layout) == [[*PRINTED, ("3", "予算の見直し", "")]]
    assert layout.remarks == ()


def test_a_cell_that_shows_an_error_is_blank_and_said():
    layout = read(a_workbook(("項目", "計"), ("窓口", "#REF!"), ("車", 3)))
    assert tables_of(layout)[0][1] == ("窓口", "")
    assert "cells that show an error, read as blank: B2" in remarks_of(layout)


def test_a_cell_that_is_struck_through_is_read_and_said():
    workbook = a_workbook(*PLAN)
    workbook.active["B3"].font = Font(strike=True)
    layout = read(workbook)
    assert tables_of(layout) == [PRINTED]
    assert "cells struck through, read like others: B3" in remarks_of(layout)


def test_text_in_several_fonts_is_one_text_and_line_breaks_in_a_cell_stay():
    bold = TextBlock(InlineFont(b=True), "見直し")
    layout = read(a_workbook(("項目", "内容"), (CellRichText("窓口の", bold), "受付\n案内\tなど"), ("車", "削減")))
    assert tables_of(layout)[0][1] == ("窓口の見直し", "受付\n案内 など")


def test_texts_that_cells_share_are_read_without_the_readings_printed_above_them():
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>所管</t><rPh sb="0" eb="2">'
        "<t>ショカン</t></rPh></si><si><r><rPr/><t>市民</t></r><r><t>課_x000D_</t></r></si></sst>"
    )
    cells = '<row r="4"><c r="A4" t="s"><v>0</v></c><c r="C4" t="s"><v>1</v></c></row></sheetData>'
    data = repacked(
        saved(a_workbook(*PLAN)),
        {
            "xl/texts.xml": strings,
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(
                "</Relationships>",
                '<Relationship Id="t" Target="texts.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
                'relationships/sharedStrings"/></Relationships>',
            ),
            "xl/worksheets/sheet1.xml": lambda xml: xml.replace("</sheetData>", cells),
        },
    )
    assert tables_of(read_layout("plan.xlsx", data)) == [[*PRINTED, ("所管", "", "市民課")]]


def test_full_width_digits_and_signs_stay_as_printed():
    assert tables_of(read(a_workbook(("項目", "額"), ("委託料", "△１，２３４円"))))[0][1] == ("委託料", "△１，２３４円")


def test_several_sheets_have_their_names_as_headings():
    workbook = a_workbook(*PLAN, title="総務部")
    for row in PLAN:
        workbook.create_sheet("市民部").append(row) if "市民部" not in workbook else workbook["市民部"].append(row)
    layout = read(workbook)
    assert headings_of(layout) == [(1, "総務部"), (1, "市民部")]
    assert tables_of(layout) == [PRINTED, PRINTED]


def test_the_only_sheet_is_a_heading_where_its_name_says_something():
    assert headings_of(read(a_workbook(*PLAN, title="Sheet1"))) == []
    assert headings_of(read(a_workbook(*PLAN, title="進捗状況"))) == [(1, "進捗状況")]


def test_charts_comments_and_colours_are_not_read_and_said():
    workbook = a_workbook(*PLAN)
    sheet = workbook.active
    sheet["A2"].comment = Comment("内部のメモ", "見本")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=3))
    sheet.add_chart(chart, "F2")
    for column in "DEF":
        sheet[f"{column}2"].fill = PatternFill("solid", "FFFF0000")
    layout = read(workbook)
    assert "not read, and what years and states they show not known: charts: 1" in remarks_of(layout)
    assert "comments left out: 1" in remarks_of(layout)
    assert "cells with nothing but a colour, whose meaning is not read: 3" in remarks_of(layout)
    assert layout.facts["graphic_pages"] == 1
    assert "メモ" not in str(layout.parts)


def test_a_sheet_of_200_columns_is_read_whole():
    header = tuple(f"列{number}" for number in range(200))
    (table,) = tables_of(read(a_workbook(header, tuple(range(200)))))
    assert table == [header, tuple(str(number) for number in range(200))]


def test_100_000_blank_rows_with_lines_around_their_cells_are_no_rows():
    blank = "".join(f'<row r="{row}"><c r="A{row}" s="0"/><c r="Z{row}" s="0"/></row>' for row in range(4, 100_004))
    data = repacked(
        saved(a_workbook(*PLAN)),
        {"xl/worksheets/sheet1.xml": lambda xml: xml.replace("</sheetData>", f"{blank}</sheetData>")},
    )
    assert tables_of(read_layout("plan.xlsx", data)) == [PRINTED]


def is_plain(text: str) -> bool:
    """A text that Excel would keep as such, and that begins no note."""
    return bool(text.strip()) and text[0] not in "=※＊*" and not text.startswith(("注", "備考", "資料", "出典"))


PRINTABLE = st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), max_codepoint=0xFFFF), min_size=1, max_size=8)


@given(
    st.integers(1, 30),
    st.integers(1, 30),
    st.integers(2, 6).flatmap(
        lambda width: st.lists(
            st.lists(PRINTABLE.filter(is_plain), min_size=width, max_size=width),
            min_size=2,
            max_size=6,
        )
    ),
)
def test_every_cell_of_a_table_comes_back_wherever_it_stands(top: int, left: int, rows: list[list[str]]):
    workbook = Workbook()
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            workbook.active.cell(top + at, left + column, text)
    (part,) = read(workbook).parts
    assert isinstance(part, TablePart)
    assert [row.cells for row in part.rows] == [tuple(text.rstrip() for text in row) for row in rows]
    last = get_column_letter(left + len(rows[0]) - 1)
    assert part.rows[0].place.cells == f"{get_column_letter(left)}{top}:{last}{top}"


@given(st.integers(1, 18_278), st.integers(1, 1_048_576))
def test_a_cell_has_the_name_that_excel_gives_it(column: int, row: int):
    assert cell_name(row, column) == f"{get_column_letter(column)}{row}"


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(
            st.lists(PRINTABLE.filter(is_plain), min_size=width, max_size=width), min_size=3, max_size=6
        )
    ),
    st.data(),
)
def test_every_cell_of_a_table_comes_back_also_when_others_are_merged(rows: list[list[str]], data: st.DataObject):
    # A header of as many cells as there are columns, so that no column only cuts merged cells into pieces.
    top, left = data.draw(st.integers(1, len(rows) - 1)), data.draw(st.integers(0, len(rows[0]) - 1))
    bottom, right = data.draw(st.integers(top, len(rows) - 1)), data.draw(st.integers(left, len(rows[0]) - 1))
    workbook = a_workbook(*map(tuple, rows))
    workbook.active.merge_cells(start_row=top + 1, end_row=bottom + 1, start_column=left + 1, end_column=right + 1)
    expected = [[text.rstrip() for text in row] for row in rows]
    for row in range(top, bottom + 1):
        expected[row][left : right + 1] = [expected[top][left]] * (right - left + 1)
    # Rows in which no text begins say nothing that the row above does not say.
    carried = set(range(top + 1, bottom + 1)) if (left, right) == (0, len(rows[0]) - 1) else set()
    printed = [tuple(row) for at, row in enumerate(expected) if at not in carried]
    notes = texts_of(read(workbook))
    assert [row for table in tables_of(read(workbook)) for row in table] + [
        (note,) * len(rows[0]) for note in notes
    ] == printed


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_are_grouped_by_thousands_as_python_does(number: int):
    assert printed_number(number, "#,##0") == f"{number:,}"
    assert printed_number(number, '#,##0;"△"#,##0') == f"{number:,}".replace("-", "△")


@given(st.dates(date(1900, 3, 1), date(9999, 12, 31)))
def test_days_are_printed_as_the_calendar_has_them(day: date):
    days = (day - date(1899, 12, 30)).days
    assert printed_number(days, "yyyy/mm/dd") == f"{day.year}/{day.month:02}/{day.day:02}"
    assert printed_number(days - 1462, 'yyyy"年"m"月"d"日"', since_1904=True) == (
        f"{day.year}年{day.month}月{day.day}日" if days >= 1462 else ""
    )


@given(st.text('0#?,.%;_*[]"\\@yYmMdDhHsSgGeEaA年月日△¥-+ ()/:GeneralDBNum3$', max_size=20), st.floats())
def test_any_number_format_prints_something_or_nothing(code: str, number: float):
    assert isinstance(printed_number(number, code), str)
