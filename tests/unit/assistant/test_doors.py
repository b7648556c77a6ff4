"""The answers of the OpenAI door as Markdown: links are ours, and nothing that is quoted becomes one."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer
from assistant.channels.openai.chat import ChatRequest, WrongRequest, as_markdown, question_of
from assistant.channels.openai.completions import chunks, completion
from assistant.conversations import Exchange
from assistant.questions import clean_text
from tests.made_up import a_citation

BASE = "https://kaikaku.example.jp"


def a_request(*messages: tuple[str, str], model: str = "kaikaku") -> ChatRequest:
    return ChatRequest.model_validate(
        {"model": model, "messages": [{"role": role, "content": text} for role, text in messages]}
    )


def test_every_mark_leads_to_its_source():
    cited = a_citation(item_title="窓口[案内](x)")
    answer = Answer("answered", "窓口課です。[1]", citations=(cited,))
    first, *_, last = as_markdown(answer, BASE).split("\n")
    assert first == f"窓口課です。[\\[1\\]]({BASE}{cited.url})"
    assert last == f"1. [見本市改革プラン「窓口［案内］（x）」]({BASE}{cited.url})"


def test_earlier_messages_are_the_conversation_and_instructions_are_not():
    said = ("system", "海賊のように話す"), ("user", "担当は？"), ("assistant", "窓口課です。"), ("user", "目標は？")
    question = question_of(a_request(*said), [])
    assert (question.text, [turn.content for turn in question.history]) == ("目標は？", ["担当は？", "窓口課です。"])


def test_a_model_selects_a_municipality_that_is_loaded():
    request = a_request(("user", "担当は？"), model="kaikaku/見本市")
    assert question_of(request, ["見本市"]).scope.municipality == "見本市"
    for model in ("kaikaku/別市", "kaikaku/", "gpt-4o", ""):
        with pytest.raises(WrongRequest, match="does not exist"):
            question_of(a_request(("user", "担当は？"), model=model), ["見本市"])


SAID = st.tuples(st.sampled_from(["user", "assistant", "system"]), st.text(max_size=9))


@given(st.lists(SAID, min_size=1, max_size=4))
def test_any_conversation_is_a_question_or_is_told_why_not(messages):
    said = [(role, clean_text(text)) for role, text in messages if role != "system" and clean_text(text)]
    if said and said[-1][0] == "user":
        assert question_of(a_request(*messages), []).text == said[-1][1]
        return
    with pytest.raises(WrongRequest, match="the last one must be"):
        question_of(a_request(*messages), [])


@given(st.text(max_size=200))
def test_the_pieces_of_a_stream_make_the_whole(text):
    exchange = Exchange("a", "c", Answer("answered", text, citations=(a_citation(),)))
    whole = completion(exchange, "kaikaku", BASE)["choices"][0]["message"]["content"]
    events = "".join(chunks(exchange, "kaikaku", BASE, with_usage=True)).split("\n\n")
    assert events[-2:] == ["data: [DONE]", ""]
    assert all(re.match(r"data: ", event) and "\n" not in event for event in events[:-1])
    told = [json.loads(event.removeprefix("data: ")) for event in events[:-2]]
    pieces = [one["choices"][0]["delta"].get("content", "") for one in told if one["choices"]]
    assert "".join(pieces) == whole
