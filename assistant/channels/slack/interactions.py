"""What people click, submit and type after a slash in; the Delivery it asks for out, or why nothing is done."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from assistant.channels.slack.escaping import typed_text
from assistant.channels.slack.tasks import Delivery, Ignored, Kind, Task

COMMAND = "/kaikaku"
LONGEST_QUESTION = 500

Body = Mapping[str, Any]


def read_command(body: Body) -> Delivery | Ignored:
    """Read one slash command."""
    trigger, team_id = _text(body, "trigger_id"), _text(body, "team_id")
    user, channel = _text(body, "user_id"), _text(body, "channel_id")
    if not (trigger and team_id and user and channel):
        return Ignored("incomplete")
    task = Task(
        "command",
        team_id,
        user,
        channel,
        text=typed_text(_text(body, "text")),
        response_url=_text(body, "response_url"),
    )
    return Delivery(f"command:{trigger}", task, f"{team_id}:{channel}:command:{trigger}")


def read_interaction(body: Body) -> Delivery | Ignored:
    """Read one interactive payload: a click, a submitted form or a shortcut."""
    readers: dict[str, Callable[[Body], Delivery | Ignored]] = {
        "block_actions": _click,
        "view_submission": _form,
        "message_action": _message_shortcut,
    }
    reader = readers.get(_text(body, "type"))
    return reader(body) if reader else Ignored("unhandled_interaction")


def _click(body: Body) -> Delivery | Ignored:
    actions = body.get("actions")
    action = actions[0] if isinstance(actions, list) and actions and isinstance(actions[0], Mapping) else {}
    name, value = _text(action, "action_id").partition(":")[0], _value(action)
    kind = _CLICKS.get(name)
    if kind is None or not value:
        return Ignored("unhandled_action")
    task = _place(body, kind, value)
    trigger = _text(body, "trigger_id") or f"{task.ts}:{_text(action, 'action_ts')}"
    if kind == "prefer":
        task = replace(task, text="" if value == "-" else value, detail=name)
    elif kind in ("feedback", "stop_digest"):
        task = replace(task, text="", detail=value)
    lane = f"{task.team_id}:{task.channel_id}:{task.thread_ts}" if task.thread_ts else f"action:{trigger}"
    return Delivery(f"action:{trigger}", task, lane) if task.team_id and task.user_id else Ignored("incomplete")


_CLICKS: Mapping[str, Kind] = {
    "ask": "ask",
    "share": "share",
    "csv": "send_csv",
    "feedback": "feedback",
    "digest_stop": "stop_digest",
    "home_search": "ask",
    "home_department": "prefer",
    "home_scope": "prefer",
}


def _value(action: Body) -> str:
    chosen = action.get("selected_option")
    return _text(chosen, "value") if isinstance(chosen, Mapping) else _text(action, "value")


def _place(body: Body, kind: Kind, value: str) -> Task:
    """Where a click happened: in a thread, in a message only the clicker sees, or in the home tab."""
    container = body.get("container")
    container = container if isinstance(container, Mapping) else {}
    channel, ts = _id(body, "channel") or _text(container, "channel_id"), _text(container, "message_ts")
    unseen = bool(container.get("is_ephemeral"))
    message = body.get("message")
    threaded = _text(message, "thread_ts") if isinstance(message, Mapping) else ""
    thread_ts = "" if unseen or not ts else _text(container, "thread_ts") or threaded or ts
    return Task(
        kind,
        _id(body, "team"),
        _id(body, "user"),
        channel,
        ts,
        thread_ts,
        value,
        response_url=_text(body, "response_url") if unseen else "",
        was_chosen=kind == "ask",
    )


def _form(body: Body) -> Delivery | Ignored:
    view = body.get("view")
    view = view if isinstance(view, Mapping) else {}
    team_id, user = _id(body, "team"), _id(body, "user")
    values, name = _form_values(view), _text(view, "callback_id")
    if not (team_id and user and _text(view, "id")):
        return Ignored("incomplete")
    if name == "correction":
        task = Task("correct", team_id, user, text=values.get("comment", ""), detail=_text(view, "private_metadata"))
    elif name == "channel":
        task = Task(
            "prefer_channel", team_id, user, values.get("to", ""), text=values.get("scope", ""),
            detail=values.get("department", ""),
        )  # fmt: skip
    elif name == "draft":
        task = Task("send_draft", team_id, user, values.get("to", ""), text=values.get("draft", ""))
    else:
        return Ignored("unhandled_view")
    event_id = f"view:{_text(view, 'id')}:{_text(view, 'hash')}"
    return Delivery(event_id, task, event_id)


def _form_values(view: Body) -> dict[str, str]:
    state = view.get("state")
    blocks = state.get("values") if isinstance(state, Mapping) else None
    inputs = [one for one in (blocks or {}).values() if isinstance(one, Mapping)] if isinstance(blocks, Mapping) else []
    found = {name: given for one in inputs for name, given in one.items() if isinstance(given, Mapping)}
    return {name: _value(given) or _text(given, "selected_conversation") for name, given in found.items()}


def _message_shortcut(body: Body) -> Delivery | Ignored:
    message, trigger = body.get("message"), _text(body, "trigger_id")
    team_id, user, channel = _id(body, "team"), _id(body, "user"), _id(body, "channel")
    if _text(body, "callback_id") != "ask_message" or not isinstance(message, Mapping) or not (team_id and user):
        return Ignored("unhandled_shortcut")
    text = typed_text(_text(message, "text"))
    task = Task("ask", team_id, user, channel, text=text, response_url=_text(body, "response_url"), was_chosen=True)
    return Delivery(f"shortcut:{trigger}", task, f"shortcut:{trigger}")


def form_wanted(body: Body) -> tuple[Task, str] | None:
    """Return what a click on a button that opens a form is about, and the id that opens it."""
    actions = body.get("actions")
    action = actions[0] if isinstance(actions, list) and actions and isinstance(actions[0], Mapping) else {}
    kind, value, trigger = _FORMS.get(_text(action, "action_id")), _text(action, "value"), _text(body, "trigger_id")
    if kind is None or not (value and trigger):
        return None
    return Task(kind, _id(body, "team"), _id(body, "user"), detail=value), trigger


_FORMS: Mapping[str, Kind] = {"feedback": "feedback", "owner": "send_draft", "channel": "prefer_channel"}


def _id(body: Body, name: str) -> str:
    found = body.get(name)
    return _text(found, "id") if isinstance(found, Mapping) else ""


def _text(body: Body, name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""
