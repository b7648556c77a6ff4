"""The staff's dashboard lets in who has the token, does what staff sent from its forms, and runs nothing of others'."""

import csv
import io
import logging
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.channels.api import create_app
from assistant.channels.web.admin.access import COOKIE, Access, Attempts
from assistant.conversations import Conversations
from assistant.ingesting import Ingesting
from assistant.service import Service
from tests.made_up import FixedAssistant
from vectorstore.answer_records import AnswerRecord
from vectorstore.catalogue import Catalogue
from vectorstore.live_corpus import LiveCorpus

TOKEN = "見本市の職員だけが知っている言葉"
PAGES = ("", "/questions", "/review", "/corrections", "/documents")
HOSTILE = "<script>alert(1)</script>\u202e=cmd|' /C calc'!A0"


@pytest.fixture(scope="module")
def plan_read(tmp_path_factory: pytest.TempPathFactory, samples_dir: Path) -> Path:
    """A catalogue file with one plan."""
    file = tmp_path_factory.mktemp("admin") / "catalogue.sqlite3"
    with Catalogue.open(f"sqlite:///{file}") as catalogue:
        list(Ingesting(catalogue, lambda _: None).add_files([samples_dir / "mihon_plan.txt"]))
    return file


@pytest.fixture
def service(tmp_path: Path, plan_read: Path) -> Iterator[Service]:
    shutil.copy(plan_read, tmp_path / "catalogue.sqlite3")
    with Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite3") as catalogue:
        ingesting, corpus = Ingesting(catalogue, lambda _: None), LiveCorpus(catalogue, refresh_seconds=0.02)
        yield Service(catalogue, corpus, FixedAssistant(), Conversations(catalogue), ingesting)


def visitor(service: Service, access: Access | None = None) -> TestClient:
    headers = {"Accept": "text/html"}
    return TestClient(
        create_app(service, access=access or Access(TOKEN)),
        raise_server_exceptions=False,
        headers=headers,
        follow_redirects=False,
    )


@pytest.fixture
def staff(service: Service) -> TestClient:
    client = visitor(service)
    assert client.post("/admin/sign-in", data={"token": TOKEN}).headers["location"] == "/admin"
    return client


def form_token(client: TestClient) -> str:
    found = re.search(r'name="form_token" value="(\w+)"', client.get("/admin").text)
    assert found
    return found[1]


def send(client: TestClient, path: str, **values: str) -> Any:
    return client.post(path, data={"form_token": form_token(client), **values})


def an_item_id(service: Service) -> str:
    return next(item.id for item in service.corpus().items if item.title == "粗大ごみ処理手数料の改定")


def a_record(number: int, question: str) -> AnswerRecord:
    now = datetime.now(UTC)
    return AnswerRecord(
        f"a{number}", now, "web", "citizen", "not_found", "not_in_plans", "lookup", "item", 5.0, question, 1
    )


def test_without_a_token_there_is_no_dashboard_and_the_log_says_why(service: Service, caplog):
    client = TestClient(create_app(service), headers={"Accept": "text/html"}, follow_redirects=False)
    with caplog.at_level(logging.WARNING):
        replies = [client.get("/admin"), client.get("/admin/review"), client.get("/admin/sign-in")]
        replies.append(client.post("/admin/sign-in", data={"token": ""}))
    assert {reply.status_code for reply in replies} == {404}
    assert "KAIKAKU_ADMIN_TOKEN" in caplog.text
    assert "KAIKAKU_ADMIN_TOKEN" not in replies[0].text


@pytest.mark.parametrize("page", PAGES)
def test_who_is_not_signed_in_is_asked_for_the_token(service: Service, page: str):
    reply = visitor(service).get(f"/admin{page}")
    assert (reply.status_code, reply.headers["location"]) == (303, "/admin/sign-in")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_framed_by_nobody_kept_by_nobody_and_runs_no_script(staff: TestClient, page: str):
    reply = staff.get(f"/admin{page}")
    assert reply.status_code == 200
    assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
    assert reply.headers["x-frame-options"] == "DENY"
    assert reply.headers["cache-control"] == "no-store"
    assert "<script" not in reply.text


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(service: Service):
    told = visitor(service).post("/admin/sign-in", data={"token": TOKEN}).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/admin", "Max-Age=28800"} <= set(told.split("; "))
    by_https = {"X-Forwarded-Proto": "https"}
    reply = visitor(service).post("/admin/sign-in", data={"token": TOKEN}, headers=by_https)
    assert "Secure" in reply.headers["set-cookie"].split("; ")


@pytest.mark.parametrize("wrong", ["", "x", TOKEN[:-1], f"{TOKEN}x", "\ud800"])
def test_a_wrong_token_lets_nobody_in(service: Service, wrong: str):
    assert not Access(TOKEN).is_token(wrong)
    reply = visitor(service).post("/admin/sign-in", data={"token": wrong.encode("utf-8", "replace").decode()})
    assert reply.status_code == 403
    assert "トークンが違います" in reply.text
    assert "set-cookie" not in reply.headers


def test_after_five_failures_wrong_tokens_must_wait_and_the_right_one_need_not(service: Service):
    seconds = [0.0]
    client = visitor(service, Access(TOKEN, Attempts(lambda: seconds[0])))
    for _ in range(5):
        assert client.post("/admin/sign-in", data={"token": "guess"}).status_code == 403
    reply = client.post("/admin/sign-in", data={"token": "guess"})
    assert (reply.status_code, reply.headers["retry-after"]) == (429, "300")
    assert client.post("/admin/sign-in", data={"token": TOKEN}).status_code == 303
    seconds[0] = 301
    assert client.post("/admin/sign-in", data={"token": "guess"}).status_code == 403


def test_attempts_from_very_many_addresses_are_forgotten_the_oldest_first():
    attempts = Attempts()
    for number in range(10_100):
        attempts.note_failure(str(number))
    assert len(attempts._failed) == 10_000


@pytest.mark.parametrize("cookie", ["", "x", "ImFiYyI.aaaa.bbbb", '"quoted"'])
def test_a_made_up_cookie_is_worth_nothing(cookie: str):
    assert Access(TOKEN).session_of(cookie) is None


def test_a_session_ends_when_signed_out_even_for_a_copy_of_its_cookie(staff: TestClient):
    copy = staff.cookies[COOKIE]
    assert send(staff, "/admin/sign-out").headers["location"] == "/admin/sign-in"
    staff.cookies.set(COOKIE, copy, path="/admin")
    assert staff.get("/admin").status_code == 303


def test_a_changed_token_ends_all_sessions(staff: TestClient, service: Service):
    other = visitor(service, Access("another token of the same city"))
    other.cookies.set(COOKIE, staff.cookies[COOKIE], path="/admin")
    assert other.get("/admin").status_code == 303


def test_a_form_that_is_not_of_this_session_changes_nothing(staff: TestClient, service: Service):
    item_id, other = an_item_id(service), visitor(service)
    other.post("/admin/sign-in", data={"token": TOKEN})
    values = {"field": "owner", "value": "財務課", "reason": "組織改正"}
    for forged in ({}, {"form_token": ""}, {"form_token": "0" * 64}, {"form_token": form_token(other)}):
        for path in (f"/admin/items/{item_id}", "/admin/review", "/admin/corrections/1/undo", "/admin/sign-out"):
            reply = staff.post(path, data={**values, **forged})
            assert reply.status_code == 403
            assert "何も変更していません" in reply.text
    assert service.catalogue.corrections.all() == ()


def test_a_form_sent_from_another_site_is_refused_though_it_were_right(staff: TestClient, service: Service):
    values = {"form_token": form_token(staff), "field": "owner", "value": "財務課", "reason": "組織改正"}
    for site in ("cross-site", "same-site", "none"):
        told = {"Sec-Fetch-Site": site}
        assert staff.post(f"/admin/items/{an_item_id(service)}", data=values, headers=told).status_code == 403
        assert visitor(service).post("/admin/sign-in", data={"token": TOKEN}, headers=told).status_code == 403


def test_what_citizens_and_staff_write_is_shown_and_never_run(staff: TestClient, service: Service):
    service.catalogue.records.add(a_record(1, HOSTILE), 90)
    service.catalogue.add_feedback("a1", "down", HOSTILE, "")
    service.correct(an_item_id(service), "owner", "=1+1<b>課</b>", '"><img src=x onerror=alert(1)>')
    text = "".join(staff.get(f"/admin{page}").text for page in PAGES)
    text += staff.get(f"/admin/items/{an_item_id(service)}?field=owner").text
    assert "&lt;script&gt;alert(1)" in text
    assert "<script" not in text
    assert "<img" not in text
    assert "\u202e" not in text


def test_a_text_without_end_does_not_fill_the_page(staff: TestClient, service: Service):
    service.correct(an_item_id(service), "content", "長" * 100_000, "誤植")
    for page in (f"/items/{an_item_id(service)}?field=content", "/corrections"):
        assert "長" * 600 + "…" in staff.get(f"/admin{page}").text
        assert "長" * 601 not in staff.get(f"/admin{page}").text


@pytest.mark.parametrize("file", ["questions.csv", "corrections.csv"])
def test_no_cell_of_a_file_is_a_formula(staff: TestClient, service: Service, file: str):
    for number, start in enumerate("=+-@\t"):
        service.catalogue.records.add(a_record(number, f"{start}1+1"), 90)
    service.correct(an_item_id(service), "owner", "=1+1課", "-1")
    reply = staff.get(f"/admin/{file}")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    cells = [cell for row in csv.reader(io.StringIO(reply.text.removeprefix("\ufeff"))) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))] == []
    assert any("1+1" in cell for cell in cells)


def test_a_correction_needs_a_reason_without_personal_data(staff: TestClient, service: Service):
    path = f"/admin/items/{an_item_id(service)}"
    for value, reason, told in [
        ("財務課", "", "理由を書いてください"),
        ("財務課", "あ" * 301, "300文字まで"),
        ("財務課", "確認は 090-1234-5678 まで", "個人情報と思われるもの"),
        ("資源循環課", "同じ", "いまの値と同じです"),
        ("課" * 2001, "長い", "2,000文字まで"),
    ]:
        reply = send(staff, path, field="owner", value=value, reason=reason)
        assert reply.status_code == 422
        assert told in reply.text
        assert 'role="alert"' in reply.text
    assert service.catalogue.corrections.all() == ()


def test_what_was_filled_in_stays_when_it_is_refused(staff: TestClient, service: Service):
    reply = send(staff, f"/admin/items/{an_item_id(service)}", field="owner", value="財務課", reason="")
    assert ">\n財務課</textarea>" in reply.text


def test_progress_can_be_corrected_only_where_a_document_reports_on_it(staff: TestClient, service: Service):
    reply = send(staff, f"/admin/items/{an_item_id(service)}", field="progress", value="順調", reason="報告による")
    assert reply.status_code == 422
    assert "この欄は訂正できません" in reply.text


def test_a_document_deleted_while_an_item_of_it_is_corrected_is_told(staff: TestClient, service: Service):
    item_id, token = an_item_id(service), form_token(staff)
    service.delete(service.corpus().documents[0].id)
    values = {"form_token": token, "field": "owner", "value": "財務課", "reason": "組織改正"}
    reply = staff.post(f"/admin/items/{item_id}", data=values)
    assert reply.status_code == 404
    assert "訂正は保存していません" in reply.text
    assert staff.get(f"/admin/items/{item_id}").status_code == 404
    assert service.catalogue.corrections.all() == ()


def test_an_item_tells_its_correction_beside_its_value(staff: TestClient, service: Service):
    item_id = an_item_id(service)
    send(staff, f"/admin/items/{item_id}", field="owner", value="財務課、収納課", reason="組織改正")
    item = staff.get(f"/v1/items/{item_id}").json()
    assert (item["owners"], item["owner_text"]) == (["財務課", "収納課"], "資源循環課")
    (told,) = item["corrections"]
    assert (told["field"], told["raw"], told["value"], told["reason"]) == (
        "owner", "資源循環課", "財務課、収納課", "組織改正",
    )  # fmt: skip
    assert staff.get("/v1/items", params={"owner": "収納課"}).json()["total"] == 1
    assert "資源循環課 → 財務課、収納課" in staff.get("/v1/items.csv").text


def test_the_api_does_not_speak_of_the_dashboard(staff: TestClient):
    assert not [path for path in staff.get("/openapi.json").json()["paths"] if path.startswith("/admin")]


def test_undoing_twice_is_no_error(staff: TestClient, service: Service):
    service.correct(an_item_id(service), "owner", "財務課", "組織改正")
    number = service.catalogue.corrections.all()[0].id
    for _ in range(2):
        assert send(staff, f"/admin/corrections/{number}/undo").status_code == 303
    assert "取り消した訂正" in staff.get("/admin/corrections").text


def test_an_odd_address_is_answered_with_a_helpful_page(staff: TestClient):
    for path in ("/admin?days=0", "/admin?days=x", "/admin/items/%00", "/admin/nowhere", "/admin/questions?days=9999"):
        reply = staff.get(path)
        assert 400 <= reply.status_code < 500, path
        assert reply.headers["content-type"].startswith("text/html"), path


def test_ten_thousand_questions_are_counted_whole(staff: TestClient, service: Service):
    from dataclasses import asdict

    from sqlalchemy import insert

    from vectorstore.database import writing
    from vectorstore.schema import answers

    now = datetime.now(UTC)
    rows = [
        asdict(a_record(n, f"{n % 3000}番目の質問")) | {"asked_at": now.isoformat(), "day": now.date().isoformat()}
        for n in range(10_000)
    ]
    with writing(service.catalogue._engine) as connection:
        connection.execute(insert(answers), rows)
    assert "10,000件" in staff.get("/admin").text
    text = staff.get("/admin/questions").text
    assert "種類が多いため" in text
    assert text.count("<tr>") <= 101


@pytest.mark.parametrize("number", ["9" * 40, "0", "-1", "9" * 5000, "x"])
def test_a_number_that_no_correction_can_have_is_refused(staff: TestClient, number: str):
    assert send(staff, f"/admin/corrections/{number}/undo").status_code == 422
