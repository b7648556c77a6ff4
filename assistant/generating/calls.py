"""The values of one call of a model: what it is told, the pieces it says, and how long anybody waits."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.listening import NOBODY, Listener


@dataclass(frozen=True, slots=True)
class Call:
    """What a model is told, and the JSON schema of what it is to say."""

    system: str
    user: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a reply; the last one tells the tokens that were read and written."""

    text: str
    tokens_read: int = 0
    tokens_written: int = 0


@dataclass(frozen=True, slots=True)
class Patience:
    """Until when (time.monotonic) an answer is waited for, and by whom."""

    until: float
    listener: Listener = NOBODY

    @classmethod
    def of(cls, seconds: float, listener: Listener = NOBODY) -> "Patience":
        """Begin to wait now."""
        return cls(time.monotonic() + seconds, listener)

    @property
    def left(self) -> float:
        """The seconds that are left."""
        return self.until - time.monotonic()


class Model(Protocol):
    """A language model; a fake one serves tests."""

    @property
    def name(self) -> str:
        """What the settings call it."""
        ...

    @property
    def settings(self) -> Mapping[str, object]:
        """What its replies depend on, kept with every answer."""
        ...

    @property
    def room(self) -> int:
        """The characters that a prompt may have."""
        ...

    def stream(self, call: Call, patience: Patience) -> Iterator[Piece]:
        """Yield the reply piece by piece, to its proper end.

        Raises:
            ModelFault: there is no whole reply; pieces may have come before.

        """
        ...


@dataclass(slots=True)
class Spent:
    """The tokens that the calls of one answer took."""

    read: int = 0
    written: int = 0

    def add(self, piece: Piece) -> None:
        """Count a piece."""
        self.read += piece.tokens_read
        self.written += piece.tokens_written


def whole_reply(model: Model, call: Call, patience: Patience, spent: Spent) -> str:
    """Return a reply when it has ended.

    Raises:
        ModelFault: there is no whole reply.

    """
    said = ""
    for piece in model.stream(call, patience):
        spent.add(piece)
        said += piece.text
    return said
