"""SQL work in, done on a thread beside the event loop; one at a time in this process, as SQLite has one writer."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import Connection, Engine

from vectorstore.database import create_database, reading, writing

Result = TypeVar("Result")


class SlackDatabase:
    """The catalogue's database, as the Slack channel uses it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, "slack-sql")

    @classmethod
    def open(cls, url: str) -> "SlackDatabase":
        """Open the database of a catalogue, whose tables are there already."""
        return cls(create_database(url))

    def close(self) -> None:
        """End the thread and all connections."""
        self._thread.shutdown()
        self._engine.dispose()

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        """Run work in a transaction that reads."""
        return await self._run(lambda: self.read_now(work))

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        """Run work in a transaction that writes."""
        return await self._run(lambda: self.write_now(work))

    def read_now(self, work: Callable[[Connection], Result]) -> Result:
        """Read from code that may wait."""
        with reading(self._engine) as connection:
            return work(connection)

    def write_now(self, work: Callable[[Connection], Result]) -> Result:
        """Write from code that may wait."""
        with writing(self._engine) as connection:
            return work(connection)

    async def _run(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def now_text() -> str:
    """Return this moment as ISO 8601 in UTC, which sorts."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
