"""POST /v1/ask: a question in, an answer with its citations out."""

import logging
from http import HTTPStatus

from fastapi import APIRouter

from assistant.answers import Question, Scope, Turn
from assistant.channels.dependencies import MetricsDep, ServiceDep
from assistant.channels.exact_lists import list_address
from assistant.channels.problems import PROBLEMS, ProblemError
from assistant.channels.responses import ask_response
from assistant.channels.schemas import AskRequest, AskResponse, ScopeIn
from assistant.conversations import Exchange
from assistant.listening import NOBODY, Listener
from assistant.questions import clean_text
from assistant.service import Service

router = APIRouter(tags=["ask"])

logger = logging.getLogger(__name__)


@router.post("/v1/ask", responses=PROBLEMS)
def ask(body: AskRequest, service: ServiceDep, metrics: MetricsDep) -> AskResponse:
    """Answer a question about the ingested plans; every statement carries its source."""
    exchange = exchange_on(body, question_of(body), service)
    metrics.count_answer(exchange.answer)
    return ask_response(exchange, list_address(service, exchange.answer))


def exchange_on(body: AskRequest, question: Question, service: Service, listener: Listener = NOBODY) -> Exchange:
    """Answer with the history that was sent, or else in the stored conversation."""
    if body.history is not None:
        return service.ask(question, listener)
    return service.continue_conversation(question, body.conversation_id, listener)


def question_of(body: AskRequest) -> Question:
    """Return the question that a request asks, as a person sees it.

    Raises:
        ProblemError: nothing of it can be seen.

    """
    text = clean_text(body.question)
    if not text:
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY, "body.question: empty; send a question of 1 to 500 characters"
        )
    if hidden := len(body.question.strip()) - len(text):
        # Their number tells of an attack; what they were is not kept.
        logger.info("a question of %d characters held %d that nobody sees", len(body.question), hidden)
    history = tuple(Turn(turn.role, clean_text(turn.content)) for turn in body.history or ())
    scope = body.scope or ScopeIn()
    chosen = Scope(_cleaned(scope.municipality), _cleaned(scope.plan))
    return Question(text, history, chosen, body.audience, _cleaned(body.language), body.channel)


def _cleaned(text: str | None) -> str | None:
    return clean_text(text or "") or None
