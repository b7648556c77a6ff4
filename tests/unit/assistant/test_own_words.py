"""The city's own words, renamed departments and nicknames, mean what the plans print."""

from dataclasses import replace

import pytest

from assistant.answering import Assistant
from assistant.answers import Question
from tests.unit.assistant.plans import MIHON, made_up_corpus
from vectorstore.words import WordFile, Words

OWN = Words((WordFile("own.csv", "own", (("案内係", "窓口課"), ("ほのぼの館", "集会所"), ("財務課", "納税課"))),))


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    corpus = made_up_corpus()
    renamed = replace(corpus, contents=replace(corpus.contents, words=OWN))
    return Assistant(lambda: renamed)


def test_a_renamed_department_is_found_under_its_printed_name(assistant: Assistant) -> None:
    answer = assistant.answer(Question("案内係の取組項目を一覧にしてください", scope=MIHON))
    assert answer.filters == {"owner": "窓口課"}
    assert answer.items


def test_a_nickname_means_the_printed_word(assistant: Assistant) -> None:
    named = assistant.answer(Question("ほのぼの館の統合の担当課は？", scope=MIHON))
    assert named.text == assistant.answer(Question("集会所の統合の担当課は？", scope=MIHON)).text


def test_a_name_that_the_plans_print_stays_itself(assistant: Assistant) -> None:
    printed = assistant.answer(Question("窓口課の取組項目を一覧にしてください", scope=MIHON))
    assert printed.filters == {"owner": "窓口課"}
