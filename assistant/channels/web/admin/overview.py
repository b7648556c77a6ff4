"""What was asked and answered, what the plans do not say, and which documents there are, as pages for staff."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from assistant.channels.dependencies import ServiceDep
from assistant.channels.web.admin.charts import count_chart, day_chart, run_chart
from assistant.channels.web.admin.files import csv_file
from assistant.channels.web.admin.guarding import StaffRoute
from assistant.channels.web.admin.page import staff_page
from assistant.channels.web.admin.told import DocumentRow, document_rows
from assistant.evaluating.history import evaluation_history
from assistant.question_groups import QuestionGroup, grouped
from assistant.reviewing import to_review
from assistant.service import Service
from assistant.statistics import statistics
from vectorstore.answer_records import AskedOften, today_in_japan

router = APIRouter(route_class=StaffRoute, include_in_schema=False)

PERIODS = (7, 30, 90)
# So many different questions are put into groups; the rarest of more are left out, which the page says.
_MOST_GROUPED, _MOST_SHOWN = 2000, 100

Days = Annotated[int, Query(ge=1, le=90)]


@router.get("/admin")
def show_overview(request: Request, service: ServiceDep, days: Days = 30) -> Response:
    """Return the overview of the last days."""
    found, corpus = statistics(service.catalogue.records, days), service.corpus()
    folder: Path | None = request.app.state.evaluations
    runs = evaluation_history(folder) if folder else ()
    return staff_page(
        request,
        "admin_overview.html",
        days=days,
        periods=PERIODS,
        found=found,
        waiting=to_review(service),
        corpus=corpus,
        newest=max((row.read_on for row in _documents(service)), default=""),
        day_chart=day_chart(found.days),
        outcome_chart=count_chart(found.outcomes, "outcome"),
        reason_chart=count_chart(found.reasons, "reason"),
        runs=runs,
        run_chart=run_chart(runs),
    )


@router.get("/admin/questions")
def show_questions(request: Request, service: ServiceDep, days: Days = 90) -> Response:
    """Return what was asked and the plans do not say, like with like."""
    asked = _unanswered(service, days)
    groups = _groups(asked, service)
    return staff_page(
        request,
        "admin_questions.html",
        days=days,
        periods=PERIODS,
        groups=groups[:_MOST_SHOWN],
        total=len(groups),
        questions=sum(one.count for one in asked),
        is_cut=len(asked) == _MOST_GROUPED,
    )


@router.get("/admin/questions.csv")
def export_questions(service: ServiceDep, days: Days = 90) -> Response:
    """Return the same questions as a file for a spreadsheet program."""
    rows = [
        (number, one.question, one.count, one.last)
        for number, group in enumerate(_groups(_unanswered(service, days), service), 1)
        for one in (group.lead, *group.others)
    ]
    return csv_file("questions.csv", ("まとまり", "質問", "回数", "最後に尋ねられた日"), rows)


@router.get("/admin/documents")
def show_documents(request: Request, service: ServiceDep) -> Response:
    """Return the documents, their dates, and how well each was read."""
    return staff_page(request, "admin_documents.html", documents=_documents(service), version=service.corpus().version)


def _documents(service: Service) -> tuple[DocumentRow, ...]:
    corpus = service.corpus()
    return document_rows(corpus.documents, corpus.versions)


def _unanswered(service: Service, days: int) -> tuple[AskedOften, ...]:
    first = today_in_japan() - timedelta(days=days - 1)
    return service.catalogue.records.unanswered(first, _MOST_GROUPED)


def _groups(asked: tuple[AskedOften, ...], service: Service) -> tuple[QuestionGroup, ...]:
    return grouped(asked, service.corpus().lexical.__contains__)
