"""Every HTTP request in; one structured log line, one count and the security headers of its reply out."""

import json
import logging
import time
import uuid

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.channels.metrics import Metrics
from assistant.channels.problems import failure_response

logger = logging.getLogger("kaikaku.requests")

_FAILED = 500
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
# The page of the API's documentation, from this service too, starts its script in the page itself.
_DOCS = "/docs"
_DOCS_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


class RequestLog:
    """ASGI middleware; neither the question nor the address asked for reaches the log, only the route's pattern."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, request_id, status = time.perf_counter(), uuid.uuid4().hex[:16], 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(MutableHeaders(scope=message), scope["path"], request_id)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception:
            logger.exception("request %s failed", request_id)
            if status:
                # A reply that has begun can only be broken off.
                raise
            await failure_response(Request(scope))(scope, receive, send_with_headers)
        finally:
            self._note(scope, status or _FAILED, time.perf_counter() - started, request_id)

    def _note(self, scope: Scope, status: int, seconds: float, request_id: str) -> None:
        route = getattr(scope.get("route"), "path", "unknown")
        self._metrics.count_request(scope["method"], route, status, seconds)
        line = {"request": request_id, "method": scope["method"], "route": route, "status": status}
        logger.info(json.dumps({**line, "ms": round(seconds * 1000, 1)}))


def _add_headers(headers: MutableHeaders, path: str, request_id: str) -> None:
    headers["X-Request-Id"] = request_id
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Content-Security-Policy", _DOCS_POLICY if path.startswith(_DOCS) else _POLICY)
    if "frame-ancestors 'none'" not in headers["Content-Security-Policy"]:
        # It cannot name other origins: the policy alone says who may show this page in a frame.
        del headers["X-Frame-Options"]
