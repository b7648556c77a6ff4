"""The clock in, due digests put into the inbox out: once each, however many processes look."""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from assistant.channels.slack.inbox import Inbox
from assistant.channels.slack.subscriptions import Subscription, Subscriptions
from assistant.channels.slack.tasks import Delivery, Task
from ingest.today import JAPAN

CADENCES = {"毎日": 1, "週次": 7, "月次": 0}

LOOK_SECONDS = 5.0
_TIDY_SECONDS = 3600.0

logger = logging.getLogger(__name__)


def next_due(cadence: str, after: float, hour: int) -> float:
    """Return the first moment after `after` on which a digest goes out: every day, on Mondays, or on the first."""
    day = datetime.fromtimestamp(after, JAPAN).replace(hour=hour, minute=0, second=0, microsecond=0)
    while day.timestamp() <= after or not _is_day(cadence, day):
        day += timedelta(days=1)
    return day.timestamp()


def _is_day(cadence: str, day: datetime) -> bool:
    return {"毎日": True, "週次": day.weekday() == 0, "月次": day.day == 1}[cadence]


class Scheduler:
    """Looks for due subscriptions every few seconds; who moves one on first sends its digest."""

    def __init__(self, inbox: Inbox, subscriptions: Subscriptions, wake: Callable[[], None], hour: int) -> None:
        self._inbox = inbox
        self._subscriptions = subscriptions
        self._wake = wake
        self._hour = hour
        self._loop: asyncio.Task[None] | None = None
        self._tidied = 0.0

    def start(self) -> None:
        """Begin to look."""
        self._loop = asyncio.create_task(self._look())

    async def stop(self) -> None:
        """Look no more."""
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.gather(self._loop, return_exceptions=True)

    async def _look(self) -> None:
        while True:
            try:
                for subscription in await self._subscriptions.due():
                    await self._send(subscription)
                if time.monotonic() - self._tidied > _TIDY_SECONDS:
                    await self._inbox.forget_old()
                    self._tidied = time.monotonic()
            except Exception as error:
                logger.error("digests are not looked for: %s", error)
            await asyncio.sleep(LOOK_SECONDS)

    async def _send(self, due: Subscription) -> None:
        # In the inbox first: if two processes do so, its key keeps one; if this one dies here, the next look goes on.
        task = Task("digest", due.team_id, due.created_by, due.channel_id, detail=due.id)
        await self._inbox.put(Delivery(f"digest:{due.id}:{due.due_at:.0f}", task, f"digest:{due.id}"))
        await self._subscriptions.move_on(due, next_due(due.cadence, time.time(), self._hour))
        self._wake()
