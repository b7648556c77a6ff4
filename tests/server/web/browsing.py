"""What every browser test does: look at a page for barriers, and keep a picture of it."""

import json
import os
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page

PICTURES = Path(__file__).resolve().parents[3] / "docs" / "images" / "web"
_COLOURS = 64
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def chromium_path() -> str:
    """Return where Chromium is; without it the test is skipped, or fails where CI is set."""
    path = shutil.which("chromium")
    if path is None:
        missing = "chromium is not installed: apt-get install chromium fonts-noto-cjk"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return path


def assert_accessible(page: Page, context: str | None = None) -> None:
    """Fail on anything that axe-core has against the page as it is now, at WCAG 2.2 AA; it looks into shadow trees."""
    page.wait_for_function("document.getAnimations().every(animation => animation.playState !== 'running')")
    found = Axe().run(page, context, {**_RULES, "resultTypes": ["violations"]}).response["violations"]
    told = [
        {"rule": rule["id"], "nodes": [(n["target"], n["failureSummary"]) for n in rule["nodes"]]} for rule in found
    ]
    assert told == [], json.dumps(told, ensure_ascii=False, indent=1)


def assert_fits(page: Page) -> None:
    """Fail if the page must be scrolled sideways."""
    width, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width <= room, f"the page is {width} wide in a window of {room}"


def keep_picture(page: Page, name: str, *, whole: bool = True) -> None:
    """Keep docs/images/web/NAME.png, of the whole page or its window; only where PICTURES is set: fonts differ."""
    if os.environ.get("PICTURES"):
        PICTURES.mkdir(parents=True, exist_ok=True)
        with Image.open(BytesIO(page.screenshot(full_page=whole, animations="disabled"))) as picture:
            picture.convert("RGB").quantize(_COLOURS).save(PICTURES / f"{name}.png", optimize=True)
