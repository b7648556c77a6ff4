"""Pictures of pages with cited places marked."""

import io

import pytest
from PIL import Image

from ingest.errors import UnreadableDocument
from ingest.page_pictures import render
from tests.unit.ingest.readers.pdf_files import lines, pdf

PLAN = pdf(lines("見本市プラン"), lines("次のページ"))


def picture(page: int, *boxes: tuple[float, float, float, float]) -> Image.Image:
    return Image.open(io.BytesIO(render("plan.pdf", PLAN, page, boxes)))


def test_a_page_is_drawn_at_twice_its_points() -> None:
    assert picture(1).size == (1191, 1684)


def test_a_marked_place_is_yellow_and_nothing_else_changes() -> None:
    plain, marked = picture(1), picture(1, (50, 50, 150, 70))
    red, green, blue = marked.getpixel((290, 130))  # type: ignore[misc]
    assert red > 230
    assert green > 200
    assert blue < 220
    assert marked.getpixel((600, 900)) == plain.getpixel((600, 900)) == (255, 255, 255)


@pytest.mark.parametrize("page", [0, 3])
def test_a_page_that_is_not_there_is_named(page: int) -> None:
    with pytest.raises(UnreadableDocument, match=r"plan\.pdf: has no page"):
        render("plan.pdf", PLAN, page)


def test_what_is_no_pdf_has_no_pictures() -> None:
    with pytest.raises(UnreadableDocument, match=r"plan\.pdf"):
        render("plan.pdf", b"text", 1)
