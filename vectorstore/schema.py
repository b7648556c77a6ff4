"""The catalogue's tables, as SQLAlchemy sees them; `migrations/` makes the same tables in a database.

One document 文書 has revisions 版; items and passages belong to a revision and keep their place in it as `ordinal`.
Their values are kept whole, as JSON, in `payload`; only what is searched by has a column of its own.
Moments are ISO 8601 text in UTC, which sorts.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

# The newest script in migrations/versions: a catalogue at this revision is opened without loading alembic.
HEAD = "0300"
VERSION_TABLE = "catalogue_version"


class StorableText(TypeDecorator[str]):
    """Text from outside, without the NUL characters that PostgreSQL refuses: U+FFFD stands in their places."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Replace what cannot be stored, and look for it replaced."""
        return value and value.replace("\0", "\ufffd")


metadata = MetaData()

# One row: the corpus as a whole. Writers lock it first, so that they take turns.
corpus = Table(
    "corpus",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("embedding_key", Text),
    Column("embedding_dimension", Integer),
    Column("embedding_normaliser", Text),
)

documents = Table(
    "documents",
    metadata,
    Column("id", StorableText, primary_key=True),
    Column("source", StorableText, nullable=False),
    Column("origin", StorableText),
    Column("revision", Integer, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", StorableText, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("extractor", Text, nullable=False),
    Column("encoding", Text, nullable=False),
    Column("title", StorableText, nullable=False),
    Column("title_is_printed", Boolean, nullable=False),
    Column("municipality", StorableText),
    Column("period_start", Integer),
    Column("period_end", Integer),
    Column("item_count", Integer, nullable=False),
    Column("passage_count", Integer, nullable=False),
    Column("ingested_at", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("lines", Text, nullable=False),
    # What a person told about the file, as JSON; the same bytes with other words are read again.
    Column("told", Text, nullable=False, server_default="{}"),
    Column("as_of", StorableText),
    Column("kind", Text),
    Column("series", StorableText),
    UniqueConstraint("document_id", "number"),
)


def _parts_of_a_revision(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("revision_id", ForeignKey("revisions.id", ondelete="CASCADE"), primary_key=True),
        Column("ordinal", Integer, primary_key=True),
        Column("id", StorableText, nullable=False),
        Column("payload", Text, nullable=False),
        UniqueConstraint("revision_id", "id"),
    )


items = _parts_of_a_revision("items")
passages = _parts_of_a_revision("passages")

# The bytes of the files that the current revisions were read from.
originals = Table(
    "originals",
    metadata,
    Column("content_hash", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

embeddings = Table(
    "embeddings",
    metadata,
    Column("model_key", Text, primary_key=True),
    Column("content_hash", Text, primary_key=True),
    # Little-endian float32, one after the other.
    Column("vector", LargeBinary, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", StorableText, primary_key=True),
    Column("created_at", Text, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("role", Text, nullable=False),
    Column("content", StorableText, nullable=False),
    Column("created_at", Text, nullable=False),
)

# One row per brought-in file of words that mean the same, as JSON.
words = Table(
    "words",
    metadata,
    Column("name", StorableText, primary_key=True),
    Column("payload", Text, nullable=False),
    Column("imported_at", Text, nullable=False),
)

# One row per answer and rater; an unnamed rater is "".
feedback = Table(
    "feedback",
    metadata,
    Column("answer_id", StorableText, primary_key=True),
    Column("rater", StorableText, primary_key=True),
    Column("rating", Text, nullable=False),
    Column("comment", StorableText),
    Column("created_at", Text, nullable=False),
)

# One row per answered question. `day` is Japan's; `question` is None where it was refused: such a text is not kept.
answers = Table(
    "answers",
    metadata,
    Column("id", StorableText, primary_key=True),
    Column("asked_at", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("mode", Text, nullable=False),
    Column("intent", Text),
    Column("milliseconds", Float, nullable=False),
    Column("question", StorableText),
    Column("corpus_version", Integer, nullable=False),
)
Index("answers_asked_at", answers.c.asked_at)
Index("answers_day", answers.c.day)

# What staff corrected; no foreign keys, as a correction outlives the revision, and the document, that it was made in.
corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", StorableText, nullable=False),
    Column("source", StorableText, nullable=False),
    Column("item_id", StorableText, nullable=False),
    Column("section", Text, nullable=False),
    Column("number", StorableText),
    Column("title", StorableText, nullable=False),
    Column("field", Text, nullable=False),
    Column("raw", StorableText, nullable=False),
    Column("value", StorableText, nullable=False),
    Column("reason", StorableText, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("undone_at", Text),
)

# What staff have looked at and left as it is: an item's row as printed, or an answer that was found wrong.
reviewed = Table(
    "reviewed",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("subject", StorableText, primary_key=True),
    Column("reviewed_at", Text, nullable=False),
)

# What Slack has delivered, written before it is acknowledged. `subject` is the message it is about, however often and
# as whatever event Slack tells of it; of one `lane` (thread) one row at a time is worked on, in order.
# `free_at` (seconds since 1970): until then the row is its `owner`'s, or rests. The payload goes when the row is done.
slack_inbox = Table(
    "slack_inbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("event_id", StorableText, nullable=False, unique=True),
    Column("subject", StorableText, unique=True),
    Column("lane", StorableText, nullable=False),
    Column("payload", StorableText),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("owner", Text),
    Column("free_at", Float, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("finished_at", Text),
    Column("answer_ts", Text),
)
Index("slack_inbox_lane", slack_inbox.c.lane)
Index("slack_inbox_state", slack_inbox.c.state, slack_inbox.c.free_at)

# Threads that the assistant takes part in: `asker` may go on without naming it.
slack_threads = Table(
    "slack_threads",
    metadata,
    Column("team_id", StorableText, primary_key=True),
    Column("channel_id", StorableText, primary_key=True),
    Column("thread_ts", StorableText, primary_key=True),
    Column("conversation_id", StorableText, nullable=False),
    Column("asker", StorableText, nullable=False),
    Column("updated_at", Text, nullable=False),
)

# What a user (subject U…) or a channel (C…, G…, D…) has chosen.
slack_preferences = Table(
    "slack_preferences",
    metadata,
    Column("team_id", StorableText, primary_key=True),
    Column("subject", StorableText, primary_key=True),
    Column("department", StorableText),
    Column("municipality", StorableText),
    Column("plan", StorableText),
)

slack_recent_questions = Table(
    "slack_recent_questions",
    metadata,
    Column("team_id", StorableText, primary_key=True),
    Column("user_id", StorableText, primary_key=True),
    Column("question", StorableText, primary_key=True),
    Column("asked_at", Text, nullable=False),
)

# `due_at` (seconds since 1970) is when the next digest goes out; `seen` holds the items as last told, as JSON.
slack_subscriptions = Table(
    "slack_subscriptions",
    metadata,
    Column("id", StorableText, primary_key=True),
    Column("team_id", StorableText, nullable=False),
    Column("channel_id", StorableText, nullable=False),
    Column("department", StorableText, nullable=False),
    Column("cadence", Text, nullable=False),
    Column("created_by", StorableText, nullable=False),
    Column("due_at", Float, nullable=False),
    Column("seen", Text),
    UniqueConstraint("team_id", "channel_id", "department"),
)

# Tokens are encrypted.
slack_installations = Table(
    "slack_installations",
    metadata,
    Column("team_id", StorableText, primary_key=True),
    Column("team_name", StorableText),
    Column("bot_token", Text, nullable=False),
    Column("bot_user_id", StorableText, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("installed_by", StorableText, nullable=False),
    Column("installed_at", Text, nullable=False),
)

slack_install_states = Table(
    "slack_install_states",
    metadata,
    Column("state", Text, primary_key=True),
    Column("expires_at", Float, nullable=False),
)
