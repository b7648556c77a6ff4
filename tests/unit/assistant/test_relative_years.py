"""昨年度, 今年度 and 来年度 are years by the day on which they are said, and the answer tells which."""

from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering import Assistant
from assistant.answers import Answer
from assistant.understanding.relative_years import with_years, with_years_of_item
from tests.unit.assistant.plans import ask as ask_any
from tests.unit.assistant.plans import ask_after as ask_any_after
from tests.unit.assistant.plans import made_up_corpus, titles


@cache
def assistant_on(today: date) -> Assistant:
    corpus = made_up_corpus()
    return Assistant(lambda: corpus, lambda: today)


def ask(question: str, today: date = date(2025, 6, 1)) -> Answer:
    return ask_any(question, assistant=assistant_on(today))


@pytest.mark.parametrize(
    ("said", "today", "written"),
    [
        ("今年度の取組", date(2026, 3, 31), "令和7年度の取組"),
        ("今年度の取組", date(2026, 4, 1), "令和8年度の取組"),
        ("昨年度の報告", date(2026, 4, 1), "令和7年度の報告"),
        ("一昨年の報告", date(2026, 4, 1), "令和6年度の報告"),
        ("再来年度までの取組", date(2026, 4, 1), "令和10年度までの取組"),
        ("last year's report", date(2026, 4, 1), "fiscal 2025's report"),
        ("昨年度から変わった項目", date(2026, 4, 1), "昨年度から変わった項目"),
        ("日本年金と将来年金", date(2026, 4, 1), "日本年金と将来年金"),
    ],
)
def test_a_relative_year_is_the_fiscal_year_of_the_day(said: str, today: date, written: str) -> None:
    assert with_years(said, today).text == written


def test_next_year_of_an_item_is_what_comes_next_unless_it_says_when() -> None:
    today = date(2026, 4, 1)
    assert with_years_of_item("集会所の統合は来年度どうする？", today).text == "集会所の統合は来年度どうする？"
    assert (
        with_years_of_item("集会所の統合は来年度に終わりますか", today).text == "集会所の統合は令和9年度に終わりますか"
    )


def test_a_list_of_this_year_says_which_year_that_is() -> None:
    answer = ask("今年度が期限の取組は？")
    assert titles(answer) == titles(ask("令和7年度が期限の取組は？"))
    assert "（「今年度」は、令和7年度（2025年度）としてお答えしました。）" in answer.text


def test_the_same_words_mean_another_year_a_year_later() -> None:
    assert "令和8年度（2026年度）として" in ask("今年度が期限の取組は？", date(2026, 6, 1)).text


def test_last_years_progress_is_that_of_its_report() -> None:
    answer = ask("来庁予約の拡大の昨年度の進捗は？")
    assert "計画どおり" in answer.text
    assert "「昨年度」は、令和6年度（2024年度）" in answer.text


def test_a_year_said_before_is_meant_when_the_conversation_goes_on() -> None:
    told = [
        titles(ask_any_after(before, "そのうち新規のものは？", assistant=assistant_on(date(2025, 6, 1))))
        for before in ("今年度が期限の取組は？", "令和7年度が期限の取組は？")
    ]
    assert told[0] == told[1] != []


@given(st.text(st.sampled_from("今来再昨一去本年度日将のにからまで何どう thislastnextyear"), max_size=40), st.dates())
def test_whatever_is_said_only_relative_years_are_rewritten(said: str, today: date) -> None:
    dated = with_years(said, today)
    assert bool(dated.meant) == (dated.text != said)


def test_next_year_of_what_was_asked_about_before_is_no_year() -> None:
    answer = ask_any_after("集会所の統合の進捗は？", "それは来年度には何をしますか？")
    assert "説明会を続ける。" in answer.text
