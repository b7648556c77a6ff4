"""Every state of the widget looked at by axe-core, in both languages and both colour schemes, and pictured."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.server.web.browsing import assert_accessible, assert_fits, keep_picture
from tests.server.web.city_site import CitySite
from tests.server.web.conftest import OpenPage
from tests.server.web.talking import Widget

LAUNCHER = '<script src="{service}/widget.js" data-language="{language}"></script>'
SAID = {
    "ja": ("出典1", "役に立たなかった", "財務課が所管する取組項目を一覧にしてください。", "予約の担当課は？"),
    "en": ("Source 1", "Not helpful", "List the items of 財務課", "Which department is in charge of 予約?"),
}


def states(widget: Widget, language: str) -> Iterator[str]:
    """Go through the states of a conversation, and name each."""
    source, wrong, listed, unclear = SAID[language]
    yield "open"
    answer = widget.ask("集会所")
    answer.get_by_role("link", name=source, exact=True).click()
    yield "source"
    answer.get_by_role("button", name=wrong).click()
    expect(widget.host.locator(".reason")).to_be_visible()
    yield "opinion"
    widget.ask(listed)
    yield "list"
    widget.ask(unclear)
    yield "choices"
    widget.question.fill("あ" * 501)
    yield "too-long"
    widget.question.fill("集会所")
    widget.page.context.set_offline(True)
    widget.question.press("Enter")
    expect(widget.host.locator(".failure")).to_be_visible()
    yield "offline"
    widget.page.context.set_offline(False)


def opened(page: Page) -> Widget:
    page.locator("kaikaku-chat").get_by_role("button").click()
    widget = Widget(page)
    expect(widget.question).to_be_focused()
    return widget


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_has_barriers(open_page: OpenPage, city: CitySite, language: str, scheme: str):
    address = city.page(LAUNCHER.replace("{language}", language))
    page = open_page(address, color_scheme=scheme, expects=("ERR_INTERNET_DISCONNECTED",))
    assert_accessible(page)
    for state in states(opened(page), language):
        assert_accessible(page)
        if (language, scheme) in (("ja", "light"), ("ja", "dark"), ("en", "light")):
            keep_picture(page, f"widget-{state}-{language}-{scheme}")


def test_everything_fits_into_320_pixels(open_page: OpenPage, city: CitySite):
    page = open_page(
        city.page(LAUNCHER.replace("{language}", "ja")), width=320, height=640, expects=("ERR_INTERNET_DISCONNECTED",)
    )
    for state in states(opened(page), "ja"):
        assert_fits(page)
        panel = page.locator("kaikaku-chat .panel")
        assert panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth"), state
        for part in (".log", ".ask"):
            assert page.locator(f"kaikaku-chat {part}").evaluate("e => e.scrollWidth <= e.clientWidth"), (state, part)
        keep_picture(page, f"widget-{state}-320")


def test_twice_the_size_keeps_everything_in_reach(open_page: OpenPage, city: CitySite):
    page = open_page(city.page(LAUNCHER.replace("{language}", "ja")), width=640, height=400, device_scale_factor=2)
    widget = opened(page)
    widget.ask("集会所").get_by_role("link", name="出典1", exact=True).click()
    for name in ("新しい会話", "閉じる", "送る", "出典を閉じる"):
        button = widget.button(name)
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport(ratio=0.9)
    assert_accessible(page)
    keep_picture(page, "widget-zoomed")


def test_the_largest_letters_fit_into_320_pixels(open_page: OpenPage, city: CitySite):
    page = open_page(city.page(LAUNCHER.replace("{language}", "ja")), width=320, height=640)
    widget = opened(page)
    widget.host.get_by_label("文字の大きさ").select_option("特大")
    widget.ask("集会所")
    assert_fits(page)
    assert_accessible(page)
    keep_picture(page, "widget-largest-320")


def test_chosen_colours_show_every_border_and_state(open_page: OpenPage, city: CitySite):
    page = open_page(city.page(LAUNCHER.replace("{language}", "ja")), forced_colors="active")
    widget = opened(page)
    answer = widget.ask("集会所")
    mark = answer.get_by_role("link", name="出典1", exact=True)
    colour = "element => getComputedStyle(element).backgroundColor"
    before = mark.evaluate(colour)
    mark.click()
    assert mark.evaluate(colour) != before
    assert answer.evaluate("element => getComputedStyle(element).borderTopStyle") == "solid"
    assert_accessible(page)
    keep_picture(page, "widget-forced-colours")


def test_nothing_moves_for_those_who_want_no_motion(open_page: OpenPage, city: CitySite):
    page = open_page(city.page(LAUNCHER.replace("{language}", "ja")), reduced_motion="reduce")
    opened(page)
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.locator("kaikaku-chat .panel").evaluate("panel => getComputedStyle(panel).animationName") == "none"


def test_japanese_breaks_between_phrases(open_page: OpenPage, city: CitySite):
    widget = opened(open_page(city.page(LAUNCHER.replace("{language}", "ja"))))
    assert widget.log.locator("p").nth(1).evaluate("p => getComputedStyle(p).wordBreak") == "auto-phrase"


def test_keyboard_focus_can_always_be_seen(open_page: OpenPage, city: CitySite):
    page = open_page(city.page(LAUNCHER.replace("{language}", "ja")))
    widget = opened(page)
    widget.ask("集会所")
    unseen = """() => {
        const element = document.activeElement.shadowRoot?.activeElement;
        return element ? getComputedStyle(element).outlineStyle === 'none' : false;
    }"""
    for _ in range(25):
        page.keyboard.press("Tab")
        assert not page.evaluate(unseen)
