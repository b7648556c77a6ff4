"""Slack that limits, fails or refuses: what can be done is done, what cannot is told by name, the rest goes on."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.recording_slack.faults import Fault
from tests.server.recording_slack.looking import elements_of, wait_for, wait_for_answer, words_of
from tests.server.recording_slack.people import People
from tests.server.recording_slack.server import RecordingSlack
from tests.server.recording_slack.workspace import ALL_SCOPES, Workspace
from tests.server.slack_processes import TRANSPORTS, people_of

QUESTION = "「キャッシュレス決済の導入」の所管課はどこですか？"
NOT_STREAMED = Fault(error="method_not_supported_for_channel_type")


@pytest.fixture(scope="module", params=TRANSPORTS)
def refusing(
    request: pytest.FixtureRequest, ingested: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[People, Path]]:
    """People of a workspace whose Slack may refuse things, and the log of the process."""
    folder = tmp_path_factory.mktemp(request.param)
    data, log = shutil.copytree(ingested, folder / "data"), folder / "slack.log"
    with RecordingSlack() as slack, people_of(request.param, data, log, slack) as people:
        slack.enforce_tiers = False
        yield people, log


def logged(log: Path, *words: str) -> bool:
    lines = log.read_text("utf-8").splitlines()
    return any(all(word in line for word in words) for line in lines)


def test_retry_after_is_waited_for_in_its_channel_while_others_are_answered(refusing: tuple[People, Path]) -> None:
    people, _ = refusing
    people.slack.faults.fail("chat.startStream CL1", NOT_STREAMED)
    people.slack.faults.fail("chat.postMessage CL1", Fault(status=429, retry_after=2))
    started = time.monotonic()
    limited = people.mention("CL1", QUESTION)
    wait_for_answer(people.team, people.mention("CL2", QUESTION))
    assert time.monotonic() - started < 2
    wait_for_answer(people.team, limited)
    (call,) = people.slack.called("chat.postMessage", "CL1")
    assert call.at - started >= 2
    assert len(people.team.answers("CL1")) == 1


def test_a_reply_lost_after_the_message_was_posted_posts_no_second_one(refusing: tuple[People, Path]) -> None:
    people, _ = refusing
    people.slack.faults.fail("chat.startStream CL3", NOT_STREAMED)
    people.slack.faults.fail("chat.postMessage CL3", Fault(status=502, after_all=True))
    asked = people.mention("CL3", QUESTION)
    wait_for_answer(people.team, asked)
    wait_for(lambda: people.slack.called("conversations.replies", "CL3"))
    time.sleep(2)
    assert len(people.team.answers("CL3")) == 1


def test_a_stream_whose_beginning_got_lost_is_ended_not_begun_again(refusing: tuple[People, Path]) -> None:
    people, _ = refusing
    people.slack.faults.fail("chat.startStream CL4", Fault(status=500, after_all=True))
    asked = people.mention("CL4", QUESTION)
    wait_for(lambda: [one for one in people.team.answers("CL4", asked.ts) if one.metadata])
    (answer,) = people.team.answers("CL4")
    assert "窓口サービス課" in words_of(answer)
    assert not answer.streaming


def test_a_failing_slack_is_asked_again_until_it_answers(refusing: tuple[People, Path]) -> None:
    people, _ = refusing
    people.slack.faults.fail("chat.startStream CL5", *[Fault(status=503)] * 2)
    people.slack.faults.fail("chat.stopStream CL5", *[Fault(status=500)] * 2)
    asked = people.mention("CL5", QUESTION)
    assert "窓口サービス課" in words_of(wait_for_answer(people.team, asked))
    assert len(people.team.answers("CL5")) == 1


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_answers_are_streamed_until_slacks_limit_is_near(transport: str, data: Path, tmp_path: Path) -> None:
    with RecordingSlack() as slack, people_of(transport, data, tmp_path / "slack.log", slack) as people:
        answer = wait_for_answer(people.team, people.mention("CL60", "キャッシュレス決済の導入"))
        (started,) = slack.called("chat.startStream", "CL60")
        assert started.arguments["recipient_user_id"] == "U1"
        assert started.arguments["markdown_text"].startswith("「キャッシュレス決済の導入」という取組があります。")
        assert "所管課" not in started.arguments["markdown_text"]
        assert slack.called("chat.appendStream", "CL60")
        assert "所管課：窓口サービス課、財務課" in answer.markdown
        for n in range(1, 30):
            wait_for_answer(people.team, people.mention(f"CL6{n}", QUESTION))
        assert len(slack.called("chat.startStream")) == 18
        assert [call for call in slack.calls if call.error] == []
        slack.faults.fail("assistant.threads.setStatus", Fault(status=429, retry_after=60))
        for channel in ("CL700", "CL701"):
            wait_for_answer(people.team, people.mention(channel, QUESTION))


def test_a_slow_slack_keeps_no_acknowledgement_waiting(refusing: tuple[People, Path]) -> None:
    people, _ = refusing
    people.slack.faults.delays["chat.startStream"] = 1.5
    people.slack.faults.delays["assistant.threads.setStatus"] = 1.5
    asked = people.team.say("CL7", "U1", f"<@{people.team.bot_user}> {QUESTION}")
    ack = people.send_event("app_mention", asked)
    assert ack.ok
    assert ack.seconds < 1
    wait_for_answer(people.team, asked)
    people.slack.faults.clear()


@pytest.mark.parametrize(
    ("channel", "code", "reason"),
    [
        ("CL8", "is_archived", "チャンネルがアーカイブされています。"),
        ("CL9", "not_in_channel", "アプリがチャンネルに入っていません"),
        ("C404", "channel_not_found", "アプリがチャンネルに入っていません"),
    ],
)
def test_a_channel_that_cannot_be_written_to_is_logged_and_its_user_told(
    refusing: tuple[People, Path], channel: str, code: str, reason: str
) -> None:
    people, log = refusing
    asked = people.team.say(channel, f"U{code}", f"<@{people.team.bot_user}> {QUESTION}")
    people.team.channel("CL8").archived = True
    people.team.channel("CL9").members.clear()
    assert people.send_event("app_mention", asked).ok
    told = wait_for(lambda: people.team.answers(f"DU{code}"))
    assert f"<#{channel}> に答えを書き込めませんでした。{reason}" in words_of(told[0])
    assert logged(log, "ERROR", "ask", channel, code)


def test_a_question_deleted_before_its_answer_gets_none(refusing: tuple[People, Path]) -> None:
    people, log = refusing
    people.slack.faults.delays["assistant.threads.setStatus"] = 1.0
    first = people.mention("CL10", QUESTION)
    second = people.team.say("CL10", "U1", f"<@{people.team.bot_user}> {QUESTION}", first.ts)
    people.send_event("app_mention", second)
    people.delete(second)
    wait_for_answer(people.team, first)
    time.sleep(2)
    people.slack.faults.clear()
    assert len(people.team.answers("CL10")) == 1
    assert logged(log, "question_deleted")


def test_a_question_deleted_while_it_is_answered_leaves_nothing_behind(refusing: tuple[People, Path]) -> None:
    people, log = refusing
    people.slack.faults.delays["chat.startStream"] = 1.0
    asked = people.mention("CL20", QUESTION, user="U20")
    wait_for(lambda: [one for one in people.team.statuses if one[0] == "CL20"])
    people.delete(asked)
    wait_for(lambda: logged(log, "question_deleted in CL20"))
    people.slack.faults.clear()
    assert people.team.answers("CL20") == people.team.answers("DU20") == []


def test_a_token_that_expires_is_logged_by_name_and_its_user_told(refusing: tuple[People, Path]) -> None:
    people, log = refusing
    people.slack.faults.fail("chat.startStream CL21", Fault(error="token_expired"))
    people.mention("CL21", QUESTION, user="U21")
    told = wait_for(lambda: people.team.answers("DU21"))[0]
    assert "管理者にお問い合わせください" in words_of(told)
    assert logged(log, "ERROR", "CL21", "token_expired")


def test_who_edits_an_answered_question_is_told_and_may_have_it_answered(refusing: tuple[People, Path]) -> None:
    people, log = refusing
    asked = people.mention("CL11", QUESTION)
    wait_for_answer(people.team, asked)
    people.edit(asked, f"<@{people.team.bot_user}> 「キャッシュレス決済の導入」の目標は？")
    told = wait_for(lambda: [one for one in people.team.ephemerals if one["channel"] == "CL11"])
    assert "答えは元の質問のままです" in words_of(told[0]["blocks"])
    assert told[0]["user"] == "U1"
    (again,) = elements_of(told[0], "ask")
    token = people.click(again, token="x")
    shown = wait_for(lambda: people.slack.responses[token])[0]
    assert "「キャッシュレス決済の導入」の目標は" in words_of(shown["blocks"])
    assert len(people.team.answers("CL11")) == 1
    assert logged(log, "question_edited")


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_missing_scope_is_logged_by_name_and_the_rest_goes_on(transport: str, data: Path, tmp_path: Path) -> None:
    with RecordingSlack() as slack:
        slack.workspaces.clear()
        slack.add_workspace(Workspace("T111", "xoxb-T111", ALL_SCOPES - {"assistant:write", "files:write"}))
        log = tmp_path / "slack.log"
        with people_of(transport, data, log, slack) as people:
            wait_for_answer(people.team, people.mention("CL12", QUESTION))
            assert logged(log, "missing_scope", "assistant:write")


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_an_expired_token_is_logged_by_name_and_a_new_one_answers(transport: str, data: Path, tmp_path: Path) -> None:
    with RecordingSlack() as slack:
        slack.team.revoked = True
        log = tmp_path / "slack.log"
        with people_of(transport, data, log, slack) as people:
            people.mention("CL13", QUESTION)
            wait_for(lambda: logged(log, "ERROR", "token_revoked"))
            slack.team.revoked = False
            wait_for_answer(people.team, people.mention("CL13", QUESTION))
