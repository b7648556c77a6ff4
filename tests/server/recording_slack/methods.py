"""The Web API's methods: arguments in, what Slack would answer out; the workspace changes as Slack's would."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.server.recording_slack.blocks import check_blocks, check_view
from tests.server.recording_slack.refusing import Json, Refused, check_fields, check_length
from tests.server.recording_slack.workspace import Channel, Workspace

CODE = "invalid_arguments"
Run = Callable[[Workspace, Json], Json]


@dataclass(frozen=True)
class Method:
    """One method: what it does, what it takes, which scope it needs, calls a minute by documented tier."""

    run: Run
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    scope: str | None = None
    per_minute: int | None = None


def call_method(workspace: Workspace, name: str, arguments: Json) -> Json:
    """Run a method as Slack would.

    Raises:
        Refused: Slack would say no.

    """
    if name not in METHODS:
        raise Refused("unknown_method", name)
    method = METHODS[name]
    if method.scope:
        workspace.need(method.scope)
    checked = check_fields(arguments, method.required, method.optional, name, CODE)
    return {"ok": True, **method.run(workspace, checked)}


def check_message(call: Json) -> None:
    """Check what every message has: text or blocks, within Slack's limits."""
    if "text" in call:
        check_length(call["text"], 0, 40_000, "text", "msg_too_long")
    blocks = check_blocks(call.get("blocks", []), "message")
    if not blocks and not call.get("text") and not call.get("markdown_text"):
        raise Refused("no_text")
    if "metadata" in call:
        metadata = check_fields(
            call["metadata"], ("event_type", "event_payload"), (), "metadata", "invalid_metadata_format"
        )
        if len(json.dumps(metadata["event_payload"])) > 8000:
            raise Refused("metadata_too_large")


def _auth_test(workspace: Workspace, _: Json) -> Json:
    names = {"url": "https://mihon.slack.com/", "team": "見本市", "user": "kaikaku"}
    return {**names, "team_id": workspace.team_id, "user_id": workspace.bot_user, "bot_id": workspace.bot_id}


def _post_message(workspace: Workspace, call: Json) -> Json:
    check_message(call)
    message = workspace.post(workspace.writable(call["channel"]), call, finished_at=time.monotonic())
    return {
        "channel": message.channel,
        "ts": message.ts,
        "message": message.as_json(workspace.bot_id, with_metadata=True),
    }


def _post_ephemeral(workspace: Workspace, call: Json) -> Json:
    check_message(call)
    workspace.writable(call["channel"])
    workspace.ephemerals.append(call)
    return {"message_ts": workspace.next_ts()}


def _update(workspace: Workspace, call: Json) -> Json:
    check_message(call)
    message = workspace.writable(call["channel"]).find(call["ts"])
    if not message.by_bot:
        raise Refused("cant_update_message")
    if message.streaming:
        raise Refused("streaming_state_conflict")
    message.text, message.markdown, message.edits = call.get("text", ""), "", message.edits + 1
    message.blocks, message.metadata = call.get("blocks", []), call.get("metadata", message.metadata)
    return {"channel": message.channel, "ts": message.ts, "text": message.text}


def _start_stream(workspace: Workspace, call: Json) -> Json:
    channel = workspace.writable(call["channel"])
    if not channel.id.startswith("D") and not (call.get("recipient_team_id") and call.get("recipient_user_id")):
        raise Refused("missing_recipient_team_id")
    check_length(call.get("markdown_text", ""), 0, 12_000, "markdown_text", "msg_too_long")
    message = workspace.post(channel, call, streaming=True)
    message.markdown = call.get("markdown_text", "")
    return {"channel": channel.id, "ts": message.ts}


def _append_stream(workspace: Workspace, call: Json) -> Json:
    message = workspace.writable(call["channel"]).find(call["ts"])
    if not message.streaming:
        raise Refused("message_not_in_streaming_state")
    check_length(call["markdown_text"], 1, 12_000, "markdown_text", "msg_too_long")
    message.markdown += call["markdown_text"]
    return {"channel": message.channel, "ts": message.ts}


def _stop_stream(workspace: Workspace, call: Json) -> Json:
    message = workspace.writable(call["channel"]).find(call["ts"])
    if not message.streaming:
        raise Refused("message_not_in_streaming_state")
    if "blocks" in call or "metadata" in call:
        check_message({"text": "-", **{name: call[name] for name in ("blocks", "metadata") if name in call}})
    check_length(call.get("markdown_text", ""), 0, 12_000, "markdown_text", "msg_too_long")
    message.markdown += call.get("markdown_text", "")
    message.blocks, message.metadata, message.streaming = call.get("blocks", []), call.get("metadata"), False
    message.finished_at = time.monotonic()
    return {
        "channel": message.channel,
        "ts": message.ts,
        "message": message.as_json(workspace.bot_id, with_metadata=True),
    }


def _replies(workspace: Workspace, call: Json) -> Json:
    channel = workspace.readable(call["channel"])
    channel.find(call["ts"])
    found = [m for m in channel.messages if call["ts"] in (m.ts, m.thread_ts)]
    return _page(workspace, call, found)


def _history(workspace: Workspace, call: Json) -> Json:
    channel: Channel = workspace.readable(call["channel"])
    return _page(workspace, call, [m for m in channel.messages if m.thread_ts is None][::-1])


def _page(workspace: Workspace, call: Json, found: list[Any]) -> Json:
    kept = [m for m in found if m.ts >= call.get("oldest", "0") or m.ts == call.get("ts")]
    metadata = bool(call.get("include_all_metadata"))
    shown = [m.as_json(workspace.bot_id, with_metadata=metadata) for m in kept[: int(call.get("limit", 100))]]
    return {"messages": shown, "has_more": len(kept) > len(shown)}


def _set_status(workspace: Workspace, call: Json) -> Json:
    workspace.writable(call["channel_id"])
    workspace.statuses.append((call["channel_id"], call["thread_ts"], call.get("status", "")))
    workspace.showing[call["channel_id"], call["thread_ts"]] = call.get("status", "")
    return {}


def _set_title(workspace: Workspace, call: Json) -> Json:
    workspace.titles[call["channel_id"], call["thread_ts"]] = check_length(call["title"], 1, 255, "title", CODE)
    return {}


def _set_prompts(workspace: Workspace, call: Json) -> Json:
    prompts = call["prompts"]
    if not 1 <= len(prompts) <= 4:
        raise Refused(CODE, "prompts: 1 to 4")
    for prompt in prompts:
        check_fields(prompt, ("title", "message"), (), "prompts", CODE)
    workspace.prompts.append(call)
    return {}


def _views_open(workspace: Workspace, call: Json) -> Json:
    view = {**check_view(call["view"]), "id": f"V{time.monotonic_ns()}", "hash": "1"}
    if view["type"] != "modal":
        raise Refused(CODE, "views.open takes a modal")
    workspace.views[view["id"]] = view
    workspace.opened.append(view)
    return {"view": view}


def _views_publish(workspace: Workspace, call: Json) -> Json:
    view = check_view(call["view"])
    if view["type"] != "home":
        raise Refused(CODE, "views.publish takes a home view")
    workspace.homes[call["user_id"]] = view
    return {"view": {**view, "id": f"VH{call['user_id']}"}}


def _conversations_open(_: Workspace, call: Json) -> Json:
    return {"channel": {"id": f"D{call['users']}"}}


def _upload_address(workspace: Workspace, call: Json) -> Json:
    file_id = f"F{len(workspace.files) + 1}"
    workspace.files[file_id] = {"name": call["filename"], "length": int(call["length"]), "data": None}
    return {"file_id": file_id, "upload_url": f"/upload/{file_id}"}


def _complete_upload(workspace: Workspace, call: Json) -> Json:
    files = json.loads(call["files"]) if isinstance(call["files"], str) else call["files"]
    for file in files:
        stored = workspace.files[file["id"]]
        if stored["data"] is None or len(stored["data"]) != stored["length"]:
            raise Refused("file_not_found", "nothing was uploaded there, or not all of it")
    if call.get("channel_id"):
        names = tuple(workspace.files[file["id"]]["name"] for file in files)
        shared = {"text": call.get("initial_comment", ""), "thread_ts": call.get("thread_ts")}
        workspace.post(workspace.writable(call["channel_id"]), shared, files=names)
    return {"files": [{"id": file["id"], "title": file.get("title", "")} for file in files]}


_MESSAGE = ("text", "blocks", "thread_ts", "metadata", "unfurl_links", "unfurl_media", "mrkdwn", "parse", "link_names")
_PAGE = ("oldest", "inclusive", "limit", "cursor", "include_all_metadata", "latest")
_STREAM = ("markdown_text", "recipient_team_id", "recipient_user_id", "chunks", "task_display_mode")

METHODS: dict[str, Method] = {
    "auth.test": Method(_auth_test),
    "chat.postMessage": Method(_post_message, ("channel",), (*_MESSAGE, "reply_broadcast"), "chat:write"),
    "chat.postEphemeral": Method(_post_ephemeral, ("channel", "user"), _MESSAGE, "chat:write"),
    "chat.update": Method(_update, ("channel", "ts"), _MESSAGE, "chat:write"),
    "chat.startStream": Method(_start_stream, ("channel", "thread_ts"), _STREAM, "chat:write", per_minute=20),
    "chat.appendStream": Method(_append_stream, ("channel", "ts", "markdown_text"), ("chunks",), "chat:write", 100),
    "chat.stopStream": Method(
        _stop_stream, ("channel", "ts"), ("markdown_text", "blocks", "metadata", "chunks"), "chat:write", per_minute=20
    ),
    "conversations.replies": Method(_replies, ("channel", "ts"), _PAGE),
    "conversations.history": Method(_history, ("channel",), _PAGE),
    "conversations.open": Method(_conversations_open, ("users",), ("return_im",), "im:write"),
    "assistant.threads.setStatus": Method(
        _set_status, ("channel_id", "thread_ts"), ("status", "loading_messages"), "assistant:write"
    ),
    "assistant.threads.setTitle": Method(_set_title, ("channel_id", "thread_ts", "title"), (), "assistant:write"),
    "assistant.threads.setSuggestedPrompts": Method(
        _set_prompts, ("channel_id", "prompts"), ("thread_ts", "title"), "assistant:write"
    ),
    "views.open": Method(_views_open, ("trigger_id", "view")),
    "views.publish": Method(_views_publish, ("user_id", "view"), ("hash",)),
    "files.getUploadURLExternal": Method(_upload_address, ("filename", "length"), ("alt_txt",), "files:write"),
    "files.completeUploadExternal": Method(
        _complete_upload, ("files",), ("channel_id", "thread_ts", "initial_comment"), "files:write"
    ),
}
