"""The JSON of the HTTP contract: request and response models, and how our values become them."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, computed_field

from assistant.answers import Audience, Mode, Outcome, Rating, Reason, SourceKind
from assistant.channels import examples
from assistant.channels.model_schemas import ModelUseOut

LONGEST_TEXT = 20_000

Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
Name = Annotated[str, Field(max_length=300)]


class _Value(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True)


class TurnIn(_Value):
    """One earlier utterance."""

    role: Literal["user", "assistant"]
    content: Text


class ScopeIn(_Value):
    """What the user has selected: the answer stays inside it."""

    municipality: Name | None = None
    plan: Name | None = None


class AskRequest(_Value):
    """A question with its context; `history`, when given, is used instead of the stored conversation."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.ASK_REQUEST]})

    question: Text = Field(description="1–500 characters; a longer one is refused with reason too_long.")
    conversation_id: Annotated[str, Field(max_length=100)] | None = Field(None, description="From an earlier reply.")
    history: Annotated[list[TurnIn], Field(max_length=100)] | None = None
    scope: ScopeIn | None = None
    audience: Audience = "citizen"
    language: Annotated[str, Field(max_length=35)] | None = Field(
        None, description="ja, en; with a language model also ja-easy, zh, ko, pt, vi. The question's own by default."
    )
    channel: Literal["api", "web"] = Field("api", description="web: asked by a person, in the chat on a page.")


class PlaceOut(_Value):
    """Where something stands in a file without lines: page and box of a PDF, sheet and cells, paragraph of a text."""

    page: int | None
    box: tuple[float, float, float, float] | None = Field(description="x0, top, x1, bottom in points.")
    sheet: str | None
    cells: str | None
    paragraph: int | None


class CitationOut(_Value):
    """Where a statement is printed; `quote` is verbatim source text and `url` opens it."""

    number: int
    source: str
    document_id: str
    title: str
    municipality: str | None
    section: list[str]
    item_id: str | None
    item_title: str | None
    page: int | None
    line_start: int
    line_end: int
    quote: str
    url: str
    page_url: str | None = Field(None, description="A picture of the page with the place marked; null without pages.")
    kind: SourceKind = Field("print", description="correction: `quote` tells what staff corrected at this place.")
    place: PlaceOut | None = None


class FootnoteOut(_Value):
    """A footnote that an item refers to."""

    mark: str
    term: str | None
    text: str


class RepairOut(_Value):
    """A misread print: as printed and as repaired."""

    field: str
    raw: str
    clean: str


class CorrectionOut(_Value):
    """A field that staff corrected: as printed, as corrected, why and when."""

    field: str
    raw: str
    value: str
    reason: str
    date: str
    print_changed: bool = Field(description="The document has printed something else since; staff will look at it.")


class ItemOut(_Value):
    """A plan item; absent values are null or []. Fiscal years are western years (令和7年度 = 2025)."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.ITEM]})

    id: str
    source: str
    document_id: str
    municipality: str | None
    plan: str
    section: list[str]
    section_statement: str | None
    number: str | None
    title: str
    title_is_printed: bool
    status: str | None
    content: str | None
    goals: list[str]
    goal_fiscal_years: list[int]
    schedule: str | None
    schedule_kind: str | None
    target_fiscal_years: list[int]
    owners: list[str]
    owner_text: str | None
    owners_by_goal: dict[str, list[str]]
    progress: str | None
    result: str | None
    issues: str | None
    next_steps: str | None
    plan_summary: str | None
    footnotes: list[FootnoteOut]
    page: int | None
    line_start: int
    line_end: int
    confidence: float
    repairs: list[RepairOut]
    corrections: list[CorrectionOut] = []
    fields: dict[str, str]
    place: PlaceOut | None = None


class ChoiceOut(_Value):
    """What a question back offers, and the question that choosing it asks."""

    label: str
    question: str


class AskResponse(_Value):
    """An answer with its sources; every outcome but `answered` carries a sentence that helps."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.ASK_RESPONSE]})

    answer_id: str
    conversation_id: str
    outcome: Outcome
    reason: Reason | None
    answer: str
    answer_html: str
    citations: list[CitationOut]
    items: list[ItemOut]
    total: int | None
    list_url: str | None = Field(None, description="A page with the same rows; null where filters do not select them.")
    filters: dict[str, Any]
    suggestions: list[str]
    choices: list[ChoiceOut] = Field([], description="For clarify: what can be meant.")
    mode: Mode
    timings: dict[str, float]
    model_use: ModelUseOut | None = Field(None, description="Null where no language model was asked.")


class FeedbackRequest(_Value):
    """Whether an answer was helpful."""

    answer_id: Annotated[str, Field(min_length=1, max_length=100)]
    rating: Rating
    comment: Annotated[str, Field(max_length=3000)] | None = None


class FacetOut(_Value):
    """A value that items have, and how many have it."""

    value: str | int
    count: int


class ItemsResponse(_Value):
    """One page of the selected items; `total` and `facets` count all of them."""

    items: list[ItemOut]
    total: int
    next_cursor: str | None
    facets: dict[str, list[FacetOut]]


class RemarkOut(_Value):
    """Something worth knowing about how a document was read."""

    line: int | None
    message: str


class PrintedTotalOut(_Value):
    """A count that the document prints, beside the number of items found."""

    section: list[str]
    label: str
    printed: int
    found: int
    line: int


class ReportOut(_Value):
    """How well a document was read."""

    items_by_section: dict[str, int]
    missing: dict[str, int]
    repairs: list[RepairOut]
    printed_totals: list[PrintedTotalOut]
    not_understood: list[RemarkOut]
    remarks: list[RemarkOut]


class DocumentOut(_Value):
    """An ingested plan document."""

    id: str
    source: str
    title: str
    title_is_printed: bool
    municipality: str | None
    period: list[int] | None = Field(description="First and last fiscal year, as western years.")
    encoding: str
    content_hash: str
    revision: int
    ingested_at: datetime
    item_count: int
    passage_count: int
    as_of: str | None = Field(None, description="The date of what it says, as printed.")
    kind: str | None = Field(None, description="plan or report, where it was told.")
    series: str | None = Field(None, description="What it is a version of, where it was told.")
    superseded_by: str | None = Field(None, description="Id of the newer version, or of the same in another format.")
    relation: str | None = Field(None, description="revision, successor or format: what it is to that one.")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def url(self) -> str:
        """Address of the document's lines."""
        return f"/documents/{self.id}"


class DocumentDetail(DocumentOut):
    """A document with its ingest report."""

    report: ReportOut


class DocumentsResponse(_Value):
    """All ingested documents."""

    documents: list[DocumentOut]
    total: int


class AskOut(_Value):
    """A field that could not be read and should be told, by uploading the file again with it."""

    field: Literal["title", "municipality"]
    question: str


class IngestedOut(_Value):
    """What an upload did, and what it could not tell and asks for."""

    outcome: Literal["added", "replaced", "unchanged", "deleted", "failed"]
    remarks: list[str]
    asks: list[AskOut] = []
    document: DocumentDetail


class Health(_Value):
    """The state of the process or of its stores."""

    status: Literal["ok"]
    corpus_version: int | None = None
    documents: int | None = None
    items: int | None = None
