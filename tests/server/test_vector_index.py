"""The vector index of a served data folder: kept in Chroma, on a server too, healed, seen by a second process."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.server.processes import kaikaku, running_service

MODEL = "e5-int8"
QUESTION = {"question": "図書館の分室はどうなりますか"}


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory, samples_dir: Path) -> Path:
    """A data folder with the sample outline and its embeddings, to be copied."""
    data = tmp_path_factory.mktemp("ingested")
    done = kaikaku(data, "ingest", str(samples_dir / "mihon_plan.txt"), KAIKAKU_EMBEDDING=MODEL)
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture
def data(ingested: Path, tmp_path: Path) -> Path:
    shutil.copytree(ingested, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture(scope="module")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = str(Path(sys.executable).with_name("chroma"))
    folder = str(tmp_path_factory.mktemp("chroma"))
    process = subprocess.Popen(
        [program, "run", "--host", "127.0.0.1", "--port", str(port), "--path", folder], stdout=subprocess.DEVNULL
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def test_a_served_folder_answers_and_its_index_matches(data: Path, tmp_path: Path) -> None:
    with running_service(data, tmp_path / "log", KAIKAKU_EMBEDDING=MODEL) as client:
        assert client.post("/v1/ask", json=QUESTION).json()["outcome"] == "answered"
        assert client.get("/readyz").status_code == 200
        beside = kaikaku(data, "ask", "電子契約の所管課は？", "--json", KAIKAKU_EMBEDDING=MODEL)
        assert json.loads(beside.stdout)["outcome"] == "answered"
        busy = kaikaku(data, "index", "verify", KAIKAKU_EMBEDDING=MODEL)
        assert busy.returncode == 1
        assert "/readyz" in busy.stderr
    assert kaikaku(data, "index", "verify", KAIKAKU_EMBEDDING=MODEL).returncode == 0


def test_a_second_service_on_the_folder_sees_what_the_first_is_given(
    data: Path, tmp_path: Path, samples_dir: Path
) -> None:
    with (
        running_service(data, tmp_path / "first.log", KAIKAKU_EMBEDDING=MODEL) as first,
        running_service(data, tmp_path / "second.log", KAIKAKU_EMBEDDING=MODEL) as second,
    ):
        with (samples_dir / "mihon_vision.md").open("rb") as file:
            assert first.post("/v1/documents", files={"file": file}).is_success
        deadline = time.monotonic() + 5
        while len(second.get("/v1/documents").json()["documents"]) < 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        asked = {"question": "2040年の見本市が目指す姿は何ですか"}
        assert first.post("/v1/ask", json=asked).json()["outcome"] == "answered"
        assert second.post("/v1/ask", json=asked).json()["outcome"] == "answered"
        assert second.get("/readyz").status_code == 200


def test_a_deleted_or_ruined_index_heals_at_the_next_start(data: Path, tmp_path: Path) -> None:
    with running_service(data, tmp_path / "first.log", KAIKAKU_EMBEDDING=MODEL) as client:
        client.post("/v1/ask", json=QUESTION)
    for file in (data / "index" / "chroma").rglob("*"):
        if file.is_file():
            file.write_bytes(b"ruined" * 100)
    with running_service(data, tmp_path / "second.log", KAIKAKU_EMBEDDING=MODEL) as client:
        assert client.get("/readyz").status_code == 200
        assert client.post("/v1/ask", json=QUESTION).json()["outcome"] == "answered"
    assert "derived anew" in (tmp_path / "second.log").read_text("utf-8")
    shutil.rmtree(data / "index")
    assert kaikaku(data, "index", "rebuild", KAIKAKU_EMBEDDING=MODEL).returncode == 0


def test_the_service_keeps_its_vectors_on_a_chroma_server(data: Path, tmp_path: Path, chroma_url: str) -> None:
    _wait_for(chroma_url)
    settings = {"KAIKAKU_EMBEDDING": MODEL, "KAIKAKU_CHROMA_URL": chroma_url}
    with running_service(data, tmp_path / "log", **settings) as client:
        assert client.post("/v1/ask", json=QUESTION).json()["outcome"] == "answered"
        assert client.get("/readyz").status_code == 200
    assert not (data / "index").exists()
    found = httpx.get(f"{chroma_url}/api/v2/tenants/default_tenant/databases/default_database/collections").json()
    [collection] = found
    assert collection["metadata"] == {"model": "e5-small-int8/1", "dimension": 384, "normaliser": "clean/1"}
    address = f"{chroma_url}/api/v2/tenants/default_tenant/databases/default_database/collections/{collection['id']}"
    assert httpx.get(f"{address}/count").json() > 20


def test_a_chroma_server_that_does_not_answer_is_named(data: Path) -> None:
    done = kaikaku(data, "index", "verify", KAIKAKU_EMBEDDING=MODEL, KAIKAKU_CHROMA_URL="http://127.0.0.1:9")
    assert done.returncode == 1
    assert "KAIKAKU_CHROMA_URL" in done.stderr


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{url}/api/v2/heartbeat", timeout=1).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {url} within 30 s")
