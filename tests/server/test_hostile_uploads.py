"""Bad files sent to a real service: each is a problem that names it, leaves nothing, and the service alive."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.bootstrap import build_service
from assistant.channels.api import create_app
from assistant.settings import Settings
from tests.unit.ingest.readers import hostile_files as made
from tests.unit.ingest.readers.old_workbooks import OldSheet, old_workbook
from tests.unit.ingest.readers.pdf_files import pdf

PLAN = "見本市しごと改革プラン\n\n取組項目\t所管課\n窓口の予約を広げる\t窓口課\n".encode()
# By what is wrong: the file's name, its bytes, and what the problem says besides the name.
BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "locked PDF": ("plan.pdf", made.a_locked_pdf, "protected by a password; save it without one"),
    "locked workbook": ("plan.xlsx", made.a_locked_office_file, "protected by a password; save it without one"),
    "locked document": ("plan.docx", made.a_locked_office_file, "protected by a password; save it without one"),
    "torn PDF": ("plan.pdf", made.a_torn_pdf, "the PDF is damaged or cut off; copy it again"),
    "torn workbook": ("plan.xlsx", lambda: made.an_xlsx()[:2000], "cut off or damaged; copy it again"),
    "torn document": ("plan.docx", lambda: made.a_docx()[:9000], "cut off or damaged; copy it again"),
    "torn old workbook": ("plan.xls", lambda: an_old_workbook()[:1000], "open it in Excel and save it as XLSX"),
    "no pages": ("plan.pdf", made.a_pdf_without_pages, "the PDF has no pages"),
    "10,000 pages": ("plan.pdf", made.a_pdf_of_ten_thousand_pages, "10,000 pages, at most 2,000 are read; split"),
    "bomb of a workbook": ("plan.xlsx", made.an_xlsx_bomb, "hundreds of times its size"),
    "bomb of a document": ("plan.docx", made.a_docx_bomb, "hundreds of times its size"),
    "entity that reads a file": ("plan.docx", made.a_docx_that_reads_a_file, "declares a document type"),
    "entities that grow": ("plan.xlsx", made.an_xlsx_that_grows, "declares a document type"),
    "object that is itself": ("plan.pdf", made.CIRCULAR["an object that is itself"], "lead back to themselves"),
    "PDF without letters": ("plan.pdf", lambda: pdf(lambda canvas: canvas.rect(9, 9, 9, 9)), "no text was found"),
    "ending that lies": ("plan.pdf", lambda: PLAN, "this is no PDF file; open it and save it as PDF again"),
    "program": ("plan.exe", lambda: b"MZ" + bytes(99), "no reader for .exe; save the plan as"),
    "archive": ("plan.zip", made.an_archive, "take the plan out of it"),
    "nothing": ("plan.csv", bytes, "empty"),
}
NAMES = [
    ("two words.txt", "two words.txt"),
    ("../../etc/plan.txt", "plan.txt"),
    ("..\\..\\plan.txt", "plan.txt"),
    ("全角　の　名前（令和８年）.txt", "全角　の　名前（令和８年）.txt"),
    ("が" * 83 + "12.txt", "が" * 83 + "12.txt"),  # 255 bytes
    ("a" * 251 + ".txt", "a" * 251 + ".txt"),
    ("<b>';--.txt", "<b>';--.txt"),
]


def an_old_workbook() -> bytes:
    return old_workbook({"表": OldSheet({(0, 0): "取組項目", (1, 0): "窓口の予約"})})


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    data: Path = tmp_path_factory.mktemp("data")
    service = build_service(Settings(data=data, embedding="none", refresh_seconds=0.05))
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client


def upload(client: TestClient, name: str, data: bytes) -> Any:
    return client.post("/v1/documents", files={"file": (name, data)})


def forget(client: TestClient) -> None:
    for document in client.get("/v1/documents").json()["documents"]:
        assert client.delete(f"/v1/documents/{document['id']}").status_code == 204


@pytest.mark.parametrize("bad", BAD.values(), ids=list(BAD))
def test_a_bad_file_is_a_problem_that_names_it_and_leaves_nothing(
    client: TestClient, bad: tuple[str, Callable[[], bytes], str]
) -> None:
    name, make, says = bad
    response = upload(client, name, make())
    assert response.status_code in (413, 422)
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"].startswith(f"{name}: ")
    assert says in response.json()["detail"]
    assert client.get("/v1/documents").json()["total"] == 0
    assert client.get("/v1/items").json()["total"] == 0
    assert client.get("/healthz").status_code == 200


def test_a_bad_version_of_a_plan_leaves_the_good_one(client: TestClient) -> None:
    assert upload(client, "plan.xlsx", made.an_xlsx()).status_code == 201
    before = client.get("/v1/items").json()["items"]
    for make in (made.an_xlsx_bomb, lambda: made.an_xlsx()[:2000], made.a_locked_office_file):
        assert upload(client, "plan.xlsx", make()).status_code == 422
    assert client.get("/v1/items").json()["items"] == before
    forget(client)


@pytest.mark.parametrize(("sent", "kept"), NAMES, ids=[kept[:20] for _, kept in NAMES])
def test_a_file_of_any_name_is_stored_under_the_name_alone(client: TestClient, sent: str, kept: str) -> None:
    response = upload(client, sent, PLAN)
    assert response.status_code == 201
    assert response.json()["document"]["source"] == kept
    assert "窓口の予約を広げる" in client.get(f"/documents/{response.json()['document']['id']}").text
    forget(client)


@pytest.mark.parametrize(
    ("name", "data", "part"),
    [
        ("plan.docx", made.a_docx(), "word/vbaProject.bin"),
        ("plan.docm", made.a_docx(), "word/vbaProject.bin"),
        ("plan.xlsm", made.an_xlsx(), "xl/vbaProject.bin"),
    ],
)
def test_macros_are_ignored_and_said(client: TestClient, name: str, data: bytes, part: str) -> None:
    reply = upload(client, name, made.with_macros(data, part)).json()
    remarks = [remark["message"] for remark in reply["document"]["report"]["remarks"]]
    assert any("the macros in it are ignored" in remark for remark in remarks)
    forget(client)


def test_an_ending_that_lies_about_a_readable_file_does_no_harm(client: TestClient) -> None:
    reply = upload(client, "plan.docx", made.an_xlsx()).json()
    assert (reply["outcome"], reply["document"]["item_count"]) == ("added", 1)
    forget(client)
