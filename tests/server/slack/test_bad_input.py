"""What is forged, replayed, malformed, too long, or not for us: refused or ignored, and never an error."""

import json
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.recording_slack.looking import wait_for, wait_for_answer, words_of
from tests.server.recording_slack.people import HttpSender, People
from tests.server.recording_slack.server import RecordingSlack
from tests.server.slack_processes import TRANSPORTS, people_of

QUESTION = "「キャッシュレス決済の導入」の所管課はどこですか？"
NUMBER = "123456789018"


@pytest.fixture(scope="module")
def http(ingested: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[People, HttpSender]]:
    folder = tmp_path_factory.mktemp("http")
    data, log = shutil.copytree(ingested, folder / "data"), folder / "slack.log"
    with RecordingSlack() as slack, people_of("http", data, log, slack, KAIKAKU_SLACK_WORKSPACES="T111,T222") as people:
        slack.enforce_tiers = False
        assert isinstance(people.sender, HttpSender)
        yield people, people.sender


def an_event(people: People, channel: str, text: str = QUESTION) -> str:
    message = people.team.say(channel, "U1", f"<@{people.team.bot_user}> {text}")
    event = {"type": "app_mention", "user": "U1", "text": message.text, "ts": message.ts, "channel": channel}
    return json.dumps(people.event_body(event))


JSON = {"Content-Type": "application/json"}


def test_a_forged_request_is_refused(http: tuple[People, HttpSender]) -> None:
    people, sender = http
    forger = HttpSender(sender.address, "another-secret")
    assert forger.send_raw(an_event(people, "CB1"), JSON).status == 401
    forger.close()
    nothing_happens(people, "CB1")


def test_a_replayed_request_is_refused(http: tuple[People, HttpSender]) -> None:
    people, sender = http
    assert sender.send_raw(an_event(people, "CB2"), JSON, at=time.time() - 400).status == 401
    nothing_happens(people, "CB2")


def test_slack_may_verify_the_address(http: tuple[People, HttpSender]) -> None:
    _, sender = http
    ack = sender.send_raw(json.dumps({"type": "url_verification", "challenge": "abc"}), JSON)
    assert (ack.status, json.loads(ack.body)) == (200, {"challenge": "abc"})


def test_an_oversized_request_is_refused(http: tuple[People, HttpSender]) -> None:
    people, sender = http
    assert sender.send_raw(an_event(people, "CB3", "あ" * 1_000_000), JSON).status == 413


def test_requests_that_are_no_slack_payload_harm_nothing(http: tuple[People, HttpSender]) -> None:
    people, sender = http
    for body in ("", "{}", "[]", "null", "{", '{"type":"event_callback","event":null}', '"x"', "payload=%7B", "1"):
        for kind in ("application/json", "application/x-www-form-urlencoded"):
            assert sender.send_raw(body, {"Content-Type": kind}).status < 500, body
    wait_for_answer(people.team, people.mention("CB4", QUESTION))


def test_envelopes_that_are_no_slack_payload_harm_nothing(people: People) -> None:
    for body in ({}, {"type": "event_callback", "event": None}, {"type": "x"}, {"actions": [1]}, {"command": None}):
        for kind in ("events_api", "slash_commands", "interactive"):
            people.sender.send(kind, dict(body))
    wait_for_answer(people.team, people.mention("CB14", QUESTION))


def test_an_event_of_another_workspace_is_acknowledged_and_left_alone(people: People) -> None:
    message = people.team.say("CB5", "U1", f"<@{people.team.bot_user}> {QUESTION}")
    event = {"type": "app_mention", "user": "U1", "text": message.text, "ts": message.ts, "channel": "CB5"}
    assert people.event(event, team_id="T999").ok
    nothing_happens(people, "CB5")


def test_events_that_nobody_asked_for_are_acknowledged(people: People) -> None:
    for event in (
        {"type": "reaction_added"},
        {"type": "channel_rename"},
        {"type": "message", "subtype": "channel_join"},
    ):
        assert people.event(event).ok


def test_a_message_of_forty_thousand_characters_is_told_to_be_too_long(people: People) -> None:
    asked = people.mention("CB6", "計画について。" * 5714)
    assert "500文字以内" in words_of(wait_for_answer(people.team, asked))


@pytest.mark.parametrize("text", ["", ":tada: :+1::skin-tone-2:", "   ", "😀🎉", "？？？", "\u200b"])
def test_a_message_without_words_is_told_how_to_ask(people: People, text: str) -> None:
    asked = people.mention("CB7", text)
    told = wait_for(lambda: [one for one in people.team.ephemerals if one["channel"] == "CB7"])
    assert "質問の文がありません" in words_of(told.pop()["blocks"])
    people.team.ephemerals.clear()
    assert people.team.answers("CB7", asked.ts) == []


def test_a_file_without_words_is_told_not_to_be_read(people: People) -> None:
    message = people.team.say("DU50", "U50", "")
    assert people.send_event("message", message, channel_type="im", subtype="file_share", files=[{"id": "F1"}]).ok
    told = wait_for(lambda: people.team.answers("DU50"))
    assert "ファイルの中身は読みません" in words_of(told[0])


def test_bots_are_not_talked_to(people: People) -> None:
    text = f"<@{people.team.bot_user}> {QUESTION}"
    for n, event in enumerate((
        {"type": "app_mention", "user": people.team.bot_user, "bot_id": people.team.bot_id},
        {"type": "message", "subtype": "bot_message", "bot_id": "BOTHER", "channel_type": "im"},
        {"type": "app_mention", "user": "UOTHER", "bot_id": "BOTHER"},
        {"type": "message", "user": people.team.bot_user, "channel_type": "im"},
    )):  # fmt: skip
        message = people.team.say("CB8", "x", text)
        assert people.event({"text": text, "ts": message.ts, "channel": f"CB8{n}", **event}).ok
        nothing_happens(people, f"CB8{n}", 0.3)


def test_a_mention_inside_code_is_no_question(people: People) -> None:
    bot = people.team.bot_user
    for text in (f"`<@{bot}> 担当は？`", f"例：\n```\n<@{bot}> 担当は？\n```"):
        message = people.team.say("CB9", "U1", text)
        assert people.send_event("app_mention", message).ok
    nothing_happens(people, "CB9", 0.5)


def test_personal_data_is_told_of_privately_and_never_stored(people: People, shared_data: Path) -> None:
    asked = people.mention("CB10", f"私のマイナンバーは{NUMBER}です。担当は？")
    told = wait_for(lambda: [one for one in people.team.ephemerals if one["channel"] == "CB10"])
    assert told[0]["user"] == "U1"
    assert "個人情報（マイナンバー）" in words_of(told[0]["blocks"])
    assert people.team.answers("CB10", asked.ts) == []
    token = people.command(f"マイナンバーは{NUMBER}です。担当は？")
    assert "個人情報" in words_of(wait_for(lambda: people.slack.responses[token])[0]["blocks"])
    with sqlite3.connect(shared_data / "catalogue.sqlite3") as connection:
        stored = "\n".join(connection.iterdump())
    assert NUMBER not in stored
    for file in shared_data.iterdir():
        assert NUMBER.encode() not in (file.read_bytes() if file.is_file() else b"")


def test_what_documents_and_questions_say_neither_pings_nor_disguises(people: People) -> None:
    asked = people.mention("CB11", "*太字* _斜体_ `x` &lt;!channel&gt; [偽](https://evil.example) という取組の担当は？")
    answer = wait_for_answer(people.team, asked)
    text = answer.markdown + answer.text + json.dumps(answer.blocks, ensure_ascii=False)
    assert "<!channel>" not in text
    assert "](https://evil" not in text
    token = people.command("&lt;!channel&gt; &lt;@U1&gt; の担当は？")
    shown = json.dumps(wait_for(lambda: people.slack.responses[token])[0]["blocks"], ensure_ascii=False)
    assert "<!channel>" not in shown.replace('"value": "<!channel>', "")


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_only_allowed_users_of_allowed_workspaces_are_answered(transport: str, data: Path, tmp_path: Path) -> None:
    allowed = {"KAIKAKU_SLACK_USERS": "U1, U2", "KAIKAKU_SLACK_WORKSPACES": "T111=見本市"}
    log = tmp_path / "slack.log"
    with RecordingSlack() as slack, people_of(transport, data, log, slack, **allowed) as people:
        people.mention("CB12", QUESTION, user="U3")
        told = wait_for(lambda: people.team.ephemerals)
        assert "使える人は限られています" in words_of(told[0]["blocks"])
        people.team.ephemerals.clear()
        guest = people.team.say("CB12", "U1", f"<@{people.team.bot_user}> {QUESTION}")
        assert people.send_event("app_mention", guest, user_team="T555").ok
        assert "使える人は限られています" in words_of(wait_for(lambda: people.team.ephemerals)[0]["blocks"])
        wait_for_answer(people.team, people.mention("CB12", QUESTION, user="U2"))


def nothing_happens(people: People, channel: str, seconds: float = 1.5) -> None:
    time.sleep(seconds)
    assert people.team.answers(channel) == []
    assert [call for call in people.slack.calls if call.arguments.get("channel") == channel] == []
