"""Tables, sheets and lists of many layouts to plan items; every plan here is made up."""

import pytest

from tests.unit.ingest.plans import extraction_of, items_of, table


def test_a_pipe_table_with_years_as_columns_gives_the_schedule() -> None:
    (item,) = items_of(
        "# 見本市実施計画\n\n## (1) 窓口\n\n| No. | 実施項目名 | 担当部署 | R4 | R5 | R6 |\n|---|---|---|---|---|---|\n"
        "| 7 | 証明書の発行委託【拡充】 | 市民生活課 | 検討 | → | |\n",
        "plan.md",
    )
    assert (item.number, item.title, item.status) == ("7", "証明書の発行委託", "拡充")
    assert item.schedule == "R4 検討、R5 →"
    assert item.target_fiscal_years == (2022, 2023)
    assert item.section == ("(1) 窓口",)


def test_a_header_over_two_rows_is_read_as_one() -> None:
    first, second = items_of(
        table(
            "区分|項目|取組の概要|スケジュール|||担当",
            "|||令和4年度|令和5年度|令和6年度|",
            "歳入|広告料の拡大|封筒に載せる。|検討|実施|実施|資金課",
            "|基金の運用|債券で運用する。||検討|実施|出納課",
        )
    )
    assert first.target_fiscal_years == (2022, 2023, 2024)
    assert second.target_fiscal_years == (2023, 2024)
    assert second.section == ("歳入",)
    assert second.owners == ("出納課",)


def test_figures_under_years_are_no_schedule() -> None:
    (item,) = items_of(table("取組項目|担当課|R4|R5", "収納率の向上|集金課|97.1%|97.5%"))
    assert item.schedule is None
    assert item.fields == {"R4": "97.1%", "R5": "97.5%"}


def test_figures_among_the_steps_of_the_years_are_steps() -> None:
    items = items_of(
        table(
            "取組項目|担当課|R4|R5|R6",
            "街灯の交換|道路課|40％|90％|完了",
            "来庁予約|くらし課|検討|実施|→",
            "公用車の見直し|庶務課|調査|決定|",
            "収納率の向上|集金課|97.1％|97.5％|",
        )
    )
    assert [item.target_fiscal_years for item in items] == [
        (2022, 2023, 2024),
        (2022, 2023, 2024),
        (2022, 2023),
        (2022, 2023),
    ]
    assert items[0].schedule == "R4 40％、R5 90％、R6 完了"
    assert [dict(item.fields) for item in items] == [
        {"R4": "40％", "R5": "90％", "R6": "完了"},
        {},
        {},
        {"R4": "97.1％", "R5": "97.5％"},
    ]


def test_sentences_under_years_are_their_steps() -> None:
    (item,) = items_of(
        table(
            "取組項目|担当課|令和4年度|令和5年度",
            "来庁予約|くらし課|仕様を定め、業者を公募して選ぶ。|全ての窓口で始める。",
        )
    )
    assert (item.schedule_kind, item.target_fiscal_years) == ("range", (2022, 2023))
    assert item.fields == {"令和4年度": "仕様を定め、業者を公募して選ぶ。", "令和5年度": "全ての窓口で始める。"}


def test_a_column_of_several_years_means_all_of_them() -> None:
    items = items_of(
        table(
            "取組項目|前期（R5-R6）|後期（R7-R8）|担当課",
            "甲の推進|○||資金課",
            "乙の推進||○|資金課",
            "丙の推進|△|○|資金課",
        )
    )
    assert [item.target_fiscal_years for item in items] == [(2023, 2024), (2025, 2026), (2023, 2024, 2025, 2026)]
    assert items[0].schedule == "前期（R5-R6） ○"


def test_labels_in_the_first_row_of_a_group_hold_for_the_rows_below() -> None:
    items = items_of(
        table(
            "大項目|中項目|取組項目|主管課",
            "1 財政|(1) 歳入|①収納率の向上|賦課課",
            "||②使用料の見直し|調整課",
            "|(2) 歳出|①補助金の見直し|〃",
            "2 組織||①評価の活用|庶務課",
        )
    )
    assert [item.section for item in items] == [
        ("1 財政", "(1) 歳入"),
        ("1 財政", "(1) 歳入"),
        ("1 財政", "(2) 歳出"),
        ("2 組織",),
    ]
    assert [item.number for item in items] == ["①", "②", "①", "①"]
    assert items[2].owners == ("調整課",)


def test_departments_merged_left_of_the_items_hold_for_the_rows_below() -> None:
    items = items_of(
        table(
            "所管部|所管課|事業名|見直し内容",
            "総務部|庶務課|職員表彰|廃止する。",
            "|人事課|職員研修|動画とする。",
            "||職員寮|貸し出す。",
            "福祉部|長寿課|敬老会|隔年とする。",
            "||配食|単価を改める。",
        )
    )
    assert [item.owners for item in items] == [
        ("総務部庶務課",),
        ("総務部人事課",),
        ("総務部人事課",),
        ("福祉部長寿課",),
        ("福祉部長寿課",),
    ]
    assert items[0].content == "廃止する。"


def test_one_blank_among_departments_is_a_missing_one() -> None:
    items = items_of(table("所管課|事業名", "庶務課|甲の推進", "|乙の推進", "人事課|丙の推進", "資金課|丁の推進"))
    assert [item.owners for item in items] == [("庶務課",), (), ("人事課",), ("資金課",)]


def test_a_row_that_only_names_a_group_is_the_section_of_the_rows_below() -> None:
    items = items_of(table("取組項目|内容|担当課", "歳入の確保||", "広告料の拡大|封筒に載せる。|資金課"))
    assert [(item.section, item.title) for item in items] == [(("歳入の確保",), "広告料の拡大")]


def test_numbers_share_a_cell_with_the_title_or_have_their_own_under_one_label() -> None:
    own = items_of(
        table("実施項目||内容|担当課", "1|窓口の見直し (新規)|改める。|くらし課", "2|会議の見直し|減らす。|庶務課")
    )
    shared = items_of(
        table("実施項目|内容|担当課", "1 窓口の見直し (新規)|改める。|くらし課", "2 会議の見直し|減らす。|庶務課")
    )
    for items in (own, shared):
        assert [(item.number, item.title, item.status) for item in items] == [
            ("1", "窓口の見直し", "新規"),
            ("2", "会議の見直し", None),
        ]


def test_a_table_goes_on_after_a_page_break_with_or_without_its_header() -> None:
    header = "番号|取組項目|内容|担当課"
    rows = [f"{n}|取組{n}の推進|改める。|くらし課" for n in range(1, 5)]
    again = items_of("\n\n".join([table(header, *rows[:2]), table(header, *rows[2:])]))
    silent = items_of("\n\n".join([table(header, *rows[:2]), table(*rows[2:])]))
    assert [item.number for item in again] == [item.number for item in silent] == ["1", "2", "3", "4"]


def test_a_group_label_is_carried_over_a_page_break() -> None:
    header = "柱|取組項目|担当課"
    text = "\n\n".join([table(header, "財政|甲の推進|資金課"), table(header, "|乙の推進|資金課")])
    assert [item.section for item in items_of(text)] == [("財政",), ("財政",)]


def test_totals_placeholders_and_repeated_headers_are_no_items() -> None:
    extraction = extraction_of(
        table(
            "番号|取組項目|内容|担当課",
            "1|甲の推進|改める。|くらし課",
            "番号|取組項目|内容|担当課",
            "2|乙の推進|改める。|くらし課",
            "追加|※丙について検討中||",
            "|合計|2|",
        )
    )
    assert [item.title for item in extraction.items] == ["甲の推進", "乙の推進"]
    assert [remark.line for remark in extraction.report.not_understood] == [5]


@pytest.mark.parametrize(
    "rows",
    [
        ("氏名|役職名|備考", "甲野|会長|", "乙山|委員|"),
        ("改善項目||項目数", "(1) 窓口||9", "合計||9"),
        ("|平成30年|令和20年", "世帯|2.1万|1.8万"),
        ("考え方|やり方", "① 早くする|① まとめる"),
        ("用語|説明", "DX|デジタルによる変革"),
    ],
)
def test_other_tables_hold_no_items_but_can_be_found(rows: tuple[str, ...]) -> None:
    extraction = extraction_of(f"第1章 資料\n\n{table(*rows)}\n")
    assert extraction.items == ()
    assert rows[1].split("|")[0] in "".join(passage.text for passage in extraction.passages)


@pytest.mark.parametrize("label", ["合計（2事業）", "合計 2件", "総計(2事業)", "計（2）", "歳入の計", "全事業の総額"])
def test_a_total_that_says_how_many_it_sums_up_is_no_item(label: str) -> None:
    items = items_of(
        table("No|事業名|所管課|削減額", "1|甲の推進|資金課|5,310", "2|乙の推進||2,040", f"|{label}||7,350", "|||")
    )
    assert [item.title for item in items] == ["甲の推進", "乙の推進"]


def test_an_item_without_number_that_has_a_sum_stays_an_item() -> None:
    items = items_of(table("No|事業名|所管課|削減額", "1|甲の推進|資金課|5,310", "|乙の推進（2期）||2,040"))
    assert [item.title for item in items] == ["甲の推進", "乙の推進（2期）"]


def test_goals_stand_in_the_content_cell_or_in_their_own_column() -> None:
    inside = items_of(table("取組項目|内容|所管課", "甲|<p>改める。</p><p>【目標】 10件にする。</p>|くらし課"))
    column = items_of(table("取組項目|内容|目標|所管課", "甲|改める。|10件にする。|くらし課"))
    for (item,) in (inside, column):
        assert (item.content, item.goals) == ("改める。", ("10件にする。",))
        assert item.printed["goal"] == "10件にする。"


@pytest.mark.parametrize("dash", ["－", "-", "―", "ー"])
def test_a_dash_is_no_goal(dash: str) -> None:
    (item,) = items_of(table("取組項目|内容|目標|所管課", f"甲|改める。|{dash}|くらし課"))
    assert item.goals == ()


def test_a_full_width_blank_between_two_words_stays_a_blank() -> None:
    (item,) = items_of(table("取組項目|内容|目標|所管課", "甲|窓　口を改 める。|来場者　合わせて3,000人|くらし課"))
    assert item.goals == ("来場者 合わせて3,000人",)
    assert item.content == "窓口を改める。"


def test_goals_are_split_by_paragraph_and_by_listed_numbers_only() -> None:
    (item,) = items_of(
        table(
            "取組項目|内容|所管課",
            "甲|改める。 【目標】 次を行う。 ① 乙の公表 ② 丙の公表 ※ 令和2年度は1件|くらし課",
        )
    )
    assert item.goals == ("次を行う。", "① 乙の公表", "② 丙の公表 ※ 令和2年度は1件")
    (item,) = items_of(table("取組項目|内容|所管課", "甲|【目標】①「乙」の検討、②「丙」の協議を進める。|くらし課"))
    assert item.goals == ("①「乙」の検討、②「丙」の協議を進める。",)


def test_bullets_in_the_title_column_are_items_of_their_group() -> None:
    items = items_of(
        table(
            "カテゴリ（目的）|取組事項",
            '参画|<ul style="x"> ・意見を聞く仕組み（会議等※） ・提案の募集',
            "共有|<ul> ・資料の公開 ※個人情報は除く",
        )
    )
    assert [(item.section, item.title, item.content) for item in items] == [
        (("参画",), "意見を聞く仕組み", "（会議等※）"),
        (("参画",), "提案の募集", None),
        (("共有",), "資料の公開", "※個人情報は除く"),
    ]


def test_a_progress_table_fills_its_fields_and_leaves_the_unreadable_empty() -> None:
    header = "取組項目|担当部署|R 2 計画概要|R 2 実施内容|新たな問題・課題|次年度の方針|進捗区分"
    rows = [f"取組{n}の推進|資金課|甲を行う|甲を行った。|乙がある。|丙を行う。|順調" for n in range(3)]
    items = items_of(table(header, *rows, "丁の推進|資金課||-|; |戊|て順調", "己の推進|資金課||庚を行った。|||総"))
    assert items[0].plan_summary == "甲を行う"
    assert (items[0].result, items[0].issues, items[0].next_steps) == ("甲を行った。", "乙がある。", "丙を行う。")
    assert [item.progress for item in items] == ["順調", "順調", "順調", "順調", None]
    assert (items[3].result, items[3].issues) == (None, None)
    assert ("progress", "総", "") in [(r.field, r.raw, r.clean) for r in items[4].repairs]


def test_grades_that_the_column_repeats_are_progress_classes() -> None:
    items = items_of(table("取組項目|担当課|評価", *(f"取組{n}|資金課|{grade}" for n, grade in enumerate("3323A◎"))))
    assert [item.progress for item in items] == ["3", "3", None, "3", "A", "◎"]


def test_progress_told_in_sentences_is_the_result() -> None:
    (item,) = items_of(table("取組項目|担当課|進捗状況", "甲の推進|資金課|要綱を定め、令和6年4月から始めた。"))
    assert (item.progress, item.result) == (None, "要綱を定め、令和6年4月から始めた。")


def test_what_is_done_is_the_content_where_nothing_tells_how_it_goes() -> None:
    (planned,) = items_of(table("実施項目|実施内容|実施年度|所管", "甲の推進|全地区に置く。|令和6年度|資金課"))
    (done,) = items_of(table("実施項目|実施内容|進捗|所管", "甲の推進|全地区に置いた。|順調|資金課"))
    assert (planned.content, planned.result) == ("全地区に置く。", None)
    assert (done.content, done.result) == (None, "全地区に置いた。")


def test_plans_and_results_of_several_years_are_told_by_the_last() -> None:
    (item,) = items_of(
        table("取組|担当部課|R5計画|R5実績|R6計画|R6実績|進捗", "甲の推進|資金課|準備|準備した|募集|1件契約|順調")
    )
    assert (item.plan_summary, item.result, item.progress) == ("募集", "1件契約", "順調")
    assert item.fields == {"R5計画": "準備", "R5実績": "準備した"}


def test_an_unknown_label_over_merged_cells_left_of_the_items_is_their_group() -> None:
    items = items_of(
        table(
            "持ち場|取組|担当課", "まち|甲の推進|資金課", "|乙の推進|資金課", "|丙の推進|資金課", "むら|丁の推進|資金課"
        )
    )
    assert [item.section for item in items] == [("まち",), ("まち",), ("まち",), ("むら",)]


def test_ticked_columns_name_the_status() -> None:
    items = items_of(table("取組項目|新規|継続|担当課", "甲|○||資金課", "乙||○|資金課"))
    assert [item.status for item in items] == ["新規", "継続"]


@pytest.mark.parametrize("label", ["見直しの方向性", "方向性", "今後の方向性", "見直し区分", "判断"])
def test_a_column_of_decisions_is_the_status(label: str) -> None:
    decisions = ["廃止", "縮小", "統合", "継続", "休止", "民間委託"]
    items = items_of(
        table(
            f"No|事業名|所管課|{label}|見直しの内容",
            *(f"{n}|{d}する教室|体育課|{d}|改める。" for n, d in enumerate(decisions)),
        )
    )
    assert [item.status for item in items] == decisions
    assert items[5].title == "民間委託する教室"


def test_a_direction_told_in_a_sentence_is_what_comes_next() -> None:
    (item,) = items_of(table("取組項目|担当課|方向性", "甲の推進|資金課|支所へも広げる予定である。"))
    assert (item.status, item.next_steps) == (None, "支所へも広げる予定である。")
    sheet = table("取組項目名|甲の推進", "担当課|資金課", "内容|改める。", "方向性|支所へも広げる予定である。")
    (item,) = items_of(sheet)
    assert (item.status, item.next_steps) == (None, "支所へも広げる予定である。")
    (item,) = items_of("■ 甲の推進\n担当課：資金課\n実施時期：毎年度\n方向性：支所へも広げる予定である。\n")
    assert (item.status, item.next_steps) == (None, "支所へも広げる予定である。")


def test_a_remark_is_no_status() -> None:
    (item,) = items_of(table("取組項目|担当課|備考", "甲の推進|資金課|再掲"))
    assert (item.status, item.fields) == (None, {"備考": "再掲"})


def test_a_word_for_a_way_of_running_things_stays_in_the_title() -> None:
    (item,) = items_of(table("取組項目|担当課", "給食の調理（委託）|教育課"))
    assert (item.title, item.status) == ("給食の調理（委託）", None)


@pytest.mark.parametrize(
    ("caption", "label"),
    [("見直し一覧", "効果額（千円）"), ("（単位：千円）", "効果額"), ("見直し", "決算実績額（千円）")],
)
def test_sums_stay_under_their_label_with_their_unit(caption: str, label: str) -> None:
    (first, _) = items_of(
        f"{caption}\n\n"
        + table(f"事業名|所管課|実施年度|{label}", "甲|資金課|令和7年度|5,310", "乙|庶務課|令和7年度|0")
    )
    assert first.result is None
    assert first.fields == {label if "千円" in label else f"{label}（千円）": "5,310"}


def test_columns_without_a_known_name_are_kept_by_their_label() -> None:
    (item,) = items_of(table("事業名|所管|年度|予算（千円）|関係課", "甲|道路課|R5～R7|5,500|資金課"))
    assert item.fields == {"予算（千円）": "5,500", "関係課": "資金課"}
    assert item.target_fiscal_years == (2023, 2024, 2025)


def test_an_indicator_table_takes_the_year_of_its_goal_column() -> None:
    (item,) = items_of(table("指標|基準値（平成30年度）|目標値（令和6年度）", "創業件数|年5件|年10件"))
    assert (item.title, item.goals, item.target_fiscal_years) == ("創業件数", ("年10件",), (2024,))
    assert item.fields == {"基準値（平成30年度）": "年5件"}


def test_a_sheet_of_labels_and_values_is_one_item() -> None:
    (item,) = items_of(
        table(
            "取組項目名|ペーパーレス会議",
            "整理番号|12",
            "担当課|庶務課",
            "取組内容|電子化する。",
            "実施年度|令和5年度～令和7年度",
        )
    )
    assert (item.number, item.title, item.owners) == ("12", "ペーパーレス会議", ("庶務課",))
    assert item.schedule_kind == "range"
    assert (item.line_start, item.line_end) == (1, 5)


def test_headings_under_an_announcing_heading_are_items_with_their_text() -> None:
    items = items_of(
        "第1章 めざす姿\n\n取組項目\n\n■ 相談の充実\n\n- 相談を受け止める。\n- 関係する所へつなぐ。\n\n"
        "■ 体制の強化\n\n- 職員を置く。\n\n第2章 進め方\n\n本部を置く。\n"
    )
    assert [(item.title, item.content, item.section, item.line_start, item.line_end) for item in items] == [
        ("相談の充実", "相談を受け止める。\n関係する所へつなぐ。", ("第1章 めざす姿",), 5, 8),
        ("体制の強化", "職員を置く。", ("第1章 めざす姿",), 10, 12),
    ]


def test_nominal_bullets_under_an_announcing_heading_are_items() -> None:
    items = items_of("取組項目\n\n・手続のオンライン化\n・現金によらない支払い（窓口）\n\n推進体制\n\n本部を置く。\n")
    assert [(item.title, item.content) for item in items] == [
        ("手続のオンライン化", None),
        ("現金によらない支払い", "（窓口）"),
    ]


def test_headings_with_labelled_lines_are_items() -> None:
    (item,) = items_of(
        "1. 現状\n\n文です。\n\n■ 施設の複合化\n"
        "担当課：資産課、教育課\n実施時期：令和5年度～\n内容：まとめる。\n目標：10％減らす。\n"
    )
    assert (item.title, item.owners, item.schedule_kind) == ("施設の複合化", ("資産課", "教育課"), "from")
    assert (item.content, item.goals) == ("まとめる。", ("10％減らす。",))


def test_prose_has_no_items_and_the_report_says_so() -> None:
    extraction = extraction_of(
        "# 見本市2040ビジョン\n\n## はじめに\n\n人口が減ります。\n\n- 約束1 分かる言葉で書く。\n"
    )
    assert extraction.items == ()
    assert any("no items" in remark.message for remark in extraction.report.remarks)


def test_a_row_without_title_takes_the_name_of_its_group_and_says_so() -> None:
    items = items_of(
        table("区分|取組項目|担当課|内容", "(1) 財産の活用||財産課|売却する。", "|② 跡地の活用|財産課|貸し付ける。")
    )
    assert [(item.title, item.title_is_printed) for item in items] == [("財産の活用", False), ("跡地の活用", True)]
    assert items[0].confidence < 1


def test_torn_and_misnumbered_group_labels_are_mended_by_their_order() -> None:
    header = "項目No.|取組項目|担当課"
    items = items_of(
        table(
            header,
            "I 1 (1) 歳入 の確保|① 甲|資金課",
            "I 1 (2) 新しい|① 乙|資金課",
            "財源の活用|① 丙|資金課",
            "Ⅲ 1 (3) 歳出の見直し|① 丁|資金課",
            "I 2 (1) 組織|① 戊|庶務課",
            "の見直し|② 己|庶務課",
        )
    )
    assert [item.section for item in items] == [
        ("Ⅰ", "1", "(1) 歳入の確保"),
        ("Ⅰ", "1", "(2) 新しい"),
        ("財源の活用",),
        ("Ⅰ", "1", "(3) 歳出の見直し"),
        ("Ⅰ", "2", "(1) 組織の見直し"),
        ("Ⅰ", "2", "(1) 組織の見直し"),
    ]
    assert any(repair.field == "section" for repair in items[3].repairs)


def test_a_statement_with_a_mark_above_a_table_is_its_section() -> None:
    items = items_of(
        "(1) 対話\n\n- ① 市民との対話を広げます。\n\nまた、会議を公開します。\n\n"
        + table("実施項目|実施時期|所管課", "1 甲|毎年度|くらし課")
        + "\n\n※1 甲の説明\n\n"
        + table("実施項目|実施時期|所管課", "2 乙|毎年度|くらし課")
    )
    assert {item.section for item in items} == {("(1) 対話", "①")}
    assert items[0].section_statement == "市民との対話を広げます。\nまた、会議を公開します。"


def test_years_in_the_text_are_milestones_only_without_a_schedule_column() -> None:
    text = "今の「方針(H28.6)」を改め、R4：設計 R5：建替え"
    (without,) = items_of(table("取組項目|概要|所管課", f"車庫の建替え|{text}|財産課"))
    (blank,) = items_of(table("取組項目|概要|実施時期|所管課", f"車庫の建替え|{text}||財産課"))
    assert without.target_fiscal_years == (2022, 2023)
    assert blank.target_fiscal_years == ()


def test_a_milestone_may_stand_in_brackets_behind_what_happens_then() -> None:
    text = "「方針(H28.6)」に基づく新車庫の建替え（供用開始（令和6年4月））"
    (item,) = items_of(table("取組項目|概要|所管課", f"車庫の建替え|{text}|財産課"))
    assert item.target_fiscal_years == (2024,)


def test_the_same_title_twice_is_kept_twice_with_its_own_id() -> None:
    extraction = extraction_of(table("事業名|担当課", "負担金|庶務課", "負担金|防火課"))
    assert len({item.id for item in extraction.items}) == 2
    assert any("same title as line 2" in remark.message for remark in extraction.report.remarks)


def test_without_a_title_column_the_innermost_group_or_the_content_names_the_item() -> None:
    (by_group,) = items_of(table("大項目|中項目|小項目|担当課|実施時期", "財政|歳入|収納率の向上|集金課|毎年度"))
    (by_content,) = items_of(table("基本方針|取組内容|担当課", "財政|収納率を上げる。|集金課"))
    assert (by_group.section, by_group.title) == (("財政", "歳入"), "収納率の向上")
    assert (by_content.section, by_content.title) == (("財政",), "収納率を上げる。")


def test_a_column_of_names_without_a_known_label_names_the_items_less_surely() -> None:
    items = items_of(
        table(
            "呼び名|受託者|担当課|内容", "朝の体操会|見本体育会|体育課|続ける。", "夜の読書会|見本書店|文化課|改める。"
        )
    )
    assert [(item.title, item.owners, item.content) for item in items] == [
        ("朝の体操会", ("体育課",), "続ける。"),
        ("夜の読書会", ("文化課",), "改める。"),
    ]
    assert all(item.confidence < 1 and item.title_is_printed for item in items)


@pytest.mark.parametrize(
    "label",
    ["施設名", "対象施設", "施設の名称", "取組の名称", "取組名称", "事業の名称", "事業名称", "項目の名称", "項目名"],
)
def test_a_label_may_say_that_it_is_the_name_of_something(label: str) -> None:
    (item,) = items_of(table(f"No|{label}|責任者", "1|見本会館|文化課長"))
    assert (item.title, item.owners, item.confidence) == ("見本会館", ("文化課長",), 1.0)


@pytest.mark.parametrize("label", ["計画名", "会議名", "連絡先", "所在地"])
def test_what_departments_look_after_besides_items_is_none(label: str) -> None:
    assert items_of(table(f"{label}|所管課", "見本みどり計画|資金課", "見本みらい計画|庶務課")) == ()


def test_a_table_of_dates_or_contacts_holds_no_items() -> None:
    assert items_of(table("時期|内容", "令和5年4月|委員会を開いた。")) == ()
    assert items_of(table("担当課|内容|電話番号", "庶務課|計画の全般|00-0000")) == ()


def test_quoted_cells_of_a_spreadsheet_may_hold_line_breaks() -> None:
    header = '事業名\t"取組\n内容"\t"予算\n(千円)"\t担当課\n'
    text = header + '甲\t"乙を行う。\n丙を行う。"\t"1,465"\tくらし課\n丁\t戊を行う。\t20\tくらし課\n'
    first, second = items_of(text, "plan.tsv")
    assert first.content == "乙を行う。\n丙を行う。"
    assert first.fields == {"予算 (千円)": "1,465"}
    assert (first.line_start, first.line_end, second.line_start) == (4, 5, 6)
