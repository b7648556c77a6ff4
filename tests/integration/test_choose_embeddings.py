"""Embeddings by name: the packaged model, none, or a server that speaks OpenAI's protocol."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from vectorstore.embedding.choose import NamedEmbeddings, choose_embeddings
from vectorstore.embedding.e5 import E5Embeddings
from vectorstore.errors import EmbeddingUnavailable


class EmbeddingServer(BaseHTTPRequestHandler):
    """Embeds a text as (its length, 1), as an OpenAI-compatible server would answer."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = asked["input"] if isinstance(asked["input"], list) else [asked["input"]]
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
