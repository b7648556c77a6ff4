"""A model server that fails in every way known: the fault gets its own name, in time, and nothing else escapes."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import SettingsError
from assistant.generating.calls import Call, Patience
from assistant.generating.chat_model import ChatModel, build_model
from assistant.generating.faults import ADVICE, ModelFault
from assistant.listening import Leaving, Nobody
from assistant.settings import Settings
from tests.scripted_model import Act, ScriptedModel, cut, end, hang, refuse, say, scripted_model, whole, write

SCHEMA = {"type": "object", "properties": {"answer": {"type": "string"}}, "required": ["answer"]}
CALL = Call("規則", "質問", SCHEMA)


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedModel]:
    with scripted_model() as server:
        yield server


def model_at(address: str, **settings: Any) -> ChatModel:
    quick = {"model_silence_seconds": 0.8, "model_call_seconds": 1.6, "model_retries": 0}
    model = build_model(Settings(model="scripted", model_base_url=address, **{**quick, **settings}))
    assert model is not None
    return model


def said(model: ChatModel, call: Call = CALL, seconds: float = 5.0) -> str:
    return "".join(piece.text for piece in model.stream(call, Patience.of(seconds)))


def test_a_whole_reply_comes_piece_by_piece_with_its_tokens(server: ScriptedModel) -> None:
    server.script(whole('{"answer": "財務課です。"}'))
    pieces = list(model_at(server.base_url).stream(CALL, Patience.of(5)))
    assert "".join(piece.text for piece in pieces) == '{"answer": "財務課です。"}'
    assert len(pieces) > 2
    assert (sum(piece.tokens_read for piece in pieces), sum(piece.tokens_written for piece in pieces)) == (500, 50)


def test_the_server_is_sent_schema_limits_and_key(server: ScriptedModel) -> None:
    server.script(whole("{}"))
    said(model_at(server.base_url, model_api_key="himitsu", model_thinking="off", model_output_tokens=321))
    sent = server.requests[-1]
    assert sent["path"] == "/v1/chat/completions"
    assert sent["key"] == "Bearer himitsu"
    assert (sent["model"], sent["temperature"], sent["max_tokens"]) == ("scripted", 0, 321)
    assert sent["response_format"]["json_schema"]["schema"] == SCHEMA
    assert sent["chat_template_kwargs"] == {"enable_thinking": False}


@pytest.mark.parametrize(
    ("name", "acts"),
    [
        ("busy", [refuse(429, retry_after="0")]),
        ("busy", [refuse(503, "Loading model")]),
        ("server_error", [refuse(500)]),
        ("wrong_key", [refuse(401)]),
        ("unknown_model", [refuse(404)]),
        ("rejected", [refuse(400, "chat_template_kwargs is unknown")]),
        ("too_long", [refuse(400, "the request exceeds the available context size")]),
        ("silent", [hang(3)]),
        ("silent", [say("途中"), hang(3), end()]),
        ("too_slow", [say("ぽつりぽつりと話す" * 9, every=1, pause=0.15), end()]),
        ("cut_off", [cut]),
        ("cut_off", [say("途中で"), cut]),
        ("truncated", [say("途中で終わる回"), end(None)]),
        ("truncated", [say("途中で終わる回"), write("data: [DONE]\n\n")]),
        ("truncated", [say("長さで切れる回"), end("length")]),
        ("malformed", [say("途中"), write('data: {"choices":[{"delta"\n\n'), end()]),
        ("not_a_model", [write("<!doctype html><p>ようこそ</p>", "text/html")]),
        ("empty", [end()]),
        ("empty", [say("<think>どうしよう</think>"), end()]),
    ],
)
def test_every_fault_has_its_name_in_time(server: ScriptedModel, name: str, acts: list[Act]) -> None:
    server.script(acts)
    started = time.monotonic()
    with pytest.raises(ModelFault) as caught:
        said(model_at(server.base_url))
    assert caught.value.name == name
    assert time.monotonic() - started < 2.1


def test_every_fault_says_what_to_do() -> None:
    assert all(str(ModelFault(name)).startswith(f"{name}: ") for name in ADVICE)


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with pytest.raises(ModelFault, match="unreachable"):
        said(model_at("http://127.0.0.1:9/v1"))


def test_a_busy_server_is_asked_again(server: ScriptedModel) -> None:
    server.script([refuse(429, retry_after="0")], whole("今度は"))
    assert said(model_at(server.base_url, model_retries=1, model_call_seconds=3.0)) == "今度は"


def test_the_time_for_all_calls_ends_a_call_before_its_own_time(server: ScriptedModel) -> None:
    server.script([say("話し続ける" * 50, every=1, pause=0.05), end()])
    started = time.monotonic()
    with pytest.raises(ModelFault, match="too_slow"):
        said(model_at(server.base_url, model_call_seconds=30.0), seconds=0.3)
    assert time.monotonic() - started < 0.8


def test_a_prompt_that_does_not_fit_is_not_sent(server: ScriptedModel) -> None:
    before = len(server.requests)
    with pytest.raises(ModelFault, match="too_long"):
        said(model_at(server.base_url, model_context_tokens=1024), Call("", "あ" * 1000, SCHEMA))
    assert len(server.requests) == before


def test_thoughts_are_left_out_even_in_pieces(server: ScriptedModel) -> None:
    server.script([say("<think>財務課？ いや……</think>人事課<b>です", every=3), end()])
    assert said(model_at(server.base_url)) == "人事課<b>です"


def test_a_server_that_reads_less_than_it_is_sent_is_told_of(
    server: ScriptedModel, caplog: pytest.LogCaptureFixture
) -> None:
    server.script([say("はい"), end(read=20)])
    said(model_at(server.base_url), Call("", "長い指示" * 100, SCHEMA))
    assert "OLLAMA_CONTEXT_LENGTH" in caplog.text


class Leaver(Nobody):
    def __init__(self) -> None:
        leaving = Leaving()
        self.when_gone, self.leave = leaving.when_gone, leaving.leave  # type: ignore[method-assign]


def test_a_listener_who_leaves_ends_the_call_at_the_server_within_a_second(server: ScriptedModel) -> None:
    server.script([say("長い話" * 200, every=1, pause=0.02), end()])
    server.left.clear()
    leaver = Leaver()
    threading.Timer(0.2, leaver.leave).start()
    with pytest.raises(ModelFault, match="left"):
        list(model_at(server.base_url, model_call_seconds=20.0).stream(CALL, Patience.of(20, leaver)))
    assert server.left.wait(1)


def test_more_calls_than_are_allowed_are_not_waited_for(server: ScriptedModel) -> None:
    model = model_at(server.base_url, model_concurrency=1, model_call_seconds=20.0)
    server.script([say("はい"), hang(1.0), end()], whole("どうぞ"))
    first = model.stream(CALL, Patience.of(20))
    next(first)
    with pytest.raises(ModelFault, match="KAIKAKU_MODEL_CONCURRENCY"):
        said(model)
    first.close()  # type: ignore[attr-defined]
    assert said(model) == "どうぞ"


@pytest.mark.parametrize(
    ("name", "address", "wanted"),
    [
        ("ollama:qwen3.5:4b", None, ("qwen3.5:4b", "http://127.0.0.1:11434/v1")),
        ("openai:some-model", None, ("some-model", "https://api.openai.com/v1")),
        ("qwen3.5:4b", "http://host:8080/v1", ("qwen3.5:4b", "http://host:8080/v1")),
        ("openai:qwen", "http://host:8080/v1", ("qwen", "http://host:8080/v1")),
    ],
)
def test_a_model_is_named_with_its_provider_or_its_address(
    name: str, address: str | None, wanted: tuple[str, str]
) -> None:
    model = build_model(Settings(model=name, model_base_url=address))
    assert model is not None
    assert (model.chat.model_name, model.chat.openai_api_base) == wanted  # type: ignore[attr-defined]


def test_a_name_without_an_address_is_no_model() -> None:
    with pytest.raises(SettingsError, match="KAIKAKU_MODEL_BASE_URL"):
        build_model(Settings(model="qwen3.5:4b"))


def test_a_missing_certificate_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="KAIKAKU_MODEL_CA_FILE"):
        build_model(Settings(model="m", model_base_url="https://m.example/v1", model_ca_file=tmp_path / "ca.pem"))


def test_without_a_setting_there_is_no_model() -> None:
    assert build_model(Settings()) is None


TRACED = """
import sys
from assistant.generating.calls import Call, Patience
from assistant.generating.chat_model import build_model
from assistant.settings import Settings
model = build_model(Settings(model="scripted", model_base_url=sys.argv[1]))
print("".join(piece.text for piece in model.stream(Call("", "秘密の質問", {}), Patience.of(10))))
"""


def test_no_tracing_service_hears_of_a_call(server: ScriptedModel, root_dir: Path) -> None:
    with scripted_model() as tracing:
        wanted = {"LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true", "LANGSMITH_API_KEY": "k"}
        environment = {**os.environ, **wanted, "LANGSMITH_ENDPOINT": tracing.base_url}
        server.script(whole("はい"))
        command = [sys.executable, "-c", TRACED, server.base_url]
        done = subprocess.run(command, cwd=root_dir, env=environment, capture_output=True, check=True, encoding="utf-8")
        assert done.stdout.strip() == "はい"
        assert tracing.requests == []


def test_a_call_goes_through_the_proxy_that_is_set(server: ScriptedModel) -> None:
    server.script(whole("はい"))
    through = server.base_url.removesuffix("/v1")
    assert said(model_at("http://model.example/v1", model_proxy=through)) == "はい"
    assert server.requests[-1]["path"] == "http://model.example/v1/chat/completions"
