"""Requests that change the documents in; where staff have a token, only those that carry it pass."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from assistant.channels.problems import problem_response
from assistant.channels.web.admin.access import Access

_READING = {"GET", "HEAD"}
_ADVICE = "Only staff may change the documents: send the header Authorization: Bearer and the token of the operator."


class ChangingRoute(APIRoute):
    """A route that asks for the staff's token before it reads the body, unless it only reads."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what handles a request."""
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            access: Access | None = request.app.state.access
            if access is None or request.method in _READING or access.is_token(_bearer(request)):
                return await handle(request)
            return problem_response(HTTPStatus.UNAUTHORIZED, _ADVICE, {"WWW-Authenticate": "Bearer"})

        return guarded


def _bearer(request: Request) -> str:
    # Headers arrive as Latin-1, whatever a token was typed in.
    sent = request.headers.get("authorization", "").encode("latin-1").decode("utf-8", "replace")
    scheme, _, token = sent.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
