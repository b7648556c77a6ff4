"""Looking at what Slack shows: waiting for it, reading its words, finding its buttons."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from tests.server.recording_slack.refusing import Json
from tests.server.recording_slack.workspace import Message, Workspace

Found = TypeVar("Found")
PATIENCE_SECONDS = 20.0


def wait_for(look: Callable[[], Found], seconds: float = PATIENCE_SECONDS, told: str = "") -> Found:
    """Return what is looked for as soon as there is something."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, told or "it did not come"
        time.sleep(0.01)
    return found


def wait_for_answer(team: Workspace, question: Message, number: int = 1) -> Message:
    """Return the bot's n-th finished message in the thread of a question."""
    thread_ts = question.thread_ts or question.ts

    def finished() -> list[Message]:
        return [one for one in team.answers(question.channel, thread_ts) if one.metadata and not one.streaming]

    return wait_for(lambda: finished()[number - 1 :], told=f"no answer {number} to {question.text!r}")[0]


def words_of(shown: Message | Json | Iterable[Json]) -> str:
    """Return all words of a message or of blocks."""
    if isinstance(shown, Message):
        return "\n".join([shown.markdown, *_words(shown.blocks)])
    return "\n".join(_words(shown))


def elements_of(shown: Message | Json, name: str) -> list[Json]:
    """Return the buttons and menus whose action id is, or begins before a colon with, `name`."""
    blocks = shown.blocks if isinstance(shown, Message) else shown["blocks"]
    return [one for one in _dicts(blocks) if str(one.get("action_id", "")).partition(":")[0] == name]


def blocks_of(shown: Message | Json, kind: str) -> list[Json]:
    """Return the blocks of a type."""
    blocks = shown.blocks if isinstance(shown, Message) else shown["blocks"]
    return [block for block in blocks if block["type"] == kind]


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name in (
                "text",
                "elements",
                "rows",
                "fields",
                "label",
                "caption",
                "title",
                "blocks",
                "element",
                "options",
            ) or name in ("initial_value", "placeholder", "positive_button", "negative_button", "accessory"):
                yield from _words(inner)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from _words(inner)


def _dicts(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _dicts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _dicts(inner)
