"""Columns that only one plan has: values are conditions, labels can be asked for, kinds of money are told apart."""

from functools import cache

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer
from tests.unit.assistant.plans import ask as ask_any
from tests.unit.assistant.plans import ask_after as ask_any_after
from tests.unit.assistant.plans import corpus_of, titles

REVIEW = """\
見本市

見本市 令和6年度 事業の点検結果一覧

番号\t事業名\t点検の結論\t運営者\t担当課\t年間の委託料（千円）
1\t朝市の広場の運営\t縮小\tNPO法人みなと会\t産業課\t1,200
2\t移動文庫の巡回\t取りやめ\t\t図書館\t
3\t山の家の運営\t縮小\tNPO法人みなと会\t観光課\t3,400
4\t川遊び教室の開催\t取りやめ\t\t観光課\t
5\t体操教室の開催\t現状維持\t株式会社はれ運動\t健康課\t560
6\t花いっぱい運動の助成\t現状維持\t\t緑化課\t
"""
CARE = """\
見本市

見本市 公園の手入れ計画

番号\t取組項目\t取組内容\t実施時期\t所管課
1\t芝生の手入れ\t春と秋に芝を刈る。\t令和7年度\t緑化課
2\t池の掃除\t冬に水を抜く。\t令和8年度\t緑化課
"""


@cache
def reviewer() -> Assistant:
    corpus = corpus_of({"review.txt": REVIEW, "care.txt": CARE})
    return Assistant(lambda: corpus)


def ask(question: str) -> Answer:
    return ask_any(question, assistant=reviewer())


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("取りやめになる事業を全部教えてください", ["移動文庫の巡回", "川遊び教室の開催"]),
        ("縮小の事業を一覧に", ["朝市の広場の運営", "山の家の運営"]),
        ("縮小する事業は何件ですか", ["朝市の広場の運営", "山の家の運営"]),
        ("みなと会が運営している事業を全部挙げて", ["朝市の広場の運営", "山の家の運営"]),
        ("観光課の取りやめの事業は？", ["川遊び教室の開催"]),
    ],
)
def test_a_value_of_a_column_is_a_condition(question: str, wanted: list[str]) -> None:
    answer = ask(question)
    assert (titles(answer), answer.total) == (wanted, len(wanted))


def test_another_value_turns_to_another_list() -> None:
    answer = ask_any_after("取りやめの事業は？", "じゃあ縮小は？", assistant=reviewer())
    assert titles(answer) == ["朝市の広場の運営", "山の家の運営"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("山の家の運営の点検の結論は？", "点検の結論：縮小"),
        ("山の家の運営者は？", "運営者：NPO法人みなと会"),
        ("山の家の運営の委託料はいくらですか", "年間の委託料（千円）：3,400"),
    ],
)
def test_a_column_is_told_when_its_label_is_asked_for(question: str, said: str) -> None:
    assert said in ask(question).text


def test_money_of_another_kind_is_not_taken_for_what_is_asked() -> None:
    answer = ask("山の家の宿泊料金はいくらですか")
    assert answer.outcome == "not_found"
    assert "3,400" not in answer.text


def test_the_plan_that_is_named_is_the_one_that_is_counted() -> None:
    assert ask("公園の手入れ計画の取組は何件ですか").total == 2
    assert ask("事業の点検結果一覧の取組は何件ですか").total == 6
