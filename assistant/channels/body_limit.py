"""Every HTTP request in, those whose bodies are too large refused before they are read whole."""

from http import HTTPStatus

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.channels.problems import problem_response


class BodyLimit:
    """ASGI middleware; `uploads` is the limit of multipart bodies, `others` that of all other bodies, in bytes."""

    def __init__(self, app: ASGIApp, others: int, uploads: int) -> None:
        self._app = app
        self._others = others
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, unless it says or turns out to be too large."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = self._uploads if headers.get("content-type", "").startswith("multipart/") else self._others
        if _announced(headers) > limit:
            await problem_response(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _advice(limit))(scope, receive, send)
            return
        await self._app(scope, _counting(receive, limit), send)


def _announced(headers: Headers) -> int:
    length = headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdecimal() else 0


def _counting(receive: Receive, limit: int) -> Receive:
    received = 0

    async def receive_counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            # FastAPI's own class: any other exception while reading a body becomes a 400.
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return message

    return receive_counted


def _advice(limit: int) -> str:
    return f"The body is too large; send at most {limit:,} bytes at a time."
