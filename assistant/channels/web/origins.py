"""Requests of browsers in; those that would write from a page of another site are refused, unless it embeds the widget.

A page of a listed origin may ask and rate, with a token that only its own origin can use; it may do nothing else.
"""

import secrets
from dataclasses import dataclass, field
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.channels.problems import problem_response

TOKEN_HEADER = "X-Kaikaku-Widget"
TOKEN_SECONDS = 900
SESSION = "/v1/widget/session"
_EMBEDDED = {SESSION, "/v1/ask", "/v1/ask/stream", "/v1/feedback"}
_READING = {"GET", "HEAD", "OPTIONS"}
_LOCAL = (".local", ".lan", ".internal")
_STRANGER = (
    "Pages of this origin may not write here. The operator sets KAIKAKU_PUBLIC_URL to the address at which people open"
    " this service, and lists pages that embed the chat in KAIKAKU_WIDGET_ORIGINS."
)
_NO_TOKEN = f"The token is missing, expired or another origin's. Get a new one by POST {SESSION}."


@dataclass(frozen=True, slots=True)
class Origins:
    """The service's own address, the origins of pages that embed the widget, and the key that signs tokens."""

    public_url: str | None = None
    embedding: tuple[str, ...] = ()
    key: str = field(default_factory=secrets.token_urlsafe)

    def is_foreign(self, headers: Headers) -> bool:
        """Tell whether a page of another origin asks; programs that are no browsers say neither and are no page."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site not in (None, "same-origin", "none"):
            return True
        # A name that was made to lead here (DNS rebinding) is of the same site: the origin must be known to be ours.
        return origin is not None and not self._is_own(origin, headers.get("host", ""))

    def _is_own(self, origin: str, host: str) -> bool:
        if self.public_url is not None and origin == origin_of(self.public_url):
            return True
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        return parts.netloc.lower() == host.lower() and _is_local(parts.hostname or "")

    def token_for(self, origin: str) -> str:
        """Return a token that pages of this origin can use for a short time."""
        return self._tokens().dumps(origin)

    def admits(self, token: str, origin: str) -> bool:
        """Tell whether the token was made for this origin, not long ago."""
        try:
            return bool(self._tokens().loads(token, max_age=TOKEN_SECONDS) == origin)
        except BadSignature:
            return False

    def _tokens(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.key, salt="widget")


def origin_of(address: str) -> str:
    """Return the origin of an address, as browsers write it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _is_local(host: str) -> bool:
    """Tell whether a host is one that no stranger can have made to lead here: an address, or a name of this network."""
    try:
        ip_address(host)
    except ValueError:
        return bool(host) and ("." not in host or host.endswith(_LOCAL))
    return True


class ForeignPages:
    """ASGI middleware; keeps the pages of other sites from writing, and lets the widget of a listed origin ask."""

    def __init__(self, app: ASGIApp, origins: Origins) -> None:
        self._app = app
        self._origins = origins
        self._shared = CORSMiddleware(
            self._guard,
            allow_origins=origins.embedding,
            allow_methods=["POST"],
            allow_headers=["Content-Type", TOKEN_HEADER],
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        is_shared = scope["type"] == "http" and scope["path"] in _EMBEDDED
        await (self._shared if is_shared else self._guard)(scope, receive, send)

    async def _guard(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if scope["type"] == "http" and scope["method"] not in _READING:
            app = self._refusal(Headers(scope=scope), scope["path"]) or app
        await app(scope, receive, send)

    def _refusal(self, headers: Headers, path: str) -> ASGIApp | None:
        if not self._origins.is_foreign(headers):
            return None
        origin = headers.get("origin", "")
        if origin not in self._origins.embedding or path not in _EMBEDDED:
            return problem_response(HTTPStatus.FORBIDDEN, _STRANGER)
        if path != SESSION and not self._origins.admits(headers.get(TOKEN_HEADER, ""), origin):
            return problem_response(HTTPStatus.UNAUTHORIZED, _NO_TOKEN)
        return None


def read_origins(text: str) -> tuple[str, ...]:
    """Return the origins of a setting, separated by commas or spaces."""
    return tuple(origin_of(part) for part in text.replace(",", " ").split())
