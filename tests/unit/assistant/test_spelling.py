"""Questions written in kana, respelled as the plans spell their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Scope
from assistant.knowledge import Knowledge
from assistant.sounds import sound, spellings_of
from assistant.understanding.spelling import respell
from tests.unit.assistant.plans import MIHON, ask
from vectorstore.corpus import Corpus


@pytest.fixture(scope="module")
def knowledge(corpus: Corpus) -> Knowledge:
    return Knowledge(corpus)


@pytest.mark.parametrize(
    ("written", "respelled"),
    [
        ("こうようしゃは何台にしますか", "公用車は何台にしますか"),
        ("よやくはいつまでですか", "予約はいつまでですか"),
        ("しようりょうはいくらですか", "使用料はいくらですか"),
        ("らいちょうよやくの目標は？", "来庁予約の目標は？"),
    ],
)
def test_words_in_kana_become_words_of_the_plans(written: str, respelled: str, knowledge: Knowledge) -> None:
    assert respell(written, knowledge, MIHON) == respelled


@pytest.mark.parametrize(
    "text",
    [
        "おしえてください",
        "どこですか",
        "いつまでにできますか",
        "公用車の台数の見直しの所管課は？",
        "スマートフォンは？",
        "",
    ],
)
def test_other_text_stays_as_it_is(text: str, knowledge: Knowledge) -> None:
    assert respell(text, knowledge, MIHON) == text


def test_words_of_another_municipality_are_not_used(knowledge: Knowledge) -> None:
    written = "じゅうみんの窓口は？"
    assert respell(written, knowledge, Scope(municipality="試作町")) == "住民の窓口は？"
    assert respell(written, knowledge, MIHON) == written


def test_a_question_in_kana_is_answered() -> None:
    assert ask("こうようしゃの台数の目標は？").citations[0].quote == "公用車を60台にする。"


@pytest.mark.parametrize(
    ("one", "other"),
    [("さいぼうず", "サイボーズ"), ("こうほう", "こーほー"), ("すうち", "スーチ"), ("まどぐち", "マドグチ")],
)
def test_kana_of_one_sound_are_one(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@given(st.text(alphabet="あいうえおかきくけこさしすせそーアイウエオガギグゲゴ", max_size=20))
def test_a_sound_is_final(kana: str) -> None:
    assert sound(sound(kana)) == sound(kana)


def test_spellings_are_kept_by_how_they_sound() -> None:
    spellings = spellings_of("公用車の台数を見直す。")
    assert spellings[sound("こうようしゃ")] == "公用車"
    assert "の" not in spellings.values()
