"""/chat: the same conversation as the widget's with JavaScript off, a form posted and a whole page back."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from assistant.answers import Question, Rating
from assistant.channels.choosing import choices_of
from assistant.channels.dependencies import MetricsDep, ServiceDep
from assistant.channels.html import answer_html
from assistant.channels.web.answer_page import cited_at, linked_answer
from assistant.channels.web.corpus_told import examples_of, updated_on
from assistant.channels.web.origins import Origins
from assistant.channels.web.page import language_of, render_page
from assistant.conversations import Exchange
from assistant.questions import clean_text
from assistant.service import Service
from assistant.understanding.screening import personal_data_in

LONGEST_QUESTION = 500
_LONGEST_FIELD = 20_000
_EARLIER = 6

router = APIRouter(include_in_schema=False)
Field = Annotated[str, Form(max_length=_LONGEST_FIELD)]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A turn that was asked or answered before, as HTML that is safe to insert."""

    is_question: bool
    html: Markup


@router.get("/chat")
def show_chat(request: Request, service: ServiceDep) -> HTMLResponse:
    """Show an empty form; pages that embed the widget may show it in a frame for those without JavaScript."""
    return _page(request, service)


@router.post("/chat")
def ask_in_chat(
    request: Request,
    service: ServiceDep,
    metrics: MetricsDep,
    question: Field = "",
    conversation_id: Annotated[str, Form(max_length=100)] = "",
) -> HTMLResponse:
    """Answer a question on a page of its own, below what was said before."""
    text = clean_text(question)
    earlier = _earlier(service, conversation_id)
    if not text or len(text) > LONGEST_QUESTION:
        problem = "too_long" if text else "empty"
        given: dict[str, Any] = {
            "asked": text,
            "conversation_id": conversation_id,
            "earlier": earlier,
            "problem": problem,
        }
        return _page(request, service, HTTPStatus.UNPROCESSABLE_ENTITY, **given)
    asked = Question(text, language=language_of(request), channel="web")
    exchange = service.continue_conversation(asked, conversation_id or None)
    metrics.count_answer(exchange.answer)
    return _page(request, service, earlier=earlier, exchange=exchange, said=text)


@router.post("/chat/opinion")
def rate_in_chat(
    request: Request,
    service: ServiceDep,
    answer_id: Annotated[str, Form(min_length=1, max_length=100)],
    rating: Annotated[Rating, Form()],
    comment: Field = "",
) -> HTMLResponse:
    """Keep whether an answer was helpful."""
    told = clean_text(comment) or None
    is_kept = not personal_data_in(told or "")
    if is_kept:
        service.rate(answer_id, rating, told)
    status = HTTPStatus.OK if is_kept else HTTPStatus.UNPROCESSABLE_ENTITY
    return render_page(request, "opinion.html", status, is_kept=is_kept)


def _page(request: Request, service: Service, status: int = HTTPStatus.OK, **values: Any) -> HTMLResponse:
    corpus, language = service.corpus(), language_of(request)
    exchange = values.get("exchange")
    unset = {"earlier": (), "exchange": None, "said": "", "asked": "", "problem": "", "conversation_id": ""}
    shown: dict[str, Any] = unset | values
    if isinstance(exchange, Exchange):
        shown |= _reply(exchange)
    origins: Origins = request.app.state.origins
    return render_page(
        request,
        "chat.html",
        status,
        framed_by=origins.embedding,
        examples=examples_of(corpus.items, language, None),
        updated=updated_on(corpus.documents, language),
        contact=service.contact,
        longest=LONGEST_QUESTION,
        **shown,
    )


def _reply(exchange: Exchange) -> dict[str, Any]:
    answer = exchange.answer
    return {
        "conversation_id": exchange.conversation_id,
        "answer": answer,
        "answer_id": exchange.answer_id,
        "text": linked_answer(answer),
        "choices": choices_of(answer),
        "is_list": answer.is_list,
        "cited_at": cited_at,
    }


def _earlier(service: Service, conversation_id: str) -> tuple[Earlier, ...]:
    _, turns = service.conversations.resume(conversation_id or None)
    return tuple(Earlier(turn.role == "user", Markup(answer_html(turn.content))) for turn in turns[-_EARLIER:])
