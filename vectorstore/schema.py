"""The catalogue's tables, as SQLAlchemy sees them; `migrations/` makes the same tables in a database.

One document 文書 has revisions 版; items and passages belong to a revision and keep their place in it as `ordinal`.
Their values are kept whole, as JSON, in `payload`; only what is searched by has a column of its own.
Moments are ISO 8601 text in UTC, which sorts.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

# The newest script in migrations/versions: a catalogue at this revision is opened without loading alembic.
HEAD = "0002"
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
