"""Ratings of answers in, kept in SQL: the last one of each rater counts."""

from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from vectorstore.schema import feedback


def write_feedback(connection: Connection, answer_id: str, rating: str, comment: str | None, rater: str) -> None:
    """Keep a rating; a rating without a comment leaves an earlier comment as it is."""
    same = (feedback.c.answer_id == answer_id, feedback.c.rater == rater)
    values = {"rating": rating, **({"comment": comment} if comment else {})}
    if connection.execute(update(feedback).where(*same).values(**values)).rowcount == 0:
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        connection.execute(insert(feedback).values(answer_id=answer_id, rater=rater, created_at=now, **values))


def fetch_feedback(connection: Connection, answer_id: str) -> tuple[tuple[str, str | None], ...]:
    """Fetch the (rating, comment) pairs of an answer, oldest first."""
    query = select(feedback.c.rating, feedback.c.comment).where(feedback.c.answer_id == answer_id)
    return tuple((row.rating, row.comment) for row in connection.execute(query.order_by(feedback.c.created_at)))
