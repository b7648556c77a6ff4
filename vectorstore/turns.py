"""Turns of a conversation 会話 in, the last of them out."""

from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select

from vectorstore.schema import conversations, turns


def fetch_turns(connection: Connection, conversation_id: str, limit: int) -> tuple[tuple[str, str], ...]:
    """Fetch the last `limit` (role, content) pairs, oldest first."""
    query = select(turns.c.role, turns.c.content).where(turns.c.conversation_id == conversation_id)
    rows = connection.execute(query.order_by(turns.c.ordinal.desc()).limit(limit)).all()
    return tuple((row.role, row.content) for row in reversed(rows))


def write_turns(connection: Connection, conversation_id: str, new: tuple[tuple[str, str], ...]) -> None:
    """Append (role, content) pairs."""
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    known = select(conversations.c.id).where(conversations.c.id == conversation_id).with_for_update()
    if connection.execute(known).first() is None:
        connection.execute(insert(conversations).values(id=conversation_id, created_at=now))
    last = connection.scalar(select(func.max(turns.c.ordinal)).where(turns.c.conversation_id == conversation_id)) or 0
    rows = [
        {"conversation_id": conversation_id, "ordinal": ordinal, "role": role, "content": content, "created_at": now}
        for ordinal, (role, content) in enumerate(new, last + 1)
    ]
    if rows:
        connection.execute(insert(turns), rows)
