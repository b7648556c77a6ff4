"""Texts in, vectors of multilingual-e5-small out, as langchain Embeddings: offline, on the CPU."""

import ctypes
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from langchain_core.embeddings import Embeddings

from ingest.normalize import clean
from vectorstore.contents import EmbeddingModel
from vectorstore.embedding.encoder import Encoder, Precision
from vectorstore.embedding.tokenizer import Tokenizer
from vectorstore.embedding.weights import E5Weights, find_weights
from vectorstore.fusion import E5_SCALE, CosineScale

DIMENSION = 384
NORMALISER = "clean/1"

# Far more than 510 tokens; the rest of a longer text is not read.
_LONGEST_TEXT = 8_000


class E5Embeddings(Embeddings):
    """Embeds questions and passages with the prefixes the model was trained on; loads at first use; thread-safe."""

    def __init__(self, precision: Precision = "fp32", workers: int = 1) -> None:
        self.model = EmbeddingModel(f"e5-small-{precision}/1", DIMENSION, NORMALISER)
        self._precision = precision
        self._workers = workers
        self._lock = threading.Lock()
        self._loaded: tuple[Tokenizer, Encoder] | None = None

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages, several at a time."""
        self._load()
        with ThreadPoolExecutor(self._workers) as pool:
            return list(pool.map(lambda text: self._embed(f"passage: {_readable(text)}"), texts))

    def embed_query(self, text: str) -> list[float]:
        """Embed one question."""
        return self._embed(f"query: {_readable(text)}")

    def scale(self) -> CosineScale:
        """Return how this model's cosines are read."""
        return E5_SCALE

    def _embed(self, text: str) -> list[float]:
        tokenizer, encoder = self._load()
        vector: Sequence[float] = encoder.encode(tokenizer.ids(text)).tolist()
        return list(vector)

    def _load(self) -> tuple[Tokenizer, Encoder]:
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    weights = E5Weights(find_weights())
                    self._loaded = Tokenizer(weights), Encoder(weights, self._precision)
                    _give_freed_memory_back()
        return self._loaded


def _give_freed_memory_back() -> None:
    """Return what loading freed to the system: about 90 MB that glibc would keep."""
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except (OSError, AttributeError):
        return  # another C library, which has no such call


def _readable(text: str) -> str:
    """Normalise first: some characters expand eighteenfold later on, NUL would cut the text off."""
    return clean(text[:_LONGEST_TEXT])
