"""One real service on the samples and one Chromium for all browser tests."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.server.processes import kaikaku, running_service
from tests.server.web.board_data import fill
from tests.server.web.browsing import chromium_path
from tests.server.web.city_site import CitySite, serving_city_site

OpenPage = Callable[..., Page]
# Other work on the machine must decide no test.
expect.set_options(timeout=20_000)
_FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"


@pytest.fixture(scope="package")
def web_data(tmp_path_factory: pytest.TempPathFactory, samples_dir: Path) -> Path:
    """A catalogue of the samples."""
    folder = tmp_path_factory.mktemp("web") / "data"
    done = kaikaku(folder, "ingest", str(samples_dir))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="package")
def city() -> Iterator[CitySite]:
    """The web site of a city that embeds the widget."""
    with serving_city_site() as site:
        yield site


@pytest.fixture(scope="package")
def address(web_data: Path, city: CitySite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the service of the browser tests listens."""
    log = tmp_path_factory.mktemp("log") / "web.log"
    settings = {"KAIKAKU_WIDGET_ORIGINS": city.origin, "KAIKAKU_CONTACT": "見本市企画課（電話 000-0000-0000）"}
    with running_service(web_data, log, **settings) as client:
        city.service = str(client.base_url).rstrip("/")
        yield city.service
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.fixture(scope="package")
def made_up_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a service on made-up cities listens: many items, two versions of a plan, hostile texts, a PDF."""
    folder = tmp_path_factory.mktemp("made_up")
    fill(folder / "data")
    with running_service(folder / "data", folder / "service.log") as client:
        yield str(client.base_url).rstrip("/")
    assert "Traceback" not in (folder / "service.log").read_text(encoding="utf-8")


# Not for the whole session: while Playwright runs, no other test can run an event loop of its own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium."""
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[OpenPage]:
    """Open an address of the service: `open_page("/items", width=320, color_scheme="dark")`.

    Whatever the page says on its console as an error, and every request to another server, fails the test;
    `expects=("404",)` names parts of messages that may come. Further options are those of Browser.new_context.
    """
    contexts, told = [], []

    def opened(path: str, width: int = 1280, height: int = 800, expects: tuple[str, ...] = (), **options: Any) -> Page:
        given = {"base_url": address, "locale": "ja-JP", "viewport": {"width": width, "height": height}}
        context = browser.new_context(**given | options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()

        def note(message: str) -> None:
            if not any(expected in message for expected in expects):
                told.append(message)

        page.on("console", lambda message: note(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: note(str(error)))
        page.on("request", lambda request: None if _is_local(request.url) else note(f"asked for {request.url}"))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert told == []


def _is_local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "http://localhost:", "data:", "blob:", "about:"))
