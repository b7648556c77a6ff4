"""A page of a PDF and boxes on it in, a picture of the page with the boxes marked out."""

import io
from collections.abc import Sequence

from ingest.errors import UnreadableDocument
from ingest.places import Box

_DOTS_PER_POINT = 144 / 72
# A page may be as large as a wall, or say that it is as large as a town.
_MOST_DOTS = 6000
_INK, _LINE = (255, 221, 51, 90), (179, 92, 0, 255)
_AROUND = 2.0


def render(name: str, data: bytes, page: int, boxes: Sequence[Box] = ()) -> bytes:
    """Return page `page` (from 1) as PNG at 144 dpi, large ones at fewer, with boxes (points from the top left) marked.

    Raises:
        UnreadableDocument: the file is no PDF that can be drawn, or has no such page.

    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(f"{name}: its pages cannot be drawn: {error}") from error
    try:
        if not 1 <= page <= len(document):
            raise UnreadableDocument(f"{name}: has no page {page}; its pages are 1 to {len(document)}")
        drawn = document[page - 1]
        dots = min(_DOTS_PER_POINT, _MOST_DOTS / max(*drawn.get_size(), 1))
        picture = drawn.render(scale=dots).to_pil()
    finally:
        document.close()
    return _png(picture, boxes, dots)


def _png(picture: "object", boxes: Sequence[Box], dots: float) -> bytes:
    from PIL import Image, ImageDraw

    page = picture.convert("RGBA")  # type: ignore[attr-defined]
    marks = Image.new("RGBA", page.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(marks)
    for left, top, right, bottom in boxes:
        corners = (left - _AROUND, top - _AROUND, right + _AROUND, bottom + _AROUND)
        draw.rectangle([corner * dots for corner in corners], fill=_INK, outline=_LINE, width=2)
    out = io.BytesIO()
    Image.alpha_composite(page, marks).convert("RGB").save(out, "PNG", optimize=True)
    return out.getvalue()
