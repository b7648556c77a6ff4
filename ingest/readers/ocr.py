"""A page that is a picture in, the letters printed on it and the cells ruled around them out.

The letters have the form in which pdfplumber gives those of a text, so that the same code puts them together. It needs
the extra ocr.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from ingest.places import Box
from ingest.readers.picture_rules import Dark, dot_before, ink_of, ruled_tables, straighten

_DOTS_PER_INCH, _POINTS_PER_INCH = 200, 72
_MOST_DOTS = 4000
_LEAST_CERTAIN = 0.5
# The box of a line is higher than its letters.
_LETTER = 0.75
# Not even clear print is as sure as the letters of a text.
_HIGHEST_CERTAINTY = 0.9
# It reads Chinese as well, and writes what Japanese prints in another form or width.
_JAPANESE = str.maketrans(
    "·•‧∙･每值戶产实决减对设课财务进关总计划报园读经费标类项续变应运营员单图处团转边铁钱银长门间闻阶际陆险难电领额馆验黑"
    "收检讨请导广场继强优让协议战规补车业东贷",
    "・・・・・毎値戸産実決減対設課財務進関総計画報園読経費標類項続変応運営員単図処団転辺鉄銭銀長門間聞階際陸険難電領額館験黒"
    "収検討請導広場継強優譲協議戦規補車業東貸",
)


@dataclass(frozen=True, slots=True)
class Picture:
    """What OCR reads on a page: letters as pdfplumber has them, the cells of each ruled table, how sure it is (0–1)."""

    chars: tuple[dict[str, Any], ...]
    tables: tuple[tuple[Box, ...], ...]
    certainty: float


def can_read_pictures() -> bool:
    """Tell whether OCR is installed."""
    return find_spec("rapidocr") is not None


def read_picture(data: bytes, page: int) -> Picture:
    """Read a PDF's page, numbered from 1, from its picture; places are in points on the page set straight."""
    import numpy as np

    picture, dots = _drawn(data, page)
    straight = straighten(picture)
    found = _engine()(np.asarray(straight.convert("RGB")), return_word_box=True, return_single_char_box=True)
    if found.boxes is None:
        return Picture((), (), _HIGHEST_CERTAINTY)
    read = [(letters, score) for letters, score in zip(found.word_results, found.scores, strict=True)]
    sure = [(letters, score) for letters, score in read if score >= _LEAST_CERTAIN]
    lines = [list(_chars(letters, dots)) for letters, _ in sure]
    ink = ink_of(straight)
    chars = tuple(char for line in lines for char in (*_bullet(ink, line, dots), *line))
    certainty = sum(score for _, score in sure) / len(sure) if sure else 1.0
    tables = tuple(tuple(cells) for cells in ruled_tables(straight, dots))
    return Picture(chars, tables, round(min(_HIGHEST_CERTAINTY, float(certainty)), 3))


def _drawn(data: bytes, page: int) -> tuple[Any, float]:
    """Draw the page in grey; and the dots per point, fewer for a page as large as a wall."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        drawn = document[page - 1]
        dots = min(_DOTS_PER_INCH / _POINTS_PER_INCH, _MOST_DOTS / max(*drawn.get_size(), 1))
        return drawn.render(scale=dots).to_pil().convert("L"), dots
    finally:
        document.close()


def _chars(letters: Any, dots: float) -> Iterator[dict[str, Any]]:
    """Letters of one line, each as high as the line."""
    for text, _, corners in letters:
        left, top = (float(min(corner[axis] for corner in corners)) / dots for axis in (0, 1))
        right, bottom = (float(max(corner[axis] for corner in corners)) / dots for axis in (0, 1))
        if text.strip():
            yield {
                "text": text.translate(_JAPANESE),
                "x0": left,
                "x1": right,
                "top": top,
                "bottom": bottom,
                "size": _LETTER * (bottom - top),
            }


def _bullet(ink: Dark, line: list[dict[str, Any]], dots: float) -> Iterator[dict[str, Any]]:
    """The ・ before a line, which is too small to be found."""
    if not line or line[0]["text"] in "・-":
        return
    first = line[0]
    dot = dot_before(ink, (first["x0"] * dots, first["top"] * dots, first["x1"] * dots, first["bottom"] * dots))
    if dot is not None:
        yield {**first, "text": "・", "x0": dot / dots, "x1": first["x0"]}


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error"})
