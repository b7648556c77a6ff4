"""What the routes of the API are given: the service, the counters and the jobs that the app was created with."""

from typing import Annotated

from fastapi import Depends, Request

from assistant.channels.metrics import Metrics
from assistant.jobs import Jobs
from assistant.service import Service


def get_service(request: Request) -> Service:
    """Return the app's service."""
    service: Service = request.app.state.service
    return service


def get_metrics(request: Request) -> Metrics:
    """Return the app's counters."""
    metrics: Metrics = request.app.state.metrics
    return metrics


def get_jobs(request: Request) -> Jobs:
    """Return the app's background jobs."""
    jobs: Jobs = request.app.state.jobs
    return jobs


def base_url(request: Request) -> str:
    """Return the address at which people open this service, without a slash at its end."""
    public: str | None = request.app.state.origins.public_url
    return (public or str(request.base_url)).rstrip("/")


ServiceDep = Annotated[Service, Depends(get_service)]
MetricsDep = Annotated[Metrics, Depends(get_metrics)]
JobsDep = Annotated[Jobs, Depends(get_jobs)]
