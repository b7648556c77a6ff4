"""Deliveries in, each of them once and in order out: what Slack has sent is kept in SQL until it is done."""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, and_, delete, exists, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from assistant.channels.slack.database import SlackDatabase, now_text
from assistant.channels.slack.tasks import Delivery, Task, from_json, to_json
from vectorstore.schema import slack_inbox as inbox

KEPT_DAYS = 7
_UNFINISHED = ("waiting", "working")


@dataclass(frozen=True, slots=True)
class Claim:
    """A task to work on now; `attempt` counts from 1: from 2 on, somebody may have finished part of it."""

    id: int
    event_id: str
    task: Task
    attempt: int
    received_at: float


class Inbox:
    """The inbox of all processes on one database; `owner` is this one."""

    def __init__(self, database: SlackDatabase, owner: str, lease_seconds: float) -> None:
        self._database = database
        self._owner = owner
        self._lease = lease_seconds
        self._pending: list[tuple[Delivery, asyncio.Future[bool]]] = []
        self._flush: asyncio.Task[None] | None = None

    async def put(self, delivery: Delivery) -> bool:
        """Keep a delivery; False if it is there already. When this returns, it is on the disk."""
        kept: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._pending.append((delivery, kept))
        if self._flush is None or self._flush.done():
            self._flush = asyncio.create_task(self._write_pending())
        return await kept

    async def _write_pending(self) -> None:
        # What arrives while one commit goes to the disk shares the next: fifty at once are acknowledged in time.
        while self._pending:
            batch, self._pending = self._pending, []
            try:
                results = await self._database.write(lambda connection, batch=batch: _insert_all(connection, batch))  # type: ignore[misc]
            except Exception as error:
                for _, kept in batch:
                    if not kept.done():
                        kept.set_exception(error)
                continue
            for (_, kept), result in zip(batch, results, strict=True):
                if not kept.done():
                    kept.set_result(result)

    async def claim(self, limit: int) -> tuple[Claim, ...]:
        """Take up to `limit` tasks whose turn it is; nobody else gets them while the lease lasts."""
        return await self._database.write(lambda connection: self._claim(connection, limit))

    async def renew(self, ids: tuple[int, ...]) -> None:
        """Lengthen the leases of tasks that are being worked on."""
        renewed = update(inbox).where(inbox.c.id.in_(ids), inbox.c.owner == self._owner)
        await self._execute(renewed.values(free_at=time.time() + self._lease))

    async def finish(self, claim_id: int, state: str, answer_ts: str | None = None) -> None:
        """Note how a task ended; what it was about is forgotten."""
        values = {"state": state, "payload": None, "owner": None, "finished_at": now_text(), "answer_ts": answer_ts}
        await self._execute(update(inbox).where(inbox.c.id == claim_id).values(**values))

    async def postpone(self, claim_id: int, seconds: float) -> None:
        """Give a task back, to be taken again after a while."""
        values = {"state": "waiting", "owner": None, "free_at": time.time() + seconds}
        await self._execute(update(inbox).where(inbox.c.id == claim_id, inbox.c.owner == self._owner).values(**values))

    async def cancel(self, subject: str) -> bool:
        """Drop the task about a message unless it is being worked on or done."""
        waiting = update(inbox).where(inbox.c.subject == subject, inbox.c.state == "waiting")
        done = waiting.values(state="cancelled", payload=None, finished_at=now_text())
        return await self._database.write(lambda connection: bool(connection.execute(done).rowcount))

    async def knows(self, subject: str) -> bool:
        """Tell whether there has been a task about this message."""
        query = select(inbox.c.id).where(inbox.c.subject == subject)
        return await self._database.read(lambda connection: connection.execute(query).first() is not None)

    async def forget_old(self) -> None:
        """Remove what was done long ago."""
        oldest = (datetime.now(UTC) - timedelta(days=KEPT_DAYS)).isoformat()
        await self._execute(delete(inbox).where(inbox.c.finished_at < oldest))

    async def _execute(self, statement: object) -> None:
        await self._database.write(lambda connection: connection.execute(statement))  # type: ignore[call-overload]

    def _claim(self, connection: Connection, limit: int) -> tuple[Claim, ...]:
        now = time.time()
        rows = connection.execute(_whose_turn_it_is(now).limit(limit)).all()
        if rows:
            values = {"state": "working", "owner": self._owner, "free_at": now + self._lease}
            taken = update(inbox).where(inbox.c.id.in_([row.id for row in rows]))
            connection.execute(taken.values(attempts=inbox.c.attempts + 1, **values))
        return tuple(
            Claim(
                row.id,
                row.event_id,
                from_json(row.payload),
                row.attempts + 1,
                datetime.fromisoformat(row.received_at).timestamp(),
            )
            for row in rows
        )


def _whose_turn_it_is(now: float):  # type: ignore[no-untyped-def]  # noqa: ANN202
    before = inbox.alias("before")
    has_earlier = exists().where(
        and_(before.c.lane == inbox.c.lane, before.c.id < inbox.c.id, before.c.state.in_(_UNFINISHED))
    )
    free = and_(inbox.c.state.in_(_UNFINISHED), inbox.c.free_at <= now, ~has_earlier)
    return select(inbox).where(free).order_by(inbox.c.id).with_for_update(skip_locked=True, of=inbox)


def _insert_all(connection: Connection, batch: list[tuple[Delivery, "asyncio.Future[bool]"]]) -> list[bool]:
    return [_insert(connection, delivery) for delivery, _ in batch]


def _insert(connection: Connection, delivery: Delivery) -> bool:
    same = [inbox.c.event_id == delivery.event_id]
    if delivery.subject is not None:
        same.append(inbox.c.subject == delivery.subject)
    if connection.execute(select(inbox.c.id).where(or_(*same))).first() is not None:
        return False
    row = {
        "event_id": delivery.event_id,
        "subject": delivery.subject,
        "lane": delivery.lane,
        "payload": to_json(delivery.task),
        "state": "waiting",
        "attempts": 0,
        "free_at": 0.0,
        "received_at": now_text(),
    }
    try:
        with connection.begin_nested():
            connection.execute(insert(inbox).values(**row))
    except IntegrityError:
        # Another process has been told of the same at this moment.
        return False
    return True
