"""The one row of the corpus: writers take turns by it, and its version grows with every change readers must see."""

from sqlalchemy import Connection, select, update

from vectorstore.schema import corpus


def lock_corpus(connection: Connection) -> None:
    """Wait until no other process changes the corpus, and keep others waiting until the transaction ends."""
    # SQLite has locked the whole file already, and leaves FOR UPDATE out.
    connection.execute(select(corpus.c.version).with_for_update())


def corpus_version(connection: Connection) -> int:
    """Return the version of the corpus."""
    version: int = connection.execute(select(corpus.c.version)).scalar_one()
    return version


def count_version_up(connection: Connection) -> None:
    """Note that the corpus has changed."""
    connection.execute(update(corpus).values(version=corpus.c.version + 1))
