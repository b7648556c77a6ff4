"""Traps of real plans, each set in a made-up file of the same format: what it was read as, down to the items.

docs/reading.md lists which trap is covered where; the real files have theirs in test_documents_gold.py.
"""

import io
import unicodedata

from docx import Document as Letter
from openpyxl import Workbook
from reportlab.pdfgen.canvas import Canvas

from ingest.documents import Document
from ingest.extract import extract
from ingest.plan_items import Extraction, PlanItem
from ingest.readers import read_bytes
from tests.unit.ingest.readers.pdf_files import HEIGHT, both, lines, pdf, table


def read(name: str, data: bytes) -> tuple[Document, Extraction]:
    document = read_bytes(name, data)
    return document, extract(document)


def items(name: str, data: bytes) -> tuple[PlanItem, ...]:
    return read(name, data)[1].items


# PDF: slides


def test_pdf_bars_drawn_as_pictures_take_no_year_from_the_word_nearest_to_them() -> None:
    def draw(canvas: Canvas) -> None:
        lines("見本市デジタル方針", "令和8年度　令和9年度　令和10年度", "窓口の予約を広げる", "電話の案内を自動にする")(
            canvas
        )
        for at in range(12):
            canvas.circle(80 + 30 * at, HEIGHT - 300, 12, fill=1)

    document, extraction = read("slides.pdf", pdf(draw))
    assert document.facts["graphic_pages"] == 1
    assert [(item.schedule, item.target_fiscal_years) for item in extraction.items if item.schedule] == []


# PDF: a ruled table

BUDGETS: list[list[str | None]] = [
    ["番号", "事業名", "担当課", "Ｒ７年度当初予算額\n（千円）", "Ｒ８年度当初予算額\n（千円）", "実施時期"],
    ["1", "集会所の統合", "地域づくり\n支援課", "1,200", "800", "平成8年1月末"],
    ["2", "窓口の予約", "窓口課", "△300", "450", "令和8年6月"],
]
NEXT_PAGE: list[list[str | None]] = [
    ["3", "電話の案内", "広報課", "0", "90", "通年"],
    ["4", "公用車の共用", "財務課", "50", "40", "令和9年3月"],
]
WIDTHS = [30.0, 110.0, 80.0, 110.0, 110.0, 80.0]


def budget_plan(rows: list[list[str | None]] = BUDGETS) -> tuple[Document, Extraction]:
    first = both(lines("令和8年度 見本市継続事業一覧"), table(rows, WIDTHS, top=640))
    return read("budget.pdf", pdf(first, table(NEXT_PAGE, WIDTHS, top=60)))


def test_pdf_sums_of_two_years_stay_under_their_own_year_whichever_comes_first() -> None:
    _, extraction = budget_plan()
    assert amounts(extraction.items[0]) == {"７": "1,200", "８": "800"}
    swapped = [[*row[:3], row[4], row[3], row[5]] for row in BUDGETS]
    assert amounts(budget_plan(swapped)[1].items[0]) == {"７": "1,200", "８": "800"}


def amounts(item: PlanItem) -> dict[str, str]:
    """By the full-width figure in the label."""
    return {figure: text for label, text in item.fields.items() for figure in "７８" if figure in label}


def test_pdf_a_department_torn_over_two_lines_is_one() -> None:
    assert budget_plan()[1].items[0].owners == ("地域づくり支援課",)


def test_pdf_a_misprinted_year_is_kept_as_printed_flagged_and_no_target() -> None:
    _, extraction = budget_plan()
    misprinted = extraction.items[0]
    assert misprinted.schedule == "平成8年1月末"
    assert misprinted.target_fiscal_years == ()
    assert any("平成8年1月末" in remark.message for remark in extraction.report.remarks)


def test_pdf_rows_alone_on_the_last_page_belong_to_the_table_before() -> None:
    _, extraction = budget_plan()
    assert [(item.number, item.page) for item in extraction.items] == [("1", 1), ("2", 1), ("3", 2), ("4", 2)]


# PDF: prose and tables of indicators


def test_pdf_headings_doubled_to_look_bold_are_read_once_and_indicators_of_a_split_table_are_whole() -> None:
    heading = both(lines("2 見本市の指標", top=600), lines("2 見本市の指標", top=600, left=50.4))
    first: list[list[str | None]] = [["指標", "現状値", "目標値（令和9年度）"], ["満足度", "40%", "60%"]]
    second: list[list[str | None]] = [["指標", "現状値", "目標値（令和9年度）"], ["申請の割合", "3割", "8割"]]
    widths = [150.0, 100.0, 150.0]
    pages = both(lines("見本市総合戦略"), heading, table(first, widths, top=640)), table(second, widths, top=60)
    document, extraction = read("indicators.pdf", pdf(*pages))
    assert "\n".join(document.lines).count("見本市の指標") == 1
    assert [(item.title, item.goals, item.owners, item.target_fiscal_years) for item in extraction.items] == [
        ("満足度", ("60%",), (), (2027,)),
        ("申請の割合", ("8割",), (), (2027,)),
    ]


# Excel


def test_xlsx_owners_merged_downwards_years_merged_across_and_arrows_not_read() -> None:
    workbook = Workbook()
    sheet = workbook.active
    for row in (
        ("見本市設備の移行スケジュール", None, None, None, None),
        ("担当", "取組項目", "令和8年度", None, "令和9年度"),
        (None, None, "前期", "後期", "前期"),
        ("総務課", "設備の点検", "点検", None, None),
        (None, "設備の移行", None, "移行", "移行"),
        ("広報課", "市民への案内", "案内", None, None),
    ):
        sheet.append(row)
    for cells in ("C2:D2", "A2:A3", "B2:B3", "A4:A5"):
        sheet.merge_cells(cells)
    found = items("schedule.xlsx", saved(workbook))
    assert [(item.title, item.owners) for item in found] == [
        ("設備の点検", ("総務課",)),
        ("設備の移行", ("総務課",)),
        ("市民への案内", ("広報課",)),
    ]
    assert [item.target_fiscal_years for item in found] == [(2026,), (2026, 2027), (2026,)]


# Word


def test_docx_full_width_digits_of_amounts_stay_and_are_found_with_plain_ones() -> None:
    letter = Letter()
    letter.add_heading("見本市の設備について", 0)
    letter.add_paragraph("設備の譲渡にかかる費用は、総額で１２，３４５，０００円である。")
    document, extraction = read("letter.docx", saved(letter))
    assert extraction.items == ()
    assert "１２，３４５，０００円" in "\n".join(document.lines)
    # Words are indexed in their plain form.
    assert any("12,345,000円" in unicodedata.normalize("NFKC", passage.search_text) for passage in extraction.passages)


def test_docx_a_vertical_merge_a_header_of_two_rows_a_total_and_a_running_header() -> None:
    letter = Letter()
    letter.sections[0].header.paragraphs[0].text = "見本市の柱書き"
    letter.add_heading("見本市施設管理計画", 0)
    rows = (
        ("区分", "施設類型", "保有量", "保有量", "管理方針"),
        ("区分", "施設類型", "数", "面積（㎡）", "管理方針"),
        ("建物", "集会所", "12", "1,200", "古いものから建て替える。"),
        ("", "学校", "8", "56,000", "使われない教室を開放する。"),
        ("道など", "橋", "40", "900", "5年ごとに点検する。"),
        ("合計", "合計", "60", "58,100", ""),
    )
    grid = letter.add_table(len(rows), 5)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            grid.cell(at, column).text = text
    merges = (
        ((0, 0), (1, 0)),
        ((0, 1), (1, 1)),
        ((0, 2), (0, 3)),
        ((0, 4), (1, 4)),
        ((2, 0), (3, 0)),
        ((5, 0), (5, 1)),
    )
    for start, end in merges:
        text = grid.cell(*start).text
        merged = grid.cell(*start).merge(grid.cell(*end))
        merged.text = text
    document, extraction = read("facilities.docx", saved(letter))
    assert [(item.section[-1], item.title, len(item.fields)) for item in extraction.items] == [
        ("建物", "集会所", 2),
        ("建物", "学校", 2),
        ("道など", "橋", 2),
    ]
    assert "見本市の柱書き" not in "\n".join(document.lines)


# CSV

CSV_ROWS: tuple[tuple[str, ...], ...] = (
    ("見本市実施計画（柱４）", "", "", "", "", ""),
    ("（単位：千円）", "", "", "", "", ""),
    ("施策", "事業名", "R8", "R9", "R10", "事業費"),
    ("安心な暮らし", "集会所の修繕", "○", "○", "○", "1200"),
    ("", "防災無線の更新", "○", "○", "", "900"),
    ("", "計", "", "", "", "2100"),
    ("楽しい学び", "学校の共用", "○", "○", "○", "300"),
    ("", "負担金", "○", "○", "○", "70"),
    ("", "負担金", "○", "○", "○", "80"),
    ("", "計", "", "", "", "450"),
)


def csv_items() -> tuple[Document, Extraction]:
    return read("plan.csv", "".join(f"{','.join(row)}\r\n" for row in CSV_ROWS).encode("cp932"))


def test_csv_two_title_rows_are_no_header_and_no_items() -> None:
    document, extraction = csv_items()
    assert document.title == "見本市実施計画（柱４）"
    assert extraction.items[0].title == "集会所の修繕"


def test_csv_a_blank_cell_means_the_same_as_above() -> None:
    assert [item.section[-1] for item in csv_items()[1].items] == ["安心な暮らし"] * 2 + ["楽しい学び"] * 3


def test_csv_subtotals_are_no_items_but_can_be_found() -> None:
    _, extraction = csv_items()
    assert len(extraction.items) == 5
    assert "計" not in {item.title for item in extraction.items}
    others = "\n".join(passage.text for passage in extraction.passages if passage.item_id is None)
    assert "2100" in others


def test_csv_two_rows_of_one_title_stay_two_items() -> None:
    twins = [item for item in csv_items()[1].items if item.title == "負担金"]
    assert len({item.id for item in twins}) == 2
    assert [next(iter(item.fields.values())) for item in twins] == ["70", "80"]


def test_csv_a_row_one_year_short_ends_a_year_earlier() -> None:
    years = {item.title: item.target_fiscal_years for item in csv_items()[1].items}
    assert (years["集会所の修繕"], years["防災無線の更新"]) == ((2026, 2027, 2028), (2026, 2027))


# HTML


def test_html_spans_headers_of_two_rows_site_furniture_and_subtotals() -> None:
    page = """<!doctype html><html><head><title>実施計画｜見本市</title></head><body>
<a href="#main">本文へ移動する</a><nav><ul><li><a href=/>トップ</a><li><a href=/k>暮らし</a></ul></nav>
<main id=main><h1>見本市実施計画</h1><table>
<tr><th rowspan=2>施策<th rowspan=2>事業名<th colspan=2>年度<th rowspan=2>所管課<tr><th>R8<th>R9
<tr><td rowspan=3>安心な暮らし<td>集会所の修繕<td>○<td>○<td>総務課<tr><td>防災無線の更新<td>○<td><td>防災課
<tr><td>計<td colspan=3>2,100</table></main><footer>見本市役所 〒000-0000</footer></body></html>"""
    document, extraction = read("plan.html", page.encode())
    assert [(i.section[-1], i.title, i.owners, i.target_fiscal_years) for i in extraction.items] == [
        ("安心な暮らし", "集会所の修繕", ("総務課",), (2026, 2027)),
        ("安心な暮らし", "防災無線の更新", ("防災課",), (2026,)),
    ]
    assert not any(word in "\n".join(document.lines) for word in ("本文へ移動", "トップ", "〒000"))


def saved(made: object) -> bytes:
    file = io.BytesIO()
    made.save(file)  # type: ignore[attr-defined]
    return file.getvalue()
