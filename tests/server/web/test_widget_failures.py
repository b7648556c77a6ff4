"""The widget when the service stops in the middle of an answer, is slow, or its documents are hostile."""

import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.server.processes import kaikaku, start, wait_for_address
from tests.server.web.city_site import CitySite, serving_city_site
from tests.server.web.conftest import OpenPage
from tests.server.web.talking import Widget

LAUNCHER = '<script src="{service}/widget.js"></script>'
HOSTILE = (
    "<script>window.hit=1</script><img src=x onerror=window.hit=1>"
    "[開く](javascript:window.hit=1)![](//evil.example/x)\u202e"
)
PLAN = "\t".join(["番号", "取組項目", "所管課", "目標"]) + "\n"


class Stoppable:
    """A service that can be held up, killed, and started again at the same address."""

    def __init__(self, data: Path, log: Path, city: CitySite) -> None:
        self._data, self._log, self._city = data, log, city
        self._port = "0"
        self.start()

    def start(self) -> None:
        origins = {"KAIKAKU_WIDGET_ORIGINS": self._city.origin}
        self.process = start(self._data, self._log, "serve", "--port", self._port, **origins)
        self._city.service = wait_for_address(self.process, self._log)
        self._port = self._city.service.rpartition(":")[2]

    def hold(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(60)


@pytest.fixture(scope="module")
def hostile_data(web_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, and a plan whose cells hold markup and 100,000 characters."""
    folder = tmp_path_factory.mktemp("hostile")
    data = shutil.copytree(web_data, folder / "data")
    rows = [("1", f"危険な掲示板の見直し{HOSTILE}", "広報課", f"{HOSTILE}{'長' * 100_000}")]
    rows += [(str(n), f"危険な看板の点検{n}", "広報課", "点検する") for n in range(2, 6)]
    plan = folder / "hostile.tsv"
    plan.write_text("見本市危険対策プラン\n\n" + PLAN + "\n".join("\t".join(row) for row in rows), encoding="utf-8")
    done: subprocess.CompletedProcess[str] = kaikaku(data, "ingest", str(plan))
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture(scope="module")
def site() -> Iterator[CitySite]:
    with serving_city_site() as site:
        yield site


@pytest.fixture(scope="module")
def service(hostile_data: Path, site: CitySite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stoppable]:
    service = Stoppable(hostile_data, tmp_path_factory.mktemp("log") / "hostile.log", site)
    yield service
    service.kill()


def test_hostile_documents_are_shown_as_text_and_reach_nobody(open_page: OpenPage, service: Stoppable, site: CitySite):
    assert service.process.poll() is None
    page = open_page(site.page(LAUNCHER), width=320)
    widget = Widget(page).open()
    for question in ("危険な掲示板の見直しについて教えて", "広報課の項目一覧", "危険な看板の担当課は？"):
        answer = widget.ask(question)
        assert "\u202e" not in answer.inner_text()
        expect(answer.locator("script, img, [onerror], a[href^=javascript]")).to_have_count(0)
        assert answer.evaluate("answer => answer.scrollWidth <= answer.clientWidth")
    mark = widget.answers.first.locator(".mark").last
    mark.click()
    expect(widget.card).to_be_focused()
    assert widget.card.evaluate("card => card.scrollWidth <= card.clientWidth")
    assert widget.card.locator("blockquote").evaluate("quote => quote.clientHeight") < 400
    assert page.evaluate("window.hit") is None
    chat = open_page(f"{site.service}/chat", width=320)
    chat.get_by_label("質問", exact=True).fill("危険な掲示板の見直しについて教えて")
    chat.get_by_role("button", name="送る").click()
    expect(chat.get_by_role("region", name="回答")).to_contain_text("危険な掲示板")
    expect(chat.locator("main script, main img")).to_have_count(0)
    assert chat.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert chat.evaluate("window.hit") is None


def test_a_service_that_dies_while_it_answers_can_be_asked_again(
    open_page: OpenPage, service: Stoppable, site: CitySite
):
    page = open_page(site.page(LAUNCHER), expects=("net::ERR", "401"))
    page.clock.install()
    widget = Widget(page).open()
    widget.ask("財務課の項目一覧")
    service.hold()
    widget.question.fill("集会所")
    widget.question.press("Enter")
    expect(widget.button("中止")).to_be_visible()
    page.clock.fast_forward(9_000)
    expect(widget.status).to_have_text("時間がかかっています。このままお待ちください。")
    service.kill()
    failure = widget.host.locator(".failure")
    expect(failure).to_contain_text("回答を受け取れませんでした。質問は残してあります。")
    # The token of the process before is of no use any more; the widget gets a new one by itself.
    service.start()
    failure.get_by_role("button", name="もう一度送る").click()
    expect(widget.answers).to_have_count(2)
    expect(widget.answers.last).to_contain_text("地区集会所の地域への譲渡")


def test_an_answer_that_takes_too_long_can_be_stopped_and_asked_again(
    open_page: OpenPage, service: Stoppable, site: CitySite
):
    widget = Widget(open_page(site.page(LAUNCHER))).open()
    service.hold()
    widget.question.fill("集会所")
    widget.question.press("Enter")
    widget.button("中止").click()
    failure = widget.host.locator(".failure")
    expect(failure).to_contain_text("中止しました")
    expect(widget.question).to_be_focused()
    service.process.send_signal(signal.SIGCONT)
    failure.get_by_role("button", name="もう一度送る").click()
    expect(widget.answers).to_have_count(1)


def test_a_reload_while_the_answer_is_made_keeps_the_question(open_page: OpenPage, service: Stoppable, site: CitySite):
    widget = Widget(open_page(site.page(LAUNCHER))).open()
    widget.page.route("**/v1/ask/stream", lambda _: None, times=1)
    widget.question.fill("集会所")
    widget.question.press("Enter")
    expect(widget.button("中止")).to_be_visible()
    widget.page.reload()
    assert service.process.poll() is None
    widget.host.locator(".failure").get_by_role("button", name="もう一度送る").click()
    expect(widget.answers).to_have_count(1)


def test_a_chat_that_cannot_be_loaded_says_so_and_can_be_loaded_again(
    open_page: OpenPage, service: Stoppable, site: CitySite
):
    page = open_page(site.page(LAUNCHER), expects=("net::ERR",))
    assert service.process.poll() is None
    page.route("**/static/chat.*", lambda route: route.abort())
    page.get_by_role("button", name="計画について質問する").click()
    expect(page.get_by_role("alert")).to_contain_text("質問の画面を読み込めませんでした。")
    page.unroute("**/static/chat.*")
    page.get_by_role("button", name="もう一度読み込む").click()
    expect(Widget(page).question).to_be_focused()
