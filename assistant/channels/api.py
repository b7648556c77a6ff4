"""A service in, the HTTP application of the contract out."""

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.middleware.gzip import GZipMiddleware

from assistant.channels import (
    asking,
    conversations,
    documents,
    feedback,
    health,
    items,
    pages,
    plans,
    streaming,
    uploads,
)
from assistant.channels.body_limit import BodyLimit
from assistant.channels.metrics import Metrics
from assistant.channels.openai import routes as chat_completions
from assistant.channels.problems import install_problem_handlers
from assistant.channels.request_log import RequestLog
from assistant.channels.slack.routes import slack_lifespan, slack_router
from assistant.channels.web import board, chat, document_pages, item_pages, landing, static_files, widget
from assistant.channels.web.admin import routes as admin_routes
from assistant.channels.web.admin.access import Access
from assistant.channels.web.origins import ForeignPages, Origins
from assistant.jobs import Jobs
from assistant.service import Service

if TYPE_CHECKING:
    from assistant.channels.slack.app import SlackApp

_DESCRIPTION = "Answers about municipal administrative-reform plans 行政改革の計画, each with the place that says so."

_ROUTERS = (
    asking.router,
    streaming.router,
    chat_completions.router,
    conversations.router,
    feedback.router,
    items.router,
    documents.router,
    uploads.router,
    pages.router,
    plans.router,
    health.router,
    board.router,
    item_pages.router,
    document_pages.router,
    static_files.router,
    landing.router,
    chat.router,
    widget.router,
    admin_routes.router,
)


def create_app(
    service: Service,
    max_request_bytes: int = 1_000_000,
    max_upload_bytes: int = 50_000_000,
    slack: "SlackApp | None" = None,
    origins: Origins | None = None,
    access: Access | None = None,
    evaluations: Path | None = None,
) -> FastAPI:
    """Return the application over one service, with Slack at /slack/events; requests with larger bodies are refused."""
    app = FastAPIOffline(
        redoc_url=None,
        # A redirect would repeat whatever Host header was sent.
        redirect_slashes=False,
        title="Kaikaku 改革",
        version=version("kaikaku"),
        description=_DESCRIPTION,
        lifespan=slack_lifespan(slack) if slack else None,
    )
    app.state.service, app.state.metrics, app.state.jobs = service, Metrics(), Jobs()
    app.state.origins = origins or Origins()
    app.state.access, app.state.evaluations = access, evaluations
    for router in _ROUTERS:
        app.include_router(router)
    if slack is not None:
        app.include_router(slack_router(slack))
    app.add_middleware(ForeignPages, origins=app.state.origins)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(BodyLimit, others=max_request_bytes, uploads=max_upload_bytes)
    app.add_middleware(RequestLog, metrics=app.state.metrics)
    install_problem_handlers(app)
    return app
