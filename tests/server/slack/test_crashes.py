"""kill -9 at every step of an answer, and connections that break: one final answer each, nothing left hanging."""

import time
from pathlib import Path

import pytest

from tests.server.recording_slack.faults import Fault, Hold
from tests.server.recording_slack.looking import wait_for, wait_for_answer, words_of
from tests.server.recording_slack.people import People
from tests.server.recording_slack.server import RecordingSlack
from tests.server.slack_processes import TRANSPORTS, SlackProcess, people_of

QUESTION = "「キャッシュレス決済の導入」の所管課はどこですか？"
LONG = "キャッシュレス決済の導入"
# Longer than a lease: whoever would answer once more has done so by then.
SETTLED_SECONDS = 3.0

CUTS = [
    ("assistant.threads.setStatus", False),
    ("chat.startStream", False),
    ("chat.startStream", True),
    ("chat.appendStream", False),
    ("chat.appendStream", True),
    ("chat.stopStream", False),
    ("chat.stopStream", True),
    ("chat.postMessage", False),
    ("chat.postMessage", True),
]


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_an_answer_cut_off_at_any_step_is_given_once_by_the_next_process(
    transport: str, data: Path, tmp_path: Path
) -> None:
    with RecordingSlack() as slack:
        slack.enforce_tiers = False
        first = SlackProcess(transport, data, tmp_path / "first.log", slack)
        people = People(slack, first.sender())
        held = [(_ask_until(people, f"CK{n}", method, after=after)) for n, (method, after) in enumerate(CUTS)]
        first.kill()
        for hold in held:
            hold.release(drop=not hold.after)
        slack.faults.clear()
        with people_of(transport, data, tmp_path / "second.log", slack):
            for n, _ in enumerate(CUTS):
                _wait_for_whole_answer(people, f"CK{n}")
            time.sleep(SETTLED_SECONDS)
            for n, cut in enumerate(CUTS):
                (answer,) = people.team.answers(f"CK{n}")
                assert "窓口サービス課、財務課" in words_of(answer), cut
                assert not answer.streaming
            assert people.team.showing == {}
        assert slack.refusals == [] or all("not_in_streaming_state" in one for one in slack.refusals)


def _ask_until(people: People, channel: str, method: str, *, after: bool) -> Hold:
    """Ask, and hold the call of that method that the answer makes."""
    if method == "chat.postMessage":
        people.slack.faults.fail(f"chat.startStream {channel}", Fault(error="method_not_supported_for_channel_type"))
    hold = people.slack.faults.hold(method, after=after)
    people.mention(channel, LONG if method == "chat.appendStream" else QUESTION)
    hold.wait_for_call()
    return hold


def _wait_for_whole_answer(people: People, channel: str) -> None:
    wait_for(lambda: [one for one in people.team.answers(channel) if one.metadata], told=f"{channel} has no answer")


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_command_and_a_click_cut_off_are_taken_up_by_the_next_process(
    transport: str, data: Path, tmp_path: Path
) -> None:
    with RecordingSlack() as slack:
        first = SlackProcess(transport, data, tmp_path / "first.log", slack)
        people = People(slack, first.sender())
        hold = slack.faults.hold("response_url")
        token = people.command("owner 電子契約", channel="CC1")
        hold.wait_for_call()
        clicked = slack.faults.hold("chat.postMessage")
        question = {"type": "button", "action_id": "ask:next0", "value": QUESTION}
        people.click(question, "U1", message=slack.team.say("CC2", "U1", "x"))
        clicked.wait_for_call()
        first.kill()
        for held in (hold, clicked):
            held.release(drop=True)
        with people_of(transport, data, tmp_path / "second.log", slack):
            wait_for(lambda: slack.responses[token] and slack.team.answers("CC2"))
            time.sleep(SETTLED_SECONDS)
            assert len(slack.responses[token]) == len(slack.team.answers("CC2")) == 1
        assert slack.refusals == []


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_process_told_to_stop_finishes_its_answers(transport: str, data: Path, tmp_path: Path) -> None:
    with RecordingSlack() as slack:
        slack.faults.delays["chat.startStream"] = 0.5
        with people_of(transport, data, tmp_path / "slack.log", slack) as people:
            asked = people.mention("CS1", QUESTION)
            wait_for(lambda: people.team.statuses)
        (answer,) = people.team.answers("CS1", asked.ts)
        assert answer.metadata
        assert not answer.streaming


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_two_processes_on_one_inbox_answer_every_question_once(transport: str, data: Path, tmp_path: Path) -> None:
    with RecordingSlack() as slack:
        slack.enforce_tiers = False
        one = SlackProcess(transport, data, tmp_path / "one.log", slack)
        first = People(slack, one.sender())
        other = SlackProcess(transport, data, tmp_path / "other.log", slack)
        both = [first, People(slack, other.sender())]
        try:
            for n in range(10):
                message = slack.team.say("CT1", "U1", f"<@{slack.team.bot_user}> {QUESTION}")
                event = {"type": "app_mention", "user": "U1", "text": message.text, "ts": message.ts, "channel": "CT1"}
                for people in both:
                    assert people.event(event, event_id=f"EvTwo{message.ts}").ok, n
            wait_for(lambda: len(slack.team.answers("CT1")) >= 10)
            time.sleep(SETTLED_SECONDS)
            threads = [answer.thread_ts for answer in slack.team.answers("CT1")]
            assert len(threads) == len(set(threads)) == 10
        finally:
            one.stop()
            other.stop()


@pytest.mark.parametrize("politely", [True, False])
def test_a_broken_socket_mode_connection_is_made_anew(data: Path, tmp_path: Path, politely: bool) -> None:
    with RecordingSlack() as slack, people_of("socket", data, tmp_path / "slack.log", slack) as people:
        wait_for_answer(people.team, people.mention("CD1", QUESTION))
        opened = len(slack.called("apps.connections.open"))
        slack.disconnect(politely=politely)
        wait_for(lambda: len(slack.called("apps.connections.open")) > opened and slack.connections == 1, 30)
        wait_for_answer(people.team, people.mention("CD1", QUESTION))


def test_socket_mode_waits_for_a_slack_that_cannot_be_reached(data: Path, tmp_path: Path) -> None:
    with RecordingSlack() as slack:
        slack.faults.fail("apps.connections.open", Fault(status=503), Fault(error="internal_error"))
        with people_of("socket", data, tmp_path / "slack.log", slack) as people:
            wait_for_answer(people.team, people.mention("CU1", QUESTION))
