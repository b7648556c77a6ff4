"""A message in, the same message visible in Slack exactly once out, even where an earlier attempt was cut short."""

import logging
import time
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.channels.slack.blocks import Block
from assistant.channels.slack.calls import SlackCalls, SlackRefused
from assistant.channels.slack.messages import Message
from assistant.channels.slack.tables import as_plain_table
from assistant.channels.slack.teams import Team
from assistant.channels.slack.wording import say

EVENT_TYPE = "kaikaku_answer"
# chat.startStream and chat.stopStream are of Slack's tier 2: some 20 calls a minute and workspace.
STREAMS_A_MINUTE = 18
LONGEST_PIECE = 2500
_LOOKED_THROUGH = 200

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes; without `thread_ts` into the channel itself. `after`: no earlier message can be it."""

    team: Team
    channel_id: str
    thread_ts: str = ""
    user_id: str = ""
    after: str = ""


class Delivering:
    """Posts, streams and finds again; every finished message of ours carries the key of what it answers."""

    def __init__(self, calls: SlackCalls) -> None:
        self._calls = calls
        self._streams: dict[str, deque[float]] = defaultdict(deque)
        self._without_data_tables: set[str] = set()

    async def deliver(self, message: Message, place: Place, key: str, *, resumed: bool) -> str:
        """Show a message in its place and return its timestamp; `resumed`: an earlier attempt may have begun.

        Raises:
            SlackRefused: it cannot be shown there.
            SlackUnreachable: Slack does not answer; deliver again later, as resumed.

        """
        if resumed and (found := await self._find(place, key)):
            return await self._complete(found, message, place, key, is_whole=len(in_pieces(message.markdown)) == 1)
        if place.thread_ts and message.markdown and self._may_stream(place.team.team_id):
            streamed = await self._stream(message, place, key)
            if streamed:
                return streamed
        return await self._post(message, place, key)

    async def whisper(self, message: Message, place: Place) -> None:
        """Show a message to one user only."""
        if place.channel_id.startswith("D"):
            await self._call(place, "chat.postMessage", **_shown(message), thread_ts=place.thread_ts or None)
            return
        await self._call(
            place, "chat.postEphemeral", user=place.user_id, **_shown(message), thread_ts=place.thread_ts or None
        )

    async def respond(self, message: Message, response_url: str, **more: object) -> None:
        """Show a message to the user whose command or click this address answers."""
        body = {**_shown(message), "response_type": "ephemeral", "replace_original": False, **more}
        try:
            await self._calls.respond(response_url, body)
        except SlackRefused as refused:
            if "invalid_blocks" not in str(refused):
                raise
            await self._calls.respond(response_url, {**body, "blocks": _plain_tables(message.blocks)})

    async def attach(self, place: Place, name: str, data: bytes, comment: str, *, resumed: bool) -> None:
        """Share a file in a place, once."""
        if resumed and await self._has_file(place, name):
            return
        team = place.team.token
        given = await self._calls.call(team, "files.getUploadURLExternal", filename=name, length=len(data))
        await self._calls.upload(given["upload_url"], data)
        files = f'[{{"id": "{given["file_id"]}"}}]'
        shared = {"channel_id": place.channel_id, "thread_ts": place.thread_ts or None, "initial_comment": comment}
        await self._calls.call(team, "files.completeUploadExternal", files=files, **shared)

    async def _post(self, message: Message, place: Place, key: str) -> str:
        blocks = self._fitting(message.blocks, place)
        arguments: dict[str, Any] = {**_shown(message), "thread_ts": place.thread_ts or None, "metadata": _mark(key)}
        try:
            reply = await self._call(place, "chat.postMessage", **{**arguments, "blocks": blocks})
        except SlackRefused as refused:
            if refused.code != "invalid_blocks" or _plain_tables(blocks) == blocks:
                raise
            self._without_data_tables.add(place.team.team_id)
            reply = await self._call(place, "chat.postMessage", **{**arguments, "blocks": _plain_tables(blocks)})
        return str(reply["ts"])

    async def _stream(self, message: Message, place: Place, key: str) -> str | None:
        """Return the timestamp of the streamed message; None if streaming is not to be had here."""
        first, *pieces = in_pieces(message.markdown)
        recipient = {"recipient_team_id": place.team.team_id, "recipient_user_id": place.user_id}
        try:
            started = await self._calls.call_now(
                place.team.token,
                "chat.startStream",
                channel=place.channel_id,
                thread_ts=place.thread_ts,
                markdown_text=first,
                **recipient,
            )
        except SlackRefused as refused:
            if refused.code in _CANNOT_WRITE:
                raise
            logger.info("not streamed: %s", refused)
            return None
        ts = str(started["ts"])
        for piece in pieces:
            await self._call(place, "chat.appendStream", ts=ts, markdown_text=piece)
        return await self._complete({"ts": ts}, message, place, key)

    async def _complete(
        self, found: dict[str, Any], message: Message, place: Place, key: str, *, is_whole: bool = True
    ) -> str:
        """Bring a message that was begun to its end; one that may not be whole is written anew."""
        ts = str(found["ts"])
        if found.get("metadata"):
            return ts
        rest = self._fitting(message.rest, place)
        try:
            if not is_whole:
                await self._call(place, "chat.stopStream", ts=ts)
                return await self._rewrite(ts, message, place, key)
            await self._call(place, "chat.stopStream", ts=ts, blocks=rest or None, metadata=_mark(key))
        except SlackRefused as refused:
            if refused.code not in ("message_not_in_streaming_state", "invalid_blocks"):
                raise
            if refused.code == "invalid_blocks":
                self._without_data_tables.add(place.team.team_id)
                await self._call(place, "chat.stopStream", ts=ts)
            return await self._rewrite(ts, message, place, key)
        return ts

    async def _rewrite(self, ts: str, message: Message, place: Place, key: str) -> str:
        blocks = _plain_tables(message.blocks)
        await self._call(place, "chat.update", ts=ts, text=message.text, blocks=blocks, metadata=_mark(key))
        return ts

    async def _find(self, place: Place, key: str) -> dict[str, Any] | None:
        """Find what an earlier attempt has posted: marked with the key, or a stream that never got its mark."""
        for message in await self._messages(place):
            if message.get("user") != place.team.bot_user_id or str(message["ts"]) <= place.after:
                continue
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == EVENT_TYPE and metadata.get("event_payload", {}).get("key") == key:
                return message
            if not metadata and not message.get("files") and place.thread_ts and message["ts"] != place.thread_ts:
                return message
        return None

    async def _has_file(self, place: Place, name: str) -> bool:
        files = [file for message in await self._messages(place) for file in message.get("files", [])]
        return any(file.get("name") == name for file in files)

    async def _messages(self, place: Place) -> Sequence[dict[str, Any]]:
        page = {"oldest": place.after or None, "limit": _LOOKED_THROUGH, "include_all_metadata": True}
        try:
            if place.thread_ts:
                found = await self._call(place, "conversations.replies", ts=place.thread_ts, **page)
            else:
                found = await self._call(place, "conversations.history", **page)
        except SlackRefused as refused:
            logger.warning("an earlier attempt is not looked for: %s", refused)
            return ()
        messages: list[dict[str, Any]] = found.get("messages", [])
        return messages

    async def _call(self, place: Place, method: str, **arguments: object) -> dict[str, Any]:
        # What was posted is found again by its key: a call whose end is unknown is not simply made once more.
        repeatable = method not in ("chat.postMessage", "chat.postEphemeral")
        return await self._calls.call(place.team.token, method, repeatable, channel=place.channel_id, **arguments)

    def _may_stream(self, team_id: str) -> bool:
        recent, now = self._streams[team_id], time.monotonic()
        while recent and recent[0] < now - 60:
            recent.popleft()
        if len(recent) >= STREAMS_A_MINUTE:
            return False
        recent.append(now)
        return True

    def _fitting(self, blocks: Sequence[Block], place: Place) -> list[Block]:
        plain = place.team.team_id in self._without_data_tables
        return _plain_tables(blocks) if plain else list(blocks)


def in_pieces(markdown: str) -> list[str]:
    """Split a text as it is streamed: its first line at once, the others in pieces of whole lines."""
    first, *lines = markdown.splitlines(keepends=True) or [""]
    pieces = [first]
    for line in lines:
        if len(pieces) == 1 or len(pieces[-1]) + len(line) > LONGEST_PIECE:
            pieces.append("")
        pieces[-1] += line
    return pieces


_CANNOT_WRITE = frozenset({
    "channel_not_found", "is_archived", "not_in_channel", "thread_not_found", "missing_scope", "invalid_auth",
    "token_revoked", "token_expired", "account_inactive", "not_authed", "restricted_action",
})  # fmt: skip


def cannot_write(refused: SlackRefused) -> bool:
    """Tell whether nothing can be written in a place, now or later."""
    return refused.code in _CANNOT_WRITE


def is_lost(refused: SlackRefused) -> bool:
    """Tell whether a channel is gone for the application, though not for others."""
    return refused.code in _REASONS


def why_not_written(refused: SlackRefused) -> str:
    """Return in words why a channel cannot be written to, and what to do."""
    return say(_REASONS.get(refused.code, "cannot_write_other"))


_REASONS = {
    "not_in_channel": "cannot_write_not_in_channel",
    "channel_not_found": "cannot_write_not_in_channel",
    "is_archived": "cannot_write_is_archived",
}


def _shown(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": message.blocks, "unfurl_links": False, "unfurl_media": False}


def _mark(key: str) -> dict[str, Any]:
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


def _plain_tables(blocks: Sequence[Block]) -> list[Block]:
    return [as_plain_table(block) for block in blocks]
