"""The pieces of a model's JSON reply in, its sentences out as soon as each is whole."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from assistant.generating.calls import Piece, Spent
from assistant.generating.schemas import parse_as

Completeness = Literal["complete", "partial", "none"]

_MARK = re.compile(r"\s*[\[［【](\d{1,3})[\]］】]")
# A quote is one piece, whatever ends inside it.
_SENTENCE = re.compile(r"(?:「[^「」]*(?:」|$)|[^「。\n])*(?:。(?:\s*[\[［【]\d{1,3}[\]］】])*|\n|$)")
# Only these can end a sentence: nothing is parsed while none of them came.
_ENDING = re.compile(r"[。\]］】\"}n]")


class Reply(BaseModel):
    """What the model is asked for, in this order, so that the text can be checked while it comes."""

    quote_ids: list[int]
    completeness: Completeness
    answer: str


_NOTHING = Reply(quote_ids=[], completeness="none", answer="")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence without its marks, and the numbers of the passages it points at; without marks, those of all."""

    text: str
    numbers: tuple[int, ...]


def reply_schema(numbers: Iterable[int]) -> dict[str, Any]:
    """Return the JSON schema of a reply that may cite only these passages."""
    ids = {"type": "array", "items": {"type": "integer", "enum": sorted(numbers)}}
    completeness = {"type": "string", "enum": ["complete", "partial", "none"]}
    return {
        "type": "object",
        "properties": {"quote_ids": ids, "completeness": completeness, "answer": {"type": "string"}},
        "required": ["quote_ids", "completeness", "answer"],
        "additionalProperties": False,
    }


class ReplyStream:
    """Reads a reply while it comes; `reply` is there when it has ended."""

    def __init__(self, pieces: Iterable[Piece], spent: Spent) -> None:
        self._pieces = pieces
        self._spent = spent
        self._text = ""
        self.reply: Reply | None = None

    def sentences(self) -> Iterator[Sentence]:
        """Yield every sentence of a complete answer once.

        Raises:
            ModelFault: there is no whole reply, or none of the form that was asked for.

        """
        given = 0
        for piece in self._pieces:
            self._spent.add(piece)
            self._text += piece.text
            if _ENDING.search(piece.text):
                begun = self._begun()
                whole = _whole_sentences(begun.answer)
                yield from _read(whole[given:], begun.quote_ids)
                given = max(given, len(whole))
        self.reply = parse_as(Reply, self._text)
        if self.reply.completeness == "complete":
            yield from _read(_split(self.reply.answer)[given:], self.reply.quote_ids)

    def _begun(self) -> Reply:
        """The reply as far as it has come; no answer while it is not known to be complete."""
        from langchain_core.utils.json import parse_partial_json

        try:
            begun = Reply.model_validate(parse_partial_json(self._text))
        except (ValueError, RecursionError):
            return _NOTHING
        return begun if begun.completeness == "complete" else _NOTHING


def _whole_sentences(begun: str) -> list[str]:
    """All sentences but the last, which may still go on; with a mark before its 。it does not."""
    parts = _split(begun)
    if parts and not (begun.endswith("\n") or re.search(r"[\]］】]。$", parts[-1])):
        parts.pop()
    return parts


def _split(text: str) -> list[str]:
    return [match[0] for match in _SENTENCE.finditer(text) if match[0].strip()]


def _read(parts: Iterable[str], of_all: Iterable[int]) -> Iterator[Sentence]:
    for part in parts:
        numbers = tuple(dict.fromkeys(int(number) for number in _MARK.findall(part)))
        text = _MARK.sub("", part).strip()
        if text:
            yield Sentence(text, numbers or tuple(of_all))
