"""One row per answered question in, kept for some days; what they add up to out.

Days are those of Japan. Of a refused question no text is in the record.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from ingest.today import JAPAN
from vectorstore.database import noting, reading, writing
from vectorstore.schema import answers, feedback, reviewed
from vectorstore.serialization import moment_text


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """How one question was answered; `question` is None where it was refused."""

    id: str
    asked_at: datetime
    channel: str
    audience: str
    outcome: str
    reason: str | None
    mode: str
    intent: str | None
    milliseconds: float
    question: str | None
    corpus_version: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions of one day, channel, outcome and reason there were."""

    day: str
    channel: str
    outcome: str
    reason: str | None
    count: int


@dataclass(frozen=True, slots=True)
class AskedOften:
    """A question that was not answered, why not, how often it was asked, and on which day last."""

    question: str
    reason: str | None
    count: int
    last: str


@dataclass(frozen=True, slots=True)
class RatedAnswer:
    """An answer found wrong: what was asked, None where it was refused, and what the reader wrote."""

    answer_id: str
    rated_on: str
    comment: str | None
    channel: str
    outcome: str
    question: str | None


class AnswerRecords:
    """The record of answers in one database; safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, record: AnswerRecord, keep_days: int) -> None:
        """Keep a record, and forget answers, and what was written of them, that are older than `keep_days`."""
        values = asdict(record) | {"asked_at": moment_text(record.asked_at), "day": _day(record.asked_at)}
        with noting(self._engine) as connection:
            connection.execute(insert(answers).values(values))
            _forget(connection, moment_text(record.asked_at - timedelta(days=keep_days)))

    def forget(self, keep_days: int) -> None:
        """Forget answers, and what was written of them, that are older than `keep_days`."""
        with writing(self._engine) as connection:
            _forget(connection, moment_text(datetime.now(UTC) - timedelta(days=keep_days)))

    def tallies(self, since: date) -> tuple[Tally, ...]:
        """Count the questions since a day by day, channel, outcome and reason."""
        columns = answers.c.day, answers.c.channel, answers.c.outcome, answers.c.reason
        query = select(*columns, func.count()).where(answers.c.day >= since.isoformat()).group_by(*columns)
        with reading(self._engine) as connection:
            return tuple(Tally(*row) for row in connection.execute(query.order_by(answers.c.day)))

    def milliseconds(self, since: date) -> tuple[float, ...]:
        """Return how long each answer since a day took, the shortest first."""
        query = select(answers.c.milliseconds).where(answers.c.day >= since.isoformat())
        with reading(self._engine) as connection:
            return tuple(connection.scalars(query.order_by(answers.c.milliseconds)))

    def ratings(self, since: date) -> dict[str, int]:
        """Count the ratings given since a day: up, down."""
        query = select(feedback.c.rating, func.count()).where(feedback.c.created_at >= _start(since))
        with reading(self._engine) as connection:
            return {row[0]: row[1] for row in connection.execute(query.group_by(feedback.c.rating))}

    def unanswered(self, since: date, limit: int) -> tuple[AskedOften, ...]:
        """Return the questions since a day that the plans did not answer: the most asked, then the newest first."""
        count, last = func.count().label("count"), func.max(answers.c.asked_at)
        wanted = (answers.c.day >= since.isoformat(), answers.c.outcome == "not_found", answers.c.question.is_not(None))
        query = select(answers.c.question, func.max(answers.c.reason), count, func.max(answers.c.day)).where(*wanted)
        query = query.group_by(answers.c.question).order_by(count.desc(), last.desc()).limit(limit)
        with reading(self._engine) as connection:
            return tuple(AskedOften(*row) for row in connection.execute(query))

    def rated_down(self, limit: int) -> tuple[RatedAnswer, ...]:
        """Return the answers found wrong that staff have not looked at yet, the newest first."""
        looked_at = select(reviewed.c.subject).where(reviewed.c.kind == "answer")
        columns = answers.c.channel, answers.c.outcome, answers.c.question
        query = select(feedback.c.answer_id, feedback.c.created_at, feedback.c.comment, *columns)
        query = query.select_from(feedback.join(answers, answers.c.id == feedback.c.answer_id))
        query = query.where(feedback.c.rating == "down", feedback.c.answer_id.not_in(looked_at))
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(feedback.c.created_at.desc()).limit(limit))
            return tuple(RatedAnswer(row[0], _day(datetime.fromisoformat(row[1])), *row[2:]) for row in rows)

    def mark_reviewed(self, kind: str, subject: str) -> None:
        """Note that staff have looked at an answer or an item's row and leave it as it is."""
        same = (reviewed.c.kind == kind, reviewed.c.subject == subject)
        now = {"reviewed_at": moment_text(datetime.now(UTC))}
        with writing(self._engine) as connection:
            if connection.execute(update(reviewed).where(*same).values(now)).rowcount == 0:
                connection.execute(insert(reviewed).values(kind=kind, subject=subject, **now))

    def reviewed(self, kind: str) -> frozenset[str]:
        """Return what staff have looked at and left as it is."""
        with reading(self._engine) as connection:
            return frozenset(connection.scalars(select(reviewed.c.subject).where(reviewed.c.kind == kind)))

    def all(self) -> Sequence[Any]:
        """Return all rows, the oldest first."""
        with reading(self._engine) as connection:
            return connection.execute(select(answers).order_by(answers.c.asked_at)).all()


def today_in_japan() -> date:
    """Return the day it is in Japan."""
    return datetime.now(JAPAN).date()


def _forget(connection: Connection, before: str) -> None:
    connection.execute(delete(answers).where(answers.c.asked_at < before))
    connection.execute(update(feedback).where(feedback.c.created_at < before).values(comment=None))


def _day(moment: datetime) -> str:
    return moment.astimezone(JAPAN).date().isoformat()


def _start(day: date) -> str:
    return moment_text(datetime(day.year, day.month, day.day, tzinfo=JAPAN))
