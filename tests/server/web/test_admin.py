"""Staff at the dashboard in a real browser, with scripts off: find, correct, look at, undo; no barriers on any page."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.server.processes import running_service
from tests.server.web.browsing import assert_accessible, assert_fits, keep_picture

TOKEN = "見本市の職員だけが知っている合い言葉です。"
PAGES = ("", "/questions", "/review", "/corrections", "/documents")
UNANSWERED = ("市民プールの営業時間は？", "市民プールはいつ開きますか", "駅前の駐輪場の料金は？")
BINS = "粗大ごみ処理手数料の改定"

Enter = Callable[..., Page]


@pytest.fixture(scope="module")
def staffed(web_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service with a dashboard, to which questions were put and which staff and citizens found wrong in places."""
    folder = tmp_path_factory.mktemp("staffed")
    shutil.copytree(web_data, folder / "data")
    with running_service(folder / "data", folder / "log", KAIKAKU_ADMIN_TOKEN=TOKEN) as client:
        _use(client)
        yield str(client.base_url).rstrip("/")
    assert "Traceback" not in (folder / "log").read_text(encoding="utf-8")


def _use(client: httpx.Client) -> None:
    for question in (
        *UNANSWERED,
        UNANSWERED[0],
        "電子契約の担当課は？",
        "会議録の自動化の担当課は？",
        "資源循環課の項目は？",
    ):
        body = {"question": question, "scope": {"municipality": "見本市"}, "history": []}
        answer = client.post("/v1/ask", json=body).json()
    rated = {"answer_id": answer["answer_id"], "rating": "down", "comment": "課の名前が古いと思います"}
    assert client.post("/v1/feedback", json=rated).status_code == 204
    # One correction, as staff would make it.
    client.post("/admin/sign-in", data={"token": TOKEN})
    found = re.search(r"/admin/items/(\w+)", client.get("/admin/corrections?q=公園遊具").text)
    assert found
    form = re.search(r'form_token" value="(\w+)"', client.get(found[0]).text)
    assert form
    values = {"form_token": form[1], "field": "owner", "value": "公園課", "reason": "課名の変更"}
    assert client.post(found[0], data=values).status_code == 303


@pytest.fixture
def enter(open_page, staffed: str) -> Enter:
    """Sign in and open a page of the dashboard; scripts are off, as no page needs them."""

    def entered(path: str, **options: Any) -> Page:
        given = {"base_url": staffed, "java_script_enabled": False, **options}
        page: Page = open_page("/admin", **given)
        page.get_by_label("トークン").fill(TOKEN)
        page.get_by_role("button", name="入る").click()
        page.goto(f"/admin{path}")
        return page

    return entered


def ask(address: str, question: str) -> dict[str, Any]:
    body = {"question": question, "scope": {"municipality": "見本市"}, "history": []}
    answer: dict[str, Any] = httpx.post(f"{address}/v1/ask", json=body, timeout=30).json()
    return answer


def test_a_wrong_token_is_told_and_the_right_one_lets_in(open_page, staffed: str):
    page = open_page("/admin", base_url=staffed, expects=("403",))
    page.get_by_label("トークン").fill("当て推量")
    page.get_by_role("button", name="入る").click()
    expect(page.get_by_role("alert")).to_contain_text("トークンが違います")
    assert_accessible(page)
    page.get_by_label("トークン").fill(TOKEN)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("利用のようす")
    assert page.evaluate("document.cookie") == ""


@pytest.mark.parametrize(
    ("look", "options"),
    [
        ("desktop", {}),
        ("320", {"width": 320}),
        ("dark", {"color_scheme": "dark"}),
        ("forced", {"forced_colors": "active"}),
    ],
)
def test_no_page_has_barriers(enter: Enter, look: str, options: dict[str, Any]):
    page = enter("", java_script_enabled=True, **options)
    for name in PAGES:
        page.goto(f"/admin{name}")
        if look in ("320", "dark"):
            assert_accessible(page)
        assert_fits(page)
        keep_picture(page, f"admin{name.replace('/', '_') or '_overview'}_{look}")
    page.goto("/admin/corrections?q=粗大ごみ")
    page.get_by_role("link", name=BINS).first.click()
    page.get_by_role("link", name=re.compile("訂正する.*所管課")).click()
    assert_accessible(page)
    assert_fits(page)
    keep_picture(page, f"admin_item_{look}")


def test_the_overview_counts_what_was_asked(enter: Enter):
    page = enter("")
    expect(page.locator(".figures")).to_contain_text("回答率")
    outcomes = page.locator("table", has=page.locator("caption", has_text="回答の結果"))
    expect(outcomes.locator("tr", has_text="計画にない").locator("td")).not_to_have_text("0")
    page.get_by_role("link", name="直近7日").click()
    expect(page.get_by_text("直近7日の集計です。")).to_be_visible()


def test_questions_that_the_plans_do_not_answer_stand_together(enter: Enter):
    page = enter("/questions")
    row = page.get_by_role("row", name=re.compile("市民プールの営業時間は"))
    expect(row.get_by_role("cell").first).to_have_text("3")
    row.get_by_text("似た質問 1種類").click()
    expect(row.get_by_text("市民プールはいつ開きますか")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSVで保存").click()
    assert "駅前の駐輪場" in download.value.path().read_text("utf-8-sig")


def test_an_item_is_found_corrected_and_put_back(enter: Enter, staffed: str):
    page = enter("/corrections")
    page.get_by_label("項目名や担当課などの言葉").fill("粗大ごみ")
    page.get_by_role("button", name="探す").click()
    page.get_by_role("link", name=BINS).first.click()
    page.get_by_role("link", name=re.compile("訂正する.*所管課")).click()
    page.get_by_label("正しい値").fill("環境政策課")
    page.get_by_label("理由").fill("令和8年4月の組織改正")
    page.get_by_role("button", name="訂正を保存する").click()
    expect(page.get_by_role("status")).to_contain_text("訂正しました")
    expect(page.get_by_text("原文「資源循環課」を")).to_be_visible()
    keep_picture(page, "admin_item_corrected")

    answer = ask(staffed, "粗大ごみの手数料の担当課はどこですか")
    assert "環境政策課" in answer["answer"]
    assert "理由：令和8年4月の組織改正" in answer["answer"]
    assert "correction" in [citation["kind"] for citation in answer["citations"]]

    page.get_by_role("link", name="訂正", exact=True).click()
    page.get_by_role("button", name=re.compile(f"取り消す.*{BINS}")).click()
    expect(page.get_by_role("button", name=re.compile(f"取り消す.*{BINS}"))).to_have_count(0)
    page.get_by_text("取り消した訂正（1）").click()
    expect(page.get_by_text("令和8年4月の組織改正")).to_be_visible()
    assert "環境政策課" not in ask(staffed, "粗大ごみの手数料の担当課はどこですか")["answer"]


def test_a_refused_correction_keeps_what_was_written_and_names_the_field(enter: Enter):
    page = enter("/corrections?q=粗大ごみ", java_script_enabled=True, expects=("422",))
    page.get_by_role("link", name=BINS).first.click()
    page.get_by_role("link", name=re.compile("訂正する.*実施時期")).click()
    page.get_by_label("正しい値").fill("令和9年度")
    page.get_by_label("理由").fill("電話 090-1234-5678 に確かめた")
    page.get_by_role("button", name="訂正を保存する").click()
    expect(page.get_by_role("alert")).to_contain_text("保存していません")
    expect(page.get_by_label("正しい値")).to_have_value("令和9年度")
    expect(page.get_by_label("理由")).to_have_attribute("aria-invalid", "true")
    assert_accessible(page)
    keep_picture(page, "admin_item_refused")


def test_an_answer_found_wrong_waits_until_it_was_looked_at(enter: Enter):
    page = enter("/review")
    row = page.get_by_role("row", name=re.compile("資源循環課の項目は"))
    expect(row).to_contain_text("課の名前が古いと思います")
    row.get_by_role("button", name=re.compile("確認済みにする")).click()
    expect(page.get_by_text("課の名前が古いと思います")).to_have_count(0)


def test_leaving_the_dashboard_closes_it(enter: Enter):
    page = enter("")
    page.get_by_role("button", name="管理画面を終える").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("管理画面に入る")
    page.goto("/admin/review")
    expect(page.get_by_role("heading", level=1)).to_have_text("管理画面に入る")


def test_the_keyboard_alone_corrects_an_item(enter: Enter):
    page = enter("/corrections?q=粗大ごみ", java_script_enabled=True)
    page.get_by_role("link", name=BINS).first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("訂正する.*区分")).focus()
    page.keyboard.press("Enter")
    page.get_by_label("正しい値").focus()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("拡充")
    page.keyboard.press("Tab")
    page.keyboard.type("対象を広げたため")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("訂正しました")
