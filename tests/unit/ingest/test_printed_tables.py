"""Tables as municipalities print them, merged cells filled, to plan items; every plan here is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.places import Place
from tests.unit.ingest.printed import items_in, merged, read

PLAN = "# 見本市実施計画（令和5年度～令和7年度）"


def test_two_row_header_over_merged_cells_gives_the_years_of_each_mark() -> None:
    first, second = items_in(
        PLAN,
        merged(
            "分野|主要事業|事業の概要|実施計画年度|<|<|概算事業費/（千円）",
            "^|^|^|R5|R6|R7|^",
            "① みなと|係留場の修繕|直す。|○|○||1,200",
            "^|灯台の公開|見せる。||○|○|80",
        ),
    )
    assert (first.section, first.title, first.content) == (("① みなと",), "係留場の修繕", "直す。")
    assert (first.schedule, first.target_fiscal_years) == ("R5 ○、R6 ○", (2023, 2024))
    assert second.target_fiscal_years == (2024, 2025)
    assert second.fields == {"概算事業費（千円）": "80"}


def test_three_row_header_keeps_marks_under_their_years() -> None:
    first, second = items_in(
        merged(
            "項目|取組内容|実施計画|<|<|<|担当",
            "^|^|前期|<|後期|<|^",
            "^|^|R4|R5|R6|R7|^",
            "歳入|広告の掲載|○|○|||資金課",
            "^|基金の運用||○|○|→|出納室",
        )
    )
    assert (first.section, first.title, first.target_fiscal_years) == (("歳入",), "広告の掲載", (2022, 2023))
    assert (second.owners, second.target_fiscal_years) == (("出納室",), (2023, 2024, 2025))


def test_years_over_plan_and_result_with_nothing_over_the_other_labels_belong_to_the_header() -> None:
    (item,) = items_in(merged("||R5|<|R6|<", "No|事業名|計画|実績|計画|実績", "1|橋の点検|調べる。|調べた。|直す。|"))
    assert (item.number, item.title, item.result) == ("1", "橋の点検", "調べた。")
    assert item.fields == {"R6 計画": "直す。"}


def test_a_second_header_row_of_bracketed_years_belongs_to_the_header() -> None:
    (item,) = items_in(
        merged("重要業績評価指標|現状値|目標値", "（ＫＰＩ）|（2014年度）|（2019年度）", "移住者数|－|年5人")
    )
    assert (item.title, item.goals, item.schedule, item.target_fiscal_years) == (
        "移住者数",
        ("年5人",),
        "2019年度",
        (2019,),
    )
    assert item.fields == {"現状値 （2014年度）": "－"}


def test_titles_above_the_header_name_the_plan_and_the_unit() -> None:
    extraction = read(
        merged(
            "第2次見本市行財政改革実施計画（令和5年度～令和7年度）|<|<|<",
            "所管：企画課|||（単位：千円）",
            "事業名|R5|R6|R7",
            "橋の点検|100|200|",
            "道の舗装|-|300|0",
        )
    )
    first, second = extraction.items
    assert first.plan == "第2次見本市行財政改革実施計画（令和5年度～令和7年度）"
    assert first.municipality == "見本市"
    assert first.fields == {"R5（千円）": "100", "R6（千円）": "200"}
    assert (first.target_fiscal_years, second.target_fiscal_years) == ((2023, 2024), (2024,))


def test_sums_under_years_are_kept_with_year_and_unit_and_set_the_target_years() -> None:
    first, second = items_in(
        PLAN,
        "単位：千円",
        merged(
            "基本施策|事業名|担当課|事業費|<|<|事業内容",
            "^|^|^|令和5年度|令和6年度|令和7年度|^",
            "窓口改革|証明書の電子申請|市民課|1,200|0||申請を電子化する。",
            "^|番号案内機の更新|^||3,400|△ 200|機械を更新する。",
            "^|計|<|1,200|3,400|△ 200|",
        ),
    )
    assert first.fields["令和5年度 事業費（千円）"] == "1,200"
    assert first.target_fiscal_years == (2023,)
    assert second.fields == {"令和6年度 事業費（千円）": "3,400", "令和7年度 事業費（千円）": "△ 200"}
    assert (second.section, second.owners, second.target_fiscal_years) == (("窓口改革",), ("市民課",), (2024, 2025))


def test_the_budget_of_the_year_before_is_no_target_year_of_a_plan_of_one_year() -> None:
    first, second = items_in(
        "# 見本市 令和6年度 主要事業",
        merged(
            "番号|所 属 長|事業名|令和5年度予算額（千円）|令和6年度予算額（千円）|増減|説明",
            "１|総務課長|広報紙の発行|３，０００|３，５００|５００|年6回出す。",
            "2|財政課長|公用車の更新|5,000|4,800|▲ 200|",
            "合 計|<|<|8,000|8,300|300|",
        ),
    )
    assert [item.owners for item in (first, second)] == [("総務課長",), ("財政課長",)]
    assert first.fields["令和6年度予算額（千円）"] == "３，５００"
    assert second.fields["増減"] == "▲ 200"
    assert first.target_fiscal_years == second.target_fiscal_years == (2024,)


@pytest.mark.parametrize(
    "label", ["計", "小 計", "合　計", "総計", "政策1 計", "こども分野計", "【小計】", "（みどり 計）", "総務課計"]
)
def test_rows_that_sum_up_are_no_items_but_can_be_found(label: str) -> None:
    extraction = read(
        merged("政策|事業名|事業費（千円）|所管課", "こども|遊び場の整備|10,000|子ども課", f"^|{label}|10,000|")
    )
    assert [item.title for item in extraction.items] == ["遊び場の整備"]
    (total,) = [passage for passage in extraction.passages if "10,000" in passage.text and passage.item_id is None]
    assert total.section == ("こども",)
    assert "こども" in total.search_text


@pytest.mark.parametrize("title", ["図書館の設計", "公会計の導入", "市民生活統計の調査", "人口推計の見直し", "花時計"])
def test_titles_that_only_end_like_a_sum_are_items(title: str) -> None:
    (item,) = items_in(merged("事業名|事業費（千円）|所管課", f"{title}|100|企画課"))
    assert item.title == title


def test_rows_merged_over_the_whole_width_are_groups_and_notes_are_not() -> None:
    items = items_in(
        merged(
            "事業名|事業費（千円）|所管課",
            "第1章 こども|<|<",
            "遊び場の整備|10,000|子ども課",
            "※事業費は予定です。|<|<",
            "第2章 みどり|<|<",
            "苗木の配布|500|公園課",
        )
    )
    assert [(item.section, item.title) for item in items] == [
        (("第1章こども",), "遊び場の整備"),
        (("第2章みどり",), "苗木の配布"),
    ]


def test_sub_rows_of_a_merged_title_are_one_item_with_all_its_goals() -> None:
    first, second = items_in(
        merged(
            "No|取組項目|担当課|数値目標|現状|目標",
            "1|収納率の向上|税務課|市税|97.0%|98.0%",
            "^|^|^|保険税|92.0%|94.0%",
            "2|広告の拡大|総務課|広告料|10万円|20万円",
        )
    )
    assert (first.number, first.goals, first.line_start, first.line_end) == ("1", ("98.0%", "94.0%"), 2, 3)
    assert first.fields == {"数値目標": "市税 / 保険税", "現状": "97.0% / 92.0%"}
    assert second.goals == ("20万円",)


def test_sub_rows_with_their_own_titles_are_items_of_the_merged_one() -> None:
    items = items_in(
        merged(
            "事業名|細事業|内容|所管",
            "子育ての支援|一時預かり|預かる。|こども課",
            "^|病児の保育|看る。|^",
            "^|送り迎え|送る。|^",
            "緑化の推進|花いっぱい運動|植える。|公園課",
        )
    )
    assert [(item.section, item.title) for item in items] == [
        (("子育ての支援",), "一時預かり"),
        (("子育ての支援",), "病児の保育"),
        (("子育ての支援",), "送り迎え"),
        (("緑化の推進",), "花いっぱい運動"),
    ]
    assert items[1].owners == ("こども課",)


def test_two_rows_with_the_same_title_and_other_contents_stay_two_items() -> None:
    items = items_in(
        merged(
            "分野|主要事業|事業の概要|R5|R6|事業費",
            "防火|組合への負担金|救急の分を払う。|○|○|19,000",
            "|組合への負担金|消防の分を払う。|○|○|85,000",
        )
    )
    assert [item.fields["事業費"] for item in items] == ["19,000", "85,000"]


def test_indicators_are_the_items_of_the_measure_that_they_are_merged_under() -> None:
    items = items_in(
        "# 見本町総合戦略",
        merged(
            "基本目標|施策|指標|基準値|目標値",
            "^|^|^|（平成30年度）|（令和6年度）",
            "1 しごと|創業の支援|創業件数|年5件|年10件",
            "^|^|相談件数|年20件|年40件",
            "^|農業の振興|就農者数|2人|5人",
        ),
    )
    assert [(item.section, item.title, item.goals) for item in items] == [
        (("1 しごと", "創業の支援"), "創業件数", ("年10件",)),
        (("1 しごと", "創業の支援"), "相談件数", ("年40件",)),
        (("1 しごと", "農業の振興"), "就農者数", ("5人",)),
    ]
    assert {item.target_fiscal_years for item in items} == {(2024,)}


def test_an_indicator_without_a_year_is_due_when_the_plan_ends() -> None:
    (item,) = items_in("# 見本町総合戦略（令和2年度～令和6年度）", merged("指標|現状値|目標値", "移住者数|10人|20人"))
    assert (item.schedule, item.target_fiscal_years) == (None, (2024,))


def test_of_goals_year_by_year_the_last_is_the_goal() -> None:
    (item,) = items_in(
        merged("指標名|現状値|目標値|<|<", "^|R4|R7|R8|R9", "健診を受けた人の割合|40%|45%|48%|50%"),
    )
    assert (item.goals, item.target_fiscal_years) == (("50%",), (2027,))
    assert item.fields == {"R4 現状値": "40%", "R7 目標値": "45%", "R8 目標値": "48%"}


def test_projects_listed_beside_indicators_are_text() -> None:
    extraction = read(
        "# 見本町総合戦略",
        "## 1 しごとをつくる",
        merged("指標|現状値|目標値（令和6年度）", "創業件数|5件|10件"),
        "## 主な事業",
        "・創業塾の開催\n・空き店舗の紹介",
    )
    assert [item.title for item in extraction.items] == ["創業件数"]
    assert any("創業塾の開催" in passage.text for passage in extraction.passages)


def test_a_progress_sheet_puts_plan_result_and_grade_under_one_year() -> None:
    items = items_in(
        merged(
            "令和5年度 見本市行政改革進捗管理シート|<|<|<|<|<|<",
            "柱|取組項目|所管課|令和5年度|<|<|今後の方針",
            "^|^|^|計画|実績|評価|^",
            "Ⅰ 歳入の確保|①広告の拡大|資金課|封筒に載せる。|封筒に載せた。|Ａ|継続する。",
            "^|②使用料の見直し|調整課|案を作る。|案を作った。|Ｂ|条例を改める。",
            "Ⅱ 歳出の抑制|①補助金の見直し|〃|調べる。|調べた。|Ｃ|同上",
        )
    )
    assert [item.section for item in items] == [("Ⅰ 歳入の確保",), ("Ⅰ 歳入の確保",), ("Ⅱ 歳出の抑制",)]
    assert (items[0].plan_summary, items[0].result, items[0].progress) == ("封筒に載せる。", "封筒に載せた。", "Ａ")
    assert (items[2].owners, items[2].next_steps) == (("調整課",), "条例を改める。")


def test_a_facility_plan_has_a_facility_per_row() -> None:
    first, second = items_in(
        merged(
            "No|施設名|所管課|建築年度|延床面積（㎡）|対策内容|実施時期|概算費用（百万円）",
            "1|北部公民館|生涯学習課|S55|450.5|外壁を直す|R8～R9|120",
            "2|南部保育所|こども課|H3|600|廃止する|令和10年度まで|-",
        )
    )
    assert (first.title, first.owners, first.content) == ("北部公民館", ("生涯学習課",), "外壁を直す")
    assert (first.target_fiscal_years, first.fields["概算費用（百万円）"]) == ((2026, 2027), "120")
    assert second.schedule_kind == "by"


def test_facility_types_with_their_policy_are_items_and_their_sum_is_not() -> None:
    items = items_in(
        merged(
            "区分|施設類型|施設数|<|維持管理方針",
            "^|^|全体|うち築30年以上|^",
            "建物|集会施設|8|2|長く使う。",
            "^|保健施設|5|3|まとめる。",
            "^|合計|13|5|",
            "インフラ|道路|―|―|点検して直す。",
        )
    )
    assert [(item.section, item.title, item.content) for item in items] == [
        (("建物",), "集会施設", "長く使う。"),
        (("建物",), "保健施設", "まとめる。"),
        (("インフラ",), "道路", "点検して直す。"),
    ]
    assert items[0].fields == {"施設数 全体": "8", "施設数 うち築30年以上": "2"}


def test_a_timetable_without_item_column_names_its_rows() -> None:
    items = items_in(
        "# 見本市行程表",
        merged(
            "|令和5年度|令和6年度|令和7年度",
            "組織の見直し|検討|実施|→",
            "会議の電子化|○||",
            "手数料の改定||検討|実施",
        ),
    )
    assert [(item.title, item.target_fiscal_years) for item in items] == [
        ("組織の見直し", (2023, 2024, 2025)),
        ("会議の電子化", (2023,)),
        ("手数料の改定", (2024, 2025)),
    ]


SWIMLANES = merged(
    "設備引き渡しの日程|<|<|<|<",
    "||２０２３年度|<|２０２４年度",
    "||２月|３月|令和６年４月～令和７年３月",
    "見本市|議会|説明||議決",
    "^|^|||",
    "^|情報管理課|協議の準備|覚書の調印|引き受け（予定）",
    "^|^||^|^",
    "みほん電気株式会社|<|価格の算定|<|",
)


def test_texts_in_lanes_of_departments_are_steps_at_the_time_of_their_column() -> None:
    items = {item.title: item for item in items_in(SWIMLANES)}
    assert items["覚書の調印"].owners == ("情報管理課",)
    assert items["覚書の調印"].schedule == "２０２３年度 ３月（帯の位置）"
    assert items["覚書の調印"].target_fiscal_years == (2023,)
    assert items["引き受け（予定）"].target_fiscal_years == (2024,)
    assert items["価格の算定"].owners == ("みほん電気株式会社",)
    assert [title for title in items if "覚書" in title] == ["覚書の調印"]
    assert all(item.confidence < 1 for item in items.values())


def test_a_step_merged_over_months_lasts_from_the_first_to_the_last() -> None:
    items = items_in(
        "# 見本市の工程表",
        merged(
            "|令和6年度|<|<|<",
            "|10月|11月|12月|1月",
            "総務課|準備|<|説明会の開催|<",
            "^|||公告|",
            "会計課|見積りの徴取|||",
        ),
    )
    steps = {item.title: (item.owners, item.schedule, item.target_fiscal_years) for item in items}
    assert steps["説明会の開催"] == (("総務課",), "令和6年度 12月～1月（帯の位置）", (2024,))
    assert steps["公告"] == (("総務課",), "令和6年度 12月（帯の位置）", (2024,))


def test_bars_drawn_over_the_years_of_a_page_give_no_years() -> None:
    gantt = merged(
        "施策 年度|令和5年度|令和6年度|令和7年度", "全体計画|体制の整備|計画の推進|", "職員の研修||研修の実施|"
    )
    assert items_in("# 見本市推進方針", gantt, place=Place(page=2, box=(0.0, 0.0, 9.0, 9.0))) == ()


def test_halves_of_a_year_are_parts_of_its_schedule() -> None:
    first, second = items_in(
        merged(
            "取組項目|担当課|R6|<|R7|<",
            "^|^|上期|下期|上期|下期",
            "窓口の電子化|市民課|検討|実施|→|",
            "文書の電子化|総務課|||○|○",
        )
    )
    assert first.schedule == "R6 上期 検討、R6 下期 実施、R7 上期 →"
    assert (first.target_fiscal_years, second.target_fiscal_years) == ((2024, 2025), (2025,))


def test_years_after_the_first_need_not_repeat_their_era() -> None:
    (item,) = items_in(merged("取組項目|担当課|令和4年度|5年度|6年度", "会議の削減|総務課||○|→"))
    assert item.target_fiscal_years == (2023, 2024)


def test_a_sheet_with_merged_cells_and_a_grid_of_years_is_one_item() -> None:
    (item,) = items_in(
        merged(
            "事業名|橋の長寿命化|<|<",
            "担当課|建設課|事業期間|R5～R7",
            "事業概要|<|橋を守る。|<",
            "年度|R5|R6|R7",
            "取組内容|設計|工事|工事",
            "事業費（千円）|1,000|5,000|5,000",
        )
    )
    assert (item.title, item.owners, item.content) == ("橋の長寿命化", ("建設課",), "橋を守る。")
    assert (item.schedule, item.target_fiscal_years) == ("R5～R7", (2023, 2024, 2025))
    assert item.fields["R6"] == "工事"
    assert item.fields["R5 事業費（千円）"] == "1,000"


def test_two_departments_and_two_sub_items_in_one_cell_are_told_apart() -> None:
    items = items_in(
        merged(
            "重点施策|具体的な取組|担当",
            "安全なまち|・防犯灯の整備/・見守り隊の支援|くらし安全課/生活環境課",
            "^|・避難訓練の実施|子育て支援/課",
        )
    )
    assert [(item.title, item.owners) for item in items] == [
        ("防犯灯の整備", ("くらし安全課", "生活環境課")),
        ("見守り隊の支援", ("くらし安全課", "生活環境課")),
        ("避難訓練の実施", ("子育て支援課",)),
    ]
    assert len({item.id for item in items}) == 3


def test_a_row_torn_by_the_page_goes_on_in_its_item() -> None:
    header = "番号|事業名|内容|担当課"
    items = items_in(
        merged(header, "1|甲の整備|建てる。|建設課", "2|乙の整備|調べて、|道路課"),
        merged(header, "||直す。|", "3|丙の整備|掘る。|水道課"),
    )
    assert [(item.number, item.content) for item in items] == [
        ("1", "建てる。"),
        ("2", "調べて、\n直す。"),
        ("3", "掘る。"),
    ]


def test_a_further_goal_below_a_blank_title_belongs_to_the_item_above() -> None:
    (item,) = items_in(merged("事業名|担当課|目標", "見守り|福祉課|10人を訪ねる。", "||集いの場を開く。"))
    assert item.goals == ("10人を訪ねる。", "集いの場を開く。")
    assert (item.line_start, item.line_end) == (2, 3)


def test_lines_wrapped_at_the_edge_of_a_cell_are_one_sentence() -> None:
    (item,) = items_in(
        merged(
            "事業名|主 な 事 業 内 容|担当課",
            "橋の点検|市内の橋りょうを順に点検し、傷みの大きいも/のから直す。令和6年度は北部の橋を点検す/る。|建設課",
        )
    )
    assert item.content == "市内の橋りょうを順に点検し、傷みの大きいものから直す。令和6年度は北部の橋を点検する。"


def test_a_sentence_that_begins_with_its_date_is_the_schedule_where_no_column_is() -> None:
    (item,) = items_in(
        "# 見本市 令和4年度 主要事業",
        merged(
            "事業名|内容|令和3年度予算額（千円）|令和4年度予算額（千円）",
            "園舎の改築|外構を整える。令和5年1月末完成予定。|100|200",
        ),
    )
    assert (item.schedule, item.target_fiscal_years) == ("令和5年1月末完成予定", (2022,))


def test_a_misprinted_year_is_kept_as_printed_and_flagged() -> None:
    extraction = read(
        "# 見本市実施計画（令和4年度～令和6年度）",
        merged("事業名|内容|担当課", "園舎の改築|外構を整える。平成3年12月末完成予定。|建設課"),
    )
    (item,) = extraction.items
    assert item.schedule == "平成3年12月末完成予定"
    assert item.target_fiscal_years == ()
    assert any("平成3年12月末完成予定" in remark.message for remark in extraction.report.remarks)


def test_a_district_named_in_a_row_is_not_the_municipality_of_the_plan() -> None:
    extraction = read(
        "令和4年度の主な継続事業", merged("事業名|内容|担当課", "測量|みずほ町北と、みずほ町南で行う。|建設課")
    )
    assert extraction.items[0].municipality is None
    assert extraction.items[0].plan == "令和4年度の主な継続事業"


def test_a_group_label_printed_in_the_middle_of_its_rows_holds_from_where_their_numbers_begin() -> None:
    items = items_in(
        merged(
            "柱|取組項目|担当",
            "|①甲の推進|A課",
            "|②乙の推進|A課",
            "歳入の確保|③丙の推進|B課",
            "|①丁の推進|C課",
            "歳出の抑制|②戊の推進|C課",
        )
    )
    assert [item.section for item in items] == [("歳入の確保",)] * 3 + [("歳出の抑制",)] * 2


def test_rows_of_plan_and_result_in_turn_are_one_item() -> None:
    first, second = items_in(
        merged(
            "No|取組項目|所管課|区分|R5|R6|R7",
            "1|窓口の改革|市民課|計画|検討|試行|実施",
            "^|^|^|実績|検討した|試行した|",
            "2|文書の削減|総務課|計画|実施|→|→",
            "^|^|^|実績|実施した||",
        )
    )
    assert (first.schedule, first.target_fiscal_years) == ("R5 検討、R6 試行、R7 実施", (2023, 2024, 2025))
    assert first.fields == {"R5 実績": "検討した", "R6 実績": "試行した"}
    assert (second.number, second.fields) == ("2", {"R5 実績": "実施した"})


def test_rows_of_aimed_and_reached_figures_are_one_indicator() -> None:
    (item,) = items_in(merged("指標|担当課|区分|R5|R6", "来館者数|図書館|目標|100人|120人", "^|^|実績|90人|"))
    assert (item.goals, item.target_fiscal_years) == (("120人",), (2024,))
    assert item.fields == {"R5 目標": "100人", "R6 目標": "120人", "R5 実績": "90人"}


def test_cells_merged_for_layout_are_read_once() -> None:
    first, second = items_in(
        merged(
            "柱|<|事業名|<|<|担当課|<|R5|<|R6|<",
            "歳入|<|広告の掲載|<|<|資金課|<|○|<|→|<",
            "^|<|基金の運用|<|<|出納室|<||<|○|<",
        )
    )
    assert (first.section, first.title, first.owners, first.fields) == (("歳入",), "広告の掲載", ("資金課",), {})
    assert (first.schedule, second.schedule) == ("R5 ○、R6 →", "R6 ○")


def test_a_title_label_merged_over_numbers_and_titles_names_both() -> None:
    items = items_in(
        merged("実施項目|<|内容|担当課", "1|窓口の見直し|改める。|市民課", "2|会議の見直し|減らす。|総務課")
    )
    assert [(item.number, item.title) for item in items] == [("1", "窓口の見直し"), ("2", "会議の見直し")]


def test_a_division_and_its_section_in_two_columns_are_one_owner() -> None:
    (item,) = items_in(merged("取組|内容|担当|<", "^|^|部|課", "窓口の改革|改める。|市民部|市民課"))
    assert item.owners == ("市民部市民課",)
    assert item.owner_text == "市民部 市民課"


def test_a_grade_beside_a_rate_is_the_progress_and_the_last_result_the_result() -> None:
    (item,) = items_in(
        merged(
            "指標|基準値|目標値（R6）|R4実績|R5実績|達成率|評価|所管課",
            "移住者数|10人|30人|15人|20人|66.7%|Ｂ|企画課",
        )
    )
    assert (item.progress, item.result) == ("Ｂ", "20人")
    assert item.fields == {"基準値": "10人", "R4実績": "15人", "達成率": "66.7%"}


def test_a_page_column_does_not_make_a_list_of_projects_a_table_of_contents() -> None:
    (item,) = items_in(merged("No|事業名|担当課|ページ", "1|窓口の改革|市民課|12"))
    assert (item.title, item.fields) == ("窓口の改革", {"ページ": "12"})
    assert items_in(merged("番号|取組項目|ページ", "1|窓口の改革|12")) == ()


def test_a_sheet_named_after_a_department_or_labelled_with_it_gives_its_rows_their_owner() -> None:
    rows = ("取組項目|取組内容|目標", "広告の掲載|載せる。|10件")
    (by_heading,) = items_in("# 見本市改革プラン", "## 総務課", merged(*rows))
    (by_label,) = items_in("# 見本市改革プラン", merged("所属名：市民 課|<|<", *rows))
    assert (by_heading.owners, by_heading.section) == (("総務課",), ("総務課",))
    assert by_label.owners == ("市民課",)


@pytest.mark.parametrize(
    "line", ["担当：総務課", "令和5年4月 企画課", "お問い合わせ 総務課", "所管：企画課", "図書館", "第1部"]
)
def test_whoever_issues_a_plan_is_not_the_owner_of_its_rows(line: str) -> None:
    rows = ("取組項目|取組内容|目標", "広告の掲載|載せる。|10件")
    for parts in (("# 見本市改革プラン", line, merged(*rows)), ("# 見本市改革プラン", merged(f"{line}|<|<", *rows))):
        (item,) = items_in(*parts)
        assert item.owners == ()


def test_figures_of_finance_year_by_year_are_no_items() -> None:
    assert items_in(merged("項目|R4|R5|R6", "歳入|1,000|1,100|1,200", "歳出|900|1,000|1,100")) == ()
    (item,) = items_in(merged("項目|R4|R5|R6", "窓口の電子化|検討|実施|→"))
    assert item.target_fiscal_years == (2022, 2023, 2024)


LABELS = st.sampled_from(
    [
        "事業名",
        "担当課",
        "内容",
        "目標",
        "指標",
        "R5",
        "令和6年度",
        "上期",
        "事業費（千円）",
        "施設名",
        "区分",
        "計",
        "",
        "^",
        "<",
    ]
)
CELLS = st.sampled_from(
    ["甲の整備", "建設課", "100", "○", "→", "計", "〃", "R6まで", "・甲/・乙", "", "^", "<", "※注", "令和5年度"]
)


@given(data=st.data(), width=st.integers(1, 6), header=st.integers(1, 3), body=st.integers(0, 5))
def test_any_table_is_read_and_every_quote_of_it_is_printed(
    data: st.DataObject, width: int, header: int, body: int
) -> None:
    def rows(cells: st.SearchStrategy[str], first: bool) -> str:
        drawn = data.draw(st.lists(cells, min_size=width, max_size=width))
        drawn[0] = "" if drawn[0] == "<" else drawn[0]
        return "|".join("" if first and cell == "^" else cell for cell in drawn)

    lines = [rows(LABELS, at == 0) for at in range(header)] + [rows(CELLS, False) for _ in range(body)]
    extraction = read(merged(*lines))
    printed = "".join("".join("".join(row) for row in merged(*lines)).split())
    for item in extraction.items:
        assert item.title
        assert "".join(item.title.split()) in printed
        assert item.line_start <= item.line_end <= header + body + 20


@pytest.mark.parametrize(
    ("content", "years"),
    [
        ("令和元年度より、係留場の使い道を課内で話し合ってい", ()),
        ("係留場の使い道を考え、令和元年度", ()),
        ("係留場の使い道を考え、令和6年度までに決める。", (2024,)),
    ],
)
def test_what_goes_on_since_a_year_or_breaks_off_at_one_aims_at_no_year(content: str, years: tuple[int, ...]) -> None:
    (item,) = items_in(merged("取組項目|内容|所管課", f"係留場の活用|{content}|資金課"))
    assert (item.schedule, item.target_fiscal_years) == (None, years)
