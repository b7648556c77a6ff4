"""Vectors kept in Chroma: one owner a folder, equal to the catalogue, healed when damaged, or on a server."""

import logging
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import numpy as np
import pytest

from ingest.plan_items import Passage
from tests.made_up import a_passage
from vectorstore.chroma import ChromaIndex
from vectorstore.contents import EmbeddingModel, Vector
from vectorstore.errors import IndexUnavailable
from vectorstore.matrix import MatrixVectors

MODEL = EmbeddingModel("made-up/1", 8, "none")
KILLED_WRITER = """
import os, pathlib, signal, sys
import vectorstore.chroma as chroma
index = chroma.ChromaIndex.own(pathlib.Path(sys.argv[1]))
print("owned", flush=True)
chroma._Writing(index._folder).__enter__()
os.kill(os.getpid(), signal.SIGKILL)
"""


def vectors_of(count: int) -> tuple[list[Passage], dict[str, Vector]]:
    random = np.random.default_rng(7)
    passages = [a_passage(id=f"p{n}", document_id=f"doc-{n % 3}") for n in range(count)]
    made = {p.id: random.normal(size=8).astype(np.float32) for p in passages}
    return passages, {key: vector / np.linalg.norm(vector) for key, vector in made.items()}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[ChromaIndex]:
    owned = ChromaIndex.own(tmp_path / "index")
    assert owned is not None
    yield owned
    owned.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--path", str(tmp_path_factory.mktemp("chroma"))],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/api/v2/heartbeat")
        yield url
    finally:
        process.terminate()
        process.wait(20)


def test_the_nearest_are_those_of_an_exact_search(index: ChromaIndex) -> None:
    passages, vectors = vectors_of(60)
    query = vectors["p5"]
    exact = MatrixVectors(vectors, {p.id: p.document_id for p in passages}).nearest(query, None, 10)
    found = index.derive(passages, vectors, MODEL).nearest(query, None, 10)
    assert list(found) == list(exact)
    assert np.allclose(list(found.values()), list(exact.values()), atol=1e-4)


def test_a_search_stays_inside_the_given_documents(index: ChromaIndex) -> None:
    passages, vectors = vectors_of(30)
    found = index.derive(passages, vectors, MODEL).nearest(vectors["p0"], {"doc-1"}, 30)
    assert set(found) == {p.id for p in passages if p.document_id == "doc-1"}


def test_cosines_of_named_passages_are_exact(index: ChromaIndex) -> None:
    passages, vectors = vectors_of(9)
    found = index.derive(passages, vectors, MODEL).cosines(vectors["p0"], ["p1", "p8", "unknown"])
    assert found == pytest.approx({key: float(vectors[key] @ vectors["p0"]) for key in ("p1", "p8")}, abs=1e-5)


def test_the_collection_follows_the_passages(index: ChromaIndex) -> None:
    passages, vectors = vectors_of(12)
    index.derive(passages[:8], vectors, MODEL)
    held = index.derive(passages[4:], vectors, MODEL)
    assert held.count() == 8
    assert set(held.nearest(vectors["p9"], None, 50)) == {p.id for p in passages[4:]}


def test_an_empty_collection_finds_nothing(index: ChromaIndex) -> None:
    held = index.derive([], {}, MODEL)
    assert held.nearest(np.zeros(8, np.float32), None, 5) == {}
    assert held.cosines(np.zeros(8, np.float32), []) == {}


def test_vectors_of_two_models_never_meet(index: ChromaIndex) -> None:
    passages, vectors = vectors_of(5)
    index.derive(passages, vectors, MODEL)
    assert index.held(EmbeddingModel("other/1", 8, "none")).count() == 0


def test_a_folder_has_one_owner(index: ChromaIndex, tmp_path: Path) -> None:
    assert ChromaIndex.own(tmp_path / "index") is None
    index.close()
    second = ChromaIndex.own(tmp_path / "index")
    assert second is not None
    second.close()


def test_what_was_stored_is_there_after_a_restart(tmp_path: Path) -> None:
    passages, vectors = vectors_of(20)
    _store_twenty(tmp_path / "index")
    again = ChromaIndex.own(tmp_path / "index")
    assert again is not None
    assert again.held(MODEL).count() == 20
    assert again.derive(passages, vectors, MODEL).count() == 20
    again.close()


@pytest.mark.parametrize("damage", ["garbage", "truncated", "half written"])
def test_a_damaged_folder_is_derived_anew_with_a_warning(
    tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "index"
    _store_twenty(folder)
    database = folder / "chroma" / "chroma.sqlite3"
    if damage == "garbage":
        database.write_bytes(b"no database" * 500)
    elif damage == "truncated":
        database.write_bytes(database.read_bytes()[:5000])
    else:
        subprocess.run([sys.executable, "-c", KILLED_WRITER, str(folder)], check=False, cwd=_root())
    passages, vectors = vectors_of(20)
    with caplog.at_level(logging.WARNING):
        healed = ChromaIndex.own(folder)
    assert healed is not None
    assert "derived anew" in caplog.text
    assert healed.derive(passages, vectors, MODEL).count() == 20
    healed.close()


def test_a_server_holds_the_vectors_for_several_clients(server: str) -> None:
    passages, vectors = vectors_of(25)
    with closing(ChromaIndex.of_server(server)) as first:
        first.derive(passages, vectors, MODEL)
    second = ChromaIndex.of_server(server)
    other = second.derive(passages, vectors, MODEL)
    assert other.count() == 25
    assert next(iter(other.nearest(vectors["p3"], {"doc-0"}, 3))) == "p3"
    second.close()


def test_on_a_server_passages_of_other_clients_stay(server: str) -> None:
    model = EmbeddingModel("shared/1", 8, "none")
    passages, vectors = vectors_of(10)
    with closing(ChromaIndex.of_server(server)) as first:
        first.derive(passages, vectors, model)
    second = ChromaIndex.of_server(server)
    fewer = second.derive(passages[:4], vectors, model)
    assert fewer.count() == 10
    assert {"p0", "p1", "p2", "p3"} <= set(fewer.nearest(vectors["p0"], None, 4))
    second.close()


def test_a_server_that_does_not_answer_is_named() -> None:
    with pytest.raises(IndexUnavailable, match="KAIKAKU_CHROMA_URL"):
        ChromaIndex.of_server("http://127.0.0.1:9")


def _store_twenty(folder: Path) -> None:
    # Chroma keeps one engine per path and process: only another process lets go of it for certain.
    code = (
        "import pathlib, sys; from tests.integration.test_chroma import MODEL, vectors_of; "
        "from vectorstore.chroma import ChromaIndex; index = ChromaIndex.own(pathlib.Path(sys.argv[1])); "
        "index.derive(*vectors_of(20), MODEL)"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True, cwd=_root())


def _root() -> Path:
    return Path(__file__).parents[2]


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if httpx.get(url, timeout=1).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {url} within 30 s")
