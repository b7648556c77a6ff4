"""Slack under load: a fifth of the events twice, a kill -9 in the middle; nothing lost, nothing doubled.

Run `python -m bench.bench_slack [--events 500] [--seconds 60]`. Prints a table for HTTP and one for Socket Mode,
and writes them into the section "## Slack" of bench/README.md with --write.
"""

import argparse
import itertools
import json
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.bench_service import ROOT, Figure, describe_machine, ingest, render, write_section
from tests.server.recording_slack.people import Ack, HttpSender, People, SocketSender
from tests.server.recording_slack.server import RecordingSlack
from tests.server.recording_slack.workspace import Message
from tests.server.slack_processes import TRANSPORTS, SlackProcess

_NAMES = {"http": "HTTP", "socket": "Socket Mode"}
DUPLICATES = 0.2
CHANNELS = 100
AT_ONCE = 50
RETRY_SECONDS = (0.5, 2, 5, 10, 20)
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Sent:
    """One question, when it was first sent, and how its deliveries were acknowledged."""

    message: Message
    at: float
    acks: tuple[Ack, ...]


class Load:
    """Sends events as Slack would: what is not acknowledged is sent again."""

    def __init__(self, slack: RecordingSlack, questions: Sequence[str]) -> None:
        self.slack = slack
        self.address = ""
        self._questions = itertools.cycle(questions)
        self._sender: HttpSender | SocketSender | None = None

    def use(self, sender: HttpSender | SocketSender) -> None:
        """Send to this process from now on."""
        self._sender = sender

    def ask(self, number: int) -> Sent:
        """Ask one question, and send some of them twice."""
        team = self.slack.team
        text = f"<@{team.bot_user}> {next(self._questions)}"
        message = team.say(f"CLOAD{number % CHANNELS}", f"U{number % 40}", text)
        event = {
            "type": "app_mention",
            "user": message.user,
            "text": text,
            "ts": message.ts,
            "channel": message.channel,
        }
        started = time.monotonic()
        event_id = f"EvLoad{number}"
        acks = [self._deliver(event, event_id)]
        if number % round(1 / DUPLICATES) == 0:
            acks.append(self._deliver(event, event_id, 1))
        return Sent(message, started, tuple(acks))

    def _deliver(self, event: dict[str, str], event_id: str, retry: int = 0) -> Ack:
        for wait in (*RETRY_SECONDS, None):
            sender = self._sender
            assert sender is not None
            try:
                ack = People(self.slack, sender).event(event, event_id=event_id, retry=retry)
                if ack.status == 200 or wait is None:
                    return ack
            # The process is gone, and our connections to it closed.
            except (httpx.HTTPError, RuntimeError, ConnectionError, TimeoutError):
                if wait is None:
                    raise
            time.sleep(wait or 0)
            retry += 1
        raise AssertionError


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--write", action="store_true", help="keep the table in bench/README.md")
    given = parser.parse_args()
    tables = [f"{_NAMES[transport]}:\n\n{_table(transport, given.events, given.seconds)}" for transport in TRANSPORTS]
    print("\n\n".join(tables))
    if given.write:
        told = f"{given.events} events in {given.seconds:.0f} s, {DUPLICATES:.0%} of them twice, kill -9 in the middle"
        tables.append(f"{told}; sender, recording Slack and service on {describe_machine()}")
        write_section("Slack", "\n\n".join(tables))


def _table(transport: str, events: int, seconds: float) -> str:
    with tempfile.TemporaryDirectory() as folder, RecordingSlack() as slack:
        return render(measure(transport, Path(folder), slack, events, seconds))


def measure(transport: str, folder: Path, slack: RecordingSlack, events: int, seconds: float) -> list[Figure]:
    """Return the figures of one run."""
    ingest(folder / "data", ROOT / "samples", "none")
    lines = (ROOT / "samples" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    load = Load(slack, [json.loads(line)["question"] for line in lines if line])
    distinct = round(events * (1 - DUPLICATES))
    with ThreadPoolExecutor(AT_ONCE) as threads:
        first = SlackProcess(transport, folder / "data", folder / "first.log", slack)
        load.use(first.sender())
        burst = list(threads.map(load.ask, range(-AT_ONCE, 0)))
        _wait_for_answers(slack, burst)
        started, sent = time.monotonic(), []
        for number in range(distinct):
            time.sleep(max(0.0, started + seconds * number / distinct - time.monotonic()))
            if number == distinct // 2:
                first.kill()
                first = SlackProcess(transport, folder / "data", folder / "second.log", slack)
                threads.submit(lambda second=first: load.use(second.sender()))
            sent.append(threads.submit(load.ask, number))
        done = [one.result() for one in sent]
    _wait_for_answers(slack, done)
    time.sleep(3)
    at_once = [ack.seconds for one in burst for ack in one.acks if ack.ok]
    label = f"acknowledgement p50 / p99, {AT_ONCE} events at once"
    figures = [
        Figure(label, f"{statistics.median(at_once):.3f} / {_percentile(at_once, 99):.3f} s", "– / 1 s"),
        *_figures(slack, done, distinct // 2 - AT_ONCE // 2),
    ]
    first.stop()
    return figures


def _wait_for_answers(slack: RecordingSlack, sent: Sequence[Sent]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        answered = Counter(_threads(slack))
        if all(answered[one.message.ts] for one in sent):
            return
        time.sleep(0.2)


def _threads(slack: RecordingSlack) -> list[str]:
    channels = list(slack.team.channels.values())
    return [m.thread_ts or "" for channel in channels for m in channel.messages if m.by_bot and m.finished_at]


def _figures(slack: RecordingSlack, sent: Sequence[Sent], undisturbed: int) -> list[Figure]:
    """The figures of a load; the first `undisturbed` questions were asked well before the kill."""
    asked = {one.message.ts for one in sent}
    answered = Counter(thread for thread in _threads(slack) if thread in asked)
    finished = {
        m.thread_ts: m.finished_at
        for c in slack.team.channels.values()
        for m in c.messages
        if m.by_bot and m.finished_at
    }
    acks = [ack.seconds for one in sent for ack in one.acks if ack.ok]
    waits = [finished[one.message.ts] - one.at for one in sent if one.message.ts in finished]
    calm = [finished[one.message.ts] - one.at for one in sent[:undisturbed] if one.message.ts in finished]
    lost = sum(answered[one.message.ts] == 0 for one in sent)
    unseen = sum(len([m for m in c.messages if m.streaming]) for c in slack.team.channels.values())
    return [
        Figure("distinct questions", str(len(sent))),
        Figure("lost", str(lost), "0"),
        Figure("answered more than once", str(sum(count > 1 for count in answered.values())), "0"),
        Figure("streams left open", str(unseen), "0"),
        Figure(
            "acknowledgement p50 / p99", f"{statistics.median(acks):.3f} / {_percentile(acks, 99):.3f} s", "– / 1 s"
        ),
        Figure("answer p50 / p95 before the kill", f"{statistics.median(calm):.2f} / {_percentile(calm, 95):.2f} s"),
        Figure("answer p50 / p95 with the restart", f"{statistics.median(waits):.2f} / {_percentile(waits, 95):.2f} s"),
        Figure("calls of the Web API", str(len(slack.calls))),
        Figure("calls that Slack limited", str(sum(call.error == "ratelimited" for call in slack.calls))),
        Figure("calls that Slack refused", str(len(slack.refusals)), "0"),
    ]


def _percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]


if __name__ == "__main__":
    main()
