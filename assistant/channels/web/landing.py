"""GET / and /about: the widget, the documents it knows with their dates, and how answers are made."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.channels.dependencies import ServiceDep
from assistant.channels.web.corpus_told import documents_told, examples_of, updated_on
from assistant.channels.web.page import language_of, render_page
from assistant.evaluating.history import EvaluationTold, evaluation_history

router = APIRouter(include_in_schema=False)


@router.head("/")
@router.get("/")
def show_landing(request: Request, service: ServiceDep) -> HTMLResponse:
    """Let people ask at once, and say what can be answered."""
    corpus, language = service.corpus(), language_of(request)
    return render_page(
        request,
        "landing.html",
        documents=documents_told(corpus, language),
        updated=updated_on(corpus.documents, language),
        examples=examples_of(corpus.items, language, None),
        contact=service.contact,
    )


@router.get("/about")
def show_about(request: Request, service: ServiceDep) -> HTMLResponse:
    """Say what this is, how answers are made, how right they are, and what is kept of a question."""
    corpus = service.corpus()
    return render_page(
        request,
        "about.html",
        document_count=len(corpus.documents),
        item_count=len(corpus.items),
        measured=_last_evaluation(request),
        updated=updated_on(corpus.documents, language_of(request)),
        contact=service.contact,
    )


def _last_evaluation(request: Request) -> EvaluationTold | None:
    folder = request.app.state.evaluations
    runs = evaluation_history(folder) if folder else ()
    return runs[-1] if runs else None
