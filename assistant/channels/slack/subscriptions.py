"""Which channels get digests of which department, and when the next is due: kept in SQL, each due one taken once."""

import time
import uuid
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from assistant.channels.slack.database import SlackDatabase
from vectorstore.schema import slack_subscriptions as table


@dataclass(frozen=True, slots=True)
class Subscription:
    """A digest of a department for a channel; `seen` is what the items were when it was last sent, as JSON."""

    id: str
    team_id: str
    channel_id: str
    department: str
    cadence: str
    created_by: str
    due_at: float
    seen: str | None = None


class Subscriptions:
    """The store of subscriptions."""

    def __init__(self, database: SlackDatabase) -> None:
        self._database = database

    async def add(
        self, team_id: str, channel_id: str, department: str, cadence: str, user_id: str, due_at: float
    ) -> Subscription:
        """Subscribe a channel, or change how often it gets the digest."""
        added = Subscription(uuid.uuid4().hex, team_id, channel_id, department, cadence, user_id, due_at)

        def work(connection: Connection) -> Subscription:
            same = (table.c.team_id == team_id, table.c.channel_id == channel_id, table.c.department == department)
            changed = update(table).where(*same).values(cadence=cadence, due_at=due_at)
            if connection.execute(changed).rowcount == 0:
                values = {name: getattr(added, name) for name in Subscription.__slots__}
                connection.execute(insert(table).values(**values))
            return Subscription(*connection.execute(select(table).where(*same)).one())

        return await self._database.write(work)

    async def remove(self, subscription_id: str) -> Subscription | None:
        """End a subscription and return it; None if it is gone already."""

        def work(connection: Connection) -> Subscription | None:
            row = connection.execute(select(table).where(table.c.id == subscription_id)).first()
            connection.execute(delete(table).where(table.c.id == subscription_id))
            return Subscription(*row) if row else None

        return await self._database.write(work)

    async def find(self, subscription_id: str) -> Subscription | None:
        """Return a subscription."""
        query = select(table).where(table.c.id == subscription_id)
        row = await self._database.read(lambda connection: connection.execute(query).first())
        return Subscription(*row) if row else None

    async def of_channel(self, team_id: str, channel_id: str) -> tuple[Subscription, ...]:
        """Return the subscriptions of a channel."""
        query = select(table).where(table.c.team_id == team_id, table.c.channel_id == channel_id)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return tuple(Subscription(*row) for row in rows)

    async def due(self) -> tuple[Subscription, ...]:
        """Return the subscriptions whose digest is due."""
        query = select(table).where(table.c.due_at <= time.time()).order_by(table.c.due_at)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return tuple(Subscription(*row) for row in rows)

    async def move_on(self, subscription: Subscription, due_at: float) -> bool:
        """Set when the next digest is due; False if another process has done so."""
        same = update(table).where(table.c.id == subscription.id, table.c.due_at == subscription.due_at)
        moved = same.values(due_at=due_at)
        return await self._database.write(lambda connection: connection.execute(moved).rowcount == 1)

    async def has_seen(self, subscription_id: str, seen: str) -> None:
        """Keep what the items were."""
        kept = update(table).where(table.c.id == subscription_id).values(seen=seen)
        await self._database.write(lambda connection: connection.execute(kept))
