"""The bytes of plan files in, the bytes of the current ones out: only those are kept."""

from sqlalchemy import Connection, and_, delete, insert, select

from vectorstore.schema import documents, originals, revisions

_IS_CURRENT = and_(revisions.c.document_id == documents.c.id, revisions.c.number == documents.c.revision)


def write_original(connection: Connection, content_hash: str, data: bytes) -> None:
    """Keep a file's bytes by their hash."""
    known = select(originals.c.content_hash).where(originals.c.content_hash == content_hash)
    if connection.execute(known).first() is None:
        connection.execute(insert(originals).values(content_hash=content_hash, data=data))


def fetch_original(connection: Connection, document_id: str) -> bytes | None:
    """Fetch the bytes of a document's current revision; None if it or they are not stored."""
    query = select(originals.c.data).join(revisions, revisions.c.content_hash == originals.c.content_hash)
    query = query.join(documents, _IS_CURRENT)
    data: bytes | None = connection.scalar(query.where(documents.c.id == document_id))
    return data


def drop_unused_originals(connection: Connection) -> None:
    """Remove the bytes that no current revision was read from."""
    used = select(revisions.c.content_hash).join(documents, _IS_CURRENT)
    connection.execute(delete(originals).where(originals.c.content_hash.not_in(used)))
