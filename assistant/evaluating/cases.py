"""A file of questions in, each with what a right answer must hold out."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from assistant.answers import Audience, Question, Scope, Turn
from assistant.errors import WrongUsage

# What is told besides is for people, or for other judges of the same files.
_KEYS = frozenset(
    name
    for line in (
        "id question history scope audience type kind language answerable clarify reason",
        "facts any_of forbidden forbidden_end absent cite expected_items expected_count compute derived gold_rule note",
    )
    for name in line.split()
)
_AUDIENCES = get_args(Audience)


@dataclass(frozen=True, slots=True)
class Case:
    """A question and what its answer must hold; None and () require nothing.

    `any_of` are groups of which one text each must occur; `cited` are texts of which one must be cited; `kind` is what
    is asked (owner, list, definition, …), `reason` why it is not to be answered.
    """

    id: str
    question: Question
    outcomes: tuple[str, ...]
    facts: tuple[str, ...] = ()
    any_of: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    items: tuple[str, ...] | None = None
    count: int | None = None
    cited: tuple[str, ...] = ()
    kind: str = ""
    reason: str | None = None

    @property
    def is_answerable(self) -> bool:
        """Tell whether an answer, or a question back, is what is wanted."""
        return "not_found" not in self.outcomes


def read_cases(file: Path) -> Iterator[Case]:
    """Read a file with one JSON object per line: question, and any of answerable, clarify, facts, any_of, forbidden, ….

    Raises:
        WrongUsage: the file cannot be read, or a line is no such object.

    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(f"{file}: {error}; name a UTF-8 file with one JSON object per line") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _parsed(line, f"{file}:{number}")


def _parsed(line: str, where: str) -> Case:
    try:
        return _to_case(json.loads(line), where)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise WrongUsage(f"{where}: {type(error).__name__} {error}; a line is one object with a question") from None


def _to_case(given: Mapping[str, Any], where: str) -> Case:
    if unknown := sorted(given.keys() - _KEYS):
        raise WrongUsage(f"{where}: unknown key {', '.join(unknown)}; known: {', '.join(sorted(_KEYS))}")
    scope = given.get("scope") or {}
    history = tuple(Turn(turn["role"], turn["content"]) for turn in given.get("history") or ())
    audience: Audience = given.get("audience") or "citizen"
    if audience not in _AUDIENCES:
        raise WrongUsage(f"{where}: unknown audience {audience!r}; use {' or '.join(_AUDIENCES)}")
    inside = Scope(scope.get("municipality"), scope.get("plan"))
    question = Question(given["question"], history, inside, audience, channel="trial")
    items = given.get("expected_items")
    return Case(
        id=given.get("id") or where,
        question=question,
        outcomes=_outcomes(given),
        facts=tuple(given.get("facts") or ()),
        any_of=tuple(map(tuple, given.get("any_of") or ())),
        forbidden=tuple(given.get("forbidden") or ()),
        items=None if items is None else tuple(items),
        count=given.get("expected_count"),
        cited=tuple(place.get("item_title") or place.get("quote") or "" for place in given.get("cite") or ()),
        kind=str(given.get("type") or ""),
        reason=given.get("reason"),
    )


def _outcomes(given: Mapping[str, Any]) -> tuple[str, ...]:
    if not given.get("answerable", True):
        return ("not_found", "refused")
    return ("clarify",) if given.get("clarify") else ("answered",)
