"""What a question was understood to ask."""

from dataclasses import dataclass, replace
from typing import Literal

from vectorstore.item_filter import ItemFilter

Language = Literal["ja", "en"]
Intent = Literal["item", "list", "count", "compare", "definition", "unclear"]
AskedField = Literal[
    "owner", "schedule", "goal", "status", "progress", "result", "issues", "next_steps", "content", "title"
]


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A municipality named in a question; `known` says whether any of its plans is loaded."""

    name: str
    known: bool


@dataclass(frozen=True, slots=True)
class Request:
    """One stand-alone request.

    `query` is what the indexes are asked: the question without place names, an English one word by word in Japanese.
    `text` is the question without orders to the machine; `subject` is what remains of it when conditions and question
    words are taken out. `fields` are asked for in the order of asking. `documents` are the ids an answer may rest on
    (None = all). `items` are ids the conversation already settled; `excluded_items` those that "the other one" leaves out.
    `unknown_words` are English words that the glossary lacks. `units` are the counters a wanted number must carry (人, 円, %); `ordinal` an item number given instead of a name.
    """

    text: str
    intent: Intent
    language: Language
    subject: str
    query: str = ""
    fields: tuple[AskedField, ...] = ()
    filter: ItemFilter = ItemFilter()
    municipalities: tuple[NamedPlace, ...] = ()
    documents: frozenset[str] | None = None
    items: tuple[str, ...] = ()
    excluded_items: tuple[str, ...] = ()
    summary: bool = False
    verbatim: bool = False
    confirm: bool = False
    among_previous: bool = False
    units: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    asks_person: bool = False
    asks_number: bool = False
    count_breakdown: bool = False
    claimed_owner: str | None = None
    unknown_owner: str | None = None
    goal_mark: tuple[str, ...] = ()
    only_branches: bool = False
    is_deadline: bool = False
    ordinal: str | None = None
    unknown_words: tuple[str, ...] = ()
    unknown_plan: str | None = None
    progresses: tuple[str, ...] = ()

    def within(self, documents: frozenset[str]) -> "Request":
        """Return the same request restricted to `documents`."""
        return replace(self, documents=documents)
