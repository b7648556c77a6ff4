"""A real llama.cpp server with a tiny English model: the protocol is real, and its nonsense never reaches the user."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import httpx
import pytest

from assistant.answering import Assistant
from assistant.answers import Question, Scope
from assistant.errors import NotReady
from assistant.generating.assistant import GeneratingAssistant
from assistant.generating.calls import Call, Patience
from assistant.generating.chat_model import ChatModel, build_model
from assistant.generating.checking_model import check_model
from assistant.generating.faults import ModelFault
from assistant.generating.prompts import Prompts, load_prompts
from assistant.generating.schemas import parse_as
from assistant.generating.sentences import Reply, reply_schema
from assistant.listening import Leaving, Nobody
from assistant.settings import Settings
from tests.real_model import CONTEXT_TOKENS, RealModel, real_model
from tests.unit.assistant.plans import corpus_of

PLAN = """\
見本市

見本市小さな改革プラン

計画期間 令和6年度～令和10年度

■柱1 窓口

番号 | 取組項目 | 目標 | 実施時期 | 所管課
1 | 来庁予約の拡大 | 30種類にする。 | 令和8年度 | 窓口課
2 | 公用車の見直し | 60台にする。 | 毎年度 | 管財課
"""
MANY_NUMBERS = {"type": "array", "items": {"type": "integer", "maximum": 999}, "minItems": 900}
ENDLESS = Call("You count.", "Count from 1 to 1000.", MANY_NUMBERS)


@pytest.fixture(scope="module")
def server() -> Iterator[RealModel]:
    with real_model() as server:
        yield server


def settings_of(server: RealModel, **more: Any) -> Settings:
    given = {"model_call_seconds": 60.0, "model_total_seconds": 60.0, "model_silence_seconds": 60.0, "model_retries": 0}
    address = {"model": server.name, "model_base_url": server.base_url, "model_api_key": server.key}
    limits = {"model_context_tokens": CONTEXT_TOKENS, "model_output_tokens": 100}
    return Settings(**{**given, **address, **limits, **more})


def model_of(server: RealModel, **more: Any) -> ChatModel:
    model = build_model(settings_of(server, **more))
    assert model is not None
    return model


def test_a_reply_comes_in_pieces_with_the_form_and_the_tokens_that_were_asked_for(server: RealModel) -> None:
    call = Call("Reply in JSON.", "[4] The sky is blue. What is blue?", reply_schema([4]))
    pieces = list(model_of(server).stream(call, Patience.of(60)))
    assert len(pieces) > 2
    assert set(parse_as(Reply, "".join(piece.text for piece in pieces)).quote_ids) <= {4}
    assert sum(piece.tokens_read for piece in pieces) > 10
    assert sum(piece.tokens_written for piece in pieces) > 5


def test_a_reply_that_is_too_long_is_a_truncated_one(server: RealModel) -> None:
    with pytest.raises(ModelFault, match="truncated"):
        list(model_of(server).stream(ENDLESS, Patience.of(60)))


def test_a_listener_who_leaves_frees_the_server_within_a_second(server: RealModel) -> None:
    leaving = Leaving()

    class Leaver(Nobody):
        when_gone = staticmethod(leaving.when_gone)

    pieces = model_of(server, model_output_tokens=2000).stream(ENDLESS, Patience.of(60, Leaver()))
    next(pieces)
    threading.Timer(0.1, leaving.leave).start()
    with pytest.raises(ModelFault, match="left"):
        list(pieces)
    deadline = time.monotonic() + 1
    while is_busy(server) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_busy(server)


def is_busy(server: RealModel) -> bool:
    slots = httpx.get(f"{server.address}/slots", headers={"Authorization": f"Bearer {server.key}"}).json()
    return any(slot["is_processing"] for slot in slots)


def test_a_server_that_speaks_as_anthropic_does_is_understood(server: RealModel) -> None:
    model = model_of(server, model="anthropic:smollm2", model_base_url=server.address)
    call = Call("Reply shortly.", "Say yes.", {"type": "object"})
    said = ""
    # It may go on for longer than it is let.
    with suppress(ModelFault):
        for piece in model.stream(call, Patience.of(60)):
            said += piece.text
    assert said.strip()
    with pytest.raises(NotReady, match="wrong_key"):
        check_model(settings_of(server, model="anthropic:x", model_base_url=server.address, model_api_key="machigai"))


def test_a_prompt_longer_than_the_real_context_is_named(server: RealModel) -> None:
    call = Call("", "あ" * 5000, {"type": "string"})
    with pytest.raises(ModelFault, match="too_long"):
        list(model_of(server, model_context_tokens=20_000).stream(call, Patience.of(60)))


def test_a_wrong_key_is_named(server: RealModel) -> None:
    with pytest.raises(NotReady, match="KAIKAKU_MODEL_API_KEY"):
        check_model(settings_of(server, model_api_key="machigai"))


def test_an_address_without_v1_that_no_model_answers_at_is_named(server: RealModel) -> None:
    with pytest.raises(NotReady, match="KAIKAKU_MODEL_BASE_URL"):
        check_model(settings_of(server, model_base_url=f"{server.address}/nothing"))


def test_the_doctor_s_question_is_answered(server: RealModel) -> None:
    assert "smollm2, replied in" in check_model(settings_of(server))


@pytest.fixture(scope="module")
def short_prompts(tmp_path_factory: pytest.TempPathFactory) -> Prompts:
    """Prompts that a model which reads sixty tokens a second gets through."""
    folder = tmp_path_factory.mktemp("prompts")
    text = "version: 9\nvariables: [question, passages]\nsystem: 資料で答える。\nuser: '{passages} 質問：{question}'\n"
    (folder / "composing.yaml").write_text(text, encoding="utf-8")
    return load_prompts(folder)


@pytest.mark.parametrize("title", ["来庁予約の拡大", "公用車の見直し"])
def test_its_nonsense_never_reaches_the_user(server: RealModel, short_prompts: Prompts, title: str) -> None:
    corpus = corpus_of({"plan.txt": PLAN})
    rules = Assistant(lambda: corpus)
    question = Question(f"「{title}」の所管課はどこですか。", scope=Scope("見本市"))
    answer = GeneratingAssistant(rules, model_of(server), short_prompts, 60.0).answer(question)
    assert answer.model_use is not None
    assert answer.model_use.steps[0].outcome not in ("used", "failed")
    assert answer.text == rules.answer(question).text
