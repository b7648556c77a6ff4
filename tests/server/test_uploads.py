"""Files uploaded to a real service: with what is told about them, as jobs, too large, too slow, hostile."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.bootstrap import build_service
from assistant.channels.api import create_app
from assistant.channels.web.admin.access import Access
from assistant.jobs import MOST_WAITING
from assistant.settings import Settings

TOKEN = "token of the staff of 見本市"
UNNAMED = "番号\t取組項目\t目標\t所管課\n1\t集会所の統合\t18か所に減らす\t施設管理課\n".encode()
TOLD = {"municipality": "見本市", "title": "見本市改革プラン", "period": "令和6年度～令和10年度"}


def client_of(data: Path, access: Access | None = None, **settings: Any) -> TestClient:
    service = build_service(Settings(data=data, embedding="none", refresh_seconds=0.05, **settings))
    return TestClient(create_app(service, max_upload_bytes=100_000, access=access), raise_server_exceptions=False)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with client_of(tmp_path / "data") as client:
        yield client


def upload(client: TestClient, name: str, data: bytes, fields: dict[str, str] | None = None, query: str = "") -> Any:
    return client.post(f"/v1/documents{query}", files={"file": (name, data)}, data=fields or {})


def finished(client: TestClient, address: str) -> Any:
    deadline = time.monotonic() + 60
    while (job := client.get(address).json())["state"] not in ("done", "failed"):
        assert time.monotonic() < deadline, job
        time.sleep(0.02)
    return job


def assert_problem(response: Any, status: int, *hints: str) -> None:
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    for hint in hints:
        assert hint in response.json()["detail"]


def test_what_cannot_be_read_is_asked_for_and_not_guessed(client: TestClient):
    reply = upload(client, "list.tsv", UNNAMED).json()
    assert [ask["field"] for ask in reply["asks"]] == ["title", "municipality"]
    assert "municipality" in reply["asks"][1]["question"]
    assert reply["document"]["municipality"] is None
    assert any("names no municipality" in remark["message"] for remark in reply["document"]["report"]["remarks"])


def test_what_is_told_stands_in_the_document_and_its_items_and_nothing_is_asked(client: TestClient):
    upload(client, "list.tsv", UNNAMED)
    reply = upload(client, "list.tsv", UNNAMED, TOLD).json()
    assert (reply["outcome"], reply["asks"]) == ("replaced", [])
    assert (reply["document"]["title"], reply["document"]["period"]) == ("見本市改革プラン", [2024, 2028])
    (item,) = client.get("/v1/items", params={"municipality": "見本市"}).json()["items"]
    assert item["plan"] == "見本市改革プラン"
    assert upload(client, "list.tsv", UNNAMED, TOLD).json()["outcome"] == "unchanged"


@pytest.mark.parametrize(
    ("fields", "hints"),
    [
        ({"period": "いつか"}, ("form: period", "2024-2028")),
        ({"kind": "budget"}, ("kind", "plan or report")),
        ({"title": "あ" * 301}, ("title",)),
    ],
)
def test_a_field_that_means_nothing_is_a_problem(client: TestClient, fields: dict[str, str], hints: tuple[str, ...]):
    assert_problem(upload(client, "list.tsv", UNNAMED, fields), 422, *hints)
    assert client.get("/v1/documents").json()["total"] == 0


def test_an_upload_in_the_background_is_a_job_that_ends_with_its_result(client: TestClient):
    response = upload(client, "list.tsv", UNNAMED, TOLD, "?background=true")
    assert response.status_code == 202
    assert response.headers["location"] == f"/v1/jobs/{response.json()['id']}"
    job = finished(client, response.headers["location"])
    assert (job["state"], job["source"], job["problem"]) == ("done", "list.tsv", None)
    assert (job["result"]["outcome"], job["result"]["document"]["item_count"]) == ("added", 1)
    assert client.get("/v1/items").json()["total"] == 1


def test_a_job_that_fails_says_why_and_the_next_one_is_done(client: TestClient):
    bad = upload(client, "bad.txt", bytes(range(256)), query="?background=true")
    good = upload(client, "list.tsv", UNNAMED, query="?background=true")
    job = finished(client, bad.headers["location"])
    assert (job["state"], job["result"]) == ("failed", None)
    assert job["problem"].startswith("bad.txt: ")
    assert finished(client, good.headers["location"])["state"] == "done"


def test_an_unknown_job_is_a_problem(client: TestClient):
    assert_problem(client.get("/v1/jobs/none"), 404, "/v1/documents")


def test_more_uploads_than_can_wait_are_turned_away_until_later(client: TestClient):
    responses = [
        upload(client, f"{number}.tsv", UNNAMED * 300, query="?background=true") for number in range(MOST_WAITING * 4)
    ]
    turned_away = [response for response in responses if response.status_code != 202]
    assert turned_away
    for response in turned_away:
        assert_problem(response, 503, "try again")
    for response in responses:
        if response.status_code == 202:
            assert finished(client, response.headers["location"])["state"] == "done"


def test_a_file_that_is_too_large_is_a_problem(client: TestClient):
    assert_problem(upload(client, "large.txt", b"a" * 200_000), 413, "too large")


def test_a_file_that_takes_too_long_is_a_problem_and_the_service_goes_on(tmp_path: Path):
    rows = "".join(f"{number}\t取組{number}を見直す\t{number}件に減らす\t施設管理課\n" for number in range(200_000))
    service = build_service(Settings(data=tmp_path / "data", embedding="none", reading_seconds=6))
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        slow = upload(client, "slow.tsv", b"\xe7\x95\xaa\xe5\x8f\xb7\t" + UNNAMED + rows.encode())
        assert_problem(slow, 422, "slow.tsv", "longer than 6 seconds", "KAIKAKU_READING_SECONDS")
        assert upload(client, "list.tsv", UNNAMED).status_code == 201


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer guess", f"Basic {TOKEN}", TOKEN])
def test_where_staff_have_a_token_nobody_else_changes_the_documents(tmp_path: Path, sent: str):
    right = {b"Authorization": f"Bearer {TOKEN}".encode()}
    wrong = {b"Authorization": sent.encode()} if sent else {}
    with client_of(tmp_path / "data", Access(TOKEN)) as client:
        for query in ("", "?background=true"):
            refused = client.post(f"/v1/documents{query}", files={"file": ("list.tsv", UNNAMED)}, headers=wrong)
            assert_problem(refused, 401, "Authorization: Bearer")
            assert refused.headers["www-authenticate"] == "Bearer"
        taken = client.post("/v1/documents", files={"file": ("list.tsv", UNNAMED)}, headers=right)
        assert taken.status_code == 201
        address = f"/v1/documents/{taken.json()['document']['id']}"
        assert_problem(client.delete(address, headers=wrong), 401)
        assert client.get(address).status_code == 200
        assert client.delete(address, headers=right).status_code == 204
