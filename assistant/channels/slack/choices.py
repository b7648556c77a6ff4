"""What users and channels have chosen, which threads are followed, what was asked last: kept in SQL, by workspace."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, insert, select, update

from assistant.answers import Scope
from assistant.channels.slack.database import SlackDatabase, now_text
from vectorstore.schema import slack_preferences, slack_recent_questions, slack_threads

KEPT_QUESTIONS = 5


@dataclass(frozen=True, slots=True)
class Preference:
    """What a user or a channel has chosen; None: nothing."""

    department: str | None = None
    municipality: str | None = None
    plan: str | None = None

    @property
    def scope(self) -> Scope | None:
        """The chosen scope."""
        return Scope(self.municipality, self.plan) if self.municipality or self.plan else None


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread that the assistant answers in, and who asked."""

    conversation_id: str
    asker: str


class Choices:
    """The store of choices, threads and recent questions."""

    def __init__(self, database: SlackDatabase) -> None:
        self._database = database

    async def preference(self, team_id: str, subject: str) -> Preference:
        """Return what a user or channel has chosen."""
        table = slack_preferences
        query = select(table.c.department, table.c.municipality, table.c.plan).where(
            table.c.team_id == team_id, table.c.subject == subject
        )
        row = await self._database.read(lambda connection: connection.execute(query).first())
        return Preference(*row) if row else Preference()

    async def prefer(self, team_id: str, subject: str, preference: Preference) -> None:
        """Keep what a user or channel has chosen."""
        key = {"team_id": team_id, "subject": subject}
        values = {name: getattr(preference, name) for name in ("department", "municipality", "plan")}
        await self._database.write(lambda connection: _put(connection, slack_preferences, key, values))

    async def scope(self, team_id: str, channel_id: str, user_id: str, otherwise: str | None) -> Scope:
        """Return what to search: the channel's choice, else the user's, else the workspace's municipality."""
        subjects = [channel_id, user_id] if channel_id and not channel_id.startswith("D") else [user_id]
        for subject in subjects:
            chosen = (await self.preference(team_id, subject)).scope
            if chosen is not None:
                return chosen
        return Scope(otherwise)

    async def department(self, team_id: str, channel_id: str, user_id: str) -> str | None:
        """Return whose items are meant where no department is named: the channel's choice, else the user's."""
        for subject in (channel_id, user_id):
            if subject and (chosen := (await self.preference(team_id, subject)).department):
                return chosen
        return None

    async def thread(self, team_id: str, channel_id: str, thread_ts: str) -> Thread | None:
        """Return a followed thread."""
        table = slack_threads
        query = select(table.c.conversation_id, table.c.asker).where(
            table.c.team_id == team_id, table.c.channel_id == channel_id, table.c.thread_ts == thread_ts
        )
        row = await self._database.read(lambda connection: connection.execute(query).first())
        return Thread(*row) if row else None

    async def remember(
        self, team_id: str, channel_id: str, thread_ts: str, thread: Thread | None, question: tuple[str, str] | None
    ) -> None:
        """Follow a thread, and keep a (user, question) among the user's recent ones."""

        def work(connection: Connection) -> None:
            if thread is not None:
                key = {"team_id": team_id, "channel_id": channel_id, "thread_ts": thread_ts}
                values = {"conversation_id": thread.conversation_id, "asker": thread.asker, "updated_at": now_text()}
                _put(connection, slack_threads, key, values)
            if question is not None:
                _add_question(connection, team_id, *question)

        await self._database.write(work)

    async def recent_questions(self, team_id: str, user_id: str) -> tuple[str, ...]:
        """Return what a user asked last, newest first."""
        query = _questions_of(team_id, user_id).limit(KEPT_QUESTIONS)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return tuple(row.question for row in rows)


def _questions_of(team_id: str, user_id: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    table = slack_recent_questions
    mine = select(table.c.question).where(table.c.team_id == team_id, table.c.user_id == user_id)
    return mine.order_by(table.c.asked_at.desc())


def _add_question(connection: Connection, team_id: str, user_id: str, question: str) -> None:
    table = slack_recent_questions
    key = {"team_id": team_id, "user_id": user_id, "question": question}
    _put(connection, table, key, {"asked_at": now_text()})
    kept = [row.question for row in connection.execute(_questions_of(team_id, user_id).limit(KEPT_QUESTIONS))]
    mine = (table.c.team_id == team_id, table.c.user_id == user_id)
    connection.execute(delete(table).where(*mine, table.c.question.not_in(kept)))


def _put(connection: Connection, table: Table, key: Mapping[str, str], values: Mapping[str, str | None]) -> None:
    same = [table.c[name] == value for name, value in key.items()]
    if connection.execute(update(table).where(*same).values(**values)).rowcount == 0:
        connection.execute(insert(table).values(**key, **values))
