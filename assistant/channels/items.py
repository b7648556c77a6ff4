"""GET /v1/items: conditions in; the selected plan items out, page by page, one by one, or all in a file."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from assistant.channels.dependencies import ServiceDep, base_url
from assistant.channels.item_calendar import items_as_calendar
from assistant.channels.item_csv import items_as_csv
from assistant.channels.item_query import ItemFileQuery, ItemPageQuery, ItemQuery
from assistant.channels.item_workbook import items_as_workbook
from assistant.channels.problems import PROBLEMS
from assistant.channels.responses import item_out, items_response
from assistant.channels.schemas import ItemOut, ItemsResponse
from assistant.listing import page_of_items, sorted_items
from assistant.service import Service
from ingest.plan_items import PlanItem
from vectorstore.item_filter import facets

router = APIRouter(prefix="/v1", tags=["items"], responses=PROBLEMS)


@router.get("/items")
def list_items(query: Annotated[ItemPageQuery, Query()], service: ServiceDep) -> ItemsResponse:
    """Select plan items exactly; `total` and `facets` cover all of them, not only this page."""
    items = service.items(query.to_filter())
    page = page_of_items(items, query.sort, query.limit, query.cursor)
    return items_response(page, facets(items))


@router.get("/items.csv", response_class=Response)
def export_items(query: Annotated[ItemFileQuery, Query()], service: ServiceDep) -> Response:
    """Return all selected items as CSV for a spreadsheet program."""
    text = items_as_csv(_chosen(service, query), japanese=query.headings == "ja")
    return _file(text.encode("utf-8", "replace"), "text/csv; charset=utf-8", "items.csv")


@router.get("/items.xlsx", response_class=Response)
def export_workbook(query: Annotated[ItemFileQuery, Query()], service: ServiceDep) -> Response:
    """Return all selected items as an Excel workbook with typed columns."""
    data = items_as_workbook(_chosen(service, query), japanese=query.headings != "en")
    return _file(data, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "items.xlsx")


@router.get("/items.ics", response_class=Response)
def export_calendar(query: Annotated[ItemQuery, Query()], service: ServiceDep, request: Request) -> Response:
    """Return the end of the last target fiscal year of every selected item as a calendar."""
    stamps = {document.id: document.ingested_at for document in service.corpus().documents}
    data = items_as_calendar(_chosen(service, query), base_url(request), stamps)
    return _file(data, "text/calendar; charset=utf-8", "items.ics")


@router.get("/items/{item_id}")
def show_item(item_id: str, service: ServiceDep) -> ItemOut:
    """Return one plan item."""
    return item_out(service.item(item_id))


def _chosen(service: Service, query: ItemQuery) -> list[PlanItem]:
    return sorted_items(service.items(query.to_filter()), query.sort)


def _file(data: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=media_type, headers=headers)
