"""What a question was understood to ask."""

from dataclasses import dataclass, field
from typing import Literal

from vectorstore.item_filter import ItemFilter

Language = Literal["ja", "en"]
Intent = Literal["item", "list", "count", "compare", "changes", "definition", "prose", "unclear", "greeting"]
AskedField = Literal[
    "owner", "schedule", "goal", "status", "progress", "result", "issues", "next_steps", "content", "title"
]
# A year may be the one in which something ends, the latest one, or the last one in which it has not ended.
Deadline = Literal["in", "by", "after"]


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A municipality named in a question; `known` says whether any of its plans is loaded."""

    name: str
    known: bool


@dataclass(frozen=True, slots=True)
class Manner:
    """How the answer is wanted.

    `units` are the counters a wanted number must carry (人, 円, %); `needs` are patterns of what must be printed for
    there to be an answer, `details` what they are called; `goal_marks` the numbered goals that are asked about.
    """

    summary: bool = False
    breakdown: bool = False
    number: bool = False
    person: bool = False
    deadline: Deadline | None = None
    only_branches: bool = False
    units: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    goal_marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """One stand-alone request.

    `text` is the question without orders to the machine; `query` is what the indexes are asked: the text without place
    names, or an English question's words in Japanese; `subject` is what remains of it when conditions and question
    words are taken out. `fields` are in the order of asking. `documents` are ids that answers may rest on.
    `items` are ids that the question or conversation settles; `excluded_items` those that "the other one" leaves out.
    `without` is what listed items must not meet; `progresses` are several progress values that one word covers;
    `unknown_words` are English words that the glossary lacks; `claimed_owner` and `claimed_year` are what the
    asker believes.
    """

    text: str
    intent: Intent
    language: Language
    subject: str
    query: str = ""
    fields: tuple[AskedField, ...] = ()
    filter: ItemFilter = field(default_factory=ItemFilter)
    without: ItemFilter = field(default_factory=ItemFilter)
    progresses: tuple[str, ...] = ()
    municipalities: tuple[NamedPlace, ...] = ()
    documents: frozenset[str] | None = None
    items: tuple[str, ...] = ()
    excluded_items: tuple[str, ...] = ()
    among_previous: bool = False
    manner: Manner = field(default_factory=Manner)
    claimed_owner: str | None = None
    claimed_year: int | None = None
    unknown_owner: str | None = None
    unknown_section: str | None = None
    unknown_plan: str | None = None
    unknown_words: tuple[str, ...] = ()
