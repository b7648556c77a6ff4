"""A plan and its reports that print different things: each is said with its document, and none hides another."""

import pytest

from assistant.editions import Edition, editions_of
from tests.made_up import a_stored_document, an_item
from tests.unit.assistant.plans import titles
from tests.unit.assistant.two_reports import ask

BIDDING, CONTRACT, ADS, HALLS, CARS = (
    "電子入札の導入",
    "電子契約の導入",
    "広告収入の確保",
    "集会所の統合",
    "公用車の削減",
)


def test_differing_departments_are_said_with_their_documents() -> None:
    answer = ask("電子入札の担当は？")
    told = "計画では契約課、令和6年度の報告では財政課、令和7年度の報告ではデジタル課"
    assert answer.text == f"「電子入札の導入」の所管課は、{told}です。[1][2][3]"
    assert [c.source for c in answer.citations] == ["plan.txt", "report_6.txt", "report_7.txt"]


def test_a_year_leaves_out_what_other_reports_say() -> None:
    assert "デジタル課" not in ask("電子入札の令和6年度の担当は？").text


@pytest.mark.parametrize(
    ("department", "wanted"),
    [
        ("デジタル課", [BIDDING]),
        ("契約課", [BIDDING, CONTRACT]),
        ("財政課", [BIDDING, ADS, HALLS]),
        ("地域課", [HALLS, CARS]),
    ],
)
def test_an_item_is_listed_for_every_department_that_a_document_names(department: str, wanted: list[str]) -> None:
    answer = ask(f"{department}の取組は？")
    assert (answer.outcome, titles(answer)) == ("answered", wanted)


def test_a_listed_item_says_where_its_department_stands() -> None:
    assert "1. 電子入札の導入（所管課：計画では契約課、" in ask("デジタル課の取組は？").text


def test_neither_yes_nor_no_is_said_where_documents_differ() -> None:
    assert not ask("電子入札の担当は契約課ですか").text.startswith(("はい", "いいえ"))
    assert ask("電子入札の担当は窓口課ですか").text.startswith("いいえ。")


def test_a_blank_cell_is_found_though_another_document_fills_it() -> None:
    answer = ask("担当課が空欄の項目は？")
    assert titles(answer) == [ADS]
    assert "（令和6年度の報告では空欄、計画では財政課、令和7年度の報告では財政課）" in answer.text


def test_a_blank_cell_is_proven_beside_a_year() -> None:
    answer = ask("令和6年度の担当課が空欄の項目は？")
    assert titles(answer) == [ADS]
    assert "（実施時期：令和6年度、令和6年度の報告では空欄、" in answer.text


def test_compared_items_are_told_with_all_their_departments() -> None:
    text = ask("電子入札の導入と電子契約の導入の担当課の違いは？").text
    assert "- 電子入札の導入：計画では契約課、令和6年度の報告では財政課、令和7年度の報告ではデジタル課" in text


def test_a_count_says_which_documents_are_counted_together() -> None:
    text = ask("取組項目は全部で何件ですか").text
    assert text.startswith("取組項目は、6件です。")
    assert "「見本市しごと改善計画」「見本市しごと改善計画 令和6年度 進捗報告書」" in text
    assert "に重ねて載っている取組は、1件と数えています。" in text


def test_a_count_of_a_whole_plan_cites_the_header_that_shows_what_a_row_is() -> None:
    quotes = [citation.quote for citation in ask("取組項目は全部で何件ですか", names=("plan.txt",)).citations]
    assert quotes[0] == "番号 取組項目 区分 取組内容 目標 実施時期 所管課"
    assert len(quotes) == 4


def test_a_printed_total_of_a_progress_class_proves_the_count() -> None:
    answer = ask("令和6年度に順調だった取組は何件？")
    assert answer.text.startswith("令和6年度の報告で進捗区分が「順調」の取組項目は、3件です。[1]")
    assert "文書の集計表にも「順調 3」と書かれています。[1]" in answer.text
    assert [citation.quote for citation in answer.citations] == ["順調\t3"]


def test_a_table_that_counts_its_own_report_is_no_contradiction() -> None:
    answer = ask("取組項目は全部で何件ですか")
    assert "令和6年度の報告の集計表には「合計 5」と書かれています。" in answer.text
    assert "数が合いません" not in answer.text


def test_a_report_is_told_from_a_plan_by_its_title_and_columns_not_by_filled_cells() -> None:
    documents = (
        a_stored_document(id="plan", title="見本市改革プラン（令和6～10年度）"),
        a_stored_document(
            id="titled", title="見本市改革プラン（令和6年度～令和10年度） 令和7年度進捗報告書", period=(2024, 2028)
        ),
        a_stored_document(id="marked", title="見本市の取組", period=(2026, 2026)),
        a_stored_document(id="printed", title="令和9年度 取組状況（令和8年度実績）"),
    )
    items = [an_item(id=d.id, document_id=d.id, goals=("10分にする。",), schedule="毎年度") for d in documents]
    items.append(an_item(id="m2", document_id="marked", progress="順調"))
    editions = editions_of(documents, items)
    assert editions["plan"].role == "plan"
    assert editions["titled"] == Edition("report", frozenset({2025}), editions["titled"].columns)
    assert (editions["marked"].role, editions["marked"].newest) == ("report", 2026)
    assert editions["printed"].years == {2026}
