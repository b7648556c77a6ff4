"""What people say of progress, and of what is not settled, against what a plan prints."""

from functools import cache

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer
from tests.unit.assistant.plans import MIHON, corpus_of, titles
from tests.unit.assistant.plans import ask as ask_any

YARD = """\
見本市

見本市 庭づくり計画 令和6年度 進捗報告書

番号\t取組項目\t区分\t実施時期\t進捗区分\t課題\t所管課
1\t花壇の植え替え\t新規\t令和8年度\t遅れ\t苗が足りない。\t緑化課
2\t噴水の修理\t継続\t令和7年度～令和9年度\tやや遅れ\t部品が届かない。\t緑化課
3\t芝刈りの当番\t継続\t毎年度\t順調\t\t緑化課
4\t温室の見学\t新規\t～令和8年度\t概ね順調\t\t観光課
5\tベンチの塗装\t新規\t未定\t未着手\t\t観光課
6\t案内板の更新\t拡充\t令和8年度～令和9年度\t順調\t\t観光課
"""
PLAIN = """\
見本市

見本市 川辺づくり計画

番号\t取組項目\t実施時期\t所管課
1\t川辺の清掃\t令和8年度\t河川課
2\t土手の草刈り\t毎年度\t河川課
"""


@cache
def gardener() -> Assistant:
    corpus = corpus_of({"yard.txt": YARD})
    return Assistant(lambda: corpus)


def ask(question: str, language: str | None = None) -> Answer:
    return ask_any(question, assistant=gardener(), language=language, scope=MIHON)


BEHIND = ["花壇の植え替え", "噴水の修理", "ベンチの塗装"]


@pytest.mark.parametrize(
    "question", ["遅れている項目は？", "遅れている取組を全部教えて", "How many items are delayed?"]
)
def test_what_is_late_means_every_class_that_is_behind(question: str) -> None:
    answer = ask(question)
    assert (titles(answer), answer.total) == (BEHIND, 3)
    assert "やや遅れ" in answer.text


@pytest.mark.parametrize("question", ["進捗区分が遅れの項目は？", "「遅れ」の項目は？", "「遅れ」と評価された取組は？"])
def test_a_class_that_is_quoted_or_named_as_such_is_meant_alone(question: str) -> None:
    assert titles(ask(question)) == ["花壇の植え替え"]


def test_a_longer_class_is_meant_alone() -> None:
    assert titles(ask("やや遅れの項目は？")) == ["噴水の修理"]


def test_a_department_is_asked_for_what_is_late() -> None:
    assert titles(ask("観光課の項目は遅れていますか")) == ["ベンチの塗装"]


def test_what_is_not_late_leaves_out_what_is() -> None:
    assert titles(ask("遅れていない項目は？")) == ["芝刈りの当番", "温室の見学", "案内板の更新"]


def test_what_went_as_planned_is_counted_by_the_printed_classes() -> None:
    answer = ask("計画どおり進んだ項目はいくつ？")
    assert answer.total == 3
    assert "概ね順調 1件、順調 2件" in answer.text


def test_what_did_not_go_as_planned_is_behind() -> None:
    assert titles(ask("計画どおりに進んでいない項目は？")) == BEHIND


def test_a_printed_class_is_not_widened() -> None:
    assert titles(ask("順調な項目は？")) == ["芝刈りの当番", "案内板の更新"]


def test_what_is_not_begun_is_what_prints_so() -> None:
    assert titles(ask("着手していない項目は？")) == ["ベンチの塗装"]


def test_a_word_of_progress_that_no_class_answers_to_is_asked_back() -> None:
    answer = ask("完了した項目はいくつ？")
    assert (answer.outcome, answer.reason, answer.total) == ("clarify", "unclear", None)
    assert "「概ね順調」" in answer.text


def test_a_plan_without_progress_says_that_it_has_none() -> None:
    corpus = corpus_of({"plain.txt": PLAIN})
    answer = ask_any("遅れている項目は？", assistant=Assistant(lambda: corpus), scope=MIHON)
    assert (answer.outcome, answer.items) == ("not_found", ())
    assert "進捗区分" in answer.text


@pytest.mark.parametrize("question", ["実施時期が未定の項目", "時期が決まっていないものは？"])
def test_a_time_that_is_printed_as_not_settled_is_told(question: str) -> None:
    answer = ask(question)
    assert titles(answer) == ["ベンチの塗装"]
    assert "実施時期：未定" in answer.text


@pytest.mark.parametrize(
    "question", ["令和８年度から始まる項目は？", "令和8年度開始の項目", "令和8年度に始まる項目は？"]
)
def test_what_begins_in_a_year_is_not_what_goes_on_in_it(question: str) -> None:
    assert titles(ask(question)) == ["花壇の植え替え", "案内板の更新"]


def test_none_among_what_is_printed_is_no_gap_in_the_plan() -> None:
    answer = ask("観光課で「やや遅れ」の項目は？")
    assert answer.text.endswith("取組項目は、ありません（0件）。")
    assert answer.total == 0
