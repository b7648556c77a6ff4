"""The year of a question picks the report it is on, or says when something is due; a year without a report has none."""

import pytest

from tests.unit.assistant.plans import titles
from tests.unit.assistant.two_reports import ask

BIDDING, CONTRACT, SIGNS = "電子入札の導入", "電子契約の導入", "窓口案内の見直し"
ADS, HALLS, CARS = "広告収入の確保", "集会所の統合", "公用車の削減"
ONE_REPORT = ("plan.txt", "report_6.txt")


@pytest.mark.parametrize(
    ("question", "year", "mark", "source"),
    [
        ("電子入札の令和6年度の進捗は？", "令和6年度", "順調", "report_6.txt"),
        ("電子入札のR7の進捗は？", "令和7年度", "遅れ", "report_7.txt"),
        ("電子入札の進捗は？", "令和7年度", "遅れ", "report_7.txt"),
    ],
)
def test_the_year_asked_for_picks_the_report_else_the_newest_answers(
    question: str, year: str, mark: str, source: str
) -> None:
    answer = ask(question)
    assert answer.text == f"{year}の報告では、「電子入札の導入」の進捗区分は、「{mark}」です。[1]"
    assert (answer.outcome, answer.citations[0].source) == ("answered", source)


@pytest.mark.parametrize(
    ("question", "wanted", "year"),
    [
        ("令和6年度に遅れだった取組は？", [CONTRACT, HALLS], 2024),
        ("令和7年度に遅れだった取組は？", [BIDDING], 2025),
        ("2024年度に順調だった取組は何件？", [BIDDING, SIGNS, ADS], 2024),
        ("令和6年度に地域課で遅れだった取組は？", [HALLS], 2024),
    ],
)
def test_a_list_by_progress_is_of_the_year_asked_for(question: str, wanted: list[str], year: int) -> None:
    answer = ask(question)
    assert (titles(answer), answer.filters["report_year"]) == (wanted, year)
    assert f"report_{year - 2018}.txt" in {citation.source for citation in answer.citations}


def test_a_list_by_progress_without_a_year_is_of_the_newest_report_and_says_so() -> None:
    answer = ask("遅れている取組は？")
    assert titles(answer) == [BIDDING]
    assert answer.text.startswith("令和7年度の報告で進捗区分が「遅れ」の取組項目は、1件です。")


@pytest.mark.parametrize(
    "question", ["電子契約の令和7年度の実績は？", "電子契約の令和7年度の進捗は？", "電子契約はR7にどこまで進んだ？"]
)
def test_a_year_without_a_report_is_not_stated_and_the_years_there_are_named(question: str) -> None:
    answer = ask(question, names=ONE_REPORT)
    assert (answer.outcome, answer.reason) == ("not_found", "not_stated")
    assert answer.text.startswith(
        "令和7年度の報告は、読み込まれていません。読み込まれているのは、令和6年度の報告です。[1]"
    )
    assert answer.citations[0].item_title == CONTRACT
    assert "3方式" not in answer.text


def test_an_item_that_the_report_on_a_year_leaves_out_is_not_stated() -> None:
    answer = ask("遊具の点検の令和6年度の進捗は？", names=("plan.txt", "report_6.txt", "longer_report_7.txt"))
    assert (answer.reason, answer.text) == ("not_stated", "「遊具の点検」は、令和6年度の報告に載っていません。[1]")


def test_what_is_printed_of_a_year_without_a_report_is_quoted() -> None:
    answer = ask("電子入札の令和7年度の実績は？", names=ONE_REPORT)
    assert answer.reason == "not_stated"
    assert "令和7年度に試行する。" in answer.text


def test_a_list_of_a_year_without_a_report_is_not_stated() -> None:
    answer = ask("令和8年度に遅れた取組は何件？")
    assert (answer.outcome, answer.reason, answer.items) == ("not_found", "not_stated", ())
    assert "令和6年度の報告、令和7年度の報告" in answer.text


def test_two_years_are_told_one_after_the_other() -> None:
    text = ask("電子契約の令和6年度と令和7年度の進捗は？").text
    assert text.index("令和6年度の報告では、「電子契約の導入」の進捗区分は、「遅れ」") < text.index("「順調」")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("電子入札の進捗は？", "令和6年度の報告では、「電子入札の導入」の進捗区分は、「順調」です。"),
        ("遅れている取組は？", "令和6年度の報告で進捗区分が「遅れ」の取組項目は、2件です。"),
        ("財政課の取組は？", "所管課が財政課、実施時期が令和6年度（2024年度）に当たる取組項目は、2件です。"),
    ],
)
def test_a_year_alone_asks_the_question_before_of_that_year(before: str, expected: str) -> None:
    assert ask(before, "令和6年度は？").text.startswith(expected)


def test_a_course_over_the_years_is_told_from_every_report() -> None:
    text = ask("集会所の統合の実績の推移は？").text
    assert text.index("説明会を3回開いた。") < text.index("4か所減らした。")


@pytest.mark.parametrize(
    "question", ["電子入札の令和6年度の報告書の担当課は？", "令和6年度の報告では電子入札の担当課は？"]
)
def test_a_report_may_be_named_by_its_year(question: str) -> None:
    text = ask(question).text
    assert "令和6年度の報告では財政課" in text
    assert "デジタル課" not in text


def test_the_policy_for_a_year_stands_in_the_report_on_the_year_before() -> None:
    answer = ask("電子入札の令和7年度の方針は？", names=ONE_REPORT)
    assert "令和7年度に試行する。" in answer.text
    assert answer.outcome == "answered"


def test_reported_values_carry_the_year_and_the_label_of_their_column() -> None:
    text = ask("電子入札について教えて").text
    assert "- 令和7年度の計画：試行する。" in text
    assert "- 実施内容（令和7年度）：試行を見送った。" in text
    assert "- 進捗区分（令和7年度）：遅れ" in text
    assert "- 内容：工事の入札を電子で行う。" in text


def test_a_blank_mark_of_the_newest_report_is_not_filled_from_an_older_one() -> None:
    text = ask("広告収入の確保の進捗は？").text
    assert text == "「広告収入の確保」の進捗区分は、最も新しい報告では空欄です。令和6年度の報告では「順調」でした。[1]"
    assert ADS not in titles(ask("順調な取組は？"))


@pytest.mark.parametrize(
    ("question", "wanted", "filters"),
    [
        ("令和6年度から令和8年度までの取組は？", [BIDDING, CONTRACT, ADS, HALLS, CARS],
         {"fiscal_year": [2024, 2025, 2026]}),
        ("令和6年度か令和9年度の取組は？", [CONTRACT, ADS, HALLS], {"fiscal_year": [2024, 2027]}),
        ("令和7年度より前に終わる取組は？", [ADS, HALLS], {"fiscal_year": 2025, "deadline": "before"}),
        ("令和8年度以降に終わる取組は？", [BIDDING, CONTRACT], {"fiscal_year": 2026, "deadline": "since"}),
        ("令和7年度に始まる取組は？", [CONTRACT, CARS], {"fiscal_year": 2025, "deadline": "starts"}),
        ("毎年度と令和6年度の取組は？", [SIGNS, ADS, HALLS], {"schedule_kind": "every_year", "fiscal_year": 2024}),
        ("令和9年度以降の取組は？", [CONTRACT], {"fiscal_year": 2027, "deadline": "from"}),
        ("令和8年度までに終わる取組のうち令和6年度に遅れたものは？", [HALLS],
         {"fiscal_year": 2026, "deadline": "by", "progress": "遅れ", "report_year": 2024}),
    ],
)  # fmt: skip
def test_years_say_when_something_is_due(question: str, wanted: list[str], filters: dict[str, object]) -> None:
    answer = ask(question)
    assert (titles(answer), answer.filters) == (wanted, filters)


def test_a_list_by_year_tells_how_many_go_on_every_year_or_without_end() -> None:
    answer = ask("令和8年度に実施する取組は？")
    assert titles(answer) == [BIDDING, CONTRACT]
    assert "このほかに、実施時期が毎年度の取組が1件あります。" in answer.text
    assert "このほかに、すでに始まり、終わりの年度の記載がない取組が1件あります。" in answer.text


def test_an_english_question_is_told_the_year_of_the_report() -> None:
    answer = ask("Which items were 遅れ in FY2024?", language="en")
    assert titles(answer) == [CONTRACT, HALLS]
    assert "the report on 令和6年度" in answer.text
