"""Turns of a conversation in, the same turns out when it continues: what a follow-up question may refer to."""

import uuid
from dataclasses import dataclass
from typing import Protocol

from assistant.answers import Answer, Turn

KEPT_TURNS = 20


@dataclass(frozen=True, slots=True)
class Exchange:
    """An answer under its own id, and the conversation it belongs to."""

    answer_id: str
    conversation_id: str
    answer: Answer


class TurnStore(Protocol):
    """Where turns are kept, by conversation and in order; the catalogue is one."""

    def turns(self, conversation_id: str, limit: int) -> tuple[tuple[str, str], ...]:
        """Return the last `limit` (role, content) pairs, oldest first."""
        ...

    def add_turns(self, conversation_id: str, turns: tuple[tuple[str, str], ...]) -> None:
        """Append (role, content) pairs."""
        ...


class Conversations:
    """The stored conversations 会話 of all channels."""

    def __init__(self, store: TurnStore) -> None:
        self._store = store

    def resume(self, conversation_id: str | None) -> tuple[str, tuple[Turn, ...]]:
        """Return the conversation's id and turns; an unknown id starts a new conversation under a new id."""
        turns = self._store.turns(conversation_id, KEPT_TURNS) if conversation_id else ()
        if conversation_id and turns:
            return conversation_id, tuple(Turn("user" if role == "user" else "assistant", text) for role, text in turns)
        return new_id(), ()

    def remember(self, conversation_id: str, question: str, answer: Answer) -> None:
        """Keep one exchange; what was refused is kept out, so that it can neither be read nor referred to later."""
        if answer.outcome != "refused":
            self._store.add_turns(conversation_id, (("user", question), ("assistant", answer.text)))


def new_id() -> str:
    """Return an id that cannot be guessed."""
    return uuid.uuid4().hex
