"""A service in, the HTTP application of the contract out."""

from importlib.metadata import version
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

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
from assistant.channels.problems import install_problem_handlers
from assistant.channels.request_log import RequestLog
from assistant.channels.slack.routes import slack_lifespan, slack_router
from assistant.jobs import Jobs
from assistant.service import Service

if TYPE_CHECKING:
    from assistant.channels.slack.app import SlackApp

_DESCRIPTION = "Answers about municipal administrative-reform plans 行政改革の計画, each with the place that says so."


def create_app(
    service: Service,
    max_request_bytes: int = 1_000_000,
    max_upload_bytes: int = 50_000_000,
    slack: "SlackApp | None" = None,
) -> FastAPI:
    """Return the application over one service, with Slack at /slack/events; requests with larger bodies are refused."""
    app = FastAPIOffline(
        redoc_url=None,
        title="Kaikaku 改革",
        version=version("kaikaku"),
        description=_DESCRIPTION,
        lifespan=slack_lifespan(slack) if slack else None,
    )
    app.state.service, app.state.metrics, app.state.jobs = service, Metrics(), Jobs()
    app.include_router(asking.router)
    app.include_router(streaming.router)
    app.include_router(conversations.router)
    app.include_router(feedback.router)
    app.include_router(items.router)
    app.include_router(documents.router)
    app.include_router(uploads.router)
    app.include_router(pages.router)
    app.include_router(plans.router)
    app.include_router(health.router)
    if slack is not None:
        app.include_router(slack_router(slack))
    app.add_middleware(BodyLimit, others=max_request_bytes, uploads=max_upload_bytes)
    app.add_middleware(RequestLog, metrics=app.state.metrics)
    install_problem_handlers(app)
    return app
