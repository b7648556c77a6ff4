"""A page that is a picture in, the lines printed on it out, where the extra kaikaku[ocr] is installed."""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any

from ingest.readers.pdf_words import Line

_DOTS_PER_POINT = 200 / 72
_LEAST_CERTAIN = 0.5


def can_read_pictures() -> bool:
    """Tell whether OCR is installed."""
    return find_spec("rapidocr") is not None


def read_picture(data: bytes, page: int) -> Iterator[Line]:
    """Read the lines of a PDF's page, numbered from 1, from its picture; from top to bottom."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        picture = document[page - 1].render(scale=_DOTS_PER_POINT).to_numpy()
    finally:
        document.close()
    found = _engine()(picture)
    if found.boxes is None:
        return
    for box, text, score in sorted(
        zip(found.boxes, found.txts, found.scores, strict=True), key=lambda hit: (hit[0][0][1], hit[0][0][0])
    ):
        if score >= _LEAST_CERTAIN and text.strip():
            left, top = (float(min(point[axis] for point in box)) / _DOTS_PER_POINT for axis in (0, 1))
            right, bottom = (float(max(point[axis] for point in box)) / _DOTS_PER_POINT for axis in (0, 1))
            yield Line(text, (left, top, right, bottom), bottom - top)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR()
