"""One item as a page with what is printed and what staff say, and the form that corrects a field of it."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from assistant.channels.dependencies import ServiceDep
from assistant.channels.web.admin.guarding import StaffRoute
from assistant.channels.web.admin.page import staff_page
from assistant.errors import NotThere
from assistant.questions import clean_text
from assistant.service import Service
from assistant.understanding.screening import personal_data_in
from ingest.plan_items import Correction, PlanItem
from vectorstore.corrected_items import CORRECTABLE, correction_of, text_of
from vectorstore.errors import BadCorrection

router = APIRouter(route_class=StaffRoute, include_in_schema=False)

_LONGEST_VALUE, _LONGEST_REASON = 2000, 300
# Only where a document reports on progress may a row of it: what is none else would be taken for a report.
_REPORTED = ("progress", "result", "issues", "next_steps")


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of an item: what it says, how print was read otherwise, and its correction."""

    name: str
    value: str
    raw: tuple[str, ...]
    correction: Correction | None


@dataclass(frozen=True, slots=True)
class Given:
    """What staff filled in, and what is wrong with it: a problem by the name of its field."""

    field: str
    value: str
    reason: str = ""
    problems: tuple[tuple[str, str], ...] = ()


@router.get("/admin/items/{item_id}")
def show_item(
    item_id: str, request: Request, service: ServiceDep, field: Annotated[str, Query()] = "", done: str = ""
) -> Response:
    """Return an item, with the form for one field where one is chosen."""
    item = _item(service, item_id)
    if item is None:
        return staff_page(request, "admin_item_gone.html", HTTPStatus.NOT_FOUND)
    now = text_of(item, field) if field in _fields(item, service) else None
    # What is too long to be a correction is written anew.
    given = None if now is None else Given(field, now if len(now) <= _LONGEST_VALUE else "")
    return _page(request, service, item, given, done=bool(done))


@router.post("/admin/items/{item_id}")
def correct_item(
    item_id: str,
    request: Request,
    service: ServiceDep,
    field: Annotated[str, Form()] = "",
    value: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Correct a field, or say what is wrong with what was filled in."""
    item = _item(service, item_id)
    if item is None:
        return staff_page(request, "admin_item_gone.html", HTTPStatus.NOT_FOUND)
    given = _checked(field, clean_text(value), clean_text(reason), _fields(item, service))
    problems = given.problems or _corrected(service, item_id, given)
    if problems == (("item", "gone"),):
        return staff_page(request, "admin_item_gone.html", HTTPStatus.NOT_FOUND)
    if problems:
        given = Given(given.field, given.value, given.reason, problems)
        return _page(request, service, item, given, HTTPStatus.UNPROCESSABLE_ENTITY)
    return RedirectResponse(f"/admin/items/{item.id}?done=1", HTTPStatus.SEE_OTHER)


def _page(
    request: Request,
    service: Service,
    item: PlanItem,
    given: Given | None,
    status: int = HTTPStatus.OK,
    done: bool = False,
) -> Response:
    rows = tuple(_row(item, name) for name in _fields(item, service))
    problems = dict(given.problems) if given else {}
    return staff_page(
        request, "admin_item.html", status, item=item, rows=rows, given=given, problems=problems, done=done
    )


def _item(service: Service, item_id: str) -> PlanItem | None:
    try:
        return service.item(item_id)
    except NotThere:
        return None


def _fields(item: PlanItem, service: Service) -> tuple[str, ...]:
    """The fields that can be corrected: of progress only where the document has any."""
    printed = {f for one in service.items_of(item.document_id) for f in _REPORTED if one.printed.get(f)}
    return tuple(field for field in CORRECTABLE if field not in _REPORTED or field in printed)


def _row(item: PlanItem, field: str) -> FieldRow:
    names = (field, "owners") if field == "owner" else (field,)
    raw = tuple(repair.raw for repair in item.repairs if repair.field in names)
    return FieldRow(field, text_of(item, field), raw, correction_of(item, field))


def _checked(field: str, value: str, reason: str, fields: tuple[str, ...]) -> Given:
    problems = []
    if field not in fields:
        problems.append(("value", "field"))
    if len(value) > _LONGEST_VALUE:
        problems.append(("value", "long_value"))
    if not reason:
        problems.append(("reason", "no_reason"))
    if len(reason) > _LONGEST_REASON:
        problems.append(("reason", "long_reason"))
    # Both are shown to whoever asks.
    problems += [(name, "personal") for name, text in (("value", value), ("reason", reason)) if personal_data_in(text)]
    return Given(field, value[: 2 * _LONGEST_VALUE], reason[: 2 * _LONGEST_REASON], tuple(problems))


def _corrected(service: Service, item_id: str, given: Given) -> tuple[tuple[str, str], ...]:
    """Correct the item; what is wrong, if anything is."""
    try:
        service.correct(item_id, given.field, given.value, given.reason)
    except NotThere:
        return (("item", "gone"),)
    except BadCorrection as error:
        return (("value", error.problem),)
    return ()
