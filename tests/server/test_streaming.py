"""POST /v1/ask/stream: what a client hears while its question is answered, and what happens when it leaves."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.answers import Answer, Question
from assistant.channels.api import create_app
from assistant.channels.server import listen
from assistant.channels.streaming import pieces_of
from assistant.conversations import Conversations
from assistant.ingesting import Ingesting
from assistant.listening import NOBODY, Leaving, Listener
from assistant.service import Answering, Service
from tests.made_up import FixedAssistant, a_citation
from vectorstore.catalogue import Catalogue
from vectorstore.errors import VectorstoreError
from vectorstore.live_corpus import LiveCorpus

LIST = "財務課の取組は、2件です。\n\n- 広告収入の確保[1]\n- 使用料の見直し[2]\n\n1件は今年度です。[1][2]"


class Slow:
    """Says two sentences, then works until its listener leaves."""

    def __init__(self) -> None:
        self.stopped = threading.Event()

    def answer(self, question: Question, listener: Listener = NOBODY) -> Answer:
        listener.when_gone(self.stopped.set)
        listener.say("一つ目です。[1]")
        listener.say("二つ目です。[1]")
        if question.text != "すぐに":
            self.stopped.wait(10)
        return Answer("answered", "一つ目です。[1]二つ目です。[1]", citations=(a_citation(),), mode="generate")


class Failing:
    def __init__(self, error: Exception) -> None:
        self._error = error

    def answer(self, question: Question, listener: Listener = NOBODY) -> Answer:  # noqa: ARG002
        raise self._error


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite3") as catalogue:
        yield catalogue


def app_of(catalogue: Catalogue, assistant: Answering) -> FastAPI:
    corpus = LiveCorpus(catalogue, refresh_seconds=0)
    return create_app(
        Service(catalogue, corpus, assistant, Conversations(catalogue), Ingesting(catalogue, lambda _: None))
    )


def events(response: Any) -> list[tuple[str, dict[str, object]]]:
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    blocks = [block for block in response.text.split("\n\n") if block and not block.startswith(":")]
    return [
        (name.removeprefix("event: "), json.loads(data.removeprefix("data: ")))
        for name, data in (block.split("\n", 1) for block in blocks)
    ]


def heard(catalogue: Catalogue, assistant: Answering, **body: object) -> list[tuple[str, dict[str, object]]]:
    with TestClient(app_of(catalogue, assistant)) as client:
        return events(client.post("/v1/ask/stream", json={"question": "すぐに", **body}))


def test_an_answer_made_without_a_model_comes_in_pieces_and_then_whole(catalogue: Catalogue) -> None:
    told = heard(catalogue, FixedAssistant(Answer("answered", LIST, citations=(a_citation(),))))
    assert [name for name, _ in told[-5:]] == ["delta"] * 4 + ["answer"]
    assert "".join(str(data["text"]) for name, data in told if name == "delta") == LIST
    assert told[-1][1]["answer"] == LIST


def test_the_last_event_is_what_asking_without_a_stream_replies(catalogue: Catalogue) -> None:
    with TestClient(app_of(catalogue, FixedAssistant())) as client:
        name, streamed = events(client.post("/v1/ask/stream", json={"question": "担当課は？", "history": []}))[-1]
        plain = client.post("/v1/ask", json={"question": "担当課は？", "history": []}).json()
    varying = dict.fromkeys(("answer_id", "conversation_id"))
    assert name == "answer"
    assert {**streamed, **varying} == {**plain, **varying}


def test_what_was_said_while_answering_is_not_said_again(catalogue: Catalogue) -> None:
    told = heard(catalogue, Slow())
    assert [data["text"] for name, data in told if name == "delta"] == ["一つ目です。[1]", "二つ目です。[1]"]


def test_a_stream_continues_a_conversation(catalogue: Catalogue) -> None:
    assistant = FixedAssistant()
    first = heard(catalogue, assistant)[-1][1]
    heard(catalogue, assistant, conversation_id=first["conversation_id"])
    assert [turn.role for turn in assistant.questions[-1].history] == ["user", "assistant"]


def test_a_failure_is_told_as_an_event_without_its_detail(catalogue: Catalogue) -> None:
    name, problem = heard(catalogue, Failing(RuntimeError("internal detail")))[-1]
    assert (name, problem["status"]) == ("error", 500)
    assert "internal detail" not in str(problem)


def test_a_store_that_does_not_answer_is_told_as_such(catalogue: Catalogue) -> None:
    name, problem = heard(catalogue, Failing(VectorstoreError("/secret/place")))[-1]
    assert (name, problem["status"]) == ("error", 503)
    assert "/secret/place" not in str(problem)


def test_an_empty_question_is_a_problem_before_any_stream_begins(catalogue: Catalogue) -> None:
    with TestClient(app_of(catalogue, FixedAssistant())) as client:
        response = client.post("/v1/ask/stream", json={"question": "\u200b"})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("text", ["", "一文だけ", "一つ。[1]二つ。[2][3]\n\n- 三つ[1]\n- 四つ", "\n\n。。"])
def test_pieces_put_together_are_the_text(text: str) -> None:
    assert "".join(pieces_of(text)) == text


def test_the_work_for_a_client_that_leaves_is_stopped_within_a_second(catalogue: Catalogue) -> None:
    assistant = Slow()
    with serving(app_of(catalogue, assistant)) as address:
        request = {"question": "ゆっくり"}
        with httpx.stream("POST", f"{address}/v1/ask/stream", json=request, timeout=5) as response:
            deltas = (line for line in response.iter_lines() if line == "event: delta")
            assert [next(deltas), next(deltas)] == ["event: delta"] * 2
            assert not assistant.stopped.is_set()
        assert assistant.stopped.wait(1)


def test_what_is_to_stop_when_nobody_waits_any_more_stops_at_once() -> None:
    leaving, stopped = Leaving(), threading.Event()
    leaving.leave()
    leaving.when_gone(stopped.set)
    assert stopped.is_set()


class serving:
    """A real server on a free port, in a thread."""

    def __init__(self, app: FastAPI) -> None:
        self._server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=2))
        self._listening = listen("127.0.0.1", 0)
        self._thread = threading.Thread(target=lambda: self._server.run(sockets=[self._listening]))

    def __enter__(self) -> str:
        self._thread.start()
        deadline = time.monotonic() + 10
        while not self._server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self._listening.close()
