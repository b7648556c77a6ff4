"""POST /v1/chat/completions and GET /v1/models: for chat front ends that speak the OpenAI API."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.routing import APIRoute

from assistant.channels.dependencies import MetricsDep, ServiceDep, base_url
from assistant.channels.openai.chat import ChatRequest, WrongRequest, model_names, question_of
from assistant.channels.openai.completions import chunks, completion
from assistant.service import Service


class _OpenAIRoute(APIRoute):
    """A route whose failures are told as clients of the OpenAI API read them."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what handles a request."""
        handle = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                problems = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:5])
                return _error("; ".join(problems))
            except WrongRequest as error:
                return _error(str(error))

        return told


router = APIRouter(tags=["openai"], route_class=_OpenAIRoute)


@router.post("/v1/chat/completions", response_model=None)
def complete(body: ChatRequest, request: Request, service: ServiceDep, metrics: MetricsDep) -> Response:
    """Answer the last message, for clients of the OpenAI API; citations are Markdown links, and in `citations`."""
    exchange = service.ask(question_of(body, _municipalities(service)))
    metrics.count_answer(exchange.answer)
    address = base_url(request)
    if not body.stream:
        return JSONResponse(completion(exchange, body.model, address))
    with_usage = body.stream_options is not None and body.stream_options.include_usage
    events = chunks(exchange, body.model, address, with_usage=with_usage)
    return StreamingResponse(events, media_type="text/event-stream", headers={"Cache-Control": "no-cache"})


@router.get("/v1/models")
def list_models(service: ServiceDep) -> dict[str, Any]:
    """List the models: `kaikaku` searches everything, `kaikaku/自治体名` one municipality."""
    return {"object": "list", "data": [_model(name) for name in model_names(_municipalities(service))]}


@router.get("/v1/models/{name:path}", response_model=None)
def show_model(name: str, service: ServiceDep) -> Response:
    """Return one model."""
    if name not in model_names(_municipalities(service)):
        return _error(f"model {name[:100]!r} does not exist; take one of GET /v1/models", HTTPStatus.NOT_FOUND)
    return JSONResponse(_model(name))


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 0, "owned_by": "kaikaku"}


def _municipalities(service: Service) -> list[str]:
    return sorted({document.municipality for document in service.corpus().documents if document.municipality})


def _error(message: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> JSONResponse:
    told = {"message": message, "type": "invalid_request_error", "param": None, "code": None}
    return JSONResponse({"error": told}, status)
