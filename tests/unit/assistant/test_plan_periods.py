"""The period of a plan itself: quoted from the plan that is meant, and not taken for an item's schedule."""

import pytest

from tests.unit.assistant.plans import ask


@pytest.mark.parametrize(
    "question",
    [
        "やさしい改革プランの計画期間は？",
        "この計画はいつからいつまでですか",
        "計画期間は何年度から何年度まで？",
        "What period does the reform plan cover?",
    ],
)
def test_the_period_of_a_plan_is_quoted(question: str) -> None:
    answer = ask(question)
    assert answer.outcome == "answered"
    assert "令和6年度～令和10年度" in answer.text
    assert answer.citations[0].quote == "計画期間 令和6年度～令和10年度"


def test_the_period_of_an_item_is_its_schedule() -> None:
    answer = ask("電話案内の自動化の実施期間は？")
    assert "令和7年度（2025年度）から令和9年度（2027年度）まで" in answer.text
    assert answer.citations[0].quote == "令和7年度～令和9年度"


def test_the_period_of_a_plan_that_is_not_there_is_not_made_up() -> None:
    assert "令和6年度～令和10年度" not in ask("住宅マスタープランの計画期間は？").text


def test_western_years_are_told_when_asked_for() -> None:
    answer = ask("集会所の統合は西暦で何年までですか")
    assert "2028年" in answer.text
    assert "西暦では、令和6年度は2024年、令和10年度は2028年です。" in ask("計画期間は西暦で何年から何年まで？").text
