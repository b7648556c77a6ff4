"""Passage vectors in, their nearest neighbours out, by Chroma: a folder that one process owns, or a Chroma server.

Chroma is derived and never trusted: vectors are added and deleted by content-hash ids but never updated in place
(updated ones become unreachable), a folder is opened by one process at a time (two corrupt it), and a folder that does
not answer, or was being written when its process died, is thrown away and derived again from the catalogue.
"""

import hashlib
import logging
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ingest.plan_items import Passage
from vectorstore.contents import EmbeddingModel, Vector
from vectorstore.errors import IndexUnavailable

_OWNED = "owner.lock"
_WRITING = "writing"
_STORE = "chroma"
_SPACE = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}}
_PROBE_SECONDS = 60

logger = logging.getLogger(__name__)


class ChromaVectors:
    """One collection of passage vectors."""

    def __init__(self, collection: Any, stale: int = 0) -> None:
        self._collection = collection
        self._stale = stale

    def nearest(self, query: Vector, documents: Collection[str] | None, count: int) -> dict[str, float]:
        """Return the cosines of the `count` passages nearest to `query` in the given documents."""
        wanted = min(count + self._stale, self._collection.count())
        if wanted == 0:
            return {}
        where = None if documents is None else {"document": {"$in": sorted(documents)}}
        found = self._collection.query(query_embeddings=[query], n_results=wanted, where=where, include=["distances"])
        return {
            key: 1.0 - float(distance) for key, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        }

    def cosines(self, query: Vector, keys: Collection[str]) -> dict[str, float]:
        """Return the exact cosine of every known one of `keys`."""
        if not keys:
            return {}
        found = self._collection.get(ids=list(keys), include=["embeddings"])
        return {
            key: float(np.dot(vector, query)) for key, vector in zip(found["ids"], found["embeddings"], strict=True)
        }

    def count(self) -> int:
        """Return how many vectors the collection holds."""
        return int(self._collection.count())


class ChromaIndex:
    """A Chroma store that is kept equal to the catalogue's passages."""

    def __init__(self, client: Any, folder: Path | None, lock: Any) -> None:
        self._client = client
        self._folder = folder
        self._lock = lock

    @classmethod
    def of_server(cls, url: str) -> "ChromaIndex":
        """Connect to a Chroma server.

        Raises:
            IndexUnavailable: no server answers at `url`.

        """
        import chromadb
        from chromadb.config import Settings

        try:
            return cls(chromadb.HttpClient(url, settings=Settings(anonymized_telemetry=False)), None, None)
        except (ValueError, OSError) as error:
            raise IndexUnavailable(
                f"no Chroma server answers at {url}: start it, or unset KAIKAKU_CHROMA_URL"
            ) from error

    @classmethod
    def own(cls, folder: Path) -> "ChromaIndex | None":
        """Open a folder as its only owner; None while another process owns it."""
        from filelock import FileLock, Timeout

        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / _OWNED, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            return None
        _discard_if_unsound(folder)
        return cls(_open(folder), folder, lock)

    def derive(
        self, passages: Sequence[Passage], vectors: Mapping[str, Vector], model: EmbeddingModel
    ) -> ChromaVectors:
        """Make the collection hold exactly these passages' vectors; adds and deletes, or builds it anew."""
        documents = {passage.id: passage.document_id for passage in passages if passage.id in vectors}
        with _Writing(self._folder):
            collection = self._collection(model)
            present = set(collection.get(include=[])["ids"])
            gone = present - documents.keys()
            if self._folder is None:
                # Another replica may already know passages that this one does not: leave them.
                stale = len(gone)
            else:
                stale = 0
                for batch in self._batches(sorted(gone)):
                    collection.delete(ids=batch)
            self._add(collection, [key for key in documents if key not in present], documents, vectors)
        return ChromaVectors(collection, stale)

    def held(self, model: EmbeddingModel) -> ChromaVectors:
        """Return the collection as it is."""
        return ChromaVectors(self._collection(model))

    def rebuild(
        self, passages: Sequence[Passage], vectors: Mapping[str, Vector], model: EmbeddingModel
    ) -> ChromaVectors:
        """Throw the collection away and derive it again."""
        self._client.delete_collection(self._collection(model).name)
        return self.derive(passages, vectors, model)

    def close(self) -> None:
        """Give the folder up, and hang up on a server."""
        if self._folder is None:
            # chromadb 1.5 leaves its connections open, whatever is closed.
            for client in (self._client, getattr(self._client, "_admin_client", None)):
                session = getattr(getattr(client, "_server", None), "_session", None)
                if session is not None:
                    session.close()
        if self._lock is not None:
            self._lock.release()

    def _collection(self, model: EmbeddingModel) -> Any:
        # The name tells models apart, so that vectors of two of them never meet.
        name = f"passages-{hashlib.sha256(repr(model).encode()).hexdigest()[:16]}"
        metadata = {"model": model.key, "dimension": model.dimension, "normaliser": model.normaliser}
        return self._client.get_or_create_collection(
            name, configuration=_SPACE, metadata=metadata, embedding_function=None
        )

    def _add(
        self,
        collection: Any,
        keys: list[str],
        documents: Mapping[str, str],
        vectors: Mapping[str, Vector],
    ) -> None:
        for batch in self._batches(keys):
            embeddings = [np.asarray(vectors[key], np.float32) for key in batch]
            collection.add(ids=batch, embeddings=embeddings, metadatas=[{"document": documents[key]} for key in batch])

    def _batches(self, keys: list[str]) -> Iterator[list[str]]:
        size = int(self._client.get_max_batch_size())
        return (keys[start : start + size] for start in range(0, len(keys), size))


def probe(store: Path) -> None:
    """Query every collection of a folder; run in a process of its own, which a broken folder may abort."""
    import chromadb

    client = chromadb.PersistentClient(str(store), settings=_quiet())
    for collection in client.list_collections():
        vectors: Any = collection.get(limit=1, include=["embeddings"])["embeddings"]
        if len(vectors):
            collection.query(query_embeddings=[vectors[0]], n_results=1)


class _Writing:
    """Marks a folder while it is written: a mark that is found at start means that a writer died."""

    def __init__(self, folder: Path | None) -> None:
        self._mark = folder / _WRITING if folder else None

    def __enter__(self) -> None:
        if self._mark:
            self._mark.touch()

    def __exit__(self, *_: object) -> None:
        if self._mark:
            self._mark.unlink(missing_ok=True)


def _open(folder: Path) -> Any:
    import chromadb

    return chromadb.PersistentClient(str(folder / _STORE), settings=_quiet())


def _quiet() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def _discard_if_unsound(folder: Path) -> None:
    store = folder / _STORE
    if not store.exists():
        return
    if not (folder / _WRITING).exists() and _answers(store):
        return
    logger.warning("%s: the vector index is damaged or was left half written; it is derived anew", store)
    shutil.rmtree(store)
    (folder / _WRITING).unlink(missing_ok=True)


def _answers(store: Path) -> bool:
    """Tell whether a child process can open and query the folder: Chroma may abort the process that tries."""
    code = "import sys, pathlib, vectorstore.chroma as c; c.probe(pathlib.Path(sys.argv[1]))"
    root = str(Path(__file__).parent.parent)
    try:
        done = subprocess.run(
            [sys.executable, "-c", code, str(store)], cwd=root, capture_output=True, timeout=_PROBE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
