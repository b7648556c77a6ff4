"""A service in, the HTTP application of the contract out."""

from importlib.metadata import version

from fastapi import FastAPI

from assistant.channels import asking, documents, health, items, pages, plans, uploads
from assistant.channels.body_limit import BodyLimit
from assistant.channels.metrics import Metrics
from assistant.channels.problems import install_problem_handlers
from assistant.channels.request_log import RequestLog
from assistant.jobs import Jobs
from assistant.service import Service

_DESCRIPTION = "Answers about municipal administrative-reform plans 行政改革の計画, each with the place that says so."


def create_app(service: Service, max_request_bytes: int = 1_000_000, max_upload_bytes: int = 50_000_000) -> FastAPI:
    """Return the application over one service; requests with larger bodies are refused."""
    app = FastAPI(
        title="Kaikaku 改革",
        version=version("kaikaku"),
        description=_DESCRIPTION,
    )
    app.state.service, app.state.metrics, app.state.jobs = service, Metrics(), Jobs()
    app.include_router(asking.router)
    app.include_router(items.router)
    app.include_router(documents.router)
    app.include_router(uploads.router)
    app.include_router(pages.router)
    app.include_router(plans.router)
    app.include_router(health.router)
    app.add_middleware(BodyLimit, others=max_request_bytes, uploads=max_upload_bytes)
    app.add_middleware(RequestLog, metrics=app.state.metrics)
    install_problem_handlers(app)
    return app
