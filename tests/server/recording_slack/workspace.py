"""What a workspace holds: its bot token and scopes, channels, messages, views and files."""

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

from tests.server.recording_slack.refusing import Json, Refused

ALL_SCOPES = frozenset({
    "app_mentions:read", "assistant:write", "channels:history", "chat:write", "commands", "files:write",
    "groups:history", "im:history", "im:write",
})  # fmt: skip
_HISTORY = {"C": "channels:history", "G": "groups:history", "D": "im:history"}


@dataclass
class Message:
    """One message as people see it; `streaming` while its text still grows."""

    ts: str
    channel: str
    user: str
    text: str = ""
    thread_ts: str | None = None
    blocks: list[Json] = field(default_factory=list)
    markdown: str = ""
    metadata: Json | None = None
    streaming: bool = False
    by_bot: bool = False
    files: tuple[str, ...] = ()
    edits: int = 0
    finished_at: float = 0.0

    def as_json(self, bot_id: str, *, with_metadata: bool) -> Json:
        """Return the message as conversations.replies gives it."""
        shown: Json = {"type": "message", "ts": self.ts, "user": self.user, "text": self.text or self.markdown}
        if self.thread_ts:
            shown["thread_ts"] = self.thread_ts
        if self.by_bot:
            shown["bot_id"] = bot_id
        if self.blocks:
            shown["blocks"] = self.blocks
        if self.files:
            shown["files"] = [{"id": name, "name": name} for name in self.files]
        if self.metadata and with_metadata:
            shown["metadata"] = self.metadata
        return shown


@dataclass
class Channel:
    """A conversation; its id begins with C (public), G (private) or D (with one user)."""

    id: str
    members: set[str] = field(default_factory=set)
    archived: bool = False
    messages: list[Message] = field(default_factory=list)

    def find(self, ts: str) -> Message:
        """Return a message.

        Raises:
            Refused: there is none.

        """
        for message in self.messages:
            if message.ts == ts:
                return message
        raise Refused("message_not_found", ts)


class Workspace:
    """One team 111 with its bot; every channel that is asked for exists, with the bot in it."""

    def __init__(self, team_id: str, token: str, scopes: frozenset[str] = ALL_SCOPES) -> None:
        self.team_id = team_id
        self.token = token
        self.scopes = scopes
        self.bot_user = f"UBOT{team_id}"
        self.bot_id = f"B{team_id}"
        self.revoked = False
        self.channels: dict[str, Channel] = {}
        self.ephemerals: list[Json] = []
        self.views: dict[str, Json] = {}
        self.opened: list[Json] = []
        self.homes: dict[str, Json] = {}
        self.statuses: list[tuple[str, str, str]] = []
        self.showing: dict[tuple[str, str], str] = {}
        self.titles: dict[tuple[str, str], str] = {}
        self.prompts: list[Json] = []
        self.files: dict[str, Json] = {}
        self._count = itertools.count(1)

    def next_ts(self) -> str:
        """Return a timestamp that no other message has."""
        return f"{int(time.time())}.{next(self._count):06d}"

    def channel(self, channel_id: str) -> Channel:
        """Return a channel, made at first use."""
        return self.channels.setdefault(channel_id, Channel(channel_id, {self.bot_user}))

    def writable(self, channel_id: object) -> Channel:
        """Return a channel that the bot may write to.

        Raises:
            Refused: it is unknown, archived, or the bot is not in it.

        """
        if not isinstance(channel_id, str) or channel_id[:1] not in "CGDU" or channel_id == "C404":
            raise Refused("channel_not_found", str(channel_id))
        if channel_id.startswith("U"):
            channel_id = f"D{channel_id}"
        channel = self.channel(channel_id)
        if channel.archived:
            raise Refused("is_archived", channel_id)
        if self.bot_user not in channel.members:
            raise Refused("not_in_channel", channel_id)
        return channel

    def readable(self, channel_id: object) -> Channel:
        """Return a channel whose history the bot's scopes let it read."""
        channel = self.writable(channel_id)
        self.need(_HISTORY[channel.id[0]])
        return channel

    def need(self, scope: str) -> None:
        """Refuse a call without this scope."""
        if scope not in self.scopes:
            raise Refused("missing_scope", scope)

    def say(self, channel_id: str, user: str, text: str, thread_ts: str | None = None) -> Message:
        """Let a user write a message."""
        message = Message(self.next_ts(), channel_id, user, text, thread_ts)
        self.channel(channel_id).messages.append(message)
        return message

    def post(self, channel: Channel, call: Json, **values: Any) -> Message:
        """Let the bot write a message."""
        thread_ts = call.get("thread_ts")
        if thread_ts is not None and all(message.ts != thread_ts for message in channel.messages):
            raise Refused("thread_not_found", str(thread_ts))
        message = Message(
            self.next_ts(), channel.id, self.bot_user, call.get("text", ""), thread_ts, call.get("blocks", []),
            metadata=call.get("metadata"), by_bot=True, **values,
        )  # fmt: skip
        channel.messages.append(message)
        # A reply of the application ends the status that its thread shows.
        self.showing.pop((channel.id, thread_ts or ""), None)
        return message

    def answers(self, channel_id: str, thread_ts: str | None = None) -> list[Message]:
        """Return the bot's messages in a channel, of one thread only if one is given."""
        found = (message for message in list(self.channel(channel_id).messages) if message.by_bot)
        return [message for message in found if thread_ts is None or message.thread_ts == thread_ts]
