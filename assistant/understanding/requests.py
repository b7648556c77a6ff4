"""What a question was understood to ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from vectorstore.item_filter import ItemFilter

Language = Literal["ja", "en"]
Intent = Literal["item", "list", "count", "compare", "changes", "definition", "prose", "unclear", "greeting"]
AskedField = Literal[
    "owner", "schedule", "goal", "status", "progress", "result", "issues", "next_steps", "content", "title"
]
# "during": one of the years is in the schedule; "from": that year or a later one is; the others speak of its end:
# in, by, before or after a year, or "since" it; "starts" of its beginning.
Relation = Literal["during", "from", "starts", "in", "by", "before", "after", "since"]


@dataclass(frozen=True, slots=True)
class Due:
    """When listed items are to be done; several `years` only for "during", from first to last if `is_range`."""

    relation: Relation
    years: tuple[int, ...]
    is_range: bool = False


@dataclass(frozen=True, slots=True)
class Several:
    """Conditions of one kind, of which an item meets any, or `every` one: two departments, two sections."""

    filters: tuple[ItemFilter, ...]
    every: bool = False


# By what a count is to be given in parts.
Breakdown = Literal["section", "owner", "fiscal_year", "status", "progress", "municipality", "plan"]


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
    breakdown: Breakdown | None = None
    number: bool = False
    person: bool = False
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
    `without` is what listed items must not meet; `several` are further conditions with alternatives; `carried` are
    those of the earlier question whose items this one is about. `report_years` are the years whose reports are meant.
    `unknown_words` are English words that the glossary lacks; `unread_progress` is a word of progress that no printed
    class answers to; `claimed_owner` and `claimed_year` are what the
    asker believes; `meant_years` is what year each relative word (今年度) was taken for.
    """

    text: str
    intent: Intent
    language: Language
    subject: str
    query: str = ""
    fields: tuple[AskedField, ...] = ()
    filter: ItemFilter = field(default_factory=ItemFilter)
    without: tuple[ItemFilter, ...] = ()
    several: tuple[Several, ...] = ()
    due: Due | None = None
    carried: Mapping[str, object] = field(default_factory=dict)
    report_years: tuple[int, ...] = ()
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
    unread_progress: str | None = None
    unknown_words: tuple[str, ...] = ()
    meant_years: Mapping[str, int] = field(default_factory=dict)

    def is_on(self, name: str) -> bool:
        """Tell whether a condition on the field `name` is set: one, with alternatives, or one that excludes."""
        alternatives = (one for several in self.several for one in several.filters)
        return any(name in one.conditions for one in (self.filter, *alternatives, *self.without))

    @property
    def has_conditions(self) -> bool:
        """Tell whether listed items must meet any condition."""
        return self.filter != ItemFilter() or bool(self.without or self.several or self.due)
