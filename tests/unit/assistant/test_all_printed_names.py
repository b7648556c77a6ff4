"""Whatever the plans print a name for is found by that name, in a talk too, and what they do not print is not."""

from itertools import permutations

import pytest

from assistant.answers import Scope
from tests.unit.assistant.plans import MIHON, ask, ask_after, made_up_corpus, titles

CORPUS = made_up_corpus()
ITEMS = [item for item in CORPUS.items if item.municipality == MIHON.municipality]
TITLES = sorted({item.title for item in ITEMS if item.title_is_printed})
OWNERS = sorted({owner for item in ITEMS for owner in item.owners})
SECTIONS = sorted({item.section[0] for item in ITEMS if item.section})
ASKED = ["の担当は？", "はいつからですか", "の目標を教えて", "の進捗は？", "はどうなりますか", "の予算は？"]
ABSENT = ["水族館", "路面電車", "温泉", "空港", "競技場", "ロープウェイ", "牧場", "灯台", "天文台", "スキー場"]


@pytest.mark.parametrize("title", TITLES)
def test_an_item_is_found_by_its_title(title: str) -> None:
    answer = ask(f"{title}の内容を教えてください")
    assert answer.outcome == "answered"
    assert {citation.item_title for citation in answer.citations} == {title}


@pytest.mark.parametrize("owner", OWNERS)
def test_a_department_is_found_by_its_name(owner: str) -> None:
    holding = {item.title for item in ITEMS if owner in item.owners}
    assert set(titles(ask(f"{owner}の取組を一覧にしてください"))) == holding


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_is_found_by_its_name(section: str) -> None:
    holding = {item.title for item in ITEMS if section in item.section}
    assert set(titles(ask(f"{section}の取組を一覧にしてください"))) == holding


@pytest.mark.parametrize(("before", "after"), list(permutations(TITLES, 2)))
def test_the_next_question_s_item_is_not_the_last_one_s(before: str, after: str) -> None:
    answer = ask_after(f"{before}の目標は？", f"{after}の担当課は？")
    assert {citation.item_title for citation in answer.citations} <= {after}


@pytest.mark.parametrize("absent", ABSENT)
@pytest.mark.parametrize("asked", ASKED)
def test_what_no_plan_prints_is_never_answered(absent: str, asked: str) -> None:
    assert ask(absent + asked).outcome in ("not_found", "refused", "clarify")
    assert ask_after(f"{TITLES[0]}の担当は？", absent + asked).outcome in ("not_found", "refused", "clarify")


def test_a_municipality_without_plans_is_named_when_it_is_selected() -> None:
    answer = ask("電話案内の自動化の担当は？", scope=Scope("宇宙市"))
    assert answer.outcome == "not_found"
    assert "宇宙市" in answer.text
