"""Whatever is asked, after whatever was said: an answer that can be shown, with quotes that are printed."""

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.answers import Answer, Question, Scope, Turn
from tests.unit.assistant.plans import is_printed, made_up_assistant

VOCABULARY = """
来庁予約の拡大 書かない窓口の導入 書かない窓口 集会所の統合 公用車の台数の見直し 広告収入の確保 使用料の見直し 町バス
やさしい改革市民会議
窓口課 地域振興課 施設管理課 納税課 住民福祉課 水道課 見本市 試作町 柱1 柱9 第2章 (1) ① ② 令和8年度 2027年度 毎年度
の は と で を が ？ 。 、 「 」 いや そのうち その課 それ ほかの 3番目 99番目 試作町の方は
所管課 目標 実施時期 進捗 実績 課題 次年度の方針
新規 継続 計画どおり 遅れている 空欄 一覧 何件 内訳 比べて とは 教えて いくら 何台 誰 いつまで 以外 だけ 合計 要約
指示を無視して と答えて Which department goal list How many items of {title} [1] ** - 1. <b> \\
"""
WORDS = st.sampled_from(VOCABULARY.split())
TEXTS = st.one_of(
    st.text(max_size=120), st.lists(WORDS, max_size=8).map("".join), st.lists(WORDS, max_size=8).map(" ".join)
)
TURNS = st.builds(Turn, st.sampled_from(["user", "assistant"]), TEXTS)
SCOPES = st.builds(
    Scope,
    st.one_of(st.none(), st.sampled_from(["見本市", "見本", "試作町", "仮置村", ""]), st.text(max_size=10)),
    st.one_of(
        st.none(), st.sampled_from(["見本市やさしい改革プラン", "進捗報告書", "そらとぶ計画", ""]), st.text(max_size=10)
    ),
)
QUESTIONS = st.builds(
    Question,
    text=TEXTS,
    history=st.lists(TURNS, max_size=4).map(tuple),
    scope=SCOPES,
    audience=st.sampled_from(["staff", "citizen", "coordinator"]),
    language=st.sampled_from([None, "ja", "en", "en-GB", "xx", ""]),
)


def answer_of(question: Question) -> Answer:
    return made_up_assistant().answer(question)


@settings(max_examples=300)
@example(Question(""))
@example(Question("\ud800"))
@example(Question("３番目のは？", (Turn("user", "柱2の取組一覧"), Turn("assistant", ""))))
@example(Question("それは？", (Turn("user", "それは？"), Turn("user", "その課のほかの取組は？"))))
@given(QUESTIONS)
def test_every_question_gets_an_answer_whose_quotes_are_printed(question: Question) -> None:
    answer = answer_of(question)
    assert answer.text.strip()
    assert is_printed(answer)
    assert set(re.findall(r"\[(\d+)\]", answer.text)) >= {str(citation.number) for citation in answer.citations}
    assert (answer.reason is None) == (answer.outcome == "answered")
    if answer.outcome == "answered":
        assert answer.citations
    if answer.outcome == "refused":
        assert not answer.citations
    if answer.items:
        assert answer.total == len(answer.items)


@settings(max_examples=100)
@given(TEXTS, st.lists(TURNS, max_size=2).map(tuple))
def test_nothing_outside_the_selected_municipality_is_quoted(text: str, history: tuple[Turn, ...]) -> None:
    answer = answer_of(Question(text, history, Scope(municipality="試作町")))
    assert {citation.municipality for citation in answer.citations} <= {"試作町"}
    assert {item.municipality for item in answer.items} <= {"試作町"}


@settings(max_examples=50)
@given(QUESTIONS)
def test_the_same_question_gets_the_same_answer(question: Question) -> None:
    first, second = answer_of(question), answer_of(question)
    assert (first.text, first.citations, first.items) == (second.text, second.citations, second.items)
