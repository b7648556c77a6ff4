"""A page of a look-alike in, its picture as PNG out; each picture keeps the mark of the page that it was drawn from."""

import hashlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image, PngImagePlugin

CHROMIUM = "/usr/bin/chromium"
_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
_WIDTH, _COLOURS = 720, 32


def draw(pages: Mapping[str, str], folder: Path) -> None:
    """Draw every page, by name, into the folder.

    Raises:
        AssertionError: a page is wider than its picture: something would be cut.

    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=CHROMIUM, args=_FLAGS.split())
        shown = browser.new_page(viewport={"width": _WIDTH, "height": 40})
        for name, page in pages.items():
            shown.set_content(page)
            assert shown.evaluate("document.documentElement.scrollWidth") <= _WIDTH, f"{name}: cut at the right"
            _keep(shown.screenshot(full_page=True), mark_of(page), folder / f"{name}.png")
        browser.close()


def mark_of(page: str) -> str:
    """Return what a picture keeps of the page that it shows."""
    return hashlib.sha256(page.encode()).hexdigest()


def mark_in(picture: Path) -> str:
    """Return the mark that a picture keeps."""
    with Image.open(picture) as image:
        return str(image.info.get("page", ""))


def _keep(screenshot: bytes, mark: str, path: Path) -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("page", mark)
    with Image.open(BytesIO(screenshot)) as image:
        image.convert("RGB").quantize(_COLOURS).save(path, optimize=True, pnginfo=told)
