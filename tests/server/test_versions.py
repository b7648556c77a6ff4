"""Versions of a plan over HTTP and on the command line: linked, counted once, compared."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.bootstrap import build_service
from assistant.channels.api import create_app
from assistant.cli import main
from assistant.settings import Settings
from tests.unit.assistant.test_changes_between_versions import TEXTS


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    folder.mkdir()
    for name in ("draft.txt", "plan.txt"):
        (folder / name).write_text(TEXTS[name], encoding="utf-8")
    return folder


@pytest.fixture
def client(tmp_path: Path, plans: Path) -> Iterator[TestClient]:
    service = build_service(Settings(data=tmp_path / "data", embedding="none", refresh_seconds=0.05))
    assert {one.result for one in service.ingesting.add_files(sorted(plans.iterdir()))} == {"added"}
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client


def document_ids(client: TestClient) -> dict[str, str]:
    return {one["source"]: one["id"] for one in client.get("/v1/documents").json()["documents"]}


def test_documents_tell_their_dates_and_what_replaces_them(client: TestClient):
    draft, plan = client.get("/v1/documents").json()["documents"]
    assert (draft["as_of"], plan["as_of"]) == ("令和5年12月", "令和6年3月")
    assert (draft["superseded_by"], draft["relation"]) == (plan["id"], "revision")
    assert (plan["superseded_by"], plan["relation"]) == (None, None)
    assert client.get(f"/v1/documents/{draft['id']}").json()["superseded_by"] == plan["id"]


def test_items_and_facets_leave_out_the_draft_unless_it_is_asked_for(client: TestClient):
    found = client.get("/v1/items").json()
    assert {item["source"] for item in found["items"]} == {"plan.txt"}
    assert (found["total"], found["facets"]["plan"]) == (4, [{"value": "見本市はなまる改革プラン", "count": 4}])
    draft = client.get("/v1/items", params={"plan": "見本市はなまる改革プラン（案）"}).json()
    assert {item["source"] for item in draft["items"]} == {"draft.txt"}
    assert client.get(f"/v1/items/{draft['items'][0]['id']}").status_code == 200


def test_what_changed_since_the_draft_is_listed(client: TestClient):
    ids = document_ids(client)
    found = client.get(f"/v1/plans/{ids['plan.txt']}/changes").json()
    assert (found["old"]["source"], found["new"]["source"]) == ("draft.txt", "plan.txt")
    assert (found["old"]["date"], found["new"]["date_is_printed"]) == ("令和5年12月", True)
    assert (found["total"], found["unchanged"]) == (4, 1)
    by_kind = {change["kind"]: change for change in found["changes"]}
    assert by_kind["added"]["new"]["title"] == "広告収入の確保"
    assert by_kind["added"]["old"] is None
    assert by_kind["removed"]["old"]["title"] == "公用車の台数の見直し"
    changed = {change["new"]["title"]: change["fields"] for change in found["changes"] if change["kind"] == "changed"}
    assert changed["電話案内の自動化"] == [
        {"field": "schedule", "old": "令和7年度", "new": "令和9年度"},
        {"field": "owner", "old": "広報課", "new": "総務課"},
    ]


def test_any_two_documents_can_be_compared(client: TestClient):
    ids = document_ids(client)
    found = client.get(f"/v1/plans/{ids['draft.txt']}/changes", params={"since": ids["plan.txt"]}).json()
    assert {change["kind"] for change in found["changes"]} == {"added", "removed", "changed"}


def test_a_file_uploaded_again_is_compared_with_its_earlier_revision(client: TestClient):
    changed = TEXTS["plan.txt"].replace("財政課", "税務課")
    assert client.post("/v1/documents", files={"file": ("plan.txt", changed.encode())}).json()["outcome"] == "replaced"
    found = client.get(f"/v1/plans/{document_ids(client)['plan.txt']}/changes", params={"since": "1"}).json()
    assert (found["old"]["revision"], found["new"]["revision"]) == (1, 2)
    (change,) = found["changes"]
    assert change["fields"] == [{"field": "owner", "old": "財政課", "new": "税務課"}]


@pytest.mark.parametrize(("path", "hint"), [("{draft}/changes", "?since=ID"), ("none/changes", "kaikaku documents")])
def test_without_anything_to_compare_with_the_problem_says_what_to_do(client: TestClient, path: str, hint: str):
    response = client.get(f"/v1/plans/{path.format(draft=document_ids(client)['draft.txt'])}")
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")
    assert hint in response.json()["detail"]


def test_a_revision_that_never_was_is_a_problem(client: TestClient):
    plan = document_ids(client)["plan.txt"]
    response = client.get(f"/v1/plans/{plan}/changes", params={"since": "9"})
    assert response.status_code == 404
    assert "newest is 1" in response.json()["detail"]


def test_the_command_line_prints_the_differences_as_table_and_as_json(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, plans: Path
):
    monkeypatch.setenv("KAIKAKU_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("KAIKAKU_EMBEDDING", "none")
    assert main(["ingest", str(plans)]) == 0
    capsys.readouterr()
    assert main(["diff", "draft.txt", "plan.txt"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("旧 見本市はなまる改革プラン（案）（draft.txt、版 1、令和5年12月）\n新 ")
    assert "所管課：広報課 → 総務課" in said
    assert said.endswith("\n追加 1、削除 1、移動 0、変更 2、変更なし 1\n")
    assert main(["diff", "draft.txt", "plan.txt@1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 4
    assert main(["documents"]) == 0
    assert "新しい版 plan.txt" in capsys.readouterr().out
    assert main(["items"]) == 0
    assert capsys.readouterr().out.endswith("\n4件\n")
    assert main(["diff", "draft.txt", "none.txt"]) == 1
    assert "none.txt: no such document" in capsys.readouterr().err
