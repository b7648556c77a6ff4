"""A connection in; the version of the corpus, and the model that it is searched with, read or changed by it."""

from sqlalchemy import Connection, select, update

from vectorstore.contents import EmbeddingModel
from vectorstore.schema import corpus


def lock_corpus(connection: Connection) -> None:
    """Let no other process change the corpus before this transaction ends."""
    # SQLite has locked the whole file already, and leaves FOR UPDATE out.
    connection.execute(select(corpus.c.version).with_for_update())


def fetch_version(connection: Connection) -> int:
    """Return the corpus version."""
    version: int = connection.execute(select(corpus.c.version)).scalar_one()
    return version


def count_version_up(connection: Connection) -> None:
    """Tell every process that the corpus has changed."""
    connection.execute(update(corpus).values(version=corpus.c.version + 1))


def fetch_embedding_model(connection: Connection) -> EmbeddingModel | None:
    """Return the model recorded as the one that the corpus is searched with."""
    columns = corpus.c.embedding_key, corpus.c.embedding_dimension, corpus.c.embedding_normaliser
    row = connection.execute(select(*columns)).one()
    return None if row.embedding_key is None else EmbeddingModel(*row)
