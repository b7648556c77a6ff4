"""POST /slack/events: what Slack sends by HTTP, handed to the Slack application."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI, Request, Response

from assistant.channels.problems import ProblemError

if TYPE_CHECKING:
    from assistant.channels.slack.app import SlackApp

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

    return router


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
