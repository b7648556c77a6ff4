"""Failures of a request in, RFC 9457 problem documents out: what is wrong and what to do, never a stack trace."""

import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from assistant.channels.web.page import accepts_page
from assistant.channels.web.problem_page import problem_page
from assistant.errors import AssistantError, NotReady, NotThere, TooBusy
from assistant.listing import BadCursor
from ingest.errors import DocumentTooLarge, IngestError, ReaderBusy
from vectorstore.errors import VectorstoreError

logger = logging.getLogger(__name__)

_ADVICE = {
    HTTPStatus.NOT_FOUND: "No such address. The addresses are listed in /openapi.json.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not accept this method. The methods are listed in /openapi.json.",
    HTTPStatus.BAD_REQUEST: "The body could not be read. Send JSON in UTF-8 with Content-Type: application/json.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too large. Send less at a time.",
}

# The store's own message names files and addresses of this machine: it goes to the log only.
_LATER = "A store does not answer. Try again in a moment; the operator finds the reason in the log."
_FAILED = "The service failed on this request; it has been logged. Try again, then tell the operator the time."
_PAUSE_SECONDS = "60"

_Handler = Callable[[Request, Exception], Coroutine[Any, Any, Response]]


class Problem(BaseModel):
    """An error as told to a client (RFC 9457)."""

    title: str
    status: int
    detail: str


# Told to readers of the OpenAPI description.
PROBLEMS: dict[int | str, dict[str, Any]] = {
    "4XX": {
        "model": Problem,
        "content": {"application/problem+json": {}},
        "description": "What is wrong and what to do",
    },
    "5XX": {"model": Problem, "content": {"application/problem+json": {}}, "description": "The service failed"},
}


class ProblemError(Exception):
    """Ends a request with the given status; `detail` says what to do."""

    def __init__(self, status: HTTPStatus, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


def problem_response(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """Return the problem document for one failed request."""
    problem = _problem(status, detail)
    return JSONResponse(problem.model_dump(), status, headers, media_type="application/problem+json")


def problem_of(error: Exception) -> Problem:
    """Return the problem of a request that failed after its reply had begun, and log it."""
    if isinstance(error, AssistantError | VectorstoreError):
        logger.error("%s", error)
        return _problem(HTTPStatus.SERVICE_UNAVAILABLE, _LATER if isinstance(error, VectorstoreError) else str(error))
    logger.error("a stream failed: %s", type(error).__name__, exc_info=error)
    return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, _FAILED)


def _problem(status: int, detail: str) -> Problem:
    return Problem(title=HTTPStatus(status).phrase, status=status, detail=detail)


def install_problem_handlers(app: FastAPI) -> None:
    """Make every failure of the app a problem document, or a page where a person's browser asks for one."""
    for kind, handler in _HANDLERS.items():
        app.add_exception_handler(kind, _as_page_for_people(handler))


def failure_response(request: Request) -> Response:
    """Return what is told of a request that failed in a way that nobody foresaw."""
    return _for_whom(request, problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, _FAILED))


def _as_page_for_people(handler: _Handler) -> _Handler:
    async def answer(request: Request, error: Exception) -> Response:
        return _for_whom(request, await handler(request, error))

    return answer


def _for_whom(request: Request, told: Response) -> Response:
    return problem_page(request, told.status_code) if accepts_page(request) else told


async def _told(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ProblemError)
    return problem_response(error.status, error.detail)


async def _http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    headers = dict(error.headers) if error.headers else None
    return problem_response(status, _ADVICE.get(status, str(error.detail)), headers)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return problem_response(HTTPStatus.UNPROCESSABLE_ENTITY, _explain(error.errors()))


async def _unreadable(_: Request, error: Exception) -> JSONResponse:
    too_large = isinstance(error, DocumentTooLarge)
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_large else HTTPStatus.UNPROCESSABLE_ENTITY
    return problem_response(status, str(error))


async def _not_there(_: Request, error: Exception) -> JSONResponse:
    return problem_response(HTTPStatus.NOT_FOUND, str(error))


async def _not_ready(_: Request, error: Exception) -> JSONResponse:
    logger.error("%s", error)
    return problem_response(
        HTTPStatus.SERVICE_UNAVAILABLE, _LATER if isinstance(error, VectorstoreError) else str(error)
    )


async def _busy(_: Request, error: Exception) -> JSONResponse:
    logger.warning("%s", error)
    return problem_response(HTTPStatus.SERVICE_UNAVAILABLE, str(error), {"Retry-After": _PAUSE_SECONDS})


async def _bad_cursor(_: Request, error: Exception) -> JSONResponse:
    return problem_response(HTTPStatus.BAD_REQUEST, str(error))


def _explain(errors: Sequence[Any]) -> str:
    # What was sent is not repeated: it may be personal, huge, or not even encodable.
    return "; ".join(f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in errors[:5])


_HANDLERS: Mapping[type[Exception], _Handler] = {
    ProblemError: _told,
    HTTPException: _http,
    RequestValidationError: _invalid,
    IngestError: _unreadable,
    NotThere: _not_there,
    NotReady: _not_ready,
    TooBusy: _busy,
    ReaderBusy: _busy,
    VectorstoreError: _not_ready,
    BadCursor: _bad_cursor,
}
