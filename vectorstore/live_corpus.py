"""The catalogue in, a snapshot of its newest version out, whenever it is asked for."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from vectorstore.catalogue import Catalogue
from vectorstore.contents import Contents
from vectorstore.corpus import Corpus, Dense
from vectorstore.errors import CatalogueError
from vectorstore.tokens import index_tokens

MENDING_SECONDS = 60.0

logger = logging.getLogger(__name__)


class LiveCorpus:
    """Gives the newest snapshot; looks for a new version at most every `refresh_seconds`.

    An answer that is under way keeps the snapshot it began with, and while one thread reads a new version the others
    go on with the old one. A vector index with a problem is derived again every `mending_seconds`.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        dense: Callable[[Contents], Dense | None] = lambda _: None,
        refresh_seconds: float = 1.0,
        mending_seconds: float = MENDING_SECONDS,
    ) -> None:
        self._catalogue = catalogue
        self._dense = dense
        self._refresh_seconds = refresh_seconds
        self._mending_seconds = mending_seconds
        self._lock = threading.Lock()
        self._looked = self._derived = 0.0
        self._corpus: Corpus | None = None
        self._tokens: dict[str, list[str]] = {}

    def __call__(self) -> Corpus:
        """Return the snapshot of the newest version that has been seen."""
        corpus = self._corpus
        if corpus is not None and (self._is_fresh() or not self._lock.acquire(blocking=False)):
            return corpus
        if corpus is None:
            self._lock.acquire()
        try:
            return self._refreshed()
        finally:
            self._lock.release()

    def _is_fresh(self) -> bool:
        return time.monotonic() - self._looked < self._refresh_seconds

    def _refreshed(self) -> Corpus:
        if self._corpus is not None and self._is_fresh():
            return self._corpus
        try:
            if self._corpus is None or self._catalogue.version() != self._corpus.version:
                self._corpus = self._read()
            elif time.monotonic() - self._derived >= self._mending_seconds:
                self._corpus = self._mended(self._corpus)
        except CatalogueError as error:
            if self._corpus is None:
                raise
            # What was read before still answers while the catalogue is away.
            logger.warning(
                "the catalogue cannot be read, version %d goes on answering: %s", self._corpus.version, error
            )
        self._looked = time.monotonic()
        return self._corpus

    def _read(self) -> Corpus:
        contents = self._catalogue.load()
        # Splitting text into words takes most of the time: what an earlier version held is not split again.
        texts = {passage.search_text for passage in contents.passages}
        tokens = {text: self._tokens.get(text) or index_tokens(text) for text in texts}
        corpus = Corpus.of(contents, self._derive(contents), tokens.__getitem__)
        self._tokens = tokens
        _ = corpus.item_texts  # worked out here, where nobody waits for a page
        logger.info("corpus version %d: %d passages", contents.version, len(contents.passages))
        return corpus

    def _mended(self, corpus: Corpus) -> Corpus:
        self._derived = time.monotonic()
        problem = corpus.index_problem()
        if problem is None:
            return corpus
        logger.info("the vector index is derived again: %s", problem)
        mended = replace(corpus, dense=self._derive(corpus.contents))
        return corpus if mended.index_problem() else mended

    def _derive(self, contents: Contents) -> Dense | None:
        dense = self._dense(contents)
        self._derived = time.monotonic()
        return dense
