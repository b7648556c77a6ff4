"""A real service process, and real command processes beside it on the same data folder."""

import json
import shutil
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.server.processes import kaikaku, running_service

QUESTION = "「キャッシュレス決済の導入」の所管課はどこですか？"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, samples_dir: Path) -> Path:
    folder = tmp_path_factory.mktemp("data")
    done = kaikaku(folder, "ingest", str(samples_dir / "mihon_plan.txt"))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def client(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with running_service(data, tmp_path_factory.mktemp("log") / "service.log") as client:
        yield client


def wait_for_documents(client: httpx.Client, count: int, seconds: float) -> int:
    """The number of documents that answers come from, as soon as it is `count` or the time is up."""
    deadline = time.monotonic() + seconds
    while True:
        seen: int = client.get("/readyz").json().get("documents", -1)
        if seen == count or time.monotonic() > deadline:
            return seen
        time.sleep(0.1)


def test_a_question_is_answered_with_a_source_that_can_be_opened(client: httpx.Client) -> None:
    reply = client.post("/v1/ask", json={"question": QUESTION}).json()
    assert reply["outcome"] == "answered"
    citation = reply["citations"][0]
    page = client.get(citation["url"].partition("#")[0])
    assert page.status_code == 200
    assert f'id="{citation["url"].partition("#")[2]}"' in page.text


def test_the_command_line_prints_the_same_json(client: httpx.Client, data: Path) -> None:
    varying = ("answer_id", "conversation_id", "timings")
    served = client.post("/v1/ask", json={"question": QUESTION, "history": []}).json()
    printed = json.loads(kaikaku(data, "ask", QUESTION, "--json").stdout)
    assert {**served, **dict.fromkeys(varying)} == {**printed, **dict.fromkeys(varying)}
    assert json.loads(kaikaku(data, "items", "--format", "json").stdout) == client.get("/v1/items?limit=1000").json()
    assert json.loads(kaikaku(data, "documents", "--json").stdout) == client.get("/v1/documents").json()


def test_a_document_ingested_or_deleted_by_another_process_is_seen_soon(
    client: httpx.Client, data: Path, samples_dir: Path
) -> None:
    assert kaikaku(data, "ingest", str(samples_dir / "mihon_vision.md")).returncode == 0
    assert wait_for_documents(client, 2, 5) == 2
    (added,) = [one for one in client.get("/v1/documents").json()["documents"] if one["source"] == "mihon_vision.md"]
    assert kaikaku(data, "documents", "--delete", added["id"]).returncode == 0
    assert wait_for_documents(client, 1, 5) == 1


def test_an_upload_answers_at_once(client: httpx.Client, samples_dir: Path) -> None:
    with (samples_dir / "mihon_progress.tsv").open("rb") as file:
        uploaded = client.post("/v1/documents", files={"file": file}).json()["document"]
    found = client.get("/v1/items", params={"document_id": uploaded["id"]}).json()
    assert found["total"] == uploaded["item_count"] > 0
    assert client.delete(f"/v1/documents/{uploaded['id']}").status_code == 204
    assert client.get("/v1/items", params={"document_id": uploaded["id"]}).json()["total"] == 0


def test_the_service_is_ready_and_says_so(client: httpx.Client) -> None:
    assert client.get("/readyz").json()["status"] == "ok"


def test_a_taken_port_is_told_of(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = kaikaku(data, "serve", "--port", str(port))
    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert "--port" in done.stderr


def test_a_service_without_documents_says_what_to_do(tmp_path: Path) -> None:
    with running_service(tmp_path / "data", tmp_path / "service.log") as client:
        reply = client.post("/v1/ask", json={"question": QUESTION}).json()
    assert (reply["outcome"], reply["reason"]) == ("not_found", "not_in_plans")
    assert "kaikaku ingest" in reply["answer"]


def test_a_folder_is_ingested_though_one_file_in_it_is_bad(tmp_path: Path, samples_dir: Path) -> None:
    plans = tmp_path / "plans"
    (plans / "deeper").mkdir(parents=True)
    shutil.copy(samples_dir / "mihon_plan.txt", plans / "deeper")
    (plans / "empty.txt").touch()
    (plans / "photo.jpg").write_bytes(b"\xff\xd8")
    done = kaikaku(tmp_path / "data", "ingest", str(plans))
    assert done.returncode == 1
    assert "mihon_plan.txt" in done.stdout
    assert "empty.txt" in done.stderr
    assert "photo.jpg" not in done.stdout + done.stderr


def test_a_second_document_of_one_name_is_refused_unless_it_is_to_replace(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.txt").write_text(f"第1章 {name}\n\n窓口を見直します。\n", encoding="utf-8")
    data = tmp_path / "data"
    done = kaikaku(data, "ingest", str(tmp_path / "a"), str(tmp_path / "b"))
    assert done.returncode == 1
    assert "plan.txt" in done.stderr
    assert "rename" in done.stderr
    assert kaikaku(data, "ingest", "--replace", str(tmp_path / "b")).returncode == 0
