"""Any langchain Embeddings in, the same out with a name, a dimension, unit vectors and one kind of failure."""

import logging
import math
import time
from collections.abc import Callable
from typing import TypeVar

from langchain_core.embeddings import Embeddings

from ingest.normalize import clean
from vectorstore.contents import EmbeddingModel
from vectorstore.embedding.calibration import measure_scale
from vectorstore.embedding.e5 import NORMALISER
from vectorstore.errors import EmbeddingFailed, EmbeddingMismatch
from vectorstore.fusion import E5_SCALE, CosineScale

SILENCE_SECONDS = 30.0

# Servers refuse the empty text.
_EMPTY = "。"

Given = TypeVar("Given")
logger = logging.getLogger(__name__)


class NamedEmbeddings(Embeddings):
    """Embeddings of another program or server; the dimension is learnt from a first text.

    A server that failed is left alone for `silence_seconds`, so that not every question waits for it.
    """

    def __init__(self, name: str, inner: Embeddings, silence_seconds: float = SILENCE_SECONDS) -> None:
        self._inner = inner
        self._silence_seconds = silence_seconds
        self._silent_until = 0.0
        self._scale: CosineScale | None = None
        self.model = EmbeddingModel(name, len(inner.embed_query("計画")), NORMALISER)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages.

        Raises:
            EmbeddingFailed: the model gives no vectors just now.

        """
        vectors = self._asked(lambda: self._inner.embed_documents([clean(text) or _EMPTY for text in texts]))
        if len(vectors) != len(texts):
            raise EmbeddingFailed(f"{self.model.key} gave {len(vectors)} vectors for {len(texts)} texts")
        return [self._unit(vector) for vector in vectors]

    def embed_query(self, text: str) -> list[float]:
        """Embed a question.

        Raises:
            EmbeddingFailed: the model gives no vector just now.

        """
        return self._unit(self._asked(lambda: self._inner.embed_query(clean(text) or _EMPTY)))

    def scale(self) -> CosineScale:
        """Return how the model's cosines are read, measured once with a few texts."""
        if self._scale is None:
            self._scale = measure_scale(self)
        if self._scale is None:
            logger.warning("%s hardly tells Japanese texts apart: KAIKAKU_EMBEDDING=none may find more", self.model.key)
            self._scale = E5_SCALE
        return self._scale

    def _asked(self, ask: Callable[[], Given]) -> Given:
        if time.monotonic() < self._silent_until:
            raise EmbeddingFailed(f"{self.model.key} failed a moment ago")
        try:
            return ask()
        except Exception as error:  # every provider raises its own
            self._silent_until = time.monotonic() + self._silence_seconds
            advice = "check KAIKAKU_EMBEDDING_URL and the server there"
            raise EmbeddingFailed(f"{self.model.key} does not answer: {error}; {advice}") from error

    def _unit(self, vector: list[float]) -> list[float]:
        if len(vector) != self.model.dimension:
            raise EmbeddingMismatch(
                f"{self.model.key} gives {len(vector)} numbers, {self.model.dimension} at the start:"
                " another model stands behind its name; restart to embed everything with it"
            )
        length = math.sqrt(sum(x * x for x in vector))
        if not math.isfinite(length) or length == 0:
            raise EmbeddingFailed(f"{self.model.key} gave a vector that has no direction")
        return [x / length for x in vector]
