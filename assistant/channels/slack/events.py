"""A body of Slack's Events API in, the Delivery it asks for out, or the reason why nothing is done."""

from collections.abc import Mapping
from typing import Any

from assistant.channels.slack.escaping import mentions_outside_code, mentions_somebody, typed_text
from assistant.channels.slack.tasks import Delivery, Ignored, Kind, Task

FOLLOW_UP = "follow_up"
ONLY_A_FILE = "only_a_file"

Body = Mapping[str, Any]


def read_event(body: Body) -> Delivery | Ignored:
    """Read one event_callback; events that are not handled, or are the doing of a bot, are ignored by name."""
    event, event_id = _mapping(body.get("event")), _text(body.get("event_id"))
    # In a channel shared with others, team_id is the sender's workspace, and this the one that we are installed in.
    team_id = _text(body.get("context_team_id")) or _text(body.get("team_id"))
    if not event_id or not team_id:
        return Ignored("incomplete")
    kind = event.get("type")
    if kind == "app_home_opened":
        return _opened(event, event_id, team_id)
    if kind in ("app_uninstalled", "tokens_revoked"):
        return Delivery(event_id, Task("forget_team", team_id), f"{team_id}:team")
    if kind not in ("app_mention", "message"):
        return Ignored("unhandled_event")
    if _is_of_a_bot(event, body):
        return Ignored("bot_message")
    if kind == "message" and event.get("subtype") in ("message_changed", "message_deleted"):
        return _changed(event, event_id, team_id)
    if event.get("subtype") not in (None, "file_share", "thread_broadcast"):
        return Ignored("unhandled_subtype")
    return _asked(event, event_id, team_id, body)


def _asked(event: Body, event_id: str, team_id: str, body: Body) -> Delivery | Ignored:
    bot_user = _bot_user(body)
    raw, ts = _text(event.get("text")), _text(event.get("ts"))
    user, channel = _text(event.get("user")), _text(event.get("channel"))
    if not (ts and user and channel):
        return Ignored("incomplete")
    detail = ONLY_A_FILE if event.get("files") and not typed_text(raw) else ""
    if event["type"] == "app_mention":
        if bot_user and not mentions_outside_code(raw, bot_user):
            return Ignored("mention_in_code")
    elif event.get("channel_type") != "im":
        # Told once more as app_mention, or not said to the assistant at all.
        if mentions_somebody(raw) or not event.get("thread_ts"):
            return Ignored("not_addressed")
        detail = FOLLOW_UP
    thread_ts = _text(event.get("thread_ts")) or ts
    home = _text(event.get("user_team")) or _text(event.get("team"))
    guest_of = home if home != team_id else ""
    outside = bool(guest_of) or body.get("is_ext_shared_channel") is True
    task = Task(
        "ask", team_id, user, channel, ts, thread_ts, typed_text(raw), detail,
        user_team=guest_of, is_seen_outside=outside,
    )  # fmt: skip
    return Delivery(event_id, task, f"{team_id}:{channel}:{thread_ts}", f"{team_id}:{channel}:{ts}")


def _changed(event: Body, event_id: str, team_id: str) -> Delivery | Ignored:
    before, after = _mapping(event.get("previous_message")), _mapping(event.get("message"))
    ts, channel = _text(before.get("ts") or event.get("deleted_ts")), _text(event.get("channel"))
    if not (ts and channel):
        return Ignored("incomplete")
    edited = event["subtype"] == "message_changed"
    # Slack tells of a link's preview, or of a reply in the thread, as of a change.
    if edited and (after.get("text") == before.get("text") or after.get("bot_id")):
        return Ignored("not_edited")
    kind: Kind = "edited" if edited else "deleted"
    text = typed_text(_text(after.get("text"))) if edited else ""
    task = Task(kind, team_id, _text(before.get("user")), channel, ts, text=text)
    thread_ts = _text(before.get("thread_ts")) or ts
    return Delivery(event_id, task, f"{team_id}:{channel}:{thread_ts}")


def _opened(event: Body, event_id: str, team_id: str) -> Delivery | Ignored:
    user, channel = _text(event.get("user")), _text(event.get("channel"))
    kind = {"home": "open_home", "messages": "suggest"}.get(_text(event.get("tab")))
    if not user or kind is None:
        return Ignored("incomplete")
    task = Task("open_home" if kind == "open_home" else "suggest", team_id, user, channel)
    return Delivery(event_id, task, f"{team_id}:home:{user}")


def _is_of_a_bot(event: Body, body: Body) -> bool:
    message = _mapping(event.get("message")) or event
    by_bot = event.get("bot_id") or message.get("bot_id") or event.get("subtype") == "bot_message"
    return bool(by_bot) or (_text(event.get("user")) == _bot_user(body) != "")


def _bot_user(body: Body) -> str:
    authorizations = body.get("authorizations")
    first = authorizations[0] if isinstance(authorizations, list) and authorizations else None
    found = _mapping(first)
    return _text(found.get("user_id")) if found.get("is_bot") else ""


def _mapping(value: object) -> Body:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
