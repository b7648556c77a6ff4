"""The values of one exchange: Question in, Answer with citations out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.source_address import source_address
from ingest.places import Place
from ingest.plan_items import PlanItem

# How an answer's text refers to its citations.
CITATION_MARK = re.compile(r"\[(\d+)\]")

Audience = Literal["staff", "citizen", "coordinator"]
Outcome = Literal["answered", "clarify", "not_found", "refused"]
Reason = Literal[
    "not_in_plans",
    "not_stated",
    "out_of_scope",
    "personal_data",
    "manipulation",
    "harmful",
    "too_long",
    "several_items",
    "several_municipalities",
    "unclear",
]
# Which reasons an outcome may have: each is counted.
REASONS: dict[Outcome, tuple[Reason, ...]] = {
    "answered": (),
    "clarify": ("several_items", "several_municipalities", "unclear"),
    "not_found": ("not_in_plans", "not_stated"),
    "refused": ("out_of_scope", "personal_data", "manipulation", "harmful", "too_long"),
}
Mode = Literal["lookup", "extract", "generate"]
# Where it was asked; a "trial" of the program itself (warming up, evaluation) is no question of anybody's.
Channel = Literal["api", "web", "slack", "terminal", "mcp", "trial"]
Rating = Literal["up", "down"]
StepName = Literal["understanding", "composing", "rewriting"]
# What a citation rests on: the print of a document, or what staff corrected in it.
SourceKind = Literal["print", "correction"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance of a conversation 会話."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What the user has selected: an answer stays inside it."""

    municipality: str | None = None
    plan: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked 質問, where, and after what."""

    text: str
    history: tuple[Turn, ...] = ()
    scope: Scope = Scope()
    audience: Audience = "citizen"
    language: str | None = None
    channel: Channel = "api"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement of the answer is printed 出典; `quote` is verbatim source text.

    Of the `kind` "correction", `quote` is what staff corrected at that place, when and why.
    `page_url` is the address of a picture of its page with the place marked, where the document has pages; `place` is
    that page, or the sheet and cells, or the paragraph.
    `cited` are the places of all citations of the answer, this one among them, as source_address.place_of makes them.
    """

    number: int
    source: str
    document_id: str
    title: str
    municipality: str | None
    section: tuple[str, ...]
    quote: str
    line_start: int
    line_end: int
    item_id: str | None = None
    item_title: str | None = None
    page: int | None = None
    page_url: str | None = None
    kind: SourceKind = "print"
    cited: tuple[str, ...] = ()
    place: Place | None = None

    @property
    def url(self) -> str:
        """Address of the source viewer with the quote marked, and the way to the other places cited."""
        quote = self.quote if self.kind == "print" else ""
        return source_address(self.document_id, self.line_start, self.line_end, quote, self.cited)


@dataclass(frozen=True, slots=True)
class ModelStep:
    """One call of a language model: which step with which prompt, how it ended, and why sentences were removed.

    `outcome` is "used", the name of a fault, or why the rules' own answer was shown.
    """

    step: StepName
    prompt: str
    outcome: str
    removed: tuple[str, ...] = ()
    tokens_read: int = 0
    tokens_written: int = 0
    milliseconds: float = 0.0


@dataclass(frozen=True, slots=True)
class ModelUse:
    """Which language model took part in an answer, with which settings, and in which steps."""

    model: str
    settings: Mapping[str, object]
    steps: tuple[ModelStep, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one question 回答: `text` is Markdown with [1] marks, one per citation.

    `items` and `total` are complete for lists, counts and questions back; otherwise () and None.
    `timings` are milliseconds by step; `tokens` how many a language model read and wrote for it; `intent` is what the
    question was understood to want.
    """

    outcome: Outcome
    text: str
    reason: Reason | None = None
    citations: tuple[Citation, ...] = ()
    items: tuple[PlanItem, ...] = ()
    total: int | None = None
    filters: Mapping[str, object] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    mode: Mode = "lookup"
    timings: Mapping[str, float] = field(default_factory=dict)
    tokens: tuple[int, int] = (0, 0)
    model_use: ModelUse | None = None
    intent: str | None = None

    @property
    def is_list(self) -> bool:
        """Whether it is a list of items, which is shown as a table."""
        return self.outcome == "answered" and bool(self.items) and self.total is not None
