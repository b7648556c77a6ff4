"""The vector index of a served data folder: kept in Chroma, on a server too, healed, seen by a second process."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.chroma_server import chroma_server
from tests.server.processes import kaikaku, running_service, start, wait_for_address

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
    with chroma_server(tmp_path_factory.mktemp("chroma")) as url:
        yield url


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
    missing = kaikaku(data, "index", "verify", KAIKAKU_EMBEDDING=MODEL)
    assert missing.returncode == 1
    assert "kaikaku index rebuild" in missing.stderr
    assert kaikaku(data, "index", "rebuild", KAIKAKU_EMBEDDING=MODEL).returncode == 0
    assert kaikaku(data, "index", "verify", KAIKAKU_EMBEDDING=MODEL).returncode == 0


def test_a_killed_owner_leaves_the_folder_to_the_next_one(data: Path, tmp_path: Path, samples_dir: Path) -> None:
    process = start(data, tmp_path / "first.log", "serve", "--port", "0", KAIKAKU_EMBEDDING=MODEL)
    with httpx.Client(base_url=wait_for_address(process, tmp_path / "first.log"), timeout=60) as client:
        with (samples_dir / "mihon_vision.md").open("rb") as file:
            assert client.post("/v1/documents", files={"file": file}).is_success
        process.send_signal(signal.SIGKILL)
        process.wait(60)
    with running_service(data, tmp_path / "second.log", KAIKAKU_EMBEDDING=MODEL) as client:
        assert client.get("/readyz").json()["documents"] == 2
        assert client.post("/v1/ask", json=QUESTION).json()["outcome"] == "answered"


def test_vectors_that_an_ingest_did_not_make_are_made_at_the_start(tmp_path: Path, samples_dir: Path) -> None:
    data = tmp_path / "data"
    assert kaikaku(data, "ingest", str(samples_dir / "mihon_plan.txt"), KAIKAKU_EMBEDDING="none").returncode == 0
    with running_service(data, tmp_path / "log", KAIKAKU_EMBEDDING=MODEL) as client:
        assert client.get("/readyz").status_code == 200
    assert kaikaku(data, "index", "verify", KAIKAKU_EMBEDDING=MODEL).returncode == 0


def test_a_command_that_ends_at_once_does_without_chroma(data: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "assistant", "ask", QUESTION["question"]],
        env={**os.environ, "KAIKAKU_DATA": str(data), "KAIKAKU_EMBEDDING": MODEL},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "onnxruntime" in done.stderr
    assert "chromadb" not in done.stderr


def test_the_service_keeps_its_vectors_on_a_chroma_server(data: Path, tmp_path: Path, chroma_url: str) -> None:
    settings = {"KAIKAKU_EMBEDDING": MODEL, "KAIKAKU_CHROMA_URL": chroma_url}
    with running_service(data, tmp_path / "log", **settings) as client:
        assert client.post("/v1/ask", json=QUESTION).json()["outcome"] == "answered"
        assert client.get("/readyz").status_code == 200
    assert not (data / "index").exists()
    found = httpx.get(f"{chroma_url}/api/v2/tenants/default_tenant/databases/default_database/collections").json()
    [collection] = found
    told = {"model": "e5-small-int8/1", "dimension": 384, "normaliser": "clean/1", "complete": True}
    assert collection["metadata"] == told
    address = f"{chroma_url}/api/v2/tenants/default_tenant/databases/default_database/collections/{collection['id']}"
    assert httpx.get(f"{address}/count").json() > 20


def test_a_chroma_server_that_does_not_answer_is_named_and_the_service_answers_without_it(
    data: Path, tmp_path: Path
) -> None:
    settings = {"KAIKAKU_EMBEDDING": MODEL, "KAIKAKU_CHROMA_URL": "http://127.0.0.1:9"}
    done = kaikaku(data, "index", "verify", **settings)
    assert done.returncode == 1
    assert "KAIKAKU_CHROMA_URL" in done.stderr
    with running_service(data, tmp_path / "log", **settings) as client:
        assert client.post("/v1/ask", json=QUESTION).json()["outcome"] == "answered"
        behind = client.get("/readyz")
    assert behind.status_code == 503
    assert "KAIKAKU_CHROMA_URL" in behind.json()["detail"]
