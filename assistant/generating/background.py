"""Asynchronous work in, its results in the calling thread out: it ends in time, and at once when it is given up."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Generic, TypeVar

from assistant.generating.calls import Patience

T = TypeVar("T")


class GivenUp(Exception):
    """Nobody waits for the work any more."""


class Background:
    """One event loop in a thread of its own, which starts with the first work."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: asyncio.AbstractEventLoop | None = None

    def iterate(self, source: AsyncIterator[T], seconds: float, patience: Patience) -> Iterator[T]:
        """Yield what `source` yields for at most some seconds; leaving the iteration, or the listener, cancels it.

        Raises:
            TimeoutError: the time is up.
            GivenUp: the listener has left.

        """
        out: SimpleQueue[_Item[T]] = SimpleQueue()
        work = asyncio.run_coroutine_threadsafe(_pump(source, min(seconds, patience.left), out), self._loop())
        work.add_done_callback(lambda done: out.put(_Item(error=_ending(done), is_last=True)))
        patience.listener.when_gone(lambda: _cancel(work))
        try:
            while not (item := out.get()).is_last:
                yield from item.values
            if item.error is not None:
                raise item.error
        finally:
            work.cancel()

    def _loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._running is None:
                self._running = asyncio.new_event_loop()
                threading.Thread(target=self._running.run_forever, name="model", daemon=True).start()
            return self._running


class _Item(Generic[T]):
    def __init__(self, *values: T, error: BaseException | None = None, is_last: bool = False) -> None:
        self.values, self.error, self.is_last = values, error, is_last


async def _pump(source: AsyncIterator[T], seconds: float, out: "SimpleQueue[_Item[T]]") -> None:
    async with asyncio.timeout(max(0.0, seconds)):
        async for value in source:
            out.put(_Item(value))


def _cancel(work: "Future[None]") -> None:
    work.cancel()


def _ending(work: "Future[None]") -> BaseException | None:
    return GivenUp() if work.cancelled() else work.exception()
