"""The ingest report: counts, gaps, totals compared, and what must be looked at."""

from tests.unit.ingest.plans import extraction_of, table

ITEMS = table("番号|取組項目|実施時期|所管課", "1|甲の推進|毎年度|くらし課", "2|乙の推進|令和6年度|")


def test_items_are_counted_by_section_and_gaps_by_field() -> None:
    report = extraction_of(f"(1) 窓口\n\n{ITEMS}\n").report
    assert report.items_by_section == {"(1) 窓口": 2}
    assert report.missing["owner"] == 1
    assert "progress" not in report.missing


def test_printed_totals_stand_beside_what_was_found() -> None:
    counts = table("改革項目||項目数", "(1) 窓口||3", "|①|2", "合 計||2")
    text = f"(1) 窓口\n\n- ① 窓口を早くします。\n\n{ITEMS}\n\n(参考) 項目数\n\n{counts}\n"
    totals = extraction_of(text).report.printed_totals
    assert [(total.label, total.printed, total.found) for total in totals] == [
        ("(1) 窓口", 3, 2),
        ("①", 2, 2),
        ("合 計", 2, 2),
    ]


def test_totals_by_progress_class_are_compared_too() -> None:
    rows = table("取組項目|担当課|進捗区分", "甲|資金課|順調", "乙|資金課|遅れ", "丙|資金課|順調")
    totals = extraction_of(f"{rows}\n\n{table('進捗区分|件数', '順調|2', '遅れ|2')}\n").report.printed_totals
    assert [(total.label, total.printed, total.found) for total in totals] == [("順調", 2, 2), ("遅れ", 2, 1)]


def test_counts_by_status_and_section_are_compared_cell_by_cell() -> None:
    header = "番号|取組名|区分|担当課"
    text = (
        f"基本方針１ 窓口\n\n{table(header, '1|甲|新規|資金課', '2|乙|継続|資金課')}\n\n"
        f"基本方針２ 財政\n\n{table(header, '3|丙|継続|資金課')}\n\n参考\n\n"
        + table("基本方針|新規|継続|計", "基本方針１|1|1|2", "基本方針２|1|1|2", "合計|2|2|4")
    )
    totals = extraction_of(text).report.printed_totals
    assert [(total.section, total.printed, total.found) for total in totals] == [
        (("基本方針１", "新規"), 1, 1),
        (("基本方針１", "継続"), 1, 1),
        (("基本方針１",), 2, 2),
        (("基本方針２", "新規"), 1, 0),
        (("基本方針２", "継続"), 1, 1),
        (("基本方針２",), 2, 1),
        (("合計", "新規"), 2, 1),
        (("合計", "継続"), 2, 2),
        (("合計",), 4, 3),
    ]


def test_labels_that_nobody_knows_are_named() -> None:
    text = "見本市の集い\n\n" + table("集いの呼び名|世話役|ねらい", "朝の会|甲野|話す。", "夜の会|乙山|読む。")
    messages = [remark.message for remark in extraction_of(text).report.remarks]
    assert "plan.txt:3: table gives no items; labels without a known meaning: 集いの呼び名、世話役、ねらい" in messages


def test_a_table_that_is_no_list_of_items_is_not_reported_beside_items() -> None:
    extraction = extraction_of(f"{ITEMS}\n\n{table('氏名|所属|備考', '甲野|見本大学|', '乙山|市民|')}\n")
    assert not any("labels" in remark.message for remark in extraction.report.remarks)


def test_a_printed_total_of_blank_progress_cells_is_compared_with_them() -> None:
    rows = table("取組項目|担当課|進捗区分", "甲|資金課|順調", "乙|資金課|", "丙|資金課|")
    totals = extraction_of(f"{rows}\n\n{table('進捗区分|件数', '順調|1', '記入なし|2')}\n").report.printed_totals
    assert [(total.label, total.printed, total.found) for total in totals] == [("順調", 1, 1), ("記入なし", 2, 2)]


def test_the_header_of_an_item_table_is_kept_with_its_labels() -> None:
    (header,) = extraction_of(table("取組項目|令和6年度の計画|担当課", "甲|試す。|資金課")).report.item_headers
    assert (header.line, header.text) == (1, "取組項目 令和6年度の計画 担当課")
    assert header.labels == {"title": "取組項目", "plan_summary": "令和6年度の計画", "owner": "担当課"}


def test_a_row_that_disagrees_with_its_header_is_named_by_file_and_line() -> None:
    extraction = extraction_of(table("取組項目|内容|所管課", "甲|改める。", "乙|改める。|くらし課|余り"))
    messages = [remark.message for remark in extraction.report.remarks]
    assert any(message.startswith("plan.txt:2: table row has 2 cells, header has 3") for message in messages)
    assert any(message.startswith("plan.txt:3: table row has 4 cells, header has 3") for message in messages)
    assert all(item.confidence < 1 for item in extraction.items)


def test_a_row_of_ten_thousand_columns_is_a_line_of_the_report() -> None:
    extraction = extraction_of("取組項目\t所管課\n甲\t" + "\t".join(["くらし課"] * 10_000) + "\n")
    assert [item.title for item in extraction.items] == ["甲"]
    assert any("10001 cells" in remark.message for remark in extraction.report.remarks)


def test_repairs_of_owners_are_reported_with_both_readings() -> None:
    rows = table("取組項目|所管課", *(f"甲{n}|集金課" for n in range(3)), "乙|比集金課")
    extraction = extraction_of(rows)
    assert extraction.items[3].owners == ("集金課",)
    assert extraction.items[3].owner_text == "比集金課"
    assert ("比集金課", "集金課") in [(repair.raw, repair.clean) for repair in extraction.report.repairs]


def test_an_unprinted_title_and_municipality_are_remarked() -> None:
    messages = " ".join(remark.message for remark in extraction_of("甲\t乙\n").report.remarks)
    assert "prints no title" in messages
    assert "names no municipality" in messages
