"""Pieces of a reply in, the same without what the model thinks aloud (<think>…</think>) out."""

import re
from collections.abc import Iterable, Iterator

from assistant.generating.calls import Piece

_OPENING, _CLOSING = "<think>", "</think>"


def without_thoughts(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Leave out thoughts, even when a tag comes in several pieces; the tokens are kept."""
    held, thinking = "", False
    for piece in pieces:
        said, held, thinking = _split(held + piece.text, thinking)
        yield Piece(said, piece.tokens_read, piece.tokens_written)
    if held and not thinking:
        yield Piece(held)


def _split(text: str, thinking: bool) -> tuple[str, str, bool]:
    """What may be said of a text, what must wait for more of it, and whether a thought is still open."""
    said = ""
    while True:
        tag = _CLOSING if thinking else _OPENING
        before, found, after = text.partition(tag)
        if found:
            said += "" if thinking else before
            text, thinking = after, not thinking
            continue
        waiting = _beginning_of(tag, text)
        said += "" if thinking else text[: len(text) - len(waiting)]
        return said, waiting, thinking


def _beginning_of(tag: str, text: str) -> str:
    """The end of a text that may be the beginning of a tag."""
    starts = "|".join(re.escape(tag[:length]) for length in range(len(tag) - 1, 0, -1))
    found = re.search(rf"(?:{starts})$", text)
    return found[0] if found else ""
