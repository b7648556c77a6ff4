"""Lists and counts of items: by every condition and their combinations, complete and numbered."""

import pytest

from assistant.answers import Scope
from tests.unit.assistant.plans import ask, is_printed, titles

BOOKING = "来庁予約の拡大"
WINDOW = "書かない窓口の導入"
PHONE = "電話案内の自動化"
HALLS = "集会所の統合"
CARS = "公用車の台数の見直し"
ADS = "広告収入の確保"
TAX = "市税の口座振替の推進"
FEES = "使用料の見直し"
ALL = [BOOKING, WINDOW, PHONE, HALLS, CARS, ADS, TAX, FEES]


@pytest.mark.parametrize(
    ("question", "wanted", "filters"),
    [
        ("施設管理課の取組項目を教えてください", [HALLS, CARS], {"owner": "施設管理課"}),
        ("窓口課の取組一覧", [BOOKING, WINDOW], {"owner": "窓口課"}),
        ("地域振興課の取組は？", [WINDOW], {"owner": "地域振興課"}),
        ("納税課の取組項目は？", [TAX, FEES], {"owner": "納税課"}),
        ("実施時期が令和8年度の取組は？", [BOOKING, PHONE, ADS], {"fiscal_year": 2026}),
        ("令和9年度までに終わる取組は？", [BOOKING, WINDOW, PHONE, ADS, FEES], {"fiscal_year": 2027, "deadline": "by"}),
        ("令和9年度までに終わらない取組は？", [HALLS], {"fiscal_year": 2027, "deadline": "after"}),
        ("令和9年度が期限の取組は？", [WINDOW, PHONE], {"fiscal_year": 2027, "deadline": "in"}),
        ("実施時期が令和8年度でない取組は？", [FEES], {"without": {"fiscal_year": 2026}}),
        ("目標が令和7年度の取組は？", [WINDOW], {"goal_year": 2025}),
        ("実施時期が毎年度の取組を教えて", [CARS, TAX], {"schedule_kind": ["every_year"]}),
        ("新規の取組は？", [WINDOW, PHONE, FEES], {"status": "新規"}),
        ("継続の取組を一覧にして", [HALLS, CARS, ADS], {"status": "継続"}),
        ("進捗が計画どおりの取組は？", [BOOKING, PHONE, TAX], {"progress": "計画どおり"}),
        ("目標達成の取組は？", [CARS], {"progress": "目標達成"}),
        ("遅れている取組はどれですか", [WINDOW, HALLS], {"progress": "計画未満"}),
        ("柱1の取組一覧", [BOOKING, WINDOW, PHONE], {"section": ["柱1 手続が早く終わる市役所"]}),
        ("所管課が空欄の取組は？", [ADS], {"missing": "owner"}),
        ("目標が書かれていない取組は？", [FEES], {"missing": "goal"}),
        ("進捗区分が空欄の取組は？", [ADS, FEES], {"missing": "progress"}),
    ],
)
def test_a_list_holds_every_item_that_meets_the_condition(
    question: str, wanted: list[str], filters: dict[str, object]
) -> None:
    answer = ask(question)
    assert (answer.outcome, titles(answer), answer.total) == ("answered", wanted, len(wanted))
    assert answer.filters == filters
    for number, title in enumerate(wanted, 1):
        assert f"\n{number}. {title}" in answer.text
    assert is_printed(answer)


@pytest.mark.parametrize(
    ("question", "wanted", "names"),
    [
        ("施設管理課の継続の取組は？", [HALLS, CARS], {"owner", "status"}),
        ("施設管理課で計画未満の取組は？", [HALLS], {"owner", "progress"}),
        ("柱1の新規の取組は？", [WINDOW, PHONE], {"section", "status"}),
        ("柱2で実施時期が毎年度の取組は？", [CARS, TAX], {"section", "schedule_kind"}),
        ("柱2で計画どおりの取組は？", [TAX], {"section", "progress"}),
    ],
)
def test_conditions_of_one_question_hold_together(question: str, wanted: list[str], names: set[str]) -> None:
    answer = ask(question)
    assert titles(answer) == wanted
    assert set(answer.filters) == names


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("納税課は何件担当していますか", 2),
        ("令和7年度に実施する取組は何件ですか", 2),
        ("新規の取組は何件ですか", 3),
        ("計画未満の取組はいくつありますか", 2),
        ("柱2の取組は何件ですか", 5),
        ("柱2の継続の取組は何件ですか", 3),
    ],
)
def test_a_count_is_the_number_of_its_items_and_cites_the_first(question: str, total: int) -> None:
    answer = ask(question)
    assert (answer.outcome, answer.total, len(answer.items)) == ("answered", total, total)
    assert f"、{total}件です。" in answer.text
    assert len(answer.citations) == min(total, 3)
    assert is_printed(answer)


def test_an_item_of_plan_and_report_is_counted_once() -> None:
    answer = ask("取組項目は全部で何件ですか")
    assert answer.total == 8
    assert titles(answer) == ALL


def test_a_united_item_holds_what_plan_and_report_say() -> None:
    item = ask("目標達成の取組は？").items[0]
    assert (item.status, item.progress, item.goals) == ("継続", "目標達成", ("公用車を60台にする。",))


@pytest.mark.parametrize("question", ["新規の取組は何件ですか。柱ごとの内訳も", "柱ごとに新規は何件ですか"])
def test_a_count_is_broken_down_by_section_where_asked(question: str) -> None:
    answer = ask(question)
    assert answer.total == 3
    assert "内訳：柱1 手続が早く終わる市役所 2件、柱2 身の丈に合った施設と財政 1件" in answer.text


def test_no_breakdown_is_given_unasked() -> None:
    assert "内訳" not in ask("新規の取組は何件ですか").text


@pytest.mark.parametrize("question", ["水道課の取組項目は？", "水道課は何件担当していますか"])
def test_a_department_without_items_is_said_to_have_none(question: str) -> None:
    answer = ask(question)
    assert (answer.outcome, answer.reason, answer.items) == ("not_found", "not_in_plans", ())
    assert answer.text == "水道課が所管課になっている取組項目は、計画に記載がありません。"


def test_a_condition_that_no_item_meets_is_said_with_zero() -> None:
    answer = ask("令和12年度の取組は？")
    assert (answer.outcome, answer.reason, answer.citations) == ("not_found", "not_in_plans", ())
    assert answer.text == (
        "実施時期が令和12年度（2030年度）に当たる取組項目は、ありません（0件）。"
        "\n\nこのほかに、実施時期が毎年度の取組が2件あります。"
    )


def test_a_list_by_year_shows_each_schedule() -> None:
    assert "2. 電話案内の自動化（実施時期：令和7年度～令和9年度）[2]" in ask("実施時期が令和8年度の取組は？").text


def test_a_list_by_progress_cites_the_report() -> None:
    sources = {citation.source for citation in ask("進捗が計画どおりの取組は？").citations}
    assert sources == {"mihon_report.txt"}


def test_a_list_stays_inside_the_selected_municipality() -> None:
    answer = ask("新規の取組は？", scope=Scope(municipality="試作町"))
    assert titles(answer) == [WINDOW]
    assert {item.municipality for item in answer.items} == {"試作町"}


def test_a_list_stays_inside_the_selected_plan() -> None:
    answer = ask("取組項目は何件ですか", scope=Scope(plan="試作町スリム化プラン"))
    assert (answer.outcome, answer.total) == ("answered", 3)


def test_a_municipality_named_in_the_question_narrows_the_list() -> None:
    answer = ask("見本市の新規の取組は何件ですか", scope=Scope())
    assert (answer.total, {item.municipality for item in answer.items}) == (3, {"見本市"})


def test_two_municipalities_are_counted_one_after_the_other() -> None:
    answer = ask("見本市と試作町の新規の取組は何件ですか", scope=Scope())
    assert answer.text.index("【見本市】") < answer.text.index("、3件です。") < answer.text.index("【試作町】")
    assert answer.text.index("【試作町】") < answer.text.index("、1件です。")
    assert answer.total == 4


def test_a_department_of_one_municipality_needs_no_asking_back() -> None:
    answer = ask("住民福祉課の取組項目", scope=Scope())
    assert (answer.outcome, answer.total) == ("answered", 2)


def test_an_english_question_lists_japanese_titles() -> None:
    answer = ask("List the items of 施設管理課", language="en")
    assert answer.text.startswith("2 items: department in charge 施設管理課.")
    assert titles(answer) == [HALLS, CARS]
