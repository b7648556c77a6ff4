"""Words that mean the same, brought in by the city."""

import sqlalchemy as sa
from alembic import op

revision = "0110"
down_revision = "0100"


def upgrade() -> None:
    """Create the table of files of words."""
    op.create_table(
        "words",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("imported_at", sa.Text, nullable=False),
    )
