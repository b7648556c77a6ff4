"""Extracted values in, JSON texts out, and back to equal values."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeVar

import pydantic_core
from pydantic import TypeAdapter

Value = TypeVar("Value")


def to_json(value: object) -> str:
    """Write a frozen dataclass or tuple; control characters are escaped, so that every database takes the text."""
    # Any other kind of mapping is written as a dict is.
    return pydantic_core.to_json(value, fallback=dict).decode()


def from_json(kind: type[Value], texts: Iterable[str]) -> tuple[Value, ...]:
    """Read values of one kind; a field added since takes its default, one removed since is left out."""
    adapter = TypeAdapter(kind)
    return tuple(adapter.validate_json(text) for text in texts)


def moment_text(moment: datetime) -> str:
    """Return a moment as the text that is stored: in UTC, so that later ones sort behind."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
