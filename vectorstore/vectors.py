"""Embeddings in and out of the catalogue by model and content hash, so that no text is embedded twice."""

from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np
from sqlalchemy import Connection, delete, insert, select

from vectorstore.contents import Vector, Vectors
from vectorstore.schema import embeddings

# Databases limit how many values one statement may have.
_BATCH = 500
_FLOAT32 = np.dtype("<f4")


def fetch_vectors(connection: Connection, model_key: str, hashes: Iterable[str]) -> dict[str, Vector]:
    """Fetch those of the texts' embeddings that are stored."""
    query = select(embeddings.c.content_hash, embeddings.c.vector).where(embeddings.c.model_key == model_key)
    found: dict[str, Vector] = {}
    for batch in _batches(list(dict.fromkeys(hashes))):
        rows = connection.execute(query.where(embeddings.c.content_hash.in_(batch)))
        found.update((content_hash, np.frombuffer(vector, _FLOAT32)) for content_hash, vector in rows)
    return found


def write_vectors(connection: Connection, vectors: Vectors) -> None:
    """Store the embeddings that are not stored yet; writers must take turns."""
    known = fetch_vectors(connection, vectors.model_key, vectors.by_hash)
    rows = [
        {"model_key": vectors.model_key, "content_hash": content_hash, "vector": _to_bytes(vector)}
        for content_hash, vector in vectors.by_hash.items()
        if content_hash not in known
    ]
    if rows:
        connection.execute(insert(embeddings), rows)


def delete_vectors_except(connection: Connection, hashes: Collection[str]) -> int:
    """Remove the embeddings, of every model, of texts with other content hashes; count the texts."""
    stored = connection.scalars(select(embeddings.c.content_hash).distinct())
    gone = sorted(set(stored) - set(hashes))
    for batch in _batches(gone):
        connection.execute(delete(embeddings).where(embeddings.c.content_hash.in_(batch)))
    return len(gone)


def _to_bytes(vector: Vector) -> bytes:
    return np.asarray(vector, _FLOAT32).tobytes()


def _batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))
