"""Documents and items in a real browser: the quote is marked and in sight, raw stands beside repaired."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.server.web.browsing import assert_accessible, assert_fits, keep_picture
from tests.server.web.conftest import OpenPage

QUOTED = "/documents/many?lines=100-100&quote=%E5%8F%96%E7%B5%84%E3%81%9D%E3%81%AE96&cited=:4-4,:100-100,plan:4-4#L100"
PDF = "/documents/pdf?lines=2-2&quote=%E7%AA%93%E5%8F%A3%E8%AA%B2#L2"
PAGES = (
    "/documents",
    "/documents/plan?lines=4-4&quote=%E8%A6%8B%E7%9B%B4%E3%81%97&cited=:4-4,:5-5#L4",
    PDF,
    "/documents/none",
    "/documents/plan/readability",
    "/items/counter",
    "/items/told",
    "/items/on-page-2",
    "/items/none",
)


@pytest.fixture
def open_made_up(open_page: OpenPage, made_up_address):
    def opened(path: str, **options: Any) -> Page:
        return open_page(made_up_address + path, **options)

    return opened


@pytest.fixture
def ask(address: str):
    """Ask the service on the samples, and return the answer."""

    def asked(question: str) -> dict[str, Any]:
        answer: dict[str, Any] = httpx.post(f"{address}/v1/ask", json={"question": question}).json()
        return answer

    return asked


def shown(page: Page, selector: str) -> bool:
    """Tell whether an element is inside the window."""
    inside: bool = page.locator(selector).first.evaluate(
        "one => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight }"
    )
    return inside


@pytest.mark.parametrize("question", ["書かない窓口の担当課はどこですか？", "キャッシュレス決済の目標は？"])
def test_every_citation_of_an_answer_opens_with_its_quote_marked_and_in_sight(open_page, ask, question: str):
    citations = ask(question)["citations"]
    assert citations
    for citation in citations:
        page = open_page(citation["url"])
        marked = "".join(page.locator(".lines mark").all_inner_texts())
        assert "".join(marked.split()) == "".join(citation["quote"].split())
        assert shown(page, ".lines mark")


def test_the_quote_is_in_sight_without_scripts_too(open_made_up):
    page = open_made_up(QUOTED, java_script_enabled=False)
    expect(page.locator("#L100 mark")).to_have_text("取組その96")
    assert page.locator("li.cited").all_inner_texts() != []
    page.wait_for_timeout(300)
    assert shown(page, "#L100")


def test_one_goes_from_one_citation_of_an_answer_to_the_next(open_made_up):
    page = open_made_up(QUOTED)
    expect(page.get_by_role("heading", name="出典［2］の場所")).to_be_visible()
    page.get_by_role("link", name="次の出典［3］").click()
    expect(page.locator("h1")).to_have_text("見本市行革プラン")
    page.get_by_role("link", name="前の出典［2］").click()
    assert page.url.endswith("#L100")
    page.get_by_role("link", name="前の出典［1］").click()
    expect(page.locator("#L4.cited")).to_be_visible()


def test_the_other_fields_of_the_cited_item_are_at_hand(open_made_up):
    page = open_made_up("/documents/plan?lines=4-4#L4")
    page.locator(".citation summary").first.click()
    card = page.locator(".citation .card")
    expect(card.get_by_text("令和7年度", exact=True)).to_be_visible()
    expect(card.get_by_text("原文：ロ財務課")).to_be_visible()
    card.get_by_role("link", name="この項目のページを開く").click()
    assert page.url.endswith("/items/counter")


def test_items_are_cards_in_the_text(open_made_up):
    page = open_made_up("/documents/plan")
    assert page.locator(".item-card h3").all_inner_texts() == ["1　窓口案内の見直し", "2　電子申請の拡大"]
    assert page.locator(".item-card").first.locator("li").get_attribute("id") == "L4"


def test_a_line_of_a_workbook_tells_its_sheet_and_cells(open_made_up):
    page = open_made_up("/items/told")
    page.get_by_role("link", name="文書を開く（シート「計画」 B4:H4）").click()
    expect(page.locator("#L5 .place")).to_have_text("シート「計画」 B4:H4")


def test_a_page_of_a_pdf_is_shown_as_picture_with_the_place_marked(open_made_up):
    page = open_made_up(PDF)
    picture = page.get_by_role("img", name="2ページの画像。引用箇所に印が付いています。")
    assert "highlight=on-page-2" in (picture.get_attribute("src") or "")
    assert picture.evaluate("one => one.complete && one.naturalWidth") > 500
    expect(page.locator("#L2 mark")).to_have_text("窓口課")
    page.get_by_role("link", name="前のページ").first.click()
    expect(page.get_by_role("heading", name="1ページ")).to_be_visible()
    assert page.locator(".lines li").all_inner_texts() == ["写真町プラン"]


def test_a_quote_that_has_moved_is_found_and_one_that_is_gone_is_told(open_made_up):
    page = open_made_up("/documents/many?lines=4-4&quote=%E5%8F%96%E7%B5%84%E3%81%9D%E3%81%AE96#L4")
    expect(page.locator("#L100 mark")).to_have_text("取組その96")
    page = open_made_up("/documents/many?lines=4-4&quote=%E6%B6%88%E3%81%88%E3%81%9F%E6%96%87")
    expect(page.get_by_text("引用された文は、この文書に見つかりません。")).to_be_visible()


@pytest.mark.parametrize(
    "query", ["lines=x", "lines=0-0", "lines=9-1", "cited=%00,:", "page=-1", "page=99999", "quote=%F0"]
)
def test_a_cut_or_changed_address_shows_the_document_all_the_same(made_up_address: str, query: str):
    response = httpx.get(f"{made_up_address}/documents/many?{query}", headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert "取組その0" in response.text or query == "page=99999"


def test_raw_stands_beside_what_was_repaired_or_corrected(open_made_up):
    page = open_made_up("/items/counter")
    expect(page.get_by_text("読み取りの誤りとみて直しました。原文：ロ財務課")).to_be_visible()
    expect(page.get_by_text("受付から呼び出しまでの時間。")).to_be_visible()
    expect(page.get_by_text("平均待ち時間")).to_be_visible()
    page.goto(page.url.replace("counter", "told"))
    expect(page.get_by_text("職員が2026-04-01に訂正しました。理由：会議で確かめたため")).to_be_visible()


def test_what_changed_since_the_version_before_is_told(open_made_up):
    page = open_made_up("/items/counter")
    rows = [row.split("\t") for row in page.locator("#history ~ .scroll tbody tr").all_inner_texts()]
    assert [[cell.strip() for cell in row] for row in rows] == [
        ["実施時期", "令和6年度", "令和7年度"],
        ["所管課", "窓口課", "財務課"],
    ]
    page.goto(page.url.replace("counter", "told"))
    expect(page.get_by_text("この版で加わりました。")).to_be_visible()


def test_an_item_leads_to_its_place_and_to_others_of_its_department(open_made_up):
    page = open_made_up("/items/counter")
    page.get_by_role("link", name="文書を開く（4行目）").click()
    expect(page.locator("#L4 mark")).to_have_text("窓口案内の見直し")
    page.goto(page.url.split("/documents")[0] + "/items/counter")
    page.get_by_role("link", name="財務課").click()
    expect(page.get_by_role("link", name="「所管課：財務課」の条件を外す")).to_be_visible()


@pytest.mark.parametrize(("path", "helps"), [("/items/none", "/items"), ("/documents/none", "/documents")])
def test_what_is_not_there_is_a_page_that_helps_on(made_up_address: str, path: str, helps: str):
    response = httpx.get(made_up_address + path, headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert f'href="{helps}"' in response.text


def test_the_documents_are_listed_with_their_items(open_made_up):
    page = open_made_up("/documents")
    row = page.get_by_role("row", name="手本町行革プラン")
    row.get_by_role("link", name="120件").click()
    expect(page.locator(".total strong")).to_have_text("120件")


@pytest.mark.parametrize(
    "path", ["/documents/hostile", "/items/h1", "/items/h2", "/items/h3", "/items/h4", "/documents"]
)
def test_hostile_documents_neither_run_nor_break_the_layout(open_made_up, path: str):
    page = open_made_up(path, width=320)
    assert page.title() != "ran"
    assert "\u202e" not in page.content()
    assert page.locator("script:not([src])").count() == 0
    assert_fits(page)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("scheme", "lang", "width"), [("light", "ja", 1280), ("dark", "en", 320)])
def test_no_page_has_barriers_or_is_too_wide(open_made_up, path: str, scheme: str, lang: str, width: int):
    address, mark, fragment = path.partition("#")
    in_language = f"{address}{'&' if '?' in address else '?'}lang={lang}{mark}{fragment}"
    page = open_made_up(in_language, width=width, color_scheme=scheme, expects=("404",))
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert_accessible(page)
    assert_fits(page)


def test_the_viewer_and_the_items_are_kept_in_pictures(open_page, open_made_up, ask):
    (citation, *_) = ask("書かない窓口の担当課はどこですか？")["citations"]
    keep_picture(open_page(citation["url"]), "viewer", whole=False)
    keep_picture(open_page(citation["url"], width=320), "viewer_320", whole=False)
    keep_picture(open_page(citation["url"], color_scheme="dark"), "viewer_dark", whole=False)
    keep_picture(open_page(citation["url"], forced_colors="active"), "viewer_forced_colors", whole=False)
    keep_picture(open_made_up(PDF), "viewer_pdf")
    keep_picture(open_made_up("/items/counter"), "item")
    keep_picture(open_made_up("/items/counter?lang=en", width=320, color_scheme="dark"), "item_320_dark_en")
    keep_picture(open_made_up("/items/h1", width=320), "item_hostile_320")
    keep_picture(open_made_up("/documents"), "documents")
    page = open_made_up("/items/counter", width=794)
    page.emulate_media(media="print")
    keep_picture(page, "item_print")
