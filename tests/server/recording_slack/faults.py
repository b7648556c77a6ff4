"""What can be made to go wrong: calls that fail, wait, or are held until the test lets them go."""

import asyncio
import threading
from collections import defaultdict
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """One wrong reply: an HTTP status with headers, or Slack's `ok: false` under this error code."""

    status: int = 200
    error: str = ""
    retry_after: float | None = None
    # Slack did what was asked, though its reply is an error.
    after_all: bool = False


@dataclass
class Hold:
    """A call that waits, before or after it takes effect, until it is released."""

    after: bool = False
    dropped: bool = False
    arrived: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    def wait_for_call(self, seconds: float = 20) -> None:
        """Wait until the call is being held."""
        assert self.arrived.wait(seconds), "the call never came"

    def release(self, *, drop: bool = False) -> None:
        """Let the call go on; `drop`: as if it had never reached Slack."""
        self.dropped = drop
        self.released.set()

    async def pass_through(self) -> None:
        """Keep the caller waiting."""
        self.arrived.set()
        while not self.released.is_set():
            await asyncio.sleep(0.01)


class Faults:
    """The faults to come, by method, and by method and channel."""

    def __init__(self) -> None:
        self._faults: dict[str, list[Fault]] = defaultdict(list)
        self._holds: dict[str, list[Hold]] = defaultdict(list)
        self.delays: dict[str, float] = {}

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method (or "method channel") fail, one after the other."""
        self._faults[method].extend(faults)

    def hold(self, method: str, *, after: bool = False) -> Hold:
        """Hold the next call of a method; `after`: when it has taken effect, but nobody was told."""
        hold = Hold(after)
        self._holds[method].append(hold)
        return hold

    def next_fault(self, method: str, channel: object) -> Fault | None:
        """Take the fault that this call meets."""
        for key in (f"{method} {channel}", method):
            if self._faults[key]:
                return self._faults[key].pop(0)
        return None

    def next_hold(self, method: str) -> Hold | None:
        """Take the hold that this call meets."""
        return self._holds[method].pop(0) if self._holds[method] else None

    def clear(self) -> None:
        """Let everything go, and nothing more go wrong."""
        for hold in [hold for holds in self._holds.values() for hold in holds]:
            hold.released.set()
        self._faults.clear()
        self._holds.clear()
        self.delays.clear()
