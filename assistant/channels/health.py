"""Is the process alive, do its stores answer, what has it done: /healthz, /readyz, /metrics."""

from fastapi import APIRouter, Response

from assistant.channels.dependencies import MetricsDep, ServiceDep
from assistant.channels.problems import PROBLEMS
from assistant.channels.schemas import Health

router = APIRouter(tags=["operation"])


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz")
async def healthz() -> Health:
    """Say that the process is alive, even while all threads are at work."""
    return Health(status="ok")


@router.get("/readyz", responses=PROBLEMS)
def readyz(service: ServiceDep) -> Health:
    """Say whether the stores answer and the index matches the catalogue; 503 if not, with what to do."""
    corpus = service.check()
    return Health(status="ok", corpus_version=corpus.version, documents=len(corpus.documents), items=len(corpus.items))


@router.get("/metrics", response_class=Response)
def metrics(service: ServiceDep, metrics: MetricsDep) -> Response:
    """Return the counters in the Prometheus text format."""
    corpus = service.corpus()
    metrics.set_corpus(corpus.version, len(corpus.documents), len(corpus.items))
    return Response(metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")
