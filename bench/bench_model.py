"""What the service adds to a language model's own time: plans and questions in, a table out.

A scripted model answers at once and faithfully, so all that is measured is ours: understanding, looking up, prompting,
reading the stream, checking. Run `python -m bench.bench_model [PLANS [QUESTIONS…]]`; by default the samples. With
--write the table is kept in the section "## Language model" of bench/README.md.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from assistant.generating.calls import Call
from bench.bench_service import ROOT, Figure, ask_all, describe_machine, ingest, plans_in, render, write_section
from tests.fake_models import honest, passages_in
from tests.scripted_model import Act, Exchange, ScriptedModel, end, hang, say, scripted_model
from tests.server.processes import running_service

_PAUSE_SECONDS = 0.3
_STREAMED = 60
_LEFT = 20
_DRIP_SECONDS = 0.02


class Speaker:
    """A faithful model; `spoke_at` are the times at which it ended its first sentence of each reply."""

    def __init__(self, pause: float = 0.0) -> None:
        self.pause = pause
        self.spoke_at: list[float] = []
        self.called = 0

    def reply(self, body: dict[str, Any]) -> list[Act]:
        self.called += 1
        system, user = (message["content"] for message in body["messages"])
        call = Call(system, user, {})
        said = honest(call) if passages_in(call) else "{}"
        first, found, rest = said.partition("。")
        return [lambda exchange: self._say_first(exchange, first + found), hang(self.pause), _say(rest), end()]

    def _say_first(self, exchange: Exchange, text: str) -> None:
        exchange.event({"content": text})
        self.spoke_at.append(time.perf_counter())


def _say(text: str) -> Act:
    return lambda exchange: exchange.event({"content": text})


def main() -> None:
    """Measure everything and print it as a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", nargs="?", type=Path, default=ROOT / "samples")
    parser.add_argument("questions", nargs="*", type=Path, default=[ROOT / "samples" / "questions.jsonl"])
    parser.add_argument("--write", action="store_true", help="keep the table in bench/README.md")
    given = parser.parse_args()
    texts = [json.loads(line) for file in given.questions for line in file.read_text("utf-8").splitlines() if line]
    with tempfile.TemporaryDirectory() as folder, scripted_model() as model:
        ingest(Path(folder) / "data", given.plans, "e5")
        figures = list(measure(Path(folder), model, texts))
    table = render(figures)
    print(table)
    if given.write:
        inputs = f"{sum(1 for _ in plans_in(given.plans))} plan files, {len(texts)} questions"
        write_section("Language model", f"{table}\n\n{inputs}; {describe_machine()}")


def measure(folder: Path, model: ScriptedModel, texts: Sequence[dict[str, Any]]) -> Iterator[Figure]:
    """Yield the figures of a service with the scripted model, and of one without any."""
    settings = {"KAIKAKU_EMBEDDING": "e5", "KAIKAKU_MODEL": "scripted", "KAIKAKU_MODEL_BASE_URL": model.base_url}
    speaker = Speaker()
    model.otherwise = speaker.reply
    with running_service(folder / "data", folder / "model.log", **settings) as client:
        ask(client, texts[0])
        for at_once in (1, 2):
            before = speaker.called
            taken = ask_all(partial(ask, client), texts, at_once)
            label = f"ask p50 / p95 of {len(taken)}, {speaker.called - before} with the model, {at_once} at a time"
            yield Figure(label, percentiles(taken), "60 / 150 ms")
        speaker.pause = _PAUSE_SECONDS
        yield Figure(
            "first text after the model's first sentence, p50 / p95", first_texts(client, speaker, texts), "100 ms"
        )
        yield Figure(
            "model's call ended after the client left, p50 / p95", ended_calls(client, model, texts), "1000 ms"
        )
    with running_service(folder / "data", folder / "rules.log", KAIKAKU_EMBEDDING="e5") as client:
        ask(client, texts[0])
        yield Figure("ask p50 / p95 without a model, 1 at a time", percentiles(ask_all(partial(ask, client), texts, 1)))


def ask(client: httpx.Client, text: dict[str, Any]) -> float:
    """Ask one question and return the seconds it took."""
    started = time.perf_counter()
    client.post("/v1/ask", json=body_of(text)).raise_for_status()
    return time.perf_counter() - started


def body_of(text: dict[str, Any]) -> dict[str, Any]:
    """Return the request for a question; its history is sent, so that nothing is stored."""
    return {"history": [], **{name: text[name] for name in ("question", "history", "scope") if text.get(name)}}


def first_texts(client: httpx.Client, speaker: Speaker, texts: Sequence[dict[str, Any]]) -> str:
    """Return how long after the model's first sentence its text was there, where it came before the model had ended."""
    waits = []
    for text in texts:
        if len(waits) == _STREAMED:
            break
        speaker.spoke_at.clear()
        heard = first_delta(client, text)
        if speaker.spoke_at and heard - speaker.spoke_at[0] < _PAUSE_SECONDS:
            waits.append(heard - speaker.spoke_at[0])
    return f"{percentiles(waits)} of {len(waits)}"


def ended_calls(client: httpx.Client, model: ScriptedModel, texts: Sequence[dict[str, Any]]) -> str:
    """Return how long after the client left the model's server noticed; the model would have gone on for seconds."""
    faithful, waits = Speaker(), []
    model.otherwise = lambda body: [*faithful.reply(body)[:1], say("ま" * 400, every=1, pause=_DRIP_SECONDS), end()]
    for text in texts:
        if len(waits) == _LEFT:
            break
        model.left.clear()
        faithful.spoke_at.clear()
        leave_after_first_delta(client, text)
        gone = time.perf_counter()
        if faithful.spoke_at and model.left.wait(400 * _DRIP_SECONDS):
            waits.append(time.perf_counter() - gone)
    return f"{percentiles(waits)} of {len(waits)}"


def leave_after_first_delta(client: httpx.Client, text: dict[str, Any]) -> None:
    """Stream an answer as far as its first text."""
    with client.stream("POST", "/v1/ask/stream", json=body_of(text)) as response:
        any(line == "event: delta" for line in response.iter_lines())


def first_delta(client: httpx.Client, text: dict[str, Any]) -> float:
    """Stream an answer to its end, and return when its first text came."""
    came = 0.0
    with client.stream("POST", "/v1/ask/stream", json=body_of(text)) as response:
        for line in response.iter_lines():
            if line == "event: delta" and not came:
                came = time.perf_counter()
    return came


def percentiles(taken: Sequence[float]) -> str:
    """Return the median and the 95th percentile as text."""
    p95 = statistics.quantiles(taken, n=20)[-1]
    return f"{statistics.median(taken) * 1000:.1f} / {p95 * 1000:.1f} ms"


if __name__ == "__main__":
    main()
