"""The web: how large the widget is, how soon it can be used on a slow device, and what pages cost the server.

Run `python -m bench.bench_web`; prints a table, and writes it into the section "## Web" of bench/README.md with
--write. Needs Chromium.
"""

import argparse
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
from playwright.sync_api import Page, sync_playwright

from bench.bench_service import Figure, describe_machine, render, write_section
from ingest.documents import Document
from ingest.plan_items import Extraction
from tests.made_up import a_report, an_item
from tests.server.processes import running_service
from tests.server.web.city_site import CitySite, serving_city_site
from tests.server.web.talking import Widget
from vectorstore.catalogue import Catalogue

SIZES = (57, 1_000, 10_000)
PAGES = (
    "/",
    "/about",
    "/chat",
    "/items",
    "/items?view=owner",
    "/items?view=year",
    "/items?view=timeline",
    "/items?view=charts",
    "/items?q=窓口",
    "/items/item-7",
    "/documents",
    "/documents/doc-1?lines=50-50&quote=取組その49",
)
FILES = ("csv", "xlsx", "ics")
RUNS = 7
SLOWER = 4
FLAGS = "--no-sandbox --disable-gpu --disable-background-networking"
EMBEDDING = '<script src="{service}/widget.js" async></script>'


def main() -> None:
    """Measure everything and print it as a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="keep the table in bench/README.md")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving_city_site() as city:
        figures = list(measure(Path(folder), city))
    table = render(figures)
    print(table)
    if given.write:
        note = f"median of {RUNS}; Chromium with the processor {SLOWER} times slower, over the loopback; "
        write_section("Web", f"{table}\n\n{note}{describe_machine()}")


def measure(folder: Path, city: CitySite) -> Iterator[Figure]:
    """Yield the figures, each number of items in a catalogue of its own."""
    for count in SIZES:
        data = folder / str(count)
        fill(data, count)
        settings = {"KAIKAKU_WIDGET_ORIGINS": city.origin}
        with running_service(data, folder / f"{count}.log", **settings) as client:
            city.service = str(client.base_url).rstrip("/")
            if count == SIZES[0]:
                yield from widget_size(client)
                yield from widget_time(city)
            for page in PAGES:
                yield Figure(f"{page} at {count:,} items, on the server", server_time(client, page), "200 ms")
            yield from file_times(client, count)


def fill(data: Path, count: int) -> None:
    """Store a plan of so many items in the catalogue of a data folder."""
    data.mkdir()
    owners = [f"第{n}課" for n in range(40)]
    items = tuple(
        an_item(
            id=f"item-{n}",
            number=str(n),
            title=f"取組その{n}",
            section=(f"{n % 9} 柱",),
            owners=(owners[n % 40],),
            goals=("手続の時間を短くする",),
            content="窓口の案内を見直し、待ち時間を短くする。",
            target_fiscal_years=(2024 + n % 5,),
            progress=("順調", "遅れ", "完了")[n % 3],
            line_start=n + 1,
            line_end=n + 1,
        )
        for n in range(count)
    )
    lines = tuple(item.title for item in items)
    document = Document("doc-1", "mihon.txt", "0" * 64, "utf-8", lines, (), "見本市改革プラン", "見本市")
    with Catalogue.open(f"sqlite:///{data}/catalogue.sqlite3") as catalogue:
        catalogue.add(document, Extraction(items, (), a_report()))


def widget_size(client: httpx.Client) -> Iterator[Figure]:
    """Yield the bytes that travel before and after the widget is opened."""
    first = weight(client, "/widget.js")
    names = set(re.findall(r'"\./(static/chat\.[^"]+)"', client.get("/widget.js").text))
    waiting = [name for name in names if name.endswith(".js")]
    while waiting:
        named = {f"static/{part}" for part in re.findall(r'"\./(chat_[^"]+)"', client.get(f"/{waiting.pop()}").text)}
        waiting += named - names
        names |= named
    with client.stream("POST", "/v1/widget/session", json={}) as response:
        words = sum(len(part) for part in response.iter_raw())
    rest = sum(weight(client, f"/{name}") for name in names)
    yield Figure("widget.js, gzipped", f"{first / 1000:.1f} kB", "")
    yield Figure("widget with all it loads, gzipped", f"{(first + rest + words) / 1000:.1f} kB", "30 kB")


def weight(client: httpx.Client, path: str) -> int:
    """Return how many bytes of a file travel."""
    with client.stream("GET", path) as response:
        return sum(len(part) for part in response.iter_raw())


def widget_time(city: CitySite) -> Iterator[Figure]:
    """Yield when the widget can be used on a slow device."""
    kept: tuple[list[float], ...] = ([], [], [])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS.split())
        for _ in range(RUNS):
            page = browser.new_context(locale="ja-JP").new_page()
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            for times, taken in zip(kept, walk(page, city.page(EMBEDDING)), strict=True):
                times.append(taken)
            page.context.close()
        browser.close()
    shown, opened, answered = kept
    yield Figure("button can be pressed, after the page began to load", milliseconds(shown), "")
    yield Figure("question can be typed, after the button was pressed", milliseconds(opened), "")
    yield Figure("answer is there, after the question was sent", milliseconds(answered), "")


def walk(page: Page, address: str) -> tuple[float, float, float]:
    """Return the seconds until the button is there, until a question can be typed, and until it is answered."""
    begun = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.get_by_role("button", name="計画について質問する").wait_for()
    shown = time.perf_counter()
    widget = Widget(page).open()
    opened = time.perf_counter()
    widget.ask("取組その7の所管課は？")
    return shown - begun, opened - shown, time.perf_counter() - opened


def file_times(client: httpx.Client, count: int) -> Iterator[Figure]:
    """Yield how long a file of all items takes."""
    for form in FILES:
        yield Figure(f"items.{form} of {count:,} items", milliseconds([timed(client, f"/v1/items.{form}")]))


def server_time(client: httpx.Client, page: str) -> str:
    """Return how long the server takes for a page."""
    client.get(page)
    return milliseconds([timed(client, page) for _ in range(RUNS)])


def timed(client: httpx.Client, page: str) -> float:
    """Return the seconds that one request takes."""
    begun = time.perf_counter()
    client.get(page, headers={"Accept": "text/html"}).raise_for_status()
    return time.perf_counter() - begun


def milliseconds(seconds: list[float]) -> str:
    """Write a median."""
    return f"{statistics.median(seconds) * 1000:.0f} ms"


if __name__ == "__main__":
    main()
