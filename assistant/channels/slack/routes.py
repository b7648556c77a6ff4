"""POST /slack/events: what Slack sends by HTTP, handed to the Slack application."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI, Request, Response

if TYPE_CHECKING:
    from assistant.channels.slack.app import SlackApp


def slack_router(slack: "SlackApp") -> APIRouter:
    """Return the routes of the Slack application."""
    from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler

    router, handler = APIRouter(include_in_schema=False), AsyncSlackRequestHandler(slack.bolt)

    @router.post("/slack/events")
    async def events(request: Request) -> Response:
        return await handler.handle(request)

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
