"""Counts given in parts, and the leading one of several departments."""

from functools import cache

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer
from tests.unit.assistant.plans import ask as ask_any
from tests.unit.assistant.plans import corpus_of

PARK = """\
見本市

見本市 公園づくり計画

基本方針１ 歩ける公園

番号\t取組項目\t区分\t取組内容\t実施時期\t所管課
1\t散歩道の手入れ\t新規\t道をならす。\t令和8年度\t◎緑化課、道路課
2\t東屋の塗装\t継続\t柱を塗る。\t令和7年度\t緑化課

基本方針２ 学べる公園

番号\t取組項目\t区分\t取組内容\t実施時期\t所管課
3\t樹木の名札\t拡充\t名札を付ける。\t毎年度\t図書館
"""


@cache
def keeper() -> Assistant:
    corpus = corpus_of({"park.txt": PARK})
    return Assistant(lambda: corpus)


def ask(question: str) -> Answer:
    return ask_any(question, assistant=keeper())


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("いちばん項目の多い課は？", "最も多いのは、緑化課 2件です。"),
        ("項目がいちばん多い課は？", "最も多いのは、緑化課 2件です。"),
        ("新規・拡充・継続の内訳", "内訳：新規 1件、継続 1件、拡充 1件"),
        ("基本方針ごとの件数", "内訳：基本方針１ 歩ける公園 2件、基本方針２ 学べる公園 1件"),
        ("方針別の項目数は？", "内訳：基本方針１ 歩ける公園 2件、基本方針２ 学べる公園 1件"),
        ("計画全体の項目数は？", "取組項目は、3件です。"),
    ],
)
def test_items_are_counted_in_the_parts_that_are_asked_for(question: str, said: str) -> None:
    answer = ask(question)
    assert said in answer.text
    assert answer.total == 3


@pytest.mark.parametrize("question", ["散歩道の手入れの主担当は？", "散歩道の手入れの主担当課は？"])
def test_the_department_that_the_plan_marks_as_leading_is_told(question: str) -> None:
    answer = ask(question)
    assert answer.text == "「散歩道の手入れ」の主な所管課（計画の◎）は、緑化課です。[1]"
    assert "◎緑化課" in answer.citations[0].quote


def test_without_a_mark_all_departments_are_told() -> None:
    assert "所管課は、図書館です。" in ask("樹木の名札の主担当は？").text


def test_conditions_are_joined_in_the_language_of_the_answer() -> None:
    answer = ask_any("How many items of 緑化課 are new?", assistant=keeper(), language="en")
    assert "、" not in answer.text
