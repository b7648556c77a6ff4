"""Parts of the web without a browser: choices, marks, addresses, origins of settings, names of files."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from starlette.datastructures import Headers

from assistant.answers import Answer
from assistant.channels.choosing import choices_of
from assistant.channels.exact_lists import list_address
from assistant.channels.html import answer_html
from assistant.channels.web.answer_page import cited_at, linked_answer
from assistant.channels.web.origins import Origins, origin_of, read_origins
from assistant.channels.web.page import link
from assistant.channels.web.static_files import address_of, linked_text
from assistant.service import Service
from assistant.settings import Settings
from ingest.plan_items import PlanItem
from tests.made_up import a_citation, a_stored_document, an_item
from vectorstore.contents import Contents
from vectorstore.corpus import Corpus


def test_a_choice_asks_the_suggested_question_of_its_item():
    items = (an_item(id="1", title="案内"), an_item(id="2", title="予約"))
    answer = Answer("clarify", "どれ？", "several_items", items=items, total=2, suggestions=("「案内」の所管課は？",))
    assert choices_of(answer) == {"「案内」の所管課は？": "案内", "「予約」の所管課は？": "予約"}


def test_items_of_several_cities_are_chosen_with_their_city():
    items = (an_item(id="1", title="案内"), an_item(id="2", title="案内", municipality="手本町"))
    answer = Answer("clarify", "どれ？", "several_items", items=items, suggestions=("「案内」の所管課は？",))
    assert list(choices_of(answer).values()) == ["見本市の案内", "手本町の案内"]


def test_of_several_cities_the_city_is_chosen():
    items = (an_item(id="1"), an_item(id="2", municipality="手本町"))
    answer = Answer("clarify", "どこ？", "several_municipalities", items=items, suggestions=("見本市", "手本町"))
    assert choices_of(answer) == {"見本市": "見本市", "手本町": "手本町"}


def test_what_is_answered_offers_no_choice():
    assert choices_of(Answer("answered", "窓口課です。", suggestions=("目標は？",))) == {}


def test_only_marks_of_citations_become_links():
    html = str(linked_answer(Answer("answered", "窓口課[1]、財務課[2]<b>", citations=(a_citation(),))))
    assert 'href="#source-1">[1]</a>' in html
    assert "財務課[2]" in html
    assert "<b>" not in html


def test_an_item_that_another_document_tells_of_is_cited_there():
    answer = Answer("answered", "", citations=(a_citation(number=4, item_id="other", item_title="窓口案内の見直し"),))
    assert cited_at(answer, an_item()) == 4
    assert cited_at(answer, an_item(title="予約")) is None


def test_text_cannot_be_turned_around():
    assert answer_html("前\u202e後\u2066") == "<p>前後</p>\n"


def test_a_link_keeps_the_language_and_leaves_out_what_is_not_given():
    assert (
        link("/items#top", "en", {"owner": "財務課", "q": None})
        == "/items?owner=%E8%B2%A1%E5%8B%99%E8%AA%B2&lang=en#top"
    )
    assert link("/items", "ja", {}) == "/items"


def test_a_setting_names_several_origins():
    assert Settings(widget_origins="https://www.a-1.example,http://[::1]:8080 http://intra_net:81").widget_origins
    assert read_origins("https://A.example, http://b.example:8080") == ("https://a.example", "http://b.example:8080")
    assert origin_of("https://kaikaku.example/path?x") == "https://kaikaku.example"


@pytest.mark.parametrize(
    "origins",
    [
        "*",
        "www.example.jp",
        "https://*.example.jp",
        "https://a.example/path",
        "https://a.example;script-src https://x.example",
        "https://a.example'",
        "https://a.example:port",
        "https://",
    ],
)
def test_what_is_no_origin_is_refused(origins: str):
    with pytest.raises(ValidationError, match="without path"):
        Settings(widget_origins=origins)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://kaikaku.example.jp", "10.0.0.5:8000"),
        ("http://127.0.0.1:8000", "127.0.0.1:8000"),
        ("http://[::1]:8000", "[::1]:8000"),
        ("http://LOCALHOST:8000", "localhost:8000"),
        ("http://kaikaku", "kaikaku"),
        ("http://kaikaku.city.internal", "kaikaku.city.internal"),
        (None, "anything.example"),
    ],
)
@pytest.mark.parametrize("site", [{}, {"sec-fetch-site": "same-origin"}])
def test_our_own_pages_and_programs_may_write(origin: str | None, host: str, site: dict[str, str]):
    headers = Headers({"host": host, **site} | ({"origin": origin} if origin else {}))
    assert not Origins("https://kaikaku.example.jp/").is_foreign(headers)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://rebound.example:8000", "rebound.example:8000"),
        ("http://127.0.0.1:9000", "127.0.0.1:8000"),
        ("http://kaikaku.example.jp", "kaikaku.example.jp"),
        ("null", ""),
        ("null", "127.0.0.1"),
        ("http://[", "["),
        ("http://evil.local.", "evil.local."),
    ],
)
@pytest.mark.parametrize("site", [{}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}])
def test_a_page_whose_name_was_made_to_lead_here_may_not_write(origin: str, host: str, site: dict[str, str]):
    headers = Headers({"host": host, "origin": origin, **site})
    assert Origins("https://kaikaku.example.jp").is_foreign(headers)


@given(st.text(st.characters(codec="latin-1")), st.text(st.characters(codec="latin-1")))
def test_no_origin_makes_the_check_fail(origin: str, host: str):
    assert Origins().is_foreign(Headers({"origin": f"http://{origin}", "host": host})) in (True, False)


def test_a_file_s_address_holds_the_hash_of_what_it_loads():
    assert address_of("chat_dom.js").rpartition("/")[2] in linked_text("chat.js", "./")
    assert address_of("chat.js").rpartition("/")[2] in linked_text("widget.js", "./static/")


def test_a_list_leads_to_the_board_only_with_the_conditions_that_select_its_rows():
    items = (an_item(id="1", owners=("窓口課",)), an_item(id="2", owners=("財務課",)))
    answer = Answer("answered", "1件です。", items=items[:1], total=1, filters={"owner": "窓口課"})
    assert list_address(a_service(items), answer) == "/items?owner=%E7%AA%93%E5%8F%A3%E8%AA%B2"
    assert list_address(a_service(items), replace(answer, filters={})) is None
    assert list_address(a_service(items), replace(answer, items=items, filters={})) == "/items"
    assert list_address(a_service(items), replace(answer, outcome="clarify")) is None


def a_service(items: tuple[PlanItem, ...]) -> Service:
    """Return a service of which only the items are asked for."""
    corpus = Corpus.of(Contents(1, (a_stored_document(),), items, ()))
    unasked: Any = None
    return Service(unasked, lambda: corpus, unasked, unasked, unasked)
