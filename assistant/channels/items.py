"""GET /v1/items: conditions in; the selected plan items out, page by page, one by one, or as CSV."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from assistant.channels.dependencies import ServiceDep
from assistant.channels.item_csv import items_as_csv
from assistant.channels.item_query import ItemPageQuery, ItemQuery
from assistant.channels.problems import PROBLEMS
from assistant.channels.responses import item_out, items_response
from assistant.channels.schemas import ItemOut, ItemsResponse
from assistant.listing import page_of_items, sorted_items
from vectorstore.item_filter import facets

router = APIRouter(prefix="/v1", tags=["items"], responses=PROBLEMS)


@router.get("/items")
def list_items(query: Annotated[ItemPageQuery, Query()], service: ServiceDep) -> ItemsResponse:
    """Select plan items exactly; `total` and `facets` cover all of them, not only this page."""
    items = service.items(query.to_filter())
    page = page_of_items(items, query.sort, query.limit, query.cursor)
    return items_response(page, facets(items))


@router.get("/items.csv", response_class=Response)
def export_items(query: Annotated[ItemQuery, Query()], service: ServiceDep) -> Response:
    """Return all selected items as CSV for a spreadsheet program."""
    text = items_as_csv(sorted_items(service.items(query.to_filter()), query.sort))
    headers = {"Content-Disposition": 'attachment; filename="items.csv"'}
    return Response(text.encode(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/items/{item_id}")
def show_item(item_id: str, service: ServiceDep) -> ItemOut:
    """Return one plan item."""
    return item_out(service.item(item_id))
