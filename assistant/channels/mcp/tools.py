"""The tools: what another assistant asks in, the models of the HTTP contract out."""

from dataclasses import dataclass
from typing import Annotated

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field, ValidationError

from assistant.answers import Question, Scope, Turn
from assistant.channels.item_query import ItemPageQuery, Missing
from assistant.channels.responses import ask_response, documents_response, item_out, items_response
from assistant.channels.schemas import AskResponse, DocumentsResponse, ItemOut, ItemsResponse, TurnIn
from assistant.errors import AssistantError
from assistant.listing import BadCursor, page_of_items
from assistant.questions import clean_text
from assistant.service import Service
from vectorstore.item_filter import facets

_NO_QUESTION = "question: empty; ask something of 1 to 500 characters"


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools over one service; addresses of sources begin with `base_url`."""

    service: Service
    base_url: str = ""

    def ask(
        self,
        question: Annotated[str, Field(description="The question, in Japanese or English; 1–500 characters.")],
        municipality: Annotated[str | None, Field(description="Answer from this municipality's plans only.")] = None,
        plan: Annotated[str | None, Field(description="Answer from this plan only.")] = None,
        history: Annotated[list[TurnIn] | None, Field(description="What was said before, oldest first.")] = None,
    ) -> AskResponse:
        """Answer a question about the plans: owner, schedule, goal, progress, lists, counts; every statement cited."""
        text = clean_text(question)
        if not text:
            raise ToolError(_NO_QUESTION)
        turns = tuple(Turn(turn.role, clean_text(turn.content)) for turn in history or ())
        response = ask_response(self.service.ask(Question(text, turns, Scope(municipality, plan), channel="mcp")))
        cited = [one.model_copy(update={"url": self.base_url + one.url}) for one in response.citations]
        return response.model_copy(update={"citations": cited})

    def search_items(
        self,
        municipality: str | None = None,
        plan: str | None = None,
        owner: Annotated[str | None, Field(description="One department 所管課.")] = None,
        fiscal_year: Annotated[int | None, Field(description="Target year as western year: 令和7年度 is 2025.")] = None,
        status: str | None = None,
        progress: str | None = None,
        missing: Annotated[Missing | None, Field(description="Items in which this field is empty.")] = None,
        q: Annotated[str | None, Field(description="Text that the item contains.")] = None,
        limit: Annotated[int, Field(ge=1, le=200)] = 50,
        cursor: Annotated[str | None, Field(description="`next_cursor` of the page before.")] = None,
    ) -> ItemsResponse:
        """Select plan items by exact conditions that all hold; `total` counts all of them, not only this page."""
        given = {
            "municipality": municipality, "plan": plan, "owner": owner, "fiscal_year": fiscal_year, "status": status,
            "progress": progress, "missing": missing, "q": q, "limit": limit, "cursor": cursor,
        }  # fmt: skip
        try:
            query = ItemPageQuery.model_validate({name: value for name, value in given.items() if value is not None})
            items = self.service.items(query.to_filter())
            return items_response(page_of_items(items, query.sort, query.limit, query.cursor), facets(items))
        except ValidationError as error:
            raise ToolError("; ".join(f"{one['loc'][0]}: {one['msg']}" for one in error.errors())) from None
        except BadCursor as error:
            raise ToolError(str(error)) from None

    def get_item(self, item_id: Annotated[str, Field(description="`id` of an item.")]) -> ItemOut:
        """Return one plan item with all its fields."""
        try:
            return item_out(self.service.item(item_id))
        except AssistantError as error:
            raise ToolError(str(error)) from None

    def list_documents(self) -> DocumentsResponse:
        """List the loaded documents: plans and their progress reports, with municipality and period."""
        return documents_response(self.service.catalogue.documents(), self.service.corpus().versions)
