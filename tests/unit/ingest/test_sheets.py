"""Sheets 個票 that describe one item by labels beside values; every plan here is made up."""

from tests.unit.ingest.plans import extraction_of, items_of, table

CHAPTER = "第2章 取組の内訳"


def sheets(*rows: str, heading: str = "【シート{n}】") -> str:
    """The same rows for three made-up items, under a heading each."""
    names = ["来庁予約の拡大", "公用車の見直し", "集会所の統合"]
    parts = []
    for n, name in enumerate(names, 1):
        printed = [row.format(n=n, name=name) for row in rows]
        parts.append(f"{heading.format(n=n, name=name)}\n{table(*printed)}")
    return "\n\n".join(["見本町改革プラン", CHAPTER, *parts]) + "\n"


def test_the_printed_basic_goal_is_the_section_and_the_sheet_s_number_is_none() -> None:
    items = items_of(
        sheets(
            "取組番号|{n}",
            "取組の名称|{name}",
            "基本目標|１　暮らし",
            "担当課等|庶務課",
            "取組期間|令和5年度～令和8年度",
        )
    )
    assert [(item.number, item.title, item.section) for item in items] == [
        ("1", "来庁予約の拡大", (CHAPTER, "１ 暮らし")),
        ("2", "公用車の見直し", (CHAPTER, "１ 暮らし")),
        ("3", "集会所の統合", (CHAPTER, "１ 暮らし")),
    ]


def test_a_section_of_several_rows_stands_below_the_headings() -> None:
    (item, *_) = items_of(
        sheets("大項目|財政", "推進項目|歳入の確保", "取組名|{name}", "区分|新規", "担当課|庶務課", "内容|改める。")
    )
    assert item.section == (CHAPTER, "財政", "歳入の確保")
    assert (item.title, item.status) == ("来庁予約の拡大", "新規")


def test_a_label_that_nobody_knows_names_the_items_of_equal_sheets() -> None:
    items = items_of(sheets("番号|{n}", "とりくみの呼び名|{name}", "担当課|庶務課", "内容|改める。", "実施時期|毎年度"))
    assert [item.title for item in items] == ["来庁予約の拡大", "公用車の見直し", "集会所の統合"]
    assert all(item.confidence < 1 for item in items)


def test_the_heading_names_a_sheet_that_has_no_title_row() -> None:
    extraction = extraction_of(
        sheets("担当課|庶務課", "内容|改める。", "実施時期|令和5年度～", heading="{n}　{name}"), "plan.txt"
    )
    assert [(item.number, item.title, item.section) for item in extraction.items] == [
        ("1", "来庁予約の拡大", (CHAPTER,)),
        ("2", "公用車の見直し", (CHAPTER,)),
        ("3", "集会所の統合", (CHAPTER,)),
    ]
    first = extraction.items[0]
    assert (first.owners, first.line_start, first.line_end) == (("庶務課",), 5, 8)
    assert first.printed["row"].startswith("1　来庁予約の拡大")
    assert not [passage for passage in extraction.passages if passage.kind == "table"]


def test_one_table_of_labels_without_a_title_is_no_item() -> None:
    assert (
        items_of("見本町改革プラン\n\n1 進め方\n\n" + table("担当課|庶務課", "実施時期|毎年度", "内容|改める。")) == ()
    )


def test_pairs_in_a_row_labels_over_their_values_and_years_below_one_label() -> None:
    (item,) = items_of(
        table(
            "取組名|来庁予約の拡大|整理番号|1-1",
            "担当課|庶務課|関係課|広報課",
            "取組期間|令和5～6年度|区分|拡充",
            "取組内容|広げる。",
            "目標指標|基準値（R4）|目標値（R6）",
            "予約の件数|1,200人|3,000人",
            "予約の種類|2種類|9種類",
            "年度別計画|R5|R6|R7",
            "|検討|実施|→",
        )
    )
    assert (item.number, item.title, item.status, item.owners) == ("1-1", "来庁予約の拡大", "拡充", ("庶務課",))
    assert item.goals == ("3,000人", "9種類")
    assert item.fields == {
        "関係課": "広報課",
        "目標指標": "予約の件数 / 予約の種類",
        "基準値（R4）": "1,200人 / 2種類",
        "R5": "検討",
        "R6": "実施",
        "R7": "→",
    }
    assert item.schedule == "令和5～6年度"
    assert item.target_fiscal_years == (2023, 2024)


def test_a_table_of_items_below_the_department_of_all_of_them_is_no_sheet() -> None:
    items = items_of(
        table(
            "担当課|庶務課||",
            "番号|取組項目|内容|実施時期",
            "1|甲の推進|改める。|毎年度",
            "2|乙の推進|減らす。|令和6年度",
        )
    )
    assert [item.title for item in items] == ["甲の推進", "乙の推進"]
