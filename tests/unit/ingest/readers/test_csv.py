"""CSV files to text parts and tables, each with its range of cells."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import DocumentTooLarge, IngestError, UnreadableDocument
from ingest.extract import extract
from ingest.readers import read_bytes, read_document
from ingest.readers.csv import read_layout
from ingest.readers.delimited import MOST_COLUMNS, MOST_LINES, read_records
from ingest.readers.layout import Layout, TablePart, TextPart

PLAN = """\
見本市第3次実施計画（令和7年度～令和9年度）,,,,
令和8年4月 企画課,,,,（単位：千円）
分野,主要事業,事業の概要,R8,事業費
分野1 防災,避難所整備事業,備蓄倉庫を整備する。,○,"1,200"
,訓練事業,"訓練を行う。
年2回とする。",○,80
,計,,,"1,280"
"""


def layout(text: str) -> Layout:
    return read_layout("plan.csv", text.encode())


def texts(found: Layout) -> list[str]:
    return [part.text for part in found.parts if isinstance(part, TextPart)]


def tables(found: Layout) -> list[list[tuple[str, ...]]]:
    return [[row.cells for row in part.rows] for part in found.parts if isinstance(part, TablePart)]


def ranges(found: Layout) -> list[str | None]:
    return [row.place.cells for part in found.parts if isinstance(part, TablePart) for row in part.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16"])
def test_rows_above_the_header_are_text_in_every_encoding(encoding: str) -> None:
    found = read_layout("plan.csv", PLAN.replace("～", "・").replace("\n", "\r\n").encode(encoding))
    assert texts(found) == [
        "見本市第3次実施計画（令和7年度・令和9年度）",
        "令和8年4月 企画課",
        "（単位：千円）",
    ]
    assert [part.place.cells for part in found.parts if isinstance(part, TextPart)] == ["A1", "A2", "E2"]
    assert found.remarks == ()


def test_cells_stay_as_they_are_with_their_line_breaks_and_blanks() -> None:
    (rows,) = tables(layout(PLAN))
    assert rows == [
        ("分野", "主要事業", "事業の概要", "R8", "事業費"),
        ("分野1 防災", "避難所整備事業", "備蓄倉庫を整備する。", "○", "1,200"),
        ("", "訓練事業", "訓練を行う。\n年2回とする。", "○", "80"),
        ("", "計", "", "", "1,280"),
    ]


def test_a_row_is_numbered_as_in_a_spreadsheet() -> None:
    assert ranges(layout(PLAN)) == ["A3:E3", "A4:E4", "A5:E5", "A6:E6"]


def test_a_plan_in_csv_becomes_items_with_their_cells() -> None:
    document = read_bytes("plan.csv", PLAN.encode("cp932"))
    items = extract(document).items
    assert document.title == "見本市第3次実施計画（令和7年度～令和9年度）"
    assert [(item.title, item.section) for item in items] == [
        ("避難所整備事業", ("分野1 防災",)),
        ("訓練事業", ("分野1 防災",)),
    ]
    place = document.place_of(items[1].line_start, items[1].line_end or items[1].line_start)
    assert place is not None
    assert place.cells == "A5:E5"


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = "事業;担当;予算\n甲事業;総務課;5\n乙事業;財政課;7\n".replace(";", delimiter)
    assert tables(layout(text)) == [[("事業", "担当", "予算"), ("甲事業", "総務課", "5"), ("乙事業", "財政課", "7")]]


def test_amounts_with_commas_do_not_hide_the_tabs() -> None:
    text = "一覧\n事業\t予算\n甲\t1,000\n乙\t2,000\n丙\t3,000\n"
    assert tables(layout(text)) == [[("事業", "予算"), ("甲", "1,000"), ("乙", "2,000"), ("丙", "3,000")]]


def test_a_spreadsheets_own_hint_names_the_delimiter() -> None:
    assert tables(layout("sep=;\n事業;担当\n甲,乙;総務課,財政課\n")) == [[("事業", "担当"), ("甲,乙", "総務課,財政課")]]


def test_doubled_quotation_marks_are_one() -> None:
    assert tables(layout('事業,内容\n甲,"「""安全"",安心」"\n'))[0][1] == ("甲", '「"安全",安心」')


def test_a_quotation_mark_inside_a_cell_is_text() -> None:
    assert tables(layout('事業,幅\n甲,5"管\n乙,3\n'))[0][1:] == [("甲", '5"管'), ("乙", "3")]


def test_a_quotation_mark_that_is_never_closed_costs_no_rows_and_is_told() -> None:
    found = layout('事業,内容\n甲,"始まるが\n乙,終わらない\n丙,続く\n')
    assert tables(found) == [[("事業", "内容"), ("甲", '"始まるが'), ("乙", "終わらない"), ("丙", "続く")]]
    assert len(found.remarks) == 1
    assert found.remarks[0].startswith("row 2: a quotation mark is never closed")


def test_blank_rows_separate_tables_and_their_titles() -> None:
    found = layout(
        "窓口の計画,,\n事業,担当,時期\n甲,総務課,R8\n,,\n\n税の計画,,\n事業,担当,時期\n乙,税務課,R9\n※時期は年度,,\n"
    )
    assert texts(found) == ["窓口の計画", "税の計画", "※時期は年度"]
    assert tables(found) == [
        [("事業", "担当", "時期"), ("甲", "総務課", "R8")],
        [("事業", "担当", "時期"), ("乙", "税務課", "R9")],
    ]
    assert ranges(found) == ["A2:C2", "A3:C3", "A7:C7", "A8:C8"]


def test_a_title_with_another_header_under_it_starts_a_table_without_a_blank_row() -> None:
    found = layout("事業,担当,時期\n甲,総務課,R8\n指標一覧,,\n指標,現状値,目標値\n利用者数,10,20\n")
    assert texts(found) == ["指標一覧"]
    assert [rows[0] for rows in tables(found)] == [("事業", "担当", "時期"), ("指標", "現状値", "目標値")]


def test_a_label_between_rows_of_one_table_stays_in_it() -> None:
    (rows,) = tables(layout("事業,担当,時期\n基本目標1,,\n甲,総務課,R8\n基本目標2,,\n事業,担当,時期\n乙,税務課,R9\n"))
    assert rows[1] == ("基本目標1", "", "")
    assert len(rows) == 6


def test_rows_after_a_blank_one_keep_the_columns_of_the_table_before() -> None:
    found = layout("分野,事業,担当,時期\n防災,甲,総務課,R8\n\n,乙,財政課,\n,丙,税務課,\n")
    assert tables(found)[1] == [("", "乙", "財政課", ""), ("", "丙", "税務課", "")]
    assert ranges(found)[2:] == ["A4:D4", "A5:D5"]


def test_a_header_of_two_rows_stays_two_rows() -> None:
    found = layout("実施計画,,,,\n,,実施年度,,\n事業,担当,R8,R9,R10\n甲,総務課,○,,\n")
    assert texts(found) == ["実施計画"]
    assert tables(found) == [
        [("", "", "実施年度", "", ""), ("事業", "担当", "R8", "R9", "R10"), ("甲", "総務課", "○", "", "")]
    ]


def test_labels_over_several_columns_and_over_blank_cells_belong_to_the_header() -> None:
    found = layout("実施計画,,,,\n取組,,目標値,,\n番号,項目名,R8,R9,R10\n1,甲,5,6,7\n")
    assert texts(found) == ["実施計画"]
    assert tables(found)[0][0] == ("取組", "", "目標値", "", "")
    found = layout("実施計画,,,\n所属コード,,実施年度,\n,事業名,R8,R9\n01,甲,○,\n")
    assert texts(found) == ["実施計画"]
    assert tables(found)[0][0] == ("所属コード", "", "実施年度", "")


def test_months_are_labels_and_dates_stand_beside_titles() -> None:
    found = layout("見本計画,,令和8年4月1日,2026.4\nNo,事業,4月,12月\n1,甲,○,\n")
    assert texts(found) == ["見本計画", "令和8年4月1日", "2026.4"]
    assert tables(found)[0][0] == ("No", "事業", "4月", "12月")


def test_a_title_in_several_cells_is_no_header() -> None:
    found = layout("見本市,実施計画,令和8年度,,\n事業,担当課,時期,内容,予算\n甲,総務課,R8,行う。,5\n")
    assert texts(found) == ["見本市", "実施計画", "令和8年度"]
    assert tables(found)[0][0] == ("事業", "担当課", "時期", "内容", "予算")


def test_columns_that_are_blank_around_a_table_are_left_out_of_it() -> None:
    found = layout(",事業,担当,,\n,甲,総務課,,\n,乙,財政課,,\n")
    assert tables(found) == [[("事業", "担当"), ("甲", "総務課"), ("乙", "財政課")]]
    assert ranges(found) == ["B1:C1", "B2:C2", "B3:C3"]


def test_short_rows_are_filled_with_blanks_and_long_ones_are_told() -> None:
    found = layout("事業,担当,予算\n甲,総務課\n乙,財政課,1,465\n")
    assert tables(found) == [[("事業", "担当", "予算", ""), ("甲", "総務課", "", ""), ("乙", "財政課", "1", "465")]]
    assert found.remarks == (
        "row 3: more cells than the header has; check for a comma inside a cell without quotation marks",
    )


def test_formulas_are_kept_as_text_and_told() -> None:
    found = layout("事業,予算\n甲,=SUM(B3:B9)\n乙,#REF!\n丙,= 5\n")
    assert tables(found)[0][1:] == [("甲", "=SUM(B3:B9)"), ("乙", "#REF!"), ("丙", "= 5")]
    assert len(found.remarks) == 1
    assert found.remarks[0].startswith("rows 2, 3: a formula")
    assert found.facts == {"formulas_without_value": 2}


def test_prose_without_cells_is_text() -> None:
    found = layout("見本市は計画を定める。\n\n期間は3年とする。\n")
    assert texts(found) == ["見本市は計画を定める。", "期間は3年とする。"]
    assert tables(found) == []


def test_a_row_of_ten_thousand_columns_is_read() -> None:
    found = layout(",".join(f"列{n}" for n in range(10_000)) + "\n" + ",".join("x" * 10_000) + "\n")
    assert [len(cells) for cells in tables(found)[0]] == [10_000, 10_000]
    assert ranges(found)[0] == "A1:NTP1"


def test_one_wide_row_does_not_widen_a_hundred_thousand_others() -> None:
    found = layout("事業,担当\n" + "甲,総務課\n" * 100_000 + "," * 9_999 + "x\n")
    (rows,) = tables(found)
    assert len(rows) == 100_002
    assert rows[1] == ("甲", "総務課")
    assert any("10,000 columns" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"", UnreadableDocument, "empty"),
        ("事業,担当\n甲,".encode() + b"\0", UnreadableDocument, "NUL"),
        ("事業,担当\n甲,総務".encode()[:-1], UnreadableDocument, "cut off"),
        (b"\x80\x81\xff,\xff\n", UnreadableDocument, "neither UTF-8 nor CP932"),
        (b"," * (MOST_COLUMNS + 1) + b"x", DocumentTooLarge, "cells"),
        (b"a,b\n" * (MOST_LINES + 1), DocumentTooLarge, "rows"),
        (b"a,b,c,d,e,f,g,h,i,j,k\n" * 600_000, DocumentTooLarge, "5,000,000 cells"),
    ],
)
def test_what_no_plan_can_be_is_refused_with_the_reason(data: bytes, error: type[IngestError], says: str) -> None:
    with pytest.raises(error, match=says) as caught:
        read_layout("plan.csv", data)
    assert str(caught.value).startswith("plan.csv")


def test_a_sheet_of_commas_alone_has_no_text() -> None:
    with pytest.raises(UnreadableDocument, match="no text was found"):
        read_bytes("plan.csv", b",,,\n,,\n")


CELLS = st.text(st.sampled_from('あ漢a1 ,"\n。'), max_size=6)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=8))
def test_what_a_csv_writer_wrote_is_read_back(rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    read = read_records("plan.csv", written.getvalue())
    shown = [(at, tuple(row)) for at, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    assert [(record.number, record.cells) for record in read.records] == shown
    assert read.unclosed == ()


@given(st.text(st.sampled_from('あ,;\t"\n =単位：年※R8事業担当'), max_size=80))
def test_any_text_is_read_without_losing_a_character_that_shows(text: str) -> None:
    found = layout("x" + text)
    shown = "".join(texts(found)) + "".join(cell for rows in tables(found) for row in rows for cell in row)
    drop = str.maketrans("", "", ',;\t"\n ')
    assert sorted(shown.translate(drop)) == sorted(("x" + text).translate(drop))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    refused = ""
    try:
        read_layout("plan.csv", data)
    except IngestError as error:
        refused = str(error)
    assert not refused or refused.startswith("plan.csv")


def test_every_expected_row_of_the_real_csv_is_an_item(shared_dir: Path) -> None:
    folder = shared_dir / "documents"
    expectations = json.loads((shared_dir / "gold" / "expectations_documents.json").read_text("utf-8"))
    for expected in expectations:
        if expected["doc"].endswith(".csv"):
            items = extract(read_document(folder / expected["doc"])).items
            assert len(items) == expected["item_rows"]
            assert not [item for item in items if item.title == "計"]


def test_every_gold_row_of_the_real_csv_stands_in_one_row_of_cells(shared_dir: Path) -> None:
    gold = [
        json.loads(line) for line in (shared_dir / "gold" / "items_documents.jsonl").read_text("utf-8").splitlines()
    ]
    for item in (item for item in gold if item["doc"].endswith(".csv")):
        rows = [row for rows in tables(read_layout_of(shared_dir / "documents" / item["doc"])) for row in rows]
        assert any({item["title"], item["budget_thousand_yen"]} <= set(row) for row in rows), item["title"]


def read_layout_of(path: Path) -> Layout:
    return read_layout(path.name, path.read_bytes())


def test_the_department_that_made_a_table_is_no_section_of_its_rows() -> None:
    printed = "見本市 花壇の計画,,,\n,,令和7年6月,緑化課\n番号,取組項目,実施時期,所管課\n1,花壇の水やり,毎年度,道路課\n"
    (item,) = extract(read_bytes("made_by.csv", printed.encode())).items
    assert (item.section, item.owners) == ((), ("道路課",))


def test_a_department_that_begins_a_row_above_a_table_is_the_section_of_its_rows() -> None:
    printed = "見本市 花壇の計画,,,\n\n緑化課,,,\n番号,取組項目,実施時期,所管課\n1,花壇の水やり,毎年度,道路課\n"
    (item,) = extract(read_bytes("of_one.csv", printed.encode())).items
    assert item.section == ("緑化課",)
