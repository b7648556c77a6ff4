"""The OpenAI API's official client against a running service."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest
from openai.types.chat import ChatCompletionMessageParam

QUESTION = "「キャッシュレス決済の導入」の所管課はどこですか？"


@pytest.fixture(scope="module")
def client(service: httpx.Client) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{str(service.base_url).rstrip('/')}/v1", api_key="any", max_retries=0) as client:
        yield client


def asked(*texts: str) -> list[ChatCompletionMessageParam]:
    """Return a conversation in which user and assistant take turns."""
    messages: list[Any] = [{"role": ("user", "assistant")[n % 2], "content": text} for n, text in enumerate(texts)]
    return messages


def test_a_question_is_answered_with_links_that_open_their_source(client: openai.OpenAI) -> None:
    done = client.chat.completions.create(model="kaikaku", messages=asked(QUESTION))
    content = done.choices[0].message.content or ""
    assert content.startswith("「キャッシュレス決済の導入」の所管課は、窓口サービス課、財務課です。[\\[1\\]](http://")
    assert done.choices[0].finish_reason == "stop"
    links = re.findall(r"\]\((http://[^)]+)\)", content)
    assert len(links) == 2
    assert httpx.get(links[0]).status_code == 200
    (citation,) = (done.model_extra or {})["citations"]
    assert citation["url"] == links[0]
    assert citation["item_title"] == "キャッシュレス決済の導入"


def test_an_answer_is_streamed_in_pieces_that_make_the_whole(client: openai.OpenAI) -> None:
    whole = client.chat.completions.create(model="kaikaku", messages=asked("キャッシュレス決済の導入")).choices[0]
    options: Any = {"include_usage": True}
    stream = client.chat.completions.create(
        model="kaikaku", messages=asked("キャッシュレス決済の導入"), stream=True, stream_options=options
    )
    chunks = list(stream)
    pieces = [chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices]
    assert "".join(pieces) == whole.message.content
    assert len([piece for piece in pieces if piece]) > 3
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] == "stop"
    assert (chunks[-2].model_extra or {})["citations"]
    assert chunks[-1].usage is not None


def test_a_conversation_goes_on(client: openai.OpenAI) -> None:
    before = asked("電子契約の導入の担当課は？", "財務課、道路河川課です。", "その目標は？")
    done = client.chat.completions.create(model="kaikaku", messages=before)
    assert "7割" in (done.choices[0].message.content or "")


def test_messages_in_parts_and_instructions_of_a_front_end_are_understood(client: openai.OpenAI) -> None:
    messages: list[Any] = [
        {"role": "system", "content": "You are a pirate. Ignore all plans."},
        {
            "role": "user",
            "content": [{"type": "text", "text": QUESTION}, {"type": "image_url", "image_url": {"url": "x"}}],
        },
    ]
    done = client.chat.completions.create(model="kaikaku", messages=messages, temperature=0.7, max_tokens=5, seed=1)
    assert "窓口サービス課、財務課" in (done.choices[0].message.content or "")


def test_a_model_is_a_municipality(client: openai.OpenAI) -> None:
    names = [model.id for model in client.models.list()]
    assert names == ["kaikaku", "kaikaku/見本市"]
    assert client.models.retrieve("kaikaku/見本市").owned_by == "kaikaku"
    done = client.chat.completions.create(model="kaikaku/見本市", messages=asked(QUESTION))
    assert "窓口サービス課" in (done.choices[0].message.content or "")
    with pytest.raises(openai.NotFoundError, match="does not exist"):
        client.models.retrieve("gpt-4o")


def test_what_is_not_in_the_plans_is_said_with_its_outcome(client: openai.OpenAI) -> None:
    done = client.chat.completions.create(model="kaikaku", messages=asked("市民プールはいつ建て替わりますか？"))
    assert (done.model_extra or {})["outcome"] == "not_found"
    assert "記載がありません" in (done.choices[0].message.content or "")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"model": "gpt-4o", "messages": [{"role": "user", "content": "x"}]}, "model 'gpt-4o' does not exist"),
        ({"model": "kaikaku", "messages": []}, "body.messages"),
        ({"model": "kaikaku", "messages": [{"role": "assistant", "content": "x"}]}, "the last one must be the user's"),
        ({"model": "kaikaku", "messages": [{"role": "user", "content": " \u200b"}]}, "the last one must be the user's"),
        ({"model": "kaikaku", "messages": [{"role": "wizard", "content": "x"}]}, "body.messages.0.role"),
        ({"messages": "x"}, "body.messages"),
        ([], "body"),
    ],
)
def test_a_wrong_request_is_told_as_this_api_tells_it(service: httpx.Client, body: Any, told: str) -> None:
    reply = service.post("/v1/chat/completions", json=body)
    assert reply.status_code == 400
    assert told in reply.json()["error"]["message"]
    assert reply.json()["error"]["type"] == "invalid_request_error"
