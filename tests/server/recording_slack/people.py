"""What people do in this Slack, delivered to the application as Slack would: by HTTP or by Socket Mode."""

import hashlib
import hmac
import itertools
import json
import time
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from tests.server.recording_slack.refusing import Json
from tests.server.recording_slack.server import RecordingSlack
from tests.server.recording_slack.workspace import Message, Workspace

SIGNING_SECRET = "0123456789abcdef" * 2
_count = itertools.count(1)


@dataclass(frozen=True)
class Ack:
    """How a delivery was acknowledged, and how long that took."""

    ok: bool
    seconds: float
    status: int = 200
    body: str = ""


class Sender(Protocol):
    """A way from Slack to the application."""

    def send(self, kind: str, payload: Json, retry: int = 0) -> Ack:
        """Deliver a payload; `kind` is events_api, slash_commands or interactive."""
        ...


class HttpSender:
    """Signed requests to /slack/events."""

    def __init__(self, address: str, secret: str = SIGNING_SECRET) -> None:
        self._client = httpx.Client(timeout=30, limits=httpx.Limits(max_connections=100))
        self.address = address
        self._secret = secret

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def send(self, kind: str, payload: Json, retry: int = 0) -> Ack:
        """Send as Slack does: events as JSON, the rest as a form."""
        if kind == "events_api":
            content, form = json.dumps(payload), "application/json"
        else:
            fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
            content, form = str(httpx.QueryParams(fields)), "application/x-www-form-urlencoded"
        headers = {"Content-Type": form, **({"X-Slack-Retry-Num": str(retry)} if retry else {})}
        return self.send_raw(content, headers)

    def send_raw(self, content: str, headers: dict[str, str], at: float | None = None) -> Ack:
        """Send a body, signed for a moment."""
        stamp = str(int(time.time() if at is None else at))
        base = f"v0:{stamp}:{content}".encode("utf-8", "surrogatepass")
        signature = "v0=" + hmac.new(self._secret.encode(), base, hashlib.sha256).hexdigest()
        signed = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature, **headers}
        started = time.perf_counter()
        reply = self._client.post(f"{self.address}/slack/events", content=content.encode("utf-8"), headers=signed)
        seconds = time.perf_counter() - started
        return Ack(reply.status_code == 200 and seconds < 3, seconds, reply.status_code, reply.text)


class SocketSender:
    """Envelopes over Socket Mode."""

    def __init__(self, slack: RecordingSlack) -> None:
        self._slack = slack

    def send(self, kind: str, payload: Json, retry: int = 0) -> Ack:
        """Send one envelope and wait for its acknowledgement."""
        started = time.perf_counter()
        told = self._slack.run(self._slack.send_envelope(kind, payload, retry))
        seconds = time.perf_counter() - started
        return Ack(told is not None, seconds, 200 if told is not None else 504, json.dumps(told))


class People:
    """The people of one workspace."""

    def __init__(self, slack: RecordingSlack, sender: Sender, workspace: Workspace | None = None) -> None:
        self.slack = slack
        self.sender = sender
        self.team = workspace or slack.team

    def mention(self, channel: str, text: str, user: str = "U1", thread_ts: str | None = None) -> Message:
        """Ask in a channel by naming the bot; delivered as app_mention and, as Slack does, as message too."""
        message = self.team.say(channel, user, f"<@{self.team.bot_user}> {text}", thread_ts)
        assert self.send_event("app_mention", message).ok
        assert self.send_event("message", message, channel_type="channel").ok
        return message

    def reply(self, channel: str, text: str, thread_ts: str, user: str = "U1") -> Message:
        """Write in a thread without naming anybody."""
        message = self.team.say(channel, user, text, thread_ts)
        assert self.send_event("message", message, channel_type="channel").ok
        return message

    def direct(self, text: str, user: str = "U1", thread_ts: str | None = None) -> Message:
        """Write to the bot directly."""
        message = self.team.say(f"D{user}", user, text, thread_ts)
        assert self.send_event("message", message, channel_type="im").ok
        return message

    def edit(self, message: Message, text: str) -> None:
        """Change one's own message."""
        before = {"ts": message.ts, "user": message.user, "text": message.text}
        after = {**before, "text": text, "edited": {"user": message.user, "ts": message.ts}}
        changed = {"subtype": "message_changed", "message": after, "previous_message": before}
        assert self.event({"type": "message", "channel": message.channel, **changed}).ok

    def delete(self, message: Message) -> None:
        """Delete one's own message."""
        self.team.channel(message.channel).messages.remove(message)
        before = {"ts": message.ts, "user": message.user, "text": message.text, "thread_ts": message.thread_ts}
        gone = {"subtype": "message_deleted", "deleted_ts": message.ts, "previous_message": before}
        assert self.event({"type": "message", "channel": message.channel, **gone}).ok

    def send_event(self, kind: str, message: Message, **more: Any) -> Ack:
        """Deliver an event about a message."""
        event = {"type": kind, "user": message.user, "text": message.text, "ts": message.ts, "channel": message.channel}
        if message.thread_ts:
            event["thread_ts"] = message.thread_ts
        return self.event({**event, **more})

    def event(self, event: Json, *, event_id: str | None = None, retry: int = 0, **body: Any) -> Ack:
        """Deliver any event."""
        return self.sender.send("events_api", self.event_body(event, event_id=event_id, **body), retry)

    def event_body(self, event: Json, *, event_id: str | None = None, **body: Any) -> Json:
        """Return the outer event as Slack makes it."""
        bot = {"team_id": self.team.team_id, "user_id": self.team.bot_user, "is_bot": True}
        return {
            "token": "x", "team_id": self.team.team_id, "api_app_id": "A111", "type": "event_callback", "event": event,
            "event_id": event_id or f"Ev{next(_count)}{time.monotonic_ns()}", "event_time": int(time.time()),
            "authorizations": [bot], **body,
        }  # fmt: skip

    def command(self, text: str, user: str = "U1", channel: str = "C1") -> str:
        """Type /kaikaku; return the token under which the responses to it are kept."""
        token = f"r{next(_count)}"
        payload = {
            "token": "x", "team_id": self.team.team_id, "user_id": user, "channel_id": channel, "command": "/kaikaku",
            "text": text, "api_app_id": "A111", "trigger_id": f"t{token}", "response_url": self._response_url(token),
        }  # fmt: skip
        assert self.sender.send("slash_commands", payload).ok
        return token

    def click(
        self, element: Json, user: str = "U1", *, message: Message | None = None, token: str = "", value: str = ""
    ) -> str:
        """Click a button, or choose from a menu, in a message, in a response only the user sees, or in the home tab."""
        responses = f"r{next(_count)}"
        action: Json = {"type": element["type"], "action_id": element["action_id"], "action_ts": str(time.time())}
        if element["type"] == "static_select":
            action["selected_option"] = next(one for one in element["options"] if one["value"] == value)
        else:
            action["value"] = value or element.get("value", "")
        payload: Json = {
            "type": "block_actions", "team": {"id": self.team.team_id}, "user": {"id": user}, "actions": [action],
            "trigger_id": f"t{responses}", "api_app_id": "A111", "response_url": self._response_url(responses),
        }  # fmt: skip
        if message is not None:
            shown = message.as_json(self.team.bot_id, with_metadata=False)
            container: Json = {"type": "message", "message_ts": message.ts, "channel_id": message.channel}
            if message.thread_ts:
                container["thread_ts"] = message.thread_ts
            payload |= {"container": container, "channel": {"id": message.channel}, "message": shown}
        elif token:
            container = {"type": "message", "message_ts": "1.1", "channel_id": "C1", "is_ephemeral": True}
            payload |= {"container": container, "channel": {"id": "C1"}}
        else:
            payload |= {"container": {"type": "view"}, "view": self.team.homes.get(user, {})}
            del payload["response_url"]
        assert self.sender.send("interactive", payload).ok
        return responses

    def submit(self, view: Json, values: dict[str, Json], user: str = "U1") -> Ack:
        """Send a form; `values` by action id."""
        state = {"values": {f"block-{name}": {name: value} for name, value in values.items()}}
        payload = {
            "type": "view_submission", "team": {"id": self.team.team_id}, "user": {"id": user},
            "view": {**view, "state": state}, "trigger_id": f"t{next(_count)}",
        }  # fmt: skip
        return self.sender.send("interactive", payload)

    def use_shortcut(self, message: Message, user: str = "U1") -> str:
        """Use the message shortcut."""
        token = f"r{next(_count)}"
        payload = {
            "type": "message_action", "callback_id": "ask_message", "team": {"id": self.team.team_id},
            "user": {"id": user}, "channel": {"id": message.channel}, "trigger_id": f"t{token}",
            "message": {"text": message.text, "ts": message.ts}, "response_url": self._response_url(token),
        }  # fmt: skip
        assert self.sender.send("interactive", payload).ok
        return token

    def open_home(self, user: str = "U1", tab: str = "home") -> None:
        """Open the application's home tab, or its messages."""
        assert self.event({"type": "app_home_opened", "user": user, "channel": f"D{user}", "tab": tab}).ok

    def _response_url(self, token: str) -> str:
        return f"http://127.0.0.1:{self.slack.port}/response/{token}"
