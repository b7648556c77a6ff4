"""Title, municipality and period of a plan."""

import pytest

from tests.unit.ingest.plans import document_of, table


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# 事務の見直しについて\n\n資料 7\n\n本文です。\n", "事務の見直しについて"),
        ("第3次見本市\n\nしごと改善大綱・実行プラン (案)\n\n目 次\n", "第3次見本市しごと改善大綱・実行プラン (案)"),
        (
            "サンプル\n見本市\n第2次見本市改革プラン 令和6年度進捗状況報告書\n令和7年5月\n",
            "第2次見本市改革プラン 令和6年度進捗状況報告書",
        ),
        (
            "見本町行政改革プラン2025 進捗管理表（令和6年度末現在）\n",
            "見本町行政改革プラン2025 進捗管理表（令和6年度末現在）",
        ),
        (
            "支所の役割基本方針【概要版】\n\n～近くて早い役場へ～\n\n令和6年9月\n見本市\n",
            "支所の役割基本方針【概要版】",
        ),
        (
            "- 市民会議の話合いを経た。\n\n【あらまし】\n\n- 人口が減る。\n\nみほんTENKIビジョン\n\n文です。\n",
            "みほんTENKIビジョン",
        ),
        (
            "# 見本市2040ビジョン ― 小さくても頼れる市役所 ―\n\n文です。\n",
            "見本市2040ビジョン ― 小さくても頼れる市役所 ―",
        ),
        ("見 本 町 が 持 つ 公 の 施 設 の 一 覧\n\n庶務課 管財係\n\n文です。\n", "見本町が持つ公の施設の一覧"),
        ("み ほ ん 市 D X 計 画 2 0 2 5\n\n文です。\n", "みほん市DX計画2025"),
    ],
)
def test_the_title_is_what_names_the_plan(text: str, title: str) -> None:
    document = document_of(text)
    assert (document.title, document.title_is_printed) == (title, True)


def test_a_table_without_title_is_named_after_what_is_known() -> None:
    document = document_of(
        table("取組項目|担当課|R2 実施内容", "甲|資金課|見本市甲要綱を定めた。") + "\n\n見本市の取組です。\n"
    )
    assert document.title == "見本市 行政改革の取組項目 令和2年度進捗状況一覧"
    assert not document.title_is_printed
    assert document.period == (2020, 2020)


def test_a_text_that_names_nothing_is_called_by_its_file() -> None:
    document = document_of("甲\t乙\n", "2024_list.tsv")
    assert (document.title, document.title_is_printed, document.municipality) == ("2024_list", False, None)


@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        ("見 本 市\n\n本市では、他市や近隣市町村の例を調べ、市民税の徴収を進めます。\n", "見本市"),
        ("第2次見本市改革プラン\n\n見本市は、政令指定都市の移行を経て、横田市の例にならいます。\n", "見本市"),
        ("見本ケ丘市事務改善要綱\n\n個人市民税、法人市民税\n", "見本ケ丘市"),
        ("みほん市総合計画\n\nみほん市では町内自治会を支えます。\n", "みほん市"),
        ("見本村の計画\n\n農村と山村を守る。見本村は千本松県にある。\n", "見本村"),
        ("千本松県見本市計画\n\n千本松県見本市は進めます。\n", "見本市"),
        ("南ミホン市計画\n\n南ミホン市は進めます。\n", "南ミホン市"),
        ("京都市計画\n\n京都市の都市基盤と、十日町市の例。\n", "京都市"),
        ("十日町市計画\n\n県内市町村と十日町市。\n", "十日町市"),
        ("みなと岬市\n行革計画\n\nこれまで本市は、みなと岬市として進めました。\n", "みなと岬市"),
        ("東みほん町計画\n\n豊かな町にする。東みほん町は進めます。\n", "東みほん町"),
        ("また、見本市は進めます。\n\nさらに見本市は進めます。見本市です。\n", "見本市"),
        ("甲府市計画\n\n甲府市は進めます。\n", "甲府市"),
        ("公 の 施 設 の 一 覧\n\n" + "社会福祉法人見本町福祉会が管理します。\n" * 3, "見本町"),
        ("見 本 町 が 持 つ 公 の 施 設 の 一 覧\n\n文です。\n", "見本町"),
        ("施設の一覧\n\n" + "公益財団法人見本市文化財団と、一般社団法人見本市観光協会\n" * 3, "見本市"),
        ("本市では、各市の例を調べ、市町村の合併に備えます。\n", None),
        ("県内市町村の都市計画と朝市\n", None),
    ],
)
def test_the_municipality_is_the_one_the_plan_is_about(text: str, municipality: str | None) -> None:
    assert document_of(text).municipality == municipality


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("見本市計画\n\n計画期間　令和6年度～令和10年度\n", (2024, 2028)),
        (
            "見本市計画\n\n(2) 取組の期間\n\n市の財政見通しに合わせ、令和5年度から8年度までの4年間とします。\n",
            (2023, 2026),
        ),
        ("見本市計画（令和4年度～令和8年度）\n\n総合計画（令和元年度～令和10年度）に基づきます。\n", (2022, 2026)),
        ("見本市計画\n\nこれまで、平成20年度～平成24年度に第1次計画を進めました。\n", None),
        ("見本市計画\n\n意見の受付期間は、令和4年10月3日から令和5年2月6日までです。\n", None),
        ("令和5年度 見本市計画\n", (2023, 2023)),
        ("# 見本町 行動計画（2024-2028）\n", (2024, 2028)),
        ("# 見本町 行動計画 ２０２４～２０２８\n", (2024, 2028)),
        (
            "見本市計画（令和6年度改訂版）\n\n1. 計画の位置付け\n\n"
            "この計画は、見本市総合計画の下で、令和5年度から令和8年度までの取組を定める。\n",
            (2023, 2026),
        ),
        ("見本市計画\n\n本計画は、総合計画（令和2年度～令和11年度）に基づく10年間の計画です。\n", None),
        ("見本市計画（令和6年度改訂版）\n", None),
        ("見本市の施設の引き渡し\n\n平成22年度から令和2年度の11年間の総事業費は9億円です。\n", None),
    ],
)
def test_the_period_is_the_plan_s_own(text: str, period: tuple[int, int] | None) -> None:
    assert document_of(text).period == period


def test_a_title_in_the_rows_above_a_header_is_the_plan_s() -> None:
    document = document_of(
        table(
            "見本町実施計画（令和5年度～令和7年度） 柱2 くらし|||",
            "令和5年4月 企画課|||（単位：千円）",
            "分野|事業名|担当課|事業費",
        )
        + "\n水\t橋の点検\t建設課\t100\n"
    )
    assert document.title == "見本町実施計画（令和5年度～令和7年度） 柱2 くらし"
    assert (document.municipality, document.period) == ("見本町", (2023, 2025))


def test_a_title_that_only_the_text_tells_is_the_plan_s() -> None:
    document = document_of(
        "みほんのうた\n\n第1章 はじめに\n\n国は「くらし創生戦略」を策定し、"
        "見本村も「第5期見本村総合計画」に沿って進めています。\n\n"
        "このため「見本村くらし創生戦略」（以下、戦略）を策定します。\n\n第5期見本村総合計画\n\n文です。\n"
    )
    assert (document.title, document.municipality) == ("見本村くらし創生戦略", "見本村")


def test_a_line_above_the_only_table_names_it_though_it_names_no_plan() -> None:
    document = document_of("令和5年度に続ける主な事業\n\n" + table("事業名|担当課", "甲の点検|建設課") + "\n")
    assert (document.title, document.title_is_printed) == ("令和5年度に続ける主な事業", True)


@pytest.mark.parametrize("row", ["東町と東町の橋を直す。", "南西市と結ぶ。"])
def test_a_place_that_rows_name_once_or_twice_is_not_the_municipality(row: str) -> None:
    assert document_of(table("事業名|内容|担当課", f"甲の点検|{row}|建設課")).municipality is None
