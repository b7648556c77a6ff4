"""Conditions on plan items as text, from a web address or a command line, in; checked and as an ItemFilter out."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.channels.schemas import Name
from vectorstore.item_filter import ItemFilter

Missing = Literal["owner", "progress", "status", "schedule", "goal", "result", "issues", "next_steps", "title"]


class ItemQuery(BaseModel):
    """Conditions that all hold for a selected item; an absent or empty one is no condition, an unknown one an error."""

    model_config = ConfigDict(extra="forbid")

    municipality: Name | None = None
    plan: Name | None = None
    document_id: Name | None = None
    section: list[Name] | None = Field(None, description="A section's name; repeated: the path from the top.")
    owner: Name | None = Field(None, description="One department, as in `owners`.")
    fiscal_year: int | None = Field(None, ge=1900, le=2200, description="Western year: 令和7年度 is 2025.")
    status: Name | None = None
    progress: Name | None = None
    missing: Missing | None = Field(None, description="Items in which this field is empty.")
    q: Name | None = Field(None, description="Text that the item contains.")
    sort: str = Field(
        "document",
        pattern="^-?(document|municipality|plan|section|number|title|owner|fiscal_year|status|progress|confidence)$",
        description="document, municipality, plan, section, number, title, owner, fiscal_year, status, progress or "
        "confidence; a leading - reverses.",
    )

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, given: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in given.items() if value not in ("", [""])}

    def to_filter(self) -> ItemFilter:
        """Return the same conditions as a filter."""
        names = ("municipality", "plan", "document_id", "owner", "fiscal_year", "status", "progress", "missing")
        chosen: dict[str, Any] = {name: getattr(self, name) for name in names}
        return ItemFilter(**chosen, section=tuple(self.section) if self.section else None, text=self.q)


class ItemPageQuery(ItemQuery):
    """The same, a page at a time."""

    limit: int = Field(50, ge=1, le=1000)
    cursor: str | None = Field(None, max_length=4000, description="`next_cursor` of the page before.")


class ItemFileQuery(ItemQuery):
    """The same, for a file with a header line."""

    headings: Literal["ja", "en"] | None = Field(
        None, description="Language of the header line; the names of the API in CSV, Japanese in XLSX by default."
    )
