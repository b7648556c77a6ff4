"""Pictures of pages over HTTP: what is drawn, what is marked, what is cached, what is said where there is nothing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.channels.api import create_app
from assistant.conversations import Conversations
from assistant.ingesting import Ingesting
from assistant.page_pictures import page_url
from assistant.service import Service
from ingest.documents import Document
from ingest.errors import ReaderBusy, ReadingStopped, UnreadableDocument
from ingest.places import Box, Place
from ingest.plan_items import Extraction
from tests.made_up import FixedAssistant, a_passage, a_report, a_stored_document, an_item
from vectorstore.catalogue import Catalogue
from vectorstore.live_corpus import LiveCorpus

FILE = b"%PDF-1.7 of a made-up city"
PLAN = Document("doc-1", "plan.pdf", "ab" * 32, "pdf", ("改革プラン",), (), "改革プラン", "見本市")
TEXT = Document("doc-2", "plan.txt", "cd" * 32, "utf-8", ("改革プラン",), (), "別の計画", "見本市")
ITEM = an_item(id="item-1", place=Place(2, (10.0, 20.0, 110.0, 40.0)))
PASSAGE = a_passage(id="passage-1", place=Place(2, (5.0, 50.0, 90.0, 60.0)))


class Drawn:
    """Remembers what was to be drawn; the document has three pages."""

    def __init__(self) -> None:
        self.is_busy = False
        self.pages: list[tuple[str, bytes, int, tuple[Box, ...]]] = []

    def __call__(self, name: str, data: bytes, page: int, boxes: tuple[Box, ...]) -> bytes:
        if self.is_busy:
            raise ReaderBusy(f"{name}: too many files are waiting already; try again in a minute")
        if not 1 <= page <= 3:
            raise UnreadableDocument(f"{name}: has 3 pages, no page {page}")
        if data == b"%PDF-hostile":
            raise ReadingStopped(f"{name}: the process that read it crashed (SIGSEGV)")
        self.pages.append((name, data, page, boxes))
        return b"\x89PNG"


@pytest.fixture
def drawn() -> Drawn:
    return Drawn()


@pytest.fixture
def client(tmp_path: Path, drawn: Drawn) -> Iterator[TestClient]:
    with Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite3") as catalogue:
        catalogue.add(PLAN, Extraction((ITEM,), (PASSAGE,), a_report()), original=FILE)
        catalogue.add(TEXT, Extraction((), (), a_report()), original=b"text")
        corpus = LiveCorpus(catalogue, refresh_seconds=0)
        ingesting = Ingesting(catalogue, lambda _: None)
        service = Service(catalogue, corpus, FixedAssistant(), Conversations(catalogue), ingesting, render=drawn)
        with TestClient(create_app(service), raise_server_exceptions=False) as client:
            yield client


def test_a_page_is_drawn_from_the_very_bytes_that_were_read(client: TestClient, drawn: Drawn):
    response = client.get("/v1/documents/doc-1/pages/2.png")
    assert (response.status_code, response.headers["content-type"], response.content) == (200, "image/png", b"\x89PNG")
    assert drawn.pages == [("plan.pdf", FILE, 2, ())]


@pytest.mark.parametrize(
    ("page", "marks", "boxes"),
    [
        (2, ["item-1"], ((10.0, 20.0, 110.0, 40.0),)),
        (2, ["item-1", "passage-1"], ((10.0, 20.0, 110.0, 40.0), (5.0, 50.0, 90.0, 60.0))),
        (3, ["1.5,2,30,40"], ((1.5, 2.0, 30.0, 40.0),)),
        (1, ["item-1"], ()),
        (2, [""], ()),
    ],
)
def test_items_passages_and_boxes_are_marked_on_their_page(
    client: TestClient, drawn: Drawn, page: int, marks: list[str], boxes: tuple[Box, ...]
):
    assert client.get(f"/v1/documents/doc-1/pages/{page}.png", params={"highlight": marks}).status_code == 200
    assert drawn.pages[0][2:] == (page, boxes)


def test_the_address_of_a_citation_leads_to_its_page_and_may_be_kept_for_ever(client: TestClient, drawn: Drawn):
    document = a_stored_document(content_hash=PLAN.content_hash, encoding="pdf")
    address = page_url(document, 2, (10.0, 20.5, 110.0, 40.0))
    assert address is not None
    response = client.get(address)
    assert "immutable" in response.headers["cache-control"]
    assert drawn.pages[0][3] == ((10.0, 20.5, 110.0, 40.0),)


def test_a_picture_that_the_client_has_is_not_drawn_again(client: TestClient, drawn: Drawn):
    first = client.get("/v1/documents/doc-1/pages/2.png")
    assert first.headers["cache-control"] == "private, no-cache"
    again = client.get("/v1/documents/doc-1/pages/2.png", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, len(drawn.pages)) == (304, b"", 1)
    other = client.get("/v1/documents/doc-1/pages/2.png", params={"highlight": "item-1"})
    assert other.headers["etag"] != first.headers["etag"]


def test_another_file_of_the_same_document_is_another_picture(tmp_path: Path, client: TestClient, drawn: Drawn):
    before = client.get("/v1/documents/doc-1/pages/2.png").headers["etag"]
    with Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite3") as catalogue:
        catalogue.add(replace(PLAN, content_hash="ef" * 32), Extraction((), (), a_report()), original=b"%PDF-2")
    after = client.get("/v1/documents/doc-1/pages/2.png", headers={"If-None-Match": before}, params={"v": "ab" * 8})
    assert (after.status_code, after.headers["cache-control"]) == (200, "private, no-cache")
    assert drawn.pages[-1][1] == b"%PDF-2"


@pytest.mark.parametrize(
    ("path", "status", "hint"),
    [
        ("doc-2/pages/1.png", 404, "/documents/doc-2"),
        ("doc-1/pages/4.png", 404, "has 3 pages"),
        ("doc-1/pages/0.png", 404, "has 3 pages"),
        ("none/pages/1.png", 404, "/v1/documents"),
        ("doc-1/pages/one.png", 422, "page"),
        ("doc-1/pages/1.png?highlight=unknown", 404, "new ids"),
        ("doc-1/pages/1.png?highlight=1,2,3", 422, "x0,top,x1,bottom"),
        ("doc-1/pages/1.png?highlight=9,2,3,4", 422, "left top"),
        ("doc-1/pages/1.png?highlight=nan,2,3,4", 422, "left top"),
        ("doc-1/pages/1.png?" + "&".join(["highlight=1,2,3,4"] * 21), 422, "at most 20"),
    ],
)
def test_where_there_is_nothing_to_show_the_problem_says_why(client: TestClient, path: str, status: int, hint: str):
    response = client.get(f"/v1/documents/{path}")
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert hint in response.json()["detail"]


def test_a_document_whose_file_was_never_kept_says_how_to_get_its_pages(tmp_path: Path, client: TestClient):
    with Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite3") as catalogue:
        catalogue.add(replace(PLAN, id="old", source="old.pdf", content_hash="1"), Extraction((), (), a_report()))
    assert "ingest it again" in client.get("/v1/documents/old/pages/1.png").json()["detail"]


def test_a_file_that_crashes_what_draws_it_is_a_problem(tmp_path: Path, client: TestClient):
    hostile = replace(PLAN, id="hostile", source="hostile.pdf", content_hash="2")
    with Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite3") as catalogue:
        catalogue.add(hostile, Extraction((), (), a_report()), original=b"%PDF-hostile")
    response = client.get("/v1/documents/hostile/pages/1.png")
    assert (response.status_code, "crashed (SIGSEGV)" in response.json()["detail"]) == (422, True)


def test_only_documents_with_pages_have_addresses_of_pages():
    assert page_url(a_stored_document(encoding="utf-8"), 1, None) is None
    assert page_url(a_stored_document(encoding="pdf"), None, None) is None
    assert page_url(None, 1, None) is None
    assert page_url(a_stored_document(encoding="pdf"), 1, None) == "/v1/documents/doc-1/pages/1.png?v=0000000000000000"


def test_while_too_many_wait_a_page_is_not_missing_but_asked_for_later(client: TestClient, drawn: Drawn):
    drawn.is_busy = True
    response = client.get("/v1/documents/doc-1/pages/1.png")
    assert (response.status_code, response.headers["retry-after"]) == (503, "60")
    assert "try again" in response.json()["detail"]


def test_pages_of_other_sites_link_to_a_picture_and_do_not_show_it(client: TestClient, drawn: Drawn):
    address = "/v1/documents/doc-1/pages/1.png"
    for shown_as in ("image", "iframe", "empty"):
        told = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": shown_as}
        assert client.get(address, headers=told).status_code == 403
    assert drawn.pages == []
    followed = client.get(address, headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"})
    own = client.get(address, headers={"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "image"})
    assert (followed.status_code, own.status_code) == (200, 200)
    assert own.headers["cross-origin-resource-policy"] == "same-origin"
