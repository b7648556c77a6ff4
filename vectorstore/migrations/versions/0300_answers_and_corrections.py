"""What was answered, what staff corrected, and what staff have looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0300"
down_revision = "0110"


def upgrade() -> None:
    """Create the tables."""
    _create_answers()
    _create_corrections()
    op.create_table(
        "reviewed",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("reviewed_at", sa.Text, nullable=False),
    )


def _create_answers() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("asked_at", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("mode", sa.Text, nullable=False),
        sa.Column("intent", sa.Text),
        sa.Column("milliseconds", sa.Float, nullable=False),
        sa.Column("question", sa.Text),
        sa.Column("corpus_version", sa.Integer, nullable=False),
    )
    op.create_index("answers_asked_at", "answers", ["asked_at"])
    op.create_index("answers_day", "answers", ["day"])


def _create_corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document_id", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("item_id", sa.Text, nullable=False),
        sa.Column("section", sa.Text, nullable=False),
        sa.Column("number", sa.Text),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("raw", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("undone_at", sa.Text),
    )
