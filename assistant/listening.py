"""Who waits for an answer while it is made: told how far it is, and what of it is certain already."""

import threading
from collections.abc import Callable
from typing import Literal, Protocol

Step = Literal["understanding", "searching", "writing", "checking"]


class Listener(Protocol):
    """Somebody who waits for one answer; called from the thread that answers."""

    def tell(self, step: Step) -> None:
        """Take note of what is being done."""
        ...

    def say(self, text: str) -> None:
        """Show text that has been verified; the whole answer may still differ from it."""
        ...

    def when_gone(self, stop: Callable[[], None]) -> None:
        """Have `stop` called as soon as nobody waits any more; at once if that is so already."""
        ...


class Nobody:
    """A listener who only wants the whole answer, and waits for it."""

    def tell(self, step: Step) -> None:
        """Nobody looks."""

    def say(self, text: str) -> None:
        """Nobody reads along."""

    def when_gone(self, stop: Callable[[], None]) -> None:
        """Nobody leaves."""


NOBODY = Nobody()


class Leaving:
    """The moment at which a listener leaves, and what is stopped then; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stops: list[Callable[[], None]] = []
        self._gone = False

    def when_gone(self, stop: Callable[[], None]) -> None:
        """Have `stop` called when the listener leaves; at once if it has left."""
        with self._lock:
            if not self._gone:
                self._stops.append(stop)
                return
        stop()

    def leave(self) -> None:
        """Stop everything that is done for the listener alone."""
        with self._lock:
            self._gone, stops, self._stops = True, self._stops, []
        for stop in stops:
            stop()
