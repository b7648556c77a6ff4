"""Turns of a conversation in, the same turns out when it continues: what a follow-up question may refer to."""

import logging
import uuid
from dataclasses import dataclass
from typing import Protocol

from assistant.answers import Answer, Turn
from vectorstore.errors import VectorstoreError

KEPT_TURNS = 20

logger = logging.getLogger(__name__)


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

    def forget_conversation(self, conversation_id: str) -> bool:
        """Remove a conversation; False if there is none."""
        ...


class Conversations:
    """The stored conversations 会話 of all channels."""

    def __init__(self, store: TurnStore) -> None:
        self._store = store

    def resume(self, conversation_id: str | None) -> tuple[str, tuple[Turn, ...]]:
        """Return the conversation's id and turns; an unknown id starts a new conversation under a new id."""
        turns = self._turns(conversation_id) if conversation_id else ()
        return (conversation_id, turns) if conversation_id and turns else (new_id(), ())

    def remember(self, conversation_id: str, question: str, answer: Answer) -> None:
        """Keep one exchange; what was refused is kept out, so that it can neither be read nor referred to later."""
        if answer.outcome == "refused":
            return
        try:
            self._store.add_turns(conversation_id, (("user", question), ("assistant", answer.text)))
        except VectorstoreError as error:
            # An answer that is there is worth more than its being remembered.
            logger.warning("a turn was not kept: %s", error)

    def forget(self, conversation_id: str) -> bool:
        """Remove a conversation with all its turns; False if there is none."""
        return self._store.forget_conversation(conversation_id)

    def _turns(self, conversation_id: str) -> tuple[Turn, ...]:
        try:
            turns = self._store.turns(conversation_id, KEPT_TURNS)
        except VectorstoreError as error:
            logger.warning("a conversation was not found again: %s", error)
            return ()
        return tuple(Turn("user" if role == "user" else "assistant", text) for role, text in turns)


def new_id() -> str:
    """Return an id that cannot be guessed."""
    return uuid.uuid4().hex
