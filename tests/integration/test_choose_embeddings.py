"""Embeddings by name: the packaged model, none, or a server that speaks OpenAI's protocol; and what may befall it."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from langchain_core.embeddings import Embeddings

from vectorstore.embedding.calibration import E5_RELATED, E5_UNRELATED, mean_cosines
from vectorstore.embedding.choose import choose_embeddings
from vectorstore.embedding.e5 import E5Embeddings
from vectorstore.embedding.named import NamedEmbeddings
from vectorstore.errors import EmbeddingFailed, EmbeddingMismatch, EmbeddingUnavailable
from vectorstore.fusion import E5_SCALE


class EmbeddingServer(BaseHTTPRequestHandler):
    """Embeds a text as (its length, 1), as an OpenAI-compatible server would answer."""

    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = asked["input"] if isinstance(asked["input"], list) else [asked["input"]]
        self.asked.extend(texts)
        data = [{"object": "embedding", "index": n, "embedding": [len(t), 1.0]} for n, t in enumerate(texts)]
        body = json.dumps({"object": "list", "data": data, "model": asked["model"], "usage": {}}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the test's output quiet."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), EmbeddingServer) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}/v1"
        listening.shutdown()


def test_the_packaged_model_is_chosen_by_name() -> None:
    chosen = choose_embeddings("e5-int8", workers=2)
    assert isinstance(chosen, E5Embeddings)
    assert chosen.model.key == "e5-small-int8/1"


def test_no_model_is_a_choice() -> None:
    assert choose_embeddings("none") is None


def test_a_server_of_openais_protocol_embeds_under_its_models_name(server: str) -> None:
    chosen = choose_embeddings("openai:made-up", base_url=server, api_key="key")
    assert isinstance(chosen, NamedEmbeddings)
    assert (chosen.model.key, chosen.model.dimension) == ("openai:made-up", 2)
    assert sum(x * x for x in chosen.embed_query("図書館")) == pytest.approx(1.0)
    assert len(chosen.embed_documents(["図書館", "公用車の共同利用"])) == 2


@pytest.mark.parametrize("name", ["e6", "openai:", "word2vec:big"])
def test_an_unknown_name_says_which_there_are(name: str) -> None:
    with pytest.raises(EmbeddingUnavailable, match="e5-int8"):
        choose_embeddings(name)


def test_a_missing_package_is_named() -> None:
    with pytest.raises(EmbeddingUnavailable, match="pip install langchain-huggingface"):
        choose_embeddings("sentence-transformers:made-up")


def test_a_server_that_does_not_answer_is_an_error_with_advice() -> None:
    with pytest.raises(EmbeddingUnavailable, match="KAIKAKU_EMBEDDING_URL"):
        choose_embeddings("openai:made-up", base_url="http://127.0.0.1:9/v1", api_key="key")


def test_texts_are_cleaned_before_they_are_sent(server: str) -> None:
    chosen = choose_embeddings("openai:made-up", base_url=server)
    assert chosen is not None
    EmbeddingServer.asked.clear()
    chosen.embed_documents(["ＲＰＡの\x00活用", "\u200b"])
    chosen.embed_query("\ud800図書館")
    assert EmbeddingServer.asked == ["RPAの活用", "。", "\ufffd図書館"]


class Moody(Embeddings):
    """Embeds everything as `vector`, and fails while it is None."""

    def __init__(self) -> None:
        self.vector: list[float] | None = [3.0, 4.0]
        self.asked = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, _: str) -> list[float]:
        self.asked += 1
        if self.vector is None:
            raise ConnectionError("refused")
        return self.vector


def test_a_model_that_fails_later_is_left_alone_for_a_while() -> None:
    inner = Moody()
    named = NamedEmbeddings("moody:made-up", inner, silence_seconds=3600)
    inner.vector = None
    for _ in range(3):
        with pytest.raises(EmbeddingFailed, match="moody:made-up"):
            named.embed_query("図書館")
    assert inner.asked == 2


def test_a_model_that_comes_back_is_used_again() -> None:
    inner = Moody()
    named = NamedEmbeddings("moody:made-up", inner, silence_seconds=0)
    inner.vector = None
    with pytest.raises(EmbeddingFailed):
        named.embed_query("図書館")
    inner.vector = [0.0, 2.0]
    assert named.embed_query("図書館") == [0.0, 1.0]


def test_another_model_behind_the_same_name_is_noticed() -> None:
    inner = Moody()
    named = NamedEmbeddings("moody:made-up", inner)
    inner.vector = [1.0, 0.0, 0.0]
    with pytest.raises(EmbeddingMismatch, match="3 numbers, 2 at the start"):
        named.embed_documents(["図書館"])


@pytest.mark.parametrize("vector", [[0.0, 0.0], [float("nan"), 1.0], [float("inf"), 1.0]])
def test_a_vector_without_a_direction_is_refused(vector: list[float]) -> None:
    inner = Moody()
    named = NamedEmbeddings("moody:made-up", inner)
    inner.vector = vector
    with pytest.raises(EmbeddingFailed, match="direction"):
        named.embed_query("図書館")


class Narrow(Embeddings):
    """The packaged model with a constant added to every vector, which narrows all cosines to `share` of their range."""

    def __init__(self, e5: E5Embeddings, share: float) -> None:
        self._e5, self._share = e5, share

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self._narrowed(vector) for vector in self._e5.embed_documents(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self._narrowed(self._e5.embed_query(text))

    def _narrowed(self, vector: list[float]) -> list[float]:
        return [*(x * self._share**0.5 for x in vector), (1 - self._share) ** 0.5]


def test_the_scale_of_the_packaged_model_is_measured_right(e5: E5Embeddings) -> None:
    assert mean_cosines(e5) == pytest.approx((E5_RELATED, E5_UNRELATED), abs=0.001)


@pytest.mark.parametrize("share", [1.0, 0.4])
def test_the_cosines_of_any_model_are_stretched_to_the_same_scale(e5: E5Embeddings, share: float) -> None:
    scale = NamedEmbeddings("narrow:made-up", Narrow(e5, share)).scale()
    assert scale.floor == pytest.approx(share * E5_SCALE.floor + (1 - share), abs=0.005)
    assert scale.span == pytest.approx(share * E5_SCALE.span, abs=0.005)


def test_a_model_that_cannot_tell_texts_apart_is_told_of(caplog: pytest.LogCaptureFixture) -> None:
    assert NamedEmbeddings("moody:made-up", Moody()).scale() == E5_SCALE
    assert "KAIKAKU_EMBEDDING=none" in caplog.text
