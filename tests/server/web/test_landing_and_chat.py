"""The landing page, the about page, and the chat that needs no JavaScript."""

import re

import httpx
import pytest
from playwright.sync_api import expect

from tests.server.web.browsing import assert_accessible, assert_fits, keep_picture
from tests.server.web.conftest import OpenPage
from tests.server.web.talking import Widget


def test_the_landing_page_answers_and_names_its_documents_with_their_dates(open_page: OpenPage):
    page = open_page("/")
    widget = Widget(page)
    expect(widget.ask("集会所")).to_contain_text("地区集会所の地域への譲渡")
    row = page.get_by_role("row", name=re.compile("第2次見本市しごと改革プラン 見本市"))
    expect(row).to_contain_text("令和6年度（2024年度）～令和10年度（2028年度）")
    expect(row).to_contain_text("令和6年3月")


def test_the_landing_page_asks_without_scripts_too(open_page: OpenPage):
    page = open_page("/", java_script_enabled=False)
    page.get_by_label("質問", exact=True).fill("集会所")
    page.get_by_role("button", name="送る").click()
    expect(page.get_by_role("region", name="回答")).to_contain_text("地区集会所の地域への譲渡")


def test_the_plain_chat_answers_with_sources_that_open(open_page: OpenPage):
    page = open_page("/chat", java_script_enabled=False)
    page.get_by_label("質問", exact=True).fill("粗大ごみ処理手数料の改定の所管課は？")
    page.get_by_role("button", name="送る").click()
    answer = page.get_by_role("region", name="回答")
    expect(answer).to_contain_text("資源循環課")
    answer.get_by_role("link", name="[1]").click()
    assert page.url.endswith("#source-1")
    page.locator("#source-1").get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("資源循環課")


def test_the_plain_chat_keeps_the_conversation(open_page: OpenPage):
    page = open_page("/chat", java_script_enabled=False)
    page.get_by_label("質問", exact=True).fill("地区集会所の地域への譲渡について教えて")
    page.get_by_role("button", name="送る").click()
    page.get_by_label("質問", exact=True).fill("その所管課は？")
    page.get_by_role("button", name="送る").click()
    expect(page.get_by_role("region", name="回答").last).to_contain_text("資産活用課")
    expect(page.get_by_role("region", name="あなたの質問").first).to_contain_text(
        "地区集会所の地域への譲渡について教えて"
    )


def test_the_plain_chat_offers_choices_and_whole_lists(open_page: OpenPage):
    page = open_page("/chat", java_script_enabled=False)
    page.get_by_label("質問", exact=True).fill("予約の担当課は？")
    page.get_by_role("button", name="送る").click()
    page.get_by_role("button", name="来庁予約の対象手続の拡大", exact=True).click()
    expect(page.locator("[data-outcome=answered]")).to_contain_text("来庁予約の対象手続の拡大")
    page.get_by_role("link", name="新しい会話").click()
    page.get_by_label("質問", exact=True).fill("見本市の取組項目を一覧にしてください。")
    page.get_by_role("button", name="送る").click()
    expect(page.locator("tbody tr")).to_have_count(20)


def test_the_plain_chat_keeps_a_question_that_is_too_long_and_says_so(open_page: OpenPage):
    page = open_page("/chat", expects=("422",))
    page.get_by_label("質問", exact=True).fill("あ" * 501)
    page.get_by_role("button", name="送る").click()
    expect(page.get_by_role("alert")).to_contain_text("いま501文字あります")
    expect(page.get_by_label("質問", exact=True)).to_have_value("あ" * 501)
    assert_accessible(page)


def test_the_plain_chat_takes_an_opinion_but_no_personal_data(open_page: OpenPage):
    page = open_page("/chat", java_script_enabled=False, expects=("422",))
    page.get_by_role("button", name="「来庁予約の対象手続の拡大」の所管課は？").click()
    page.get_by_text("この回答へのご意見").click()
    page.get_by_label("差し支えなければ").fill("電話は090-1234-5678です")
    page.get_by_role("button", name="役に立たなかった").click()
    expect(page.locator("main")).to_contain_text("個人情報が入っていないか")
    page.goto("/chat")
    page.get_by_role("button", name="「来庁予約の対象手続の拡大」の所管課は？").click()
    page.get_by_text("この回答へのご意見").click()
    page.get_by_role("button", name="役に立った").click()
    expect(page.locator("main")).to_contain_text("記録しました")


def test_what_is_posted_is_shown_as_text_only(address: str):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    page = httpx.post(f"{address}/chat", data={"question": hostile, "conversation_id": '"><script>'}).text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert '"><script>' not in page


@pytest.mark.parametrize("given", [{}, {"question": ""}, {"question": "\u202e"}, {"conversation_id": "x" * 5000}])
def test_a_form_that_is_not_filled_in_is_told_kindly(address: str, given: dict[str, str]):
    response = httpx.post(f"{address}/chat", data=given, headers={"Accept": "text/html"})
    assert response.status_code == 422
    assert response.headers["content-type"].startswith("text/html")
    assert "質問" in response.text


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/about", "/chat"])
def test_the_pages_have_no_barriers(open_page: OpenPage, path: str, lang: str, scheme: str):
    page = open_page(f"{path}?lang={lang}", width=320, color_scheme=scheme)
    if path == "/":
        expect(Widget(page).question).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    name = path.strip("/") or "landing"
    if (lang, scheme) == ("ja", "light"):
        keep_picture(page, f"{name}-320")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert_fits(page)
    if (lang, scheme) != ("en", "dark"):
        keep_picture(page, f"{name}-{lang}-{scheme}")


@pytest.mark.parametrize(("lang", "scheme"), [("ja", "light"), ("ja", "dark"), ("en", "light")])
def test_an_answer_on_the_plain_page_has_no_barriers(open_page: OpenPage, lang: str, scheme: str):
    page = open_page(f"/chat?lang={lang}", width=320, color_scheme=scheme)
    page.locator("#question").fill("財務課が所管する取組項目を一覧にしてください。")
    page.locator("form button[type=submit]").first.click()
    expect(page.locator("tbody tr")).to_have_count(3)
    assert_accessible(page)
    assert_fits(page)
    keep_picture(page, f"chat-answer-320-{lang}-{scheme}")
