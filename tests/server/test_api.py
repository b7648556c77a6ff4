"""The HTTP contract over a real catalogue, with an assistant that always says the same."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from fastapi.testclient import TestClient

from assistant.answers import REASONS, Answer, Question, Reason, Scope, Turn
from assistant.channels.api import create_app
from assistant.channels.web.origins import Origins
from assistant.conversations import Conversations
from assistant.ingesting import Ingesting
from assistant.listening import NOBODY, Listener
from assistant.service import Service
from ingest.documents import Document
from ingest.plan_items import Extraction
from tests.made_up import FixedAssistant, a_report, an_item
from vectorstore.catalogue import Catalogue
from vectorstore.live_corpus import LiveCorpus

ITEMS = tuple(
    an_item(
        id=f"item-{number}",
        title=f"取組{number}",
        line_start=number,
        owners=("財務課",) if number % 2 else (),
        target_fiscal_years=(2020 + number,),
    )
    for number in range(1, 8)
)
DOCUMENT = Document("doc-1", "mihon.txt", "0" * 64, "utf-8", ("改革プラン", "<script>"), (), "改革プラン", "見本市")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite3") as catalogue:
        catalogue.add(DOCUMENT, Extraction(ITEMS, (), a_report()))
        yield catalogue


@pytest.fixture
def assistant() -> FixedAssistant:
    return FixedAssistant()


@pytest.fixture
def client(catalogue: Catalogue, assistant: FixedAssistant) -> Iterator[TestClient]:
    ingesting = Ingesting(catalogue, lambda _: None)
    service = Service(
        catalogue, LiveCorpus(catalogue, refresh_seconds=0), assistant, Conversations(catalogue), ingesting
    )
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client


def assert_problem(response, status: int, *hints: str) -> None:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["title"]
    for hint in hints:
        assert hint in problem["detail"]


def test_a_question_is_answered_with_citations(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": "担当課は？"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.json()["citations"][0]["quote"] == "窓口案内の見直し"


def test_the_question_reaches_the_assistant_as_a_person_sees_it(client: TestClient, assistant: FixedAssistant) -> None:
    body = {
        "question": "\u202e 担当\u0000課\u200bは？\n",
        "history": [{"role": "user", "content": "案内\u0007"}],
        "scope": {"municipality": "見本市", "plan": ""},
        "audience": "staff",
        "language": "en",
    }
    assert client.post("/v1/ask", json=body).status_code == 200
    assert assistant.questions == [Question("担当課は？", (Turn("user", "案内"),), Scope("見本市"), "staff", "en")]


def test_a_conversation_continues_by_its_id(client: TestClient, assistant: FixedAssistant) -> None:
    first = client.post("/v1/ask", json={"question": "担当課は？"}).json()["conversation_id"]
    second = client.post("/v1/ask", json={"question": "目標は？", "conversation_id": first}).json()["conversation_id"]
    assert second == first
    assert assistant.questions[-1].history == (Turn("user", "担当課は？"), Turn("assistant", "窓口課です。[1]"))


def test_a_given_history_wins_over_the_stored_one(client: TestClient, assistant: FixedAssistant) -> None:
    first = client.post("/v1/ask", json={"question": "担当課は？"}).json()["conversation_id"]
    client.post("/v1/ask", json={"question": "目標は？", "conversation_id": first, "history": []})
    assert assistant.questions[-1].history == ()


def test_a_conversation_is_deleted_by_its_user(client: TestClient, assistant: FixedAssistant) -> None:
    first = client.post("/v1/ask", json={"question": "担当課は？"}).json()["conversation_id"]
    assert client.delete(f"/v1/conversations/{first}").status_code == 204
    assert_problem(client.delete(f"/v1/conversations/{first}"), 404, "conversation")
    client.post("/v1/ask", json={"question": "目標は？", "conversation_id": first})
    assert assistant.questions[-1].history == ()


def test_an_unknown_conversation_begins_anew(client: TestClient) -> None:
    reply = client.post("/v1/ask", json={"question": "担当課は？", "conversation_id": "guessed"}).json()
    assert reply["conversation_id"] != "guessed"


@pytest.mark.parametrize("question", ["", "  \n", "\u0000\u200b", "\ufeff"])
def test_an_empty_question_is_a_problem(client: TestClient, question: str) -> None:
    assert_problem(client.post("/v1/ask", json={"question": question}), 422, "body.question", "1 to 500")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"question": "\xff"}',
        b'{"question": "\\ud800"}',
        b"[" * 200_000,
        b'{"question": {"a": 1}}',
        b'["question"]',
        b"null",
        b'{"question": 1e999}',
        b'{"question": "a", "history": "b"}',
    ],
)
def test_a_broken_body_is_a_problem(client: TestClient, body: bytes) -> None:
    response = client.post("/v1/ask", content=body, headers={"Content-Type": "application/json"})
    assert_problem(response, response.status_code)
    assert response.status_code in (400, 422)


def test_an_unpaired_surrogate_in_the_history_is_a_problem(client: TestClient) -> None:
    body = b'{"question": "a", "history": [{"role": "user", "content": "\\udfff"}]}'
    assert_problem(client.post("/v1/ask", content=body, headers={"Content-Type": "application/json"}), 422)


def test_a_body_of_another_kind_is_a_problem(client: TestClient) -> None:
    assert_problem(client.post("/v1/ask", content="question=a", headers={"Content-Type": "text/plain"}), 422)


def test_a_huge_body_is_a_problem(client: TestClient) -> None:
    response = client.post("/v1/ask", content=b" " * 1_000_001, headers={"Content-Type": "application/json"})
    assert_problem(response, 413, "too large")


def test_a_failure_of_ours_is_a_problem_without_a_trace(catalogue: Catalogue, caplog: pytest.LogCaptureFixture) -> None:
    class Failing:
        def answer(self, question: Question, listener: Listener = NOBODY) -> Answer:  # noqa: ARG002
            raise RuntimeError("internal detail")

    ingesting = Ingesting(catalogue, lambda _: None)
    service = Service(
        catalogue, LiveCorpus(catalogue, refresh_seconds=0), Failing(), Conversations(catalogue), ingesting
    )
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        response = client.post("/v1/ask", json={"question": "a"})
        page = client.post("/chat", data={"question": "a"}, headers={"Accept": "text/html"})
    assert_problem(response, 500)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    for reply in (response, page):
        assert reply.status_code == 500
        assert "internal detail" not in reply.text
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
        assert f"request {reply.headers['x-request-id']} failed" in caplog.text


def test_whom_to_ask_is_told_when_the_plans_do_not_say(catalogue: Catalogue) -> None:
    assistant = FixedAssistant(Answer("not_found", "記載がありません。", "not_in_plans"))
    ingesting = Ingesting(catalogue, lambda _: None)
    service = Service(
        catalogue,
        LiveCorpus(catalogue, refresh_seconds=0),
        assistant,
        Conversations(catalogue),
        ingesting,
        "改革室（内線1）へお尋ねください。",
    )
    with TestClient(create_app(service)) as client:
        reply = client.post("/v1/ask", json={"question": "a"}).json()
    assert reply["answer"] == "記載がありません。\n\n改革室（内線1）へお尋ねください。"


def test_items_come_page_by_page(client: TestClient) -> None:
    first = client.get("/v1/items", params={"limit": 4}).json()
    second = client.get("/v1/items", params={"limit": 4, "cursor": first["next_cursor"]}).json()
    assert [item["title"] for item in first["items"] + second["items"]] == [f"取組{number}" for number in range(1, 8)]
    assert (first["total"], second["total"], second["next_cursor"]) == (7, 7, None)
    assert second["facets"] == first["facets"]


@pytest.mark.parametrize(
    ("conditions", "titles"),
    [
        ({"owner": "財務課", "fiscal_year": 2023}, ["取組3"]),
        ({"missing": "owner"}, ["取組2", "取組4", "取組6"]),
        ({"q": "取組5"}, ["取組5"]),
        ({"section": "1 窓口", "sort": "-document", "limit": 2}, ["取組7", "取組6"]),
        ({"municipality": "", "plan": "", "cursor": "", "q": "", "fiscal_year": 2021}, ["取組1"]),
        ({"municipality": "別市"}, []),
    ],
)
def test_items_are_selected_exactly(client: TestClient, conditions: dict[str, str | int], titles: list[str]) -> None:
    assert [item["title"] for item in client.get("/v1/items", params=conditions).json()["items"]] == titles


@pytest.mark.parametrize(
    "conditions",
    [
        {"fiscal_year": "令和"},
        {"missing": "colour"},
        {"sort": "colour"},
        {"limit": 0},
        {"limit": 10**6},
        {"q": "x" * 301},
    ],
)
def test_a_wrong_condition_is_a_problem(client: TestClient, conditions: dict[str, str | int]) -> None:
    assert_problem(client.get("/v1/items", params=conditions), 422, "query.", next(iter(conditions)))


def test_a_wrong_cursor_is_a_problem(client: TestClient) -> None:
    assert_problem(client.get("/v1/items", params={"cursor": "はじめ"}), 400, "start again without a cursor")


def test_an_item_is_found_by_its_id(client: TestClient) -> None:
    assert client.get("/v1/items/item-3").json()["title"] == "取組3"
    assert_problem(client.get("/v1/items/none"), 404, "/v1/items")


def test_items_are_exported_with_the_same_conditions(client: TestClient) -> None:
    response = client.get("/v1/items.csv", params={"fiscal_year": 2024})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["content-disposition"]
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response.text.count("\r\n") == 2


def test_documents_are_listed_and_shown(client: TestClient) -> None:
    (document,) = client.get("/v1/documents").json()["documents"]
    assert (document["source"], document["item_count"]) == ("mihon.txt", 7)
    assert client.get(document["url"]).status_code == 200
    assert client.get(f"/v1/documents/{document['id']}").json()["report"]["missing"] == {}
    assert_problem(client.get("/v1/documents/none"), 404, "/v1/documents")


def test_a_cited_line_can_be_opened(client: TestClient) -> None:
    response = client.get("/documents/doc-1")
    assert '<li id="L1" value="1">' in response.text
    assert "改革プラン" in response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_the_root_says_what_is_loaded(client: TestClient) -> None:
    response = client.get("/")
    assert '<a href="/documents/doc-1">改革プラン</a>' in response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"


def test_a_deleted_document_is_gone(client: TestClient) -> None:
    assert client.delete("/v1/documents/doc-1").status_code == 204
    assert client.get("/v1/items").json()["total"] == 0
    assert_problem(client.delete("/v1/documents/doc-1"), 404)
    assert client.get("/documents/doc-1").status_code == 404


def test_an_upload_is_ingested_replaced_and_recognised(client: TestClient, samples_dir: Path) -> None:
    plan = (samples_dir / "mihon_plan.txt").read_bytes()
    first = client.post("/v1/documents", files={"file": ("../../mihon_plan.txt", plan)})
    assert first.status_code == 201
    assert (first.json()["outcome"], first.json()["document"]["source"]) == ("added", "mihon_plan.txt")
    assert first.json()["document"]["item_count"] > 0
    again = client.post("/v1/documents", files={"file": ("mihon_plan.txt", plan)})
    assert (again.status_code, again.json()["outcome"]) == (200, "unchanged")
    changed = client.post("/v1/documents", files={"file": ("mihon_plan.txt", plan + "\n付記\n".encode())})
    assert (changed.json()["outcome"], changed.json()["document"]["revision"]) == ("replaced", 2)


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.txt", b""), ("a.txt", bytes(range(256)) * 20), ("a.exe", b"MZ"), ("a", b"text"), ("\x00", b"x")],
)
def test_a_bad_upload_is_a_problem_and_changes_nothing(client: TestClient, name: str, data: bytes) -> None:
    assert_problem(client.post("/v1/documents", files={"file": (name, data)}), 422)
    assert client.get("/v1/documents").json()["total"] == 1


def test_an_upload_without_a_file_is_a_problem(client: TestClient) -> None:
    assert_problem(client.post("/v1/documents"), 422, "file")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/v1/ask", 405),
        ("PUT", "/v1/items", 405),
        ("GET", "/v1/items/%00", 404),
        ("GET", "/v1/documents/%ff%fe", 404),
        ("GET", "/documents/..%2f..%2fetc%2fpasswd", 404),
        ("POST", "/healthz", 405),
    ],
)
def test_an_unknown_address_or_method_is_a_problem(client: TestClient, method: str, path: str, status: int) -> None:
    assert_problem(client.request(method, path), status)


def test_every_reply_has_security_headers_and_a_request_id(client: TestClient) -> None:
    for path in ("/healthz", "/nowhere", "/v1/items"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-request-id"]


def test_the_page_of_the_description_needs_nothing_from_outside(client: TestClient) -> None:
    page = client.get("/docs")
    addresses = re.findall(r"""(?:src|href)=["']([^"']+)""", page.text)
    assert len(addresses) >= 2
    assert [address for address in addresses if client.get(address).status_code != 200] == []
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert not re.search(r"https?://", page.text)


def test_the_process_says_that_it_is_alive(client: TestClient) -> None:
    assert client.get("/healthz").json()["status"] == "ok"


def test_requests_and_answers_are_counted_without_their_texts(client: TestClient) -> None:
    client.post("/v1/ask", json={"question": "秘密の質問"})
    client.get("/v1/items/item-1")
    text = client.get("/metrics").text
    assert 'kaikaku_answers_total{mode="lookup",outcome="answered",reason=""} 1.0' in text
    assert 'kaikaku_request_seconds_count{method="GET",route="/v1/items/{item_id}",status="200"} 1.0' in text
    assert 'kaikaku_corpus{what="items"} 7.0' in text
    assert "秘密" not in text


def test_every_reason_is_countable(client: TestClient) -> None:
    told = client.get("/metrics").text
    for outcome, reasons in REASONS.items():
        assert all(
            f'kaikaku_answers_total{{mode="lookup",outcome="{outcome}",reason="{one}"}} 0.0' in told for one in reasons
        )
    assert {one for reasons in REASONS.values() for one in reasons} == set(get_args(Reason))


def test_the_number_of_unseen_characters_is_noted(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        client.post("/v1/ask", json={"question": "担当\u200b課は\u202e？"})
    assert "a question of 7 characters held 2 that nobody sees" in caplog.text


def test_requests_are_logged_without_their_texts(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        client.post("/v1/ask", json={"question": "秘密の質問"})
        client.get("/v1/items", params={"q": "秘密"})
    lines = [record.message for record in caplog.records if record.name == "kaikaku.requests"]
    assert len(lines) == 2
    assert '"route": "/v1/ask"' in lines[0]
    assert "秘密" not in "".join(record.getMessage() for record in caplog.records if record.name.startswith("kaikaku"))


def test_the_description_names_every_address_with_examples(client: TestClient) -> None:
    description = client.get("/openapi.json").json()
    assert description["paths"].keys() >= {
        "/v1/ask",
        "/v1/ask/stream",
        "/v1/items",
        "/v1/items/{item_id}",
        "/v1/items.csv",
        "/v1/documents",
        "/v1/documents/{document_id}",
        "/v1/plans/{document_id}/changes",
        "/healthz",
        "/readyz",
        "/metrics",
    }
    assert description["components"]["schemas"]["AskRequest"]["examples"]
    assert description["components"]["schemas"]["AskResponse"]["examples"]


def test_a_misspelt_condition_on_items_is_an_error_and_not_ignored(client: TestClient) -> None:
    reply = client.get("/v1/items", params={"onwer": "財務課"})
    assert reply.status_code == 422
    assert "onwer" in reply.json()["detail"]


def test_addresses_in_a_calendar_begin_with_the_public_one_whatever_host_was_asked(client: TestClient) -> None:
    told = {"Host": "evil.example"}
    client.app.state.origins = Origins("https://kaikaku.example.jp/")  # type: ignore[attr-defined]
    text = client.get("/v1/items.ics", headers=told).text.replace("\r\n ", "")
    assert "https://kaikaku.example.jp/items/item-1" in text
    assert "evil.example" not in text
    for path in ("/items/", "/v1/items/"):
        assert client.get(path, headers=told, follow_redirects=False).status_code == 404


@pytest.mark.parametrize("path", ["/", "/healthz"])
def test_programs_that_watch_may_ask_for_the_head_alone(client: TestClient, path: str) -> None:
    assert client.head(path).status_code == 200
