"""The address of the board in; its conditions, view and columns, and the addresses of its links, out."""

from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, ConfigDict, Field

from assistant.board import View
from assistant.channels.item_query import ItemQuery
from assistant.channels.web.page import link

ColumnName = Literal[
    "title", "municipality", "plan", "section", "number", "status", "content", "goals", "schedule",
    "target_fiscal_years", "owners", "progress", "result", "issues", "next_steps", "source", "page", "confidence",
]  # fmt: skip
COLUMN_NAMES: tuple[ColumnName, ...] = get_args(ColumnName)

# By what the head of a column sorts.
SORTS_OF_COLUMNS = {
    **{
        name: name
        for name in ("municipality", "plan", "section", "number", "title", "status", "progress", "confidence")
    },
    "owners": "owner",
    "schedule": "fiscal_year",
    "target_fiscal_years": "fiscal_year",
}
_CONDITIONS = (
    "municipality", "plan", "document_id", "section", "owner", "fiscal_year", "status", "progress", "missing", "q",
)  # fmt: skip
_USUAL: dict[str, object] = {"view": "list", "sort": "document", "page": 1, "columns": ()}


def _in_table_order(given: object) -> object:
    return [name for name in COLUMN_NAMES if name in given] if isinstance(given, list) else given


class BoardQuery(ItemQuery):
    """What the address says; what it does not know is left aside, as people's links carry marks of others."""

    model_config = ConfigDict(extra="ignore")

    view: View = "list"
    page: int = Field(1, ge=1, le=1_000_000)
    columns: Annotated[list[ColumnName], BeforeValidator(_in_table_order)] = Field(default_factory=list)

    @property
    def conditions(self) -> dict[str, Any]:
        """The conditions that are set, by name; a section by its path."""
        return {name: value for name in _CONDITIONS if (value := getattr(self, name)) is not None}

    @property
    def state(self) -> dict[str, Any]:
        """All that the address says beyond what is usual."""
        shown = {name: getattr(self, name) for name, usual in _USUAL.items() if getattr(self, name) not in (usual, [])}
        return self.conditions | shown

    def at(self, language: str, **changes: object) -> str:
        """Return the address of the board with these changes; any but of the page leads to its first page."""
        state = {**self.state, **changes}
        if changes.keys() - {"page"}:
            state.pop("page", None)
        return link("/items", language, {name: value for name, value in state.items() if value not in (None, "", 1)})

    def file(self, language: str, form: str) -> str:
        """Return the address of a file with all that is selected."""
        headings = {"headings": "ja"} if form == "csv" and language == "ja" else {}
        order = {} if self.sort == "document" else {"sort": self.sort}
        return link(f"/v1/items.{form}", "ja", {**self.conditions, **order, **headings})
