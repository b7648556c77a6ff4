"""POST /slack/events: what Slack sends by HTTP, handed to the Slack application."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from assistant.channels.problems import ProblemError

if TYPE_CHECKING:
    from assistant.channels.slack.app import SlackApp
    from assistant.channels.slack.installing import Installing

STATE_COOKIE = "kaikaku-slack-install"

# Whatever reading a body that Slack never sent may raise.
_UNREADABLE = (ValueError, AttributeError, TypeError, KeyError, IndexError)


def slack_router(slack: "SlackApp") -> APIRouter:
    """Return the routes of the Slack application."""
    from slack_bolt.async_app import AsyncBoltRequest

    router = APIRouter(include_in_schema=False)

    @router.post("/slack/events")
    async def events(request: Request) -> Response:
        body = await request.body()
        try:
            delivered = AsyncBoltRequest(body=body.decode("utf-8"), headers=dict(request.headers))
            if not isinstance(delivered.body.get("event", {}), dict):
                raise TypeError
        except _UNREADABLE:
            raise ProblemError(HTTPStatus.BAD_REQUEST, "The body is none that Slack sends.") from None
        told = await slack.bolt.async_dispatch(delivered)
        return Response(told.body, told.status, told.first_headers_without_set_cookie())

    if slack.installing is not None:
        _add_installing(router, slack.installing)
    return router


def _add_installing(router: APIRouter, installing: "Installing") -> None:
    @router.get("/slack/install")
    async def install() -> Response:
        address, state = await installing.begin()
        response = RedirectResponse(address, HTTPStatus.FOUND)
        response.set_cookie(STATE_COOKIE, state, max_age=600, secure=True, httponly=True, samesite="lax")
        return response

    @router.get("/slack/oauth_redirect")
    async def oauth_redirect(request: Request, code: str = "", state: str = "") -> Response:
        done, text = await installing.finish(code, state, request.cookies.get(STATE_COOKIE, ""))
        response = PlainTextResponse(text, HTTPStatus.OK if done else HTTPStatus.FORBIDDEN)
        response.delete_cookie(STATE_COOKIE)
        return response


def slack_lifespan(slack: "SlackApp") -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Return what runs the Slack application as long as the service is served."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await slack.start()
        try:
            yield
        finally:
            await slack.stop()

    return lifespan
