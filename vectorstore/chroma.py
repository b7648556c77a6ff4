"""The catalogue's vectors in, their nearest neighbours out, by Chroma: in a folder of this process, or on a server.

Chroma is derived and never trusted. An id is the content hash of a text, so a vector is added or deleted but never
changed in place (changed ones become unreachable); a rebuild fills a new collection and then drops the old one. What
Chroma fails to answer is answered from the same vectors in memory.
"""

import hashlib
import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import numpy as np

from vectorstore.chroma_folder import ChromaFolder, quiet
from vectorstore.contents import EmbeddingModel, Vector
from vectorstore.errors import IndexUnavailable
from vectorstore.matrix import Cosines, MatrixVectors, Places

_SPACE = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}}
# A server takes some hundreds of vectors a second: a batch must not outlast its patience.
_LARGEST_BATCH = 1000
_PATIENCE_SECONDS = 10.0
_MOST_SPARE = 5000
_SAMPLES = 100
_SAME = 1e-3

logger = logging.getLogger(__name__)


class ChromaVectors:
    """A corpus's vectors: the whole corpus is searched by Chroma, a part of it in memory.

    A `where` makes Chroma scan its metadata (37 ms at 50,000 vectors, 0.3 ms for the same rows in memory), and it
    cannot know which of several passages of one text is meant; over all vectors Chroma is ten times the faster one.
    """

    def __init__(self, exact: MatrixVectors, collection: Any, spare: int, failure: str | None = None) -> None:
        self._exact = exact
        self._collection = collection
        self._spare = spare
        self._failure = failure

    def nearest(self, query: Vector, places: Places | None, count: int) -> Places:
        """Return the `count` of the given places, None for all, whose vectors are nearest to `query`."""
        if places is not None or self._failure is not None:
            return self._exact.nearest(query, places, count)
        wanted = count + min(self._spare, _MOST_SPARE)
        try:
            found = self._collection.query(query_embeddings=[query], n_results=wanted, include=[])["ids"][0]
        except Exception as error:  # chromadb raises its own, its HTTP client's and its engine's errors
            self._failure = f"Chroma fails: {error}"
            logger.warning("%s; the vectors in memory answer", self._failure)
            return self._exact.nearest(query, None, count)
        known = self._exact.places_of(found)
        return known[np.argsort(-self._exact.cosines(query, known), kind="stable")[:count]]

    def cosines(self, query: Vector, places: Places) -> Cosines:
        """Return the exact cosine at each place, NaN where a passage has no vector."""
        return self._exact.cosines(query, places)

    def problem(self) -> str | None:
        """Say what is wrong with the index now, None if it is whole and answers."""
        if self._failure is not None:
            return self._failure
        try:
            missing = len(self._exact.keys) + self._spare - int(self._collection.count())
        except Exception as error:
            return f"Chroma fails: {error}"
        return f"{missing} vectors are missing in Chroma" if missing > 0 else self._exact.problem()


class ChromaIndex:
    """A Chroma store that is kept equal to the catalogue."""

    def __init__(self, connect: Callable[[], Any], where: str, folder: ChromaFolder | None) -> None:
        self._connect = connect
        self._where = where
        self._folder = folder
        self._connected: Any = None

    @classmethod
    def of_server(cls, url: str) -> "ChromaIndex":
        """Use a Chroma server, which several processes and replicas may share; it is called at first use."""
        return cls(lambda: _server_client(url), f"the Chroma server of KAIKAKU_CHROMA_URL={url}", None)

    @classmethod
    def own(cls, folder: Path) -> "ChromaIndex | None":
        """Use a folder as its only owner; None while another process owns it."""
        owned = ChromaFolder.own(folder)
        return None if owned is None else cls(owned.open, str(owned.store), owned)

    def derive(self, exact: MatrixVectors, model: EmbeddingModel) -> ChromaVectors:
        """Bring Chroma up to these vectors and search by it; while it fails, by the vectors in memory."""
        try:
            with self._telling():
                collection, number = self._current(model)
                held = _ids(collection)
                gone = held.difference(exact.keys)
                if self._folder is None:
                    # Of another replica, which may know a newer version; or of an older one: a rebuild drops those.
                    return self._filled(exact, collection, held, len(gone))
                if 2 * len(gone) > len(held):
                    return self._built_anew(exact, model, number + 1)
                with self._folder.writing():
                    for batch in self._batches(sorted(gone)):
                        collection.delete(ids=batch)
                return self._filled(exact, collection, held, 0)
        except IndexUnavailable as error:
            logger.warning("%s; the vectors in memory answer", error)
            return ChromaVectors(exact, None, 0, str(error))

    def rebuild(self, exact: MatrixVectors, model: EmbeddingModel) -> ChromaVectors:
        """Fill a new collection, search by it from now on, and drop all others of the model.

        Raises:
            IndexUnavailable: Chroma does not answer.

        """
        with self._telling():
            return self._built_anew(exact, model, max(self._numbered(model), default=0) + 1)

    def difference(self, exact: MatrixVectors, model: EmbeddingModel) -> tuple[int, int, int]:
        """Count the vectors that Chroma lacks, those that it has besides, and those that its search does not find.

        Raises:
            IndexUnavailable: Chroma does not answer.

        """
        with self._telling():
            collection, _ = self._current(model)
            held = _ids(collection)
            sought = [key for key in exact.keys if key in held]
            lost = sum(not _finds(collection, exact.vector(key)) for key in sought[:: 1 + len(sought) // _SAMPLES])
            return len(set(exact.keys) - held), len(held.difference(exact.keys)), lost

    def close(self) -> None:
        """Give the folder up, or hang up on the server."""
        for session in _sessions(self._connected) if self._folder is None else ():
            session.close()
        if self._folder is not None:
            self._folder.close()

    @property
    def _client(self) -> Any:
        if self._connected is None:
            self._connected = self._connect()
        return self._connected

    def _built_anew(self, exact: MatrixVectors, model: EmbeddingModel, number: int) -> ChromaVectors:
        filled = self._filled(exact, self._collection(model, number), set(), 0)
        for other, collection in self._numbered(model).items():
            if other < number:
                self._client.delete_collection(collection.name)
        return filled

    def _filled(self, exact: MatrixVectors, collection: Any, held: Collection[str], spare: int) -> ChromaVectors:
        missing = [key for key in exact.keys if key not in held]
        complete = {**collection.metadata, "complete": True}
        if missing or collection.metadata != complete:
            with self._folder.writing() if self._folder else nullcontext():
                for batch in self._batches(missing):
                    collection.add(ids=batch, embeddings=[exact.vector(key) for key in batch])
                collection.modify(metadata=complete)
                if exact.keys:
                    # The first query after it still belongs to the writing: it brings the graph up to date.
                    collection.query(query_embeddings=[exact.vector(exact.keys[0])], n_results=1, include=[])
        return ChromaVectors(exact, collection, spare)

    def _current(self, model: EmbeddingModel) -> tuple[Any, int]:
        """The newest complete collection of the model, else the first one."""
        complete = [n for n, found in self._numbered(model).items() if found.metadata.get("complete")]
        number = max(complete, default=1)
        return self._collection(model, number), number

    def _numbered(self, model: EmbeddingModel) -> dict[int, Any]:
        prefix = _prefix(model)
        return {
            int(collection.name.removeprefix(prefix)): collection
            for collection in self._client.list_collections()
            if collection.name.startswith(prefix)
        }

    def _collection(self, model: EmbeddingModel, number: int) -> Any:
        metadata = {"model": model.key, "dimension": model.dimension, "normaliser": model.normaliser, "complete": False}
        return self._client.get_or_create_collection(
            f"{_prefix(model)}{number}", configuration=_SPACE, metadata=metadata, embedding_function=None
        )

    def _batches(self, keys: Sequence[str]) -> Iterator[list[str]]:
        size = min(int(self._client.get_max_batch_size()), _LARGEST_BATCH)
        return (list(keys[start : start + size]) for start in range(0, len(keys), size))

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # chromadb raises its own, its HTTP client's and its engine's errors
            advice = "start it, or unset KAIKAKU_CHROMA_URL" if self._folder is None else "restart to derive it anew"
            raise IndexUnavailable(f"{self._where} does not answer: {error}; {advice}") from error


def _server_client(url: str) -> Any:
    import chromadb

    client = chromadb.HttpClient(url, settings=quiet())
    for session in _sessions(client):
        # chromadb waits for ever.
        session.timeout = _PATIENCE_SECONDS
    return client


def _sessions(client: Any) -> Iterator[Any]:
    """The HTTP connections of a client, which chromadb 1.5 neither closes nor lets one configure."""
    for part in (client, getattr(client, "_admin_client", None)):
        session = getattr(getattr(part, "_server", None), "_session", None)
        if session is not None:
            yield session


def _prefix(model: EmbeddingModel) -> str:
    """The name tells models apart, so that vectors of two of them never meet."""
    return f"passages-{hashlib.sha256(model.cache_key.encode()).hexdigest()[:16]}-"


def _ids(collection: Any) -> set[str]:
    return set(collection.get(include=[])["ids"])


def _finds(collection: Any, vector: Vector) -> bool:
    distances = collection.query(query_embeddings=[vector], n_results=1, include=["distances"])["distances"][0]
    return bool(distances) and float(distances[0]) <= _SAME
