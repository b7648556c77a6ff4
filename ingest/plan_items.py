"""What a plan says, as values: PlanItem 取組項目, Passage 引用単位, and the report of how they were read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ingest.normalize import squeeze
from ingest.places import Place

ScheduleKind = Literal["every_year", "by", "from", "range", "single", "several", "other"]
PassageKind = Literal["item", "paragraph", "list", "footnote", "table"]


@dataclass(frozen=True, slots=True)
class Repair:
    """One correction of a misread print: both readings of `field`, as printed and as repaired."""

    field: str
    raw: str
    clean: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction 訂正 by staff: `field` as printed and as staff say it is, why, and on which day (2026-04-01).

    `print_changed` tells that the document has printed something else since: someone must look at it again.
    """

    field: str
    raw: str
    value: str
    reason: str
    date: str
    id: int = 0
    print_changed: bool = False


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote 注 that an item or passage refers to: its printed mark (※5), the word it explains, its text."""

    mark: str
    text: str
    term: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One row of a plan 取組項目; absent values are None or empty, never guessed.

    Fiscal years are western years in which the Japanese fiscal year starts (令和7年度 = 2025).
    `target_fiscal_years` come from the schedule column (or, without one, from milestones in the text);
    `goal_fiscal_years` are the years the goal aims at, baselines left out.
    `printed` holds the verbatim cell of every field, by field name, and the whole row under "row": quotes come from it.
    `corrections` are those by staff that the fields hold already; what they replaced stays in `printed`.
    """

    id: str
    document_id: str
    source: str
    municipality: str | None
    plan: str
    section: tuple[str, ...]
    number: str | None
    title: str
    line_start: int
    line_end: int
    title_is_printed: bool = True
    section_statement: str | None = None
    status: str | None = None
    content: str | None = None
    goals: tuple[str, ...] = ()
    goal_fiscal_years: tuple[int, ...] = ()
    schedule: str | None = None
    schedule_kind: ScheduleKind | None = None
    target_fiscal_years: tuple[int, ...] = ()
    owners: tuple[str, ...] = ()
    owner_text: str | None = None
    owners_by_goal: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    progress: str | None = None
    result: str | None = None
    issues: str | None = None
    next_steps: str | None = None
    plan_summary: str | None = None
    footnotes: tuple[Footnote, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    printed: Mapping[str, str] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    confidence: float = 1.0
    place: Place | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def page(self) -> int | None:
        """The page it stands on, where its file has pages."""
        return self.place.page if self.place else None

    @property
    def goals_are_described(self) -> bool:
        """Whether its description says the goals, for want of a column for them."""
        return bool(self.goals) and all(squeeze(goal) in squeeze(self.content or "") for goal in self.goals)


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest piece of a document that can be found and cited 引用単位.

    `text` is verbatim source (markup tags removed); `search_text` is what is indexed, with its context labelled.
    An item's passage has its `item_id`; a footnote's `term` is the word it explains.
    """

    id: str
    document_id: str
    source: str
    municipality: str | None
    plan: str
    section: tuple[str, ...]
    kind: PassageKind
    text: str
    search_text: str
    line_start: int
    line_end: int
    item_id: str | None = None
    term: str | None = None
    place: Place | None = None

    @property
    def page(self) -> int | None:
        """The page it stands on, where its file has pages."""
        return self.place.page if self.place else None

    @property
    def table_header(self) -> str:
        """The header of the table that its rows were cut off from, which `search_text` holds above the text."""
        above = self.search_text.removesuffix(self.text).rstrip("\n").rsplit("\n", 1)[-1]
        return above if self.kind == "table" and "\t" in above else ""


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """A count or sum that the document itself prints, beside the number of items, or the sum of the rows, found."""

    section: tuple[str, ...]
    label: str
    printed: int
    found: int
    line: int


@dataclass(frozen=True, slots=True)
class ItemHeader:
    """The header of an item table: where it stands, its verbatim text, and its printed label of each field."""

    line: int
    line_end: int
    text: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the reader of a report must know: what it concerns, where it stands, what was done."""

    line: int | None
    message: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """How well one document was read: counts by section, gaps, repairs, totals compared, lines not understood."""

    items_by_section: Mapping[str, int]
    missing: Mapping[str, int]
    repairs: tuple[Repair, ...] = ()
    printed_totals: tuple[PrintedTotal, ...] = ()
    not_understood: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    facts: Mapping[str, int] = field(default_factory=dict)
    item_headers: tuple[ItemHeader, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document yields."""

    items: tuple[PlanItem, ...]
    passages: tuple[Passage, ...]
    report: IngestReport
