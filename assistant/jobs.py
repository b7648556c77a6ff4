"""Work that takes longer than a request in, how far it is out; one after the other, in the order of coming."""

import logging
import queue
import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, TypeAlias

from assistant.errors import NotThere, TooBusy
from assistant.ingesting import Ingested
from ingest.errors import IngestError
from vectorstore.errors import VectorstoreError

State: TypeAlias = Literal["waiting", "reading", "embedding", "done", "failed"]
Work: TypeAlias = Callable[[], Ingested]

# Waiting files are held in memory.
MOST_WAITING = 8
REMEMBERED = 200

_LATER = "a store does not answer; try again in a moment"
_DEFECT = "the service failed on this file; it has been logged, tell the operator the time"

logger = logging.getLogger(__name__)

_report: ContextVar[Callable[[int, int], None] | None] = ContextVar("report", default=None)


def show_passages(done: int, total: int) -> None:
    """Note how many passages are embedded, where a job embeds them."""
    if (report := _report.get()) is not None:
        report(done, total)


@dataclass(frozen=True, slots=True)
class Job:
    """One file on its way: `done` of `total` passages are embedded; at the end it has a result or a problem."""

    id: str
    source: str
    state: State = "waiting"
    done: int = 0
    total: int = 0
    result: Ingested | None = None
    problem: str | None = None


class Jobs:
    """Does jobs in one thread of its own, and remembers how the newest of them ended as long as the process lives."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[tuple[str, Work]] = queue.Queue(MOST_WAITING)
        self._known: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self, source: str, work: Work) -> Job:
        """Take a job.

        Raises:
            TooBusy: too many are waiting.

        """
        job = Job(uuid.uuid4().hex[:16], source)
        with self._lock:
            try:
                self._waiting.put_nowait((job.id, work))
            except queue.Full:
                raise TooBusy(
                    f"{source}: {MOST_WAITING} files are waiting already; try again in a few minutes"
                ) from None
            self._known[job.id] = job
            self._forget_old()
            if self._thread is None:
                # A daemon: what is not stored when the process ends is not stored at all, and may be uploaded again.
                self._thread = threading.Thread(target=self._work_on, name="jobs", daemon=True)
                self._thread.start()
        return job

    def find(self, job_id: str) -> Job:
        """Return how a job stands.

        Raises:
            NotThere: it was never started here, or is forgotten.

        """
        with self._lock:
            job = self._known.get(job_id)
        if job is None:
            raise NotThere("no such job; jobs are remembered until the service restarts: see /v1/documents")
        return job

    def _work_on(self) -> None:
        while True:
            job_id, work = self._waiting.get()
            self._note(job_id, lambda job: replace(job, state="reading"))
            _report.set(partial(self._embedded, job_id))
            end = _end_of(work, job_id)
            self._note(job_id, end)

    def _embedded(self, job_id: str, done: int, total: int) -> None:
        self._note(job_id, lambda job: replace(job, state="embedding", done=done, total=total))

    def _note(self, job_id: str, change: Callable[[Job], Job]) -> None:
        with self._lock:
            if job_id in self._known:
                self._known[job_id] = change(self._known[job_id])

    def _forget_old(self) -> None:
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)


def _end_of(work: Work, job_id: str) -> Callable[[Job], Job]:
    try:
        result = work()
    except IngestError as error:
        problem = str(error)
    except VectorstoreError as error:
        logger.error("%s", error)
        problem = _LATER
    except Exception:
        logger.exception("job %s failed", job_id)
        problem = _DEFECT
    else:
        return lambda job: replace(job, state="done", result=result)
    return lambda job: replace(job, state="failed", problem=problem)
