"""A catalogue in; the same out, without what users wrote too long ago and without vectors of deleted texts."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from vectorstore.catalogue import Catalogue
from vectorstore.errors import VectorstoreError
from vectorstore.passage_vectors import drop_vectors_of_deleted

_DAY_SECONDS = 86_400.0

logger = logging.getLogger(__name__)


def prune(catalogue: Catalogue, days: int, now: datetime) -> int:
    """Delete what was written more than `days` days ago, and the vectors of deleted texts; count the turns."""
    turns = catalogue.forget_said_before(now - timedelta(days=days))
    catalogue.records.forget(days)
    vectors = drop_vectors_of_deleted(catalogue)
    logger.info("deleted %d turns older than %d days, %d vectors of deleted texts", turns, days, vectors)
    return turns


@contextmanager
def pruned_daily(
    catalogue: Catalogue,
    days: int,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    pause_seconds: float = _DAY_SECONDS,
) -> Iterator[None]:
    """Prune at once, and then once a day for as long as the block runs."""
    stopped = threading.Event()

    def work() -> None:
        while True:
            try:
                prune(catalogue, days, clock())
            except VectorstoreError as error:
                logger.warning("what is too old was not deleted, it is tried again later: %s", error)
            if stopped.wait(pause_seconds):
                return

    thread = threading.Thread(target=work, name="retention", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(timeout=10)
