"""`kaikaku doctor` finds what is wrong with the Slack settings, and says what to do."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.server.processes import kaikaku
from tests.server.recording_slack.people import SIGNING_SECRET, HttpSender, People
from tests.server.recording_slack.server import APP_TOKEN, RecordingSlack
from tests.server.recording_slack.workspace import ALL_SCOPES, Workspace
from tests.server.slack_processes import slack_settings

BOTH = {"KAIKAKU_SLACK_SIGNING_SECRET": SIGNING_SECRET, "KAIKAKU_SLACK_APP_TOKEN": APP_TOKEN}


def doctor(data: Path, slack: RecordingSlack, **settings: str) -> subprocess.CompletedProcess[str]:
    return kaikaku(data, "doctor", **slack_settings(slack, **{"KAIKAKU_PUBLIC_URL": "http://127.0.0.1:9", **settings}))


def test_all_is_well(data: Path) -> None:
    with RecordingSlack() as slack:
        done = doctor(data, slack, **BOTH)
    assert done.returncode == 0, done.stderr
    assert "slack token and scopes: workspace 見本市 (T111), all 9 scopes" in done.stdout
    assert "s from Slack's" in done.stdout
    assert "slack entrance: HTTP (kaikaku serve), Socket Mode (kaikaku slack)" in done.stdout
    assert "slack signing secret: well-formed; not tried, as nothing answers at http://127.0.0.1:9" in done.stdout
    assert "slack socket mode: connected" in done.stdout


def test_the_signing_secret_is_tried_on_the_service_that_is_running(data: Path, people: People) -> None:
    if not isinstance(people.sender, HttpSender):
        pytest.skip("a signing secret is for HTTP only")
    address = people.sender.address
    given = {"KAIKAKU_PUBLIC_URL": address}
    done = doctor(data, people.slack, **given, KAIKAKU_SLACK_SIGNING_SECRET=SIGNING_SECRET)
    assert f"slack signing secret: accepted at {address}/slack/events" in done.stdout
    done = doctor(data, people.slack, **given, KAIKAKU_SLACK_SIGNING_SECRET="f" * 32)
    assert f"the service at {address}/slack/events refuses it" in done.stderr
    done = doctor(data, people.slack, **given, KAIKAKU_SLACK_SIGNING_SECRET="xoxb-1")
    assert "must be 32 letters of 0-9 and a-f" in done.stderr


def test_tokens_put_in_each_others_place_are_told_apart(data: Path) -> None:
    with RecordingSlack() as slack:
        swapped = {"KAIKAKU_SLACK_BOT_TOKEN": APP_TOKEN, "KAIKAKU_SLACK_APP_TOKEN": slack.team.token}
        done = doctor(data, slack, **swapped)
    assert "KAIKAKU_SLACK_BOT_TOKEN begins with xoxb-" in done.stderr
    assert "KAIKAKU_SLACK_APP_TOKEN begins with xapp-" in done.stderr


def test_whatever_is_wrong_is_named_with_what_to_do(data: Path) -> None:
    with RecordingSlack() as slack:
        slack.workspaces.clear()
        slack.add_workspace(Workspace("T111", "xoxb-T111", ALL_SCOPES - {"im:history"}))
        slack.clock_is_ahead = 400
        done = doctor(data, slack, KAIKAKU_SLACK_APP_TOKEN="xapp-wrong")
    assert done.returncode == 1
    assert "missing scopes im:history: add them under OAuth & Permissions, then reinstall" in done.stderr
    assert re.search(r"this clock is off by -(39|40)\d s: set it by NTP", done.stderr)
    assert "slack socket mode: Slack says invalid_auth: the token is wrong" in done.stderr


def test_a_token_without_a_way_in_is_not_enough(data: Path) -> None:
    with RecordingSlack() as slack:
        done = doctor(data, slack)
    assert done.returncode == 1
    assert "set KAIKAKU_SLACK_SIGNING_SECRET for HTTP, or KAIKAKU_SLACK_APP_TOKEN for Socket Mode" in done.stderr


def test_a_slack_that_cannot_be_reached_is_said_so(data: Path) -> None:
    with RecordingSlack() as slack:
        settings = slack_settings(slack, **BOTH, KAIKAKU_PUBLIC_URL="http://127.0.0.1:9")
    done = kaikaku(data, "doctor", **settings)
    assert done.returncode == 1
    assert "let this machine reach Slack" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_start_without_tokens_says_which_is_missing(data: Path) -> None:
    without_app_token = kaikaku(data, "slack", KAIKAKU_SLACK_BOT_TOKEN="xoxb-1")
    assert without_app_token.returncode == 2
    assert "KAIKAKU_SLACK_APP_TOKEN is not set" in without_app_token.stderr
    without_bot_token = kaikaku(data, "serve", "--port", "0", KAIKAKU_SLACK_SIGNING_SECRET=SIGNING_SECRET)
    assert without_bot_token.returncode == 2
    assert "set KAIKAKU_SLACK_BOT_TOKEN for one workspace" in without_bot_token.stderr
    bad_key = {"KAIKAKU_SLACK_CLIENT_ID": "1", "KAIKAKU_SLACK_CLIENT_SECRET": "2", "KAIKAKU_SLACK_TOKEN_KEY": "short"}
    with_bad_key = kaikaku(data, "serve", "--port", "0", KAIKAKU_SLACK_SIGNING_SECRET=SIGNING_SECRET, **bad_key)
    assert with_bad_key.returncode == 2
    assert "KAIKAKU_SLACK_TOKEN_KEY: must be 32 bytes in base64" in with_bad_key.stderr
