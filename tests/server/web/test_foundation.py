"""What all pages have in common: files kept for ever, headers that protect, a helpful page where there is none."""

import re

import httpx
import pytest

from tests.server.web.browsing import assert_accessible, assert_fits


@pytest.fixture(scope="module")
def page_not_there(address: str) -> httpx.Response:
    return httpx.get(f"{address}/no-such-page", headers={"Accept": "text/html"})


def test_a_page_that_is_not_there_helps_on(page_not_there: httpx.Response):
    assert page_not_there.status_code == 404
    assert page_not_there.headers["content-type"] == "text/html; charset=utf-8"
    assert "取組項目の一覧" in page_not_there.text


def test_a_program_is_told_of_the_same_as_json(address: str):
    response = httpx.get(f"{address}/no-such-page")
    assert response.headers["content-type"] == "application/problem+json"


def test_what_was_asked_for_is_not_repeated_on_the_page(address: str):
    response = httpx.get(f"{address}//evil.example/<script>", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "evil.example" not in response.text


def test_a_page_may_run_only_files_of_this_service_and_be_framed_by_nobody(page_not_there: httpx.Response):
    policy = page_not_there.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert page_not_there.headers["x-content-type-options"] == "nosniff"
    assert page_not_there.headers["x-frame-options"] == "DENY"
    assert "set-cookie" not in page_not_there.headers


def test_static_files_are_compressed_and_kept_for_ever(address: str, page_not_there: httpx.Response):
    (style,) = re.findall(r"/static/base\.[0-9a-f]{12}\.css", page_not_there.text)
    response = httpx.get(address + style)
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-encoding"] == "gzip"
    plain = httpx.get(address + style, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == response.content


def test_a_static_file_of_another_version_is_not_there(address: str):
    assert httpx.get(f"{address}/static/base.000000000000.css").status_code == 404
    assert httpx.get(f"{address}/static/..%2f__init__.py").status_code == 404


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_page_has_no_barriers(open_page, scheme: str, lang: str):
    page = open_page(f"/no-such-page?lang={lang}", width=320, color_scheme=scheme, expects=("404",))
    assert page.locator("html").get_attribute("lang") == lang
    assert_accessible(page)
    assert_fits(page)


def test_the_other_language_is_one_click_away_and_keeps_the_address(open_page):
    page = open_page("/no-such-page?q=1", expects=("404",))
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/no-such-page?q=1&lang=en")
    page.get_by_role("link", name="日本語").click()
    assert page.url.endswith("/no-such-page?q=1")


def test_the_keyboard_reaches_the_content_first(open_page):
    page = open_page("/no-such-page", expects=("404",))
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "本文へ移る"
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("id") == "main"
