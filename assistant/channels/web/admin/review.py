"""What staff should look at, and what they corrected, as pages; an undone correction, and a tick, out."""

from contextlib import suppress
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from assistant.channels.dependencies import ServiceDep
from assistant.channels.web.admin.files import csv_file
from assistant.channels.web.admin.guarding import StaffRoute
from assistant.channels.web.admin.page import named, staff_page
from assistant.correction_questions import correction_questions
from assistant.errors import NotThere
from assistant.questions import clean_text
from assistant.reviewing import review_key, to_review
from vectorstore.corrected_items import StoredCorrection
from vectorstore.item_filter import ItemFilter

router = APIRouter(route_class=StaffRoute, include_in_schema=False)

_MOST_SHOWN, _MOST_CORRECTIONS = 50, 100
# What an integer column holds.
_HIGHEST_NUMBER = 2**31 - 1
_HEADER = ("番号", "状態", "文書", "項目名", "欄", "原文", "訂正", "理由", "訂正した日", "取り消した日")


@router.get("/admin/review")
def show_review(request: Request, service: ServiceDep) -> Response:
    """Return what waits for staff."""
    waiting = to_review(service)
    return staff_page(request, "admin_review.html", waiting=waiting, most=_MOST_SHOWN, key_of=review_key)


@router.post("/admin/review")
def mark_reviewed(
    service: ServiceDep, kind: Annotated[str, Form()] = "", subject: Annotated[str, Form()] = ""
) -> Response:
    """Note that something was looked at and stays as it is."""
    if kind in ("answer", "item") and 0 < len(subject) <= 100:
        service.catalogue.records.mark_reviewed(kind, subject)
    return RedirectResponse("/admin/review", HTTPStatus.SEE_OTHER)


@router.get("/admin/corrections")
def show_corrections(request: Request, service: ServiceDep, q: Annotated[str, Query()] = "") -> Response:
    """Return all corrections, and the items that hold the words looked for."""
    words = clean_text(q)[:200]
    found = service.items(ItemFilter(text=words)) if words else ()
    placed = service.corpus().contents.corrections[::-1]
    undone = [one for one in reversed(service.catalogue.corrections.all()) if one.undone_at]
    return staff_page(
        request,
        "admin_corrections.html",
        words=words,
        found=found[:_MOST_SHOWN],
        total=len(found),
        placed=placed[:_MOST_CORRECTIONS],
        in_force=len(placed),
        undone=undone[:_MOST_CORRECTIONS],
    )


@router.post("/admin/corrections/{number}/undo")
def undo(number: Annotated[int, Path(ge=1, le=_HIGHEST_NUMBER)], service: ServiceDep) -> Response:
    """Take a correction back."""
    # Where somebody else was quicker, what was wanted is so.
    with suppress(NotThere):
        service.undo_correction(number)
    return RedirectResponse("/admin/corrections", HTTPStatus.SEE_OTHER)


@router.get("/admin/corrections.csv")
def export_corrections(service: ServiceDep) -> Response:
    """Return all corrections as a file for a spreadsheet program."""
    states = {one.correction.id: one.state for one in service.corpus().contents.corrections}
    rows = [_row(one, states.get(one.id, "undone")) for one in service.catalogue.corrections.all()]
    return csv_file("corrections.csv", _HEADER, rows)


@router.get("/admin/corrections.jsonl")
def export_questions(service: ServiceDep) -> Response:
    """Return a question for every correction in force, as `kaikaku evaluate` reads them."""
    lines = "".join(f"{line}\n" for line in correction_questions(service.corpus().contents.corrections))
    headers = {"Content-Disposition": 'attachment; filename="corrections.jsonl"'}
    return Response(lines, media_type="application/jsonl; charset=utf-8", headers=headers)


def _row(one: StoredCorrection, state: str) -> tuple[object, ...]:
    field, undone = named("field", one.field), one.undone_at
    shown = named("state", "undone" if undone else state)
    ended = undone.date().isoformat() if undone else ""
    return one.id, shown, one.source, one.title, field, one.raw, one.value, one.reason, one.date, ended
