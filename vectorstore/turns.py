"""Turns of a conversation 会話 in, the last of them out."""

from datetime import UTC, datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from vectorstore.schema import conversations, feedback, slack_recent_questions, slack_threads, turns


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


def delete_conversation(connection: Connection, conversation_id: str) -> bool:
    """Remove a conversation with all its turns; False if there is none."""
    return connection.execute(delete(conversations).where(conversations.c.id == conversation_id)).rowcount > 0


def delete_said_before(connection: Connection, moment: datetime) -> int:
    """Remove what users wrote before a moment, and the conversations nothing is left of; count the turns."""
    at = moment.astimezone(UTC).isoformat(timespec="microseconds")
    gone = connection.execute(delete(turns).where(turns.c.created_at < at)).rowcount
    left = select(turns.c.conversation_id)
    connection.execute(delete(conversations).where(conversations.c.created_at < at, conversations.c.id.not_in(left)))
    connection.execute(update(feedback).where(feedback.c.created_at < at).values(comment=None))
    connection.execute(delete(slack_recent_questions).where(slack_recent_questions.c.asked_at < at))
    connection.execute(delete(slack_threads).where(slack_threads.c.updated_at < at))
    return gone
