"""The recording Slack says no where Slack does: without this, the other tests would prove nothing."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.server.recording_slack.refusing import Json
from tests.server.recording_slack.server import RecordingSlack
from tests.server.recording_slack.workspace import ALL_SCOPES, Workspace

TEXT = {"type": "plain_text", "text": "x"}
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "x"}}


@pytest.fixture(scope="module")
def slack() -> Iterator[RecordingSlack]:
    with RecordingSlack() as slack:
        yield slack


def call(slack: RecordingSlack, method: str, token: str = "xoxb-T111", **arguments: Any) -> Json:
    headers = {"Authorization": f"Bearer {token}"}
    reply: Json = httpx.post(f"{slack.url}{method}", json=arguments, headers=headers).json()
    return reply


def a_table(kind: str, rows: int, text: str = "x") -> Json:
    more = {"caption": "x"} if kind == "data_table" else {}
    return {"type": kind, "rows": [[{"type": "raw_text", "text": text}]] * rows, **more}


@pytest.mark.parametrize(
    ("blocks", "error"),
    [
        ([SECTION] * 50, ""),
        ([SECTION] * 51, "invalid_blocks"),
        ([{"type": "section", "text": {"type": "mrkdwn", "text": "あ" * 3000}}], ""),
        ([{"type": "section", "text": {"type": "mrkdwn", "text": "あ" * 3001}}], "invalid_blocks"),
        ([{"type": "markdown", "text": "あ" * 12_000}], ""),
        ([{"type": "markdown", "text": "あ" * 12_001}], "invalid_blocks"),
        ([{"type": "markdown", "text": "あ" * 7000}] * 2, "msg_blocks_too_long"),
        ([a_table("table", 100)], ""),
        ([a_table("table", 101)], "invalid_blocks"),
        ([a_table("data_table", 101)], ""),
        ([a_table("data_table", 102)], "invalid_blocks"),
        ([a_table("table", 11, "あ" * 1000)], "invalid_blocks"),
        ([{**SECTION, "colour": "red"}], "invalid_blocks"),
        ([{"type": "carousel3d"}], "invalid_blocks"),
        ([{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}], "invalid_blocks"),
        ([{"type": "actions", "elements": [{"type": "button", "text": {**TEXT, "text": "x" * 76}}]}], "invalid_blocks"),
        ([{"type": "context", "elements": []}], "invalid_blocks"),
    ],
)
def test_blocks_beyond_the_documented_limits_are_refused(slack: RecordingSlack, blocks: list[Json], error: str) -> None:
    assert call(slack, "chat.postMessage", channel="C1", text="x", blocks=blocks).get("error", "") == error


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("chat.postMessage", {"channel": "C1", "text": "x", "colour": "red"}, "invalid_arguments"),
        ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "C1"}, "no_text"),
        ("chat.postMessage", {"channel": "C1", "text": "あ" * 40_001}, "msg_too_long"),
        ("chat.postMessage", {"channel": "C404", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "C1", "text": "x", "thread_ts": "1.0"}, "thread_not_found"),
        ("chat.startStream", {"channel": "C1", "thread_ts": "1.0"}, "missing_recipient_team_id"),
        ("chat.appendStream", {"channel": "C1", "ts": "1.0", "markdown_text": "x"}, "message_not_found"),
        ("chat.destroyEverything", {}, "unknown_method"),
        ("views.open", {"trigger_id": "t", "view": {"type": "modal", "title": TEXT, "blocks": [], "x": 1}},
         "invalid_arguments"),
    ],
)  # fmt: skip
def test_calls_that_slack_does_not_know_are_refused(
    slack: RecordingSlack, method: str, arguments: Json, error: str
) -> None:
    assert call(slack, method, **arguments)["error"] == error


def test_tokens_and_scopes_are_looked_at(slack: RecordingSlack) -> None:
    assert call(slack, "auth.test", token="xoxb-nobody")["error"] == "invalid_auth"
    slack.add_workspace(Workspace("T9", "xoxb-T9", ALL_SCOPES - {"chat:write"}))
    refused = call(slack, "chat.postMessage", token="xoxb-T9", channel="C1", text="x")
    assert (refused["error"], refused["needed"]) == ("missing_scope", "chat:write")


def test_the_documented_tiers_are_kept(slack: RecordingSlack) -> None:
    team = slack.add_workspace(Workspace("T8", "xoxb-T8"))
    arguments = {"channel": "D1", "thread_ts": team.say("D1", "U1", "x").ts, "markdown_text": "x"}
    errors = [call(slack, "chat.startStream", team.token, **arguments).get("error", "") for _ in range(21)]
    assert errors == [""] * 20 + ["ratelimited"]
