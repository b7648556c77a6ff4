"""Feedback on answers, and what the Slack channel keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables."""
    _create_feedback()
    _create_inbox()
    _create_choices()
    _create_subscriptions()
    _create_installations()


def _create_feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("answer_id", sa.Text, primary_key=True),
        sa.Column("rater", sa.Text, primary_key=True),
        sa.Column("rating", sa.Text, nullable=False),
        sa.Column("comment", sa.Text),
        sa.Column("created_at", sa.Text, nullable=False),
    )


def _create_inbox() -> None:
    op.create_table(
        "slack_inbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("event_id", sa.Text, nullable=False, unique=True),
        sa.Column("subject", sa.Text, unique=True),
        sa.Column("lane", sa.Text, nullable=False),
        sa.Column("payload", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("owner", sa.Text),
        sa.Column("free_at", sa.Float, nullable=False),
        sa.Column("received_at", sa.Text, nullable=False),
        sa.Column("finished_at", sa.Text),
        sa.Column("answer_ts", sa.Text),
    )
    op.create_index("slack_inbox_lane", "slack_inbox", ["lane"])
    op.create_index("slack_inbox_state", "slack_inbox", ["state", "free_at"])


def _create_choices() -> None:
    op.create_table(
        "slack_threads",
        sa.Column("team_id", sa.Text, primary_key=True),
        sa.Column("channel_id", sa.Text, primary_key=True),
        sa.Column("thread_ts", sa.Text, primary_key=True),
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("asker", sa.Text, nullable=False),
        sa.Column("updated_at", sa.Text, nullable=False),
    )
    op.create_table(
        "slack_preferences",
        sa.Column("team_id", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("department", sa.Text),
        sa.Column("municipality", sa.Text),
        sa.Column("plan", sa.Text),
    )
    op.create_table(
        "slack_recent_questions",
        sa.Column("team_id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("question", sa.Text, primary_key=True),
        sa.Column("asked_at", sa.Text, nullable=False),
    )


def _create_subscriptions() -> None:
    op.create_table(
        "slack_subscriptions",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("department", sa.Text, nullable=False),
        sa.Column("cadence", sa.Text, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("due_at", sa.Float, nullable=False),
        sa.Column("seen", sa.Text),
        sa.UniqueConstraint("team_id", "channel_id", "department"),
    )


def _create_installations() -> None:
    op.create_table(
        "slack_installations",
        sa.Column("team_id", sa.Text, primary_key=True),
        sa.Column("team_name", sa.Text),
        sa.Column("bot_token", sa.Text, nullable=False),
        sa.Column("bot_user_id", sa.Text, nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("installed_by", sa.Text, nullable=False),
        sa.Column("installed_at", sa.Text, nullable=False),
    )
    op.create_table(
        "slack_install_states",
        sa.Column("state", sa.Text, primary_key=True),
        sa.Column("expires_at", sa.Float, nullable=False),
    )
