"""Run by alembic: the connection that opens the catalogue in, its tables brought up to date by `versions/` out."""

from alembic import context

from vectorstore.schema import VERSION_TABLE, metadata

# The caller has begun the transaction and commits it: all steps or none.
context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, version_table=VERSION_TABLE
)
context.run_migrations()
