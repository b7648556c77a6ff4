"""A folder in, the Chroma store in it out, for one process at a time; an unsound store is thrown away, never trusted.

Two processes on one store corrupt it, a writer that is killed may leave it unusable, and a damaged one may abort the
process that opens it (docs/decisions/0001). What is thrown away is derived again from the catalogue.
"""

import logging
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from vectorstore.errors import IndexUnavailable

_OWNED = "owner.lock"
_WRITING = "writing"
_STORE = "chroma"
_PROBE_SECONDS = 60

logger = logging.getLogger(__name__)


class ChromaFolder:
    """A folder that this process owns until it closes it or ends."""

    def __init__(self, folder: Path, lock: Any) -> None:
        self.store = folder / _STORE
        self._mark = folder / _WRITING
        self._lock = lock

    @classmethod
    def own(cls, folder: Path) -> "ChromaFolder | None":
        """Take a folder, which is made if it is not there; None while another process owns it.

        Raises:
            IndexUnavailable: the folder cannot be written.

        """
        from filelock import FileLock, Timeout

        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(folder / _OWNED, timeout=0)
            lock.acquire()
        except Timeout:
            return None
        except OSError as error:
            reason = error.strerror or str(error)
            raise IndexUnavailable(f"{folder}: {reason}; let this user write it, or set KAIKAKU_DATA") from error
        owned = cls(folder, lock)
        owned._discard_if_unsound()
        return owned

    def open(self) -> Any:
        """Return a client of the store."""
        import chromadb

        return chromadb.PersistentClient(str(self.store), settings=quiet())

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Mark the store while it is written: a mark that is found at the next start means that the writing failed."""
        self._mark.touch()
        yield
        self._mark.unlink(missing_ok=True)

    def close(self) -> None:
        """Let another process own the folder."""
        self._lock.release()

    def _discard_if_unsound(self) -> None:
        if self.store.exists() and (self._mark.exists() or not _answers(self.store)):
            logger.warning("%s: the vector index is damaged or was left half written; it is derived anew", self.store)
            shutil.rmtree(self.store)
        self._mark.unlink(missing_ok=True)


def quiet() -> Any:
    """Return Chroma settings under which it reports to nobody."""
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def probe(store: Path) -> None:
    """Query every collection of a store; run in a process of its own, which a damaged store may abort."""
    import chromadb

    client = chromadb.PersistentClient(str(store), settings=quiet())
    for collection in client.list_collections():
        vectors: Any = collection.get(limit=1, include=["embeddings"])["embeddings"]
        if len(vectors):
            collection.query(query_embeddings=[vectors[0]], n_results=1, include=[])


def _answers(store: Path) -> bool:
    code = "import sys, pathlib, vectorstore.chroma_folder as f; f.probe(pathlib.Path(sys.argv[1]))"
    root = str(Path(__file__).parent.parent)
    try:
        done = subprocess.run(
            [sys.executable, "-c", code, str(store.absolute())],
            cwd=root,
            capture_output=True,
            timeout=_PROBE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
