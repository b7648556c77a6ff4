"""The widget on a page of another origin, under a strict policy: asked by mouse and by keyboard in a real browser."""

import json
import re
from itertools import pairwise

import httpx
import pytest
from playwright.sync_api import Page, Response, expect

from tests.server.web.city_site import CitySite
from tests.server.web.conftest import OpenPage
from tests.server.web.talking import Widget

LAUNCHER = '<script src="{service}/widget.js" data-language="ja"></script>'
INLINE = '<script src="{service}/widget.js"></script><kaikaku-chat municipality="見本市"></kaikaku-chat>'
LIST_QUESTION = "見本市の取組項目を一覧にしてください。"


@pytest.fixture
def embedded(open_page: OpenPage, city: CitySite) -> Widget:
    """The launcher of a city's page, opened."""
    return Widget(open_page(city.page(LAUNCHER))).open()


def test_the_page_first_shows_only_a_button_and_loads_the_rest_when_it_is_pressed(open_page: OpenPage, city: CitySite):
    page = open_page(city.page(LAUNCHER))
    loaded = "performance.getEntriesByType('resource').map(entry => entry.name.split('/').pop())"
    page.get_by_role("button", name="計画について質問する").wait_for()
    assert page.evaluate(loaded) == ["widget.js"]
    Widget(page).open()
    assert len(page.evaluate(loaded)) > 4


def test_it_says_first_what_it_can_do_and_what_not_of_what_date_and_whom_to_ask_otherwise(embedded: Widget):
    for told in ("計画に書かれていることだけを答えます", "お答えできません", "データの日付：", "000-0000-0000"):
        expect(embedded.log).to_contain_text(told)


def test_a_question_is_answered_with_numbered_links_to_source_cards(embedded: Widget):
    answer = embedded.ask("粗大ごみ処理手数料の改定の所管課は？")
    expect(answer).to_contain_text("資源循環課")
    mark = answer.get_by_role("link", name="出典1")
    mark.click()
    expect(embedded.card).to_be_focused()
    for told in ("資源循環課", "粗大ごみ処理手数料の改定", "第2次見本市しごと改革プラン", "110行目"):
        expect(embedded.card).to_contain_text(told)
    embedded.page.keyboard.press("Escape")
    expect(embedded.card).to_have_count(0)
    expect(mark).to_be_focused()


def test_a_source_card_opens_the_document_at_the_cited_place(embedded: Widget):
    embedded.ask("粗大ごみ処理手数料の改定の所管課は？").get_by_role("link", name="出典1").click()
    with embedded.page.context.expect_page() as opened:
        embedded.card.get_by_role("link", name="原文を見る").click()
    opened.value.wait_for_load_state()
    assert re.search(r"/documents/\w+.*#", opened.value.url)
    expect(opened.value.locator("body")).to_contain_text("資源循環課")


def test_what_is_written_appears_while_the_answer_is_made_and_is_read_out_once_as_a_whole(embedded: Widget):
    embedded.log.evaluate(
        """log => {
            window.drafts = []; window.read = [];
            new MutationObserver(changes => {
                for (const change of changes) for (const node of change.addedNodes) {
                    const draft = node.parentElement?.closest(".draft") ?? node.closest?.(".draft");
                    if (draft) window.drafts.push(draft.textContent);
                    else if (change.target === log) window.read.push(node.innerText);
                }
            }).observe(log, {childList: true, subtree: true, characterData: true});
        }"""
    )
    embedded.ask("集会所")
    drafts = [draft for draft in embedded.page.evaluate("window.drafts") if draft]
    assert len(drafts) > 1
    assert all(later.startswith(earlier) for earlier, later in pairwise(drafts))
    asked, answered = embedded.page.evaluate("window.read")
    assert asked == "集会所"
    assert "という取組があります。" in answered


def test_the_focus_stays_in_the_question_while_answers_arrive(embedded: Widget):
    embedded.ask("集会所")
    expect(embedded.question).to_be_focused()
    expect(embedded.question).to_have_value("")


def test_a_question_back_is_answered_by_a_button(embedded: Widget):
    answer = embedded.ask("予約の担当課は？")
    expect(answer).to_have_attribute("data-outcome", "clarify")
    choice = answer.get_by_role("group", name="どれについてお尋ねですか？").get_by_role("button").first
    title = choice.inner_text()
    choice.click()
    expect(embedded.answers).to_have_count(2)
    expect(embedded.answers.last).to_have_attribute("data-outcome", "answered")
    expect(embedded.answers.last).to_contain_text(title)


def test_a_suggestion_is_asked_by_a_button(embedded: Widget):
    answer = embedded.ask("集会所")
    answer.get_by_role("group", name="続けて聞く").get_by_role("button").first.click()
    expect(embedded.answers).to_have_count(2)
    expect(embedded.answers.last).to_contain_text("資産活用課")


def test_a_list_is_a_table_that_can_be_seen_whole_and_opened_as_a_page(embedded: Widget):
    answer = embedded.ask("財務課が所管する取組項目を一覧にしてください。")
    expect(answer.locator("tbody tr")).to_have_count(3)
    expect(answer.locator("ol")).to_have_count(0)
    answer.get_by_role("link", name="出典1").click()
    expect(embedded.card).to_contain_text("財務課")
    with embedded.page.context.expect_page() as opened:
        answer.get_by_role("link", name="一覧のページで見る").click()
    expect(opened.value.locator(".total strong")).to_have_text("6件")


def test_a_long_list_shows_its_first_rows_and_then_all(embedded: Widget):
    answer = embedded.ask(LIST_QUESTION)
    expect(answer.locator("tbody tr")).to_have_count(5)
    answer.get_by_role("button", name="すべて見る（20件）").click()
    expect(answer.locator("tbody tr")).to_have_count(20)


def sent_by(response: Response) -> dict[str, str]:
    body: dict[str, str] = json.loads(response.request.post_data or "")
    return body


def test_an_opinion_is_kept_with_a_reason(embedded: Widget):
    answer = embedded.ask("集会所")
    with embedded.page.expect_response("**/v1/feedback") as first:
        answer.get_by_role("button", name="役に立たなかった").click()
    assert (first.value.status, sent_by(first.value)["rating"]) == (204, "down")
    answer.get_by_label("差し支えなければ").fill("古い")
    with embedded.page.expect_response("**/v1/feedback") as second:
        answer.get_by_role("button", name="理由を送る").click()
    assert (second.value.status, sent_by(second.value)["comment"]) == (204, "古い")
    expect(embedded.status).to_have_text("ありがとうございます。ご意見を記録しました。")
    expect(answer.get_by_role("button", name="役に立たなかった")).to_have_attribute("aria-pressed", "true")


def test_an_opinion_with_personal_data_is_not_kept_and_says_so(open_page: OpenPage, city: CitySite):
    widget = Widget(open_page(city.page(LAUNCHER), expects=("422",))).open()
    answer = widget.ask("集会所")
    answer.get_by_role("button", name="役に立たなかった").click()
    answer.get_by_label("差し支えなければ").fill("電話は090-1234-5678です")
    answer.get_by_role("button", name="理由を送る").click()
    expect(widget.status).to_contain_text("個人情報が入っていないか")


def test_an_answer_is_copied_with_its_sources(open_page: OpenPage, city: CitySite):
    widget = Widget(open_page(city.page(LAUNCHER), permissions=["clipboard-read", "clipboard-write"])).open()
    widget.ask("粗大ごみ処理手数料の改定の所管課は？").get_by_role("button", name="コピー").click()
    expect(widget.status).to_have_text("回答と出典をコピーしました。")
    copied = widget.page.evaluate("navigator.clipboard.readText()")
    assert "資源循環課" in copied
    assert re.search(r"\[1\] 第2次見本市しごと改革プラン http://127\.0\.0\.1:\d+/documents/", copied)


def test_everything_is_reached_by_the_keyboard_alone(open_page: OpenPage, city: CitySite):
    page = open_page(city.page(LAUNCHER))
    page.get_by_role("button", name="計画について質問する").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    widget = Widget(page)
    expect(widget.question).to_be_focused()
    page.keyboard.type("粗大ごみ処理手数料の改定の所管課は？")
    page.keyboard.press("Enter")
    expect(widget.answers).to_have_count(1)
    _press_until(page, "Shift+Tab", "出典1")
    page.keyboard.press("Enter")
    expect(widget.card).to_be_focused()
    page.keyboard.press("Escape")
    _press_until(page, "Tab", "役に立った")
    page.keyboard.press("Space")
    expect(widget.status).to_contain_text("記録しました")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="計画について質問する")).to_be_focused()


def _press_until(page: Page, key: str, name: str) -> None:
    for _ in range(30):
        page.keyboard.press(key)
        element = "document.activeElement.shadowRoot.activeElement"
        if name in page.evaluate(f"{element}?.ariaLabel ?? {element}?.textContent ?? ''"):
            return
    raise AssertionError(f"{name} is not reached by {key}")


def test_enter_that_ends_a_conversion_does_not_send(embedded: Widget):
    embedded.question.focus()
    session = embedded.page.context.new_cdp_session(embedded.page)
    session.send("Input.imeSetComposition", {"text": "しゅうかいじょ", "selectionStart": 7, "selectionEnd": 7})
    for kind in ("rawKeyDown", "keyUp"):
        session.send(
            "Input.dispatchKeyEvent", {"type": kind, "key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229}
        )
    embedded.question.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    session.send("Input.insertText", {"text": "集会所"})
    expect(embedded.question).to_have_value("集会所")
    expect(embedded.host.locator(".question")).to_have_count(0)
    embedded.question.press("Enter")
    expect(embedded.answers).to_have_count(1)


def test_shift_and_enter_begin_a_new_line(embedded: Widget):
    embedded.question.press_sequentially("集会所は")
    embedded.question.press("Shift+Enter")
    embedded.question.press_sequentially("いつ？")
    expect(embedded.question).to_have_value("集会所は\nいつ？")


def test_a_question_that_is_too_long_is_told_before_it_is_sent(embedded: Widget):
    asked = []
    embedded.page.on("request", lambda request: asked.append(request.url) if "ask" in request.url else None)
    embedded.question.fill("あ" * 501)
    expect(embedded.host.locator("#error")).to_have_text("質問は500文字までです。あと1文字減らしてください。")
    expect(embedded.question).to_have_attribute("aria-invalid", "true")
    embedded.question.press("Enter")
    expect(embedded.question).to_have_value("あ" * 501)
    assert asked == []
    embedded.question.fill("あ" * 500)
    expect(embedded.host.locator("#error")).to_have_text("")


def test_an_empty_question_is_not_sent(embedded: Widget):
    embedded.question.press("Enter")
    expect(embedded.host.locator("#error")).to_have_text("質問を入力してください。")


def test_a_reload_keeps_the_conversation_and_what_was_being_typed(embedded: Widget):
    embedded.ask("地区集会所の地域への譲渡について教えて")
    embedded.question.fill("その所管課は？")
    embedded.page.reload()
    expect(embedded.answers).to_have_count(1)
    expect(embedded.question).to_have_value("その所管課は？")
    expect(embedded.question).not_to_be_focused()
    embedded.question.press("Enter")
    expect(embedded.answers.nth(1)).to_contain_text("資産活用課")


def test_a_new_conversation_forgets_the_old_one(embedded: Widget):
    embedded.ask("集会所")
    embedded.button("新しい会話").click()
    expect(embedded.answers).to_have_count(0)
    expect(embedded.question).to_be_focused()
    embedded.page.reload()
    expect(embedded.log).to_contain_text("データの日付")
    expect(embedded.answers).to_have_count(0)


def test_two_widgets_on_a_page_have_conversations_of_their_own(open_page: OpenPage, city: CitySite):
    body = (
        INLINE.replace("<kaikaku-chat", '<kaikaku-chat id="one"')
        + '<kaikaku-chat id="two" language="en"></kaikaku-chat>'
    )
    page = open_page(city.page(body))
    one, two = Widget(page, "#one"), Widget(page, "#two")
    one.ask("集会所")
    two.question.scroll_into_view_if_needed()
    two.ask("Which department is in charge of 電子契約の導入?")
    expect(one.answers).to_have_count(1)
    expect(two.answers).to_have_count(1)
    expect(two.answers).to_contain_text("The department in charge")
    page.reload()
    expect(one.answers).to_have_count(1)
    expect(one.answers).to_contain_text("集会所")


def test_the_language_can_be_changed(embedded: Widget):
    embedded.host.get_by_label("言語").select_option("en")
    panel = embedded.host.locator(".panel")
    expect(panel).to_have_attribute("lang", "en")
    expect(embedded.host.get_by_role("button", name="Send")).to_be_visible()
    expect(embedded.host.get_by_label("Language")).to_be_focused()
    answer = embedded.ask("Which department is in charge of 電子契約の導入?")
    expect(answer).to_contain_text("The department in charge")
    embedded.host.get_by_label("Language").select_option("ja-easy")
    expect(embedded.host.get_by_role("button", name="送（おく）る")).to_be_visible()


def test_the_letters_can_be_made_larger_and_stay_so(embedded: Widget):
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    before = embedded.question.evaluate(size)
    embedded.host.get_by_label("文字の大きさ").select_option("特大")
    assert embedded.question.evaluate(size) == before * 1.5
    embedded.page.reload()
    expect(embedded.question).to_be_visible()
    assert embedded.question.evaluate(size) == before * 1.5


def test_without_a_connection_the_question_is_kept_and_can_be_sent_again(open_page: OpenPage, city: CitySite):
    widget = Widget(open_page(city.page(LAUNCHER), expects=("ERR_INTERNET_DISCONNECTED",))).open()
    widget.page.context.set_offline(True)
    expect(widget.status).to_contain_text("インターネットにつながっていません")
    widget.question.fill("集会所")
    widget.question.press("Enter")
    failure = widget.host.locator(".failure")
    expect(failure).to_contain_text("質問は残してあります")
    widget.page.context.set_offline(False)
    expect(widget.status).to_have_text("インターネットにつながりました。")
    failure.get_by_role("button", name="もう一度送る").click()
    expect(widget.answers).to_have_count(1)
    expect(widget.host.locator(".question")).to_have_count(1)
    expect(failure).to_have_count(0)


def test_a_page_keeps_nothing_but_its_own_session_and_sets_no_cookie(embedded: Widget):
    embedded.ask("集会所")
    assert embedded.page.context.cookies() == []
    assert embedded.page.evaluate("Object.keys(localStorage).length") == 0
    kept = embedded.page.evaluate("Object.values(sessionStorage)")
    assert len(kept) == 1
    assert "token" not in json.loads(kept[0])


def test_messages_from_other_windows_change_nothing(embedded: Widget):
    embedded.page.evaluate("for (const data of [{question: 'x'}, 'open', null]) postMessage(data, '*')")
    embedded.ask("集会所")
    expect(embedded.answers).to_have_count(1)


def test_the_conversation_takes_colours_from_the_page(open_page: OpenPage, city: CitySite):
    page = open_page(city.page(LAUNCHER))
    page.evaluate("document.documentElement.style.setProperty('--kaikaku-accent', 'rgb(0, 90, 60)')")
    widget = Widget(page).open()
    assert widget.button("送る").evaluate("element => getComputedStyle(element).backgroundColor") == "rgb(0, 90, 60)"


def test_the_script_alone_can_put_the_conversation_where_it_stands(open_page: OpenPage, city: CitySite):
    body = '<p id="before">前</p><script src="{service}/widget.js" data-mode="inline"></script><p id="after">後</p>'
    page = open_page(city.page(body))
    expect(Widget(page).question).to_be_visible()
    assert page.locator("#before ~ kaikaku-chat + #after").count() == 1


def test_a_page_that_is_never_dark_keeps_the_conversation_light(open_page: OpenPage, city: CitySite):
    body = LAUNCHER.replace("data-language", 'data-theme="light" data-language')
    widget = Widget(open_page(city.page(body), color_scheme="dark")).open()
    panel = widget.host.locator(".panel")
    assert panel.evaluate("panel => getComputedStyle(panel).backgroundColor") == "rgb(255, 255, 255)"


def test_a_page_that_is_not_listed_cannot_open_the_widget(open_page: OpenPage, city: CitySite):
    elsewhere = city.page(LAUNCHER).replace("localhost", "127.0.0.1")
    page = open_page(elsewhere, expects=("CORS", "403", "ERR_FAILED"))
    page.get_by_role("button", name="計画について質問する").click()
    expect(page.get_by_role("alert")).to_contain_text("読み込めませんでした")
    expect(page.get_by_role("button", name="もう一度読み込む")).to_be_visible()


def test_the_script_of_the_widget_is_small(address: str):
    script = httpx.get(f"{address}/widget.js").text
    chat, style = re.findall(r"\./(static/chat\.[0-9a-f]+\.\w+)", script)
    found = {"/widget.js", f"/{chat}", f"/{style}"}
    for part in re.findall(r'"\./([^"]+)"', httpx.get(f"{address}/{chat}").text):
        found.add(f"/static/{part}")
    for name in list(found):
        found |= {f"/static/{part}" for part in re.findall(r'"\./(chat_[^"]+)"', httpx.get(f"{address}{name}").text)}
    size = 0
    for name in found:
        with httpx.stream("GET", address + name, headers={"Accept-Encoding": "gzip"}) as response:
            size += sum(len(part) for part in response.iter_raw())
    session = httpx.stream("POST", f"{address}/v1/widget/session", json={}, headers={"Accept-Encoding": "gzip"})
    with session as response:
        size += sum(len(part) for part in response.iter_raw())
    assert len(found) == 7
    assert size <= 30_000
