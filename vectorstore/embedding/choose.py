"""The embedding that the settings name in, langchain Embeddings that know their model out."""

from collections.abc import Callable
from importlib import import_module

from langchain_core.embeddings import Embeddings

from vectorstore.embedding.e5 import E5Embeddings
from vectorstore.embedding.named import NamedEmbeddings
from vectorstore.errors import EmbeddingUnavailable

_PATIENCE_SECONDS = 30
CHOICES = "none, e5, e5-int8, openai:MODEL, ollama:MODEL or sentence-transformers:MODEL"


def choose_embeddings(
    name: str, workers: int = 1, base_url: str | None = None, api_key: str | None = None
) -> E5Embeddings | NamedEmbeddings | None:
    """Return the embeddings of a name such as e5 or openai:text-embedding-3-small; None for none.

    Raises:
        EmbeddingUnavailable: the name is unknown, or its package is not installed.

    """
    if name == "none":
        return None
    if name in ("e5", "e5-int8"):
        return E5Embeddings("int8" if name == "e5-int8" else "fp32", workers)
    kind, _, model = name.partition(":")
    if kind not in _MAKERS or not model:
        raise EmbeddingUnavailable(f"KAIKAKU_EMBEDDING: {name} is unknown; use {CHOICES}")
    package, make = _MAKERS[kind]
    try:
        return NamedEmbeddings(name, make(model, base_url, api_key))
    except ModuleNotFoundError as error:
        raise EmbeddingUnavailable(f"KAIKAKU_EMBEDDING={name} needs `pip install {package}`") from error
    except Exception as error:  # every provider raises its own
        advice = "check KAIKAKU_EMBEDDING_URL and KAIKAKU_EMBEDDING_API_KEY"
        raise EmbeddingUnavailable(f"KAIKAKU_EMBEDDING={name} does not answer: {error}; {advice}") from error


def _openai(model: str, base_url: str | None, api_key: str | None) -> Embeddings:
    # Without the length check texts are sent as they are: other servers that speak this protocol take no OpenAI token
    # numbers, and the tokenizer would be fetched from outside.
    made: Embeddings = import_module("langchain_openai").OpenAIEmbeddings(
        model=model,
        base_url=base_url,
        api_key=api_key or "none",
        check_embedding_ctx_length=False,
        max_retries=1,
        timeout=_PATIENCE_SECONDS,
    )
    return made


def _ollama(model: str, base_url: str | None, _: str | None) -> Embeddings:
    made: Embeddings = import_module("langchain_ollama").OllamaEmbeddings(
        model=model, base_url=base_url, client_kwargs={"timeout": _PATIENCE_SECONDS}
    )
    return made


def _sentence_transformers(model: str, _: str | None, __: str | None) -> Embeddings:
    made: Embeddings = import_module("langchain_huggingface").HuggingFaceEmbeddings(model_name=model)
    return made


_MAKERS: dict[str, tuple[str, Callable[[str, str | None, str | None], Embeddings]]] = {
    "openai": ("langchain-openai", _openai),
    "ollama": ("langchain-ollama", _ollama),
    "sentence-transformers": ("langchain-huggingface", _sentence_transformers),
}
