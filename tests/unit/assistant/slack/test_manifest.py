"""The manifest asks for exactly what the code uses, and the guides lead somewhere."""

import re

import pytest
import yaml

from assistant.channels.slack.installing import SCOPES
from assistant.channels.slack.interactions import COMMAND
from assistant.channels.slack.receiving import read_delivery
from assistant.channels.slack.tasks import Delivery
from tests.server.recording_slack.workspace import ALL_SCOPES

MANIFESTS = ("manifest.yaml", "manifest-socket.yaml")


@pytest.fixture(params=MANIFESTS)
def manifest(request, root_dir):
    return yaml.safe_load((root_dir / "docs" / "slack" / request.param).read_text("utf-8"))


def test_the_scopes_are_those_that_the_calls_need(manifest):
    assert tuple(manifest["oauth_config"]["scopes"]["bot"]) == SCOPES
    assert set(SCOPES) == ALL_SCOPES


def test_every_event_that_is_subscribed_to_is_handled(manifest):
    for name in manifest["settings"]["event_subscriptions"]["bot_events"]:
        kind, _, place = name.partition(".")
        event = {"type": kind, "user": "U1", "channel": "C1", "ts": "2.0", "thread_ts": "1.0", "text": "<@UB> 担当は？"}
        if place:
            event |= {"channel_type": {"channels": "channel", "groups": "group", "im": "im"}[place], "text": "担当は？"}
        event["tab"] = "home"
        bot = [{"user_id": "UB", "is_bot": True}]
        body = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event, "authorizations": bot}
        assert isinstance(read_delivery(body), Delivery), name


def test_the_command_and_the_shortcut_are_those_of_the_code(manifest):
    assert [one["command"] for one in manifest["features"]["slash_commands"]] == [COMMAND]
    (shortcut,) = manifest["features"]["shortcuts"]
    body = {
        "type": "message_action", "callback_id": shortcut["callback_id"], "team": {"id": "T1"}, "user": {"id": "U1"},
        "channel": {"id": "C1"}, "message": {"text": "担当は？", "ts": "1.0"}, "trigger_id": "t",
    }  # fmt: skip
    assert isinstance(read_delivery(body), Delivery)


def test_both_manifests_differ_only_in_how_slack_reaches_the_application(root_dir):
    http, socket = (yaml.safe_load((root_dir / "docs" / "slack" / name).read_text("utf-8")) for name in MANIFESTS)
    assert (http["settings"]["socket_mode_enabled"], socket["settings"]["socket_mode_enabled"]) == (False, True)
    assert _without_addresses(http) == _without_addresses(socket)


def _without_addresses(value) -> object:
    reached = ("request_url", "url", "redirect_urls", "socket_mode_enabled")
    if isinstance(value, dict):
        return {name: _without_addresses(inner) for name, inner in value.items() if name not in reached}
    return [_without_addresses(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", ["slack.md", "slack.ja.md"])
def test_every_link_of_the_guide_leads_somewhere_and_every_setting_exists(root_dir, name):
    from assistant.settings import Settings

    text = (root_dir / "docs" / name).read_text("utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert targets
    assert [target for target in targets if not (root_dir / "docs" / target).exists()] == []
    assert {
        one.removeprefix("KAIKAKU_").lower() for one in re.findall(r"KAIKAKU_[A-Z_]+", text)
    } <= Settings.model_fields.keys()
