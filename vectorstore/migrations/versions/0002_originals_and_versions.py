"""The bytes of the files, what was told about them, and what tells one version of a plan from another."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table of originals, and the new columns of revisions."""
    op.create_table(
        "originals",
        sa.Column("content_hash", sa.Text, primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.add_column("revisions", sa.Column("told", sa.Text, nullable=False, server_default="{}"))
    for name in ("as_of", "kind", "series"):
        op.add_column("revisions", sa.Column(name, sa.Text))
