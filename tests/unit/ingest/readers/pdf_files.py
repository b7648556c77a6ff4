"""PDF files of a made-up city, drawn for one test each."""

import io
from collections.abc import Callable, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "HeiseiKakuGo-W5"
WIDTH, HEIGHT = A4
LEFT, SIZE = 50.0, 10.0


def pdf(*pages: Callable[[Canvas], None], encrypt: str | None = None) -> bytes:
    """Draw each page with its function."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, encrypt=encrypt)
    for draw in pages:
        canvas.setFont(FONT, SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def lines(*texts: str, top: float = 60.0, left: float = LEFT, step: float = 14.0) -> Callable[[Canvas], None]:
    """Print lines of text one under the other; `top` is measured from the upper edge."""

    def draw(canvas: Canvas) -> None:
        for at, text in enumerate(texts):
            canvas.drawString(left, HEIGHT - top - at * step, text)

    return draw


def table(
    rows: Sequence[Sequence[str | None]],
    widths: Sequence[float],
    top: float = 100.0,
    *,
    open_below: frozenset[int] = frozenset(),
) -> Callable[[Canvas], None]:
    """Draw a ruled table; None goes on with the cell above, and columns in `open_below` have no line at the foot."""

    def draw(canvas: Canvas) -> None:
        heights = [14.0 * max(2, *(1 + (cell or "").count("\n") for cell in row)) for row in rows]
        tops = [top + sum(heights[:at]) for at in range(len(rows) + 1)]
        lefts = [LEFT + sum(widths[:at]) for at in range(len(widths) + 1)]
        for left in lefts:
            canvas.line(left, HEIGHT - tops[0], left, HEIGHT - tops[-1])
        for column in range(len(widths)):
            for at, y in enumerate(tops):
                goes_on = at < len(rows) and rows[at][column] is None
                cut = at == len(rows) and column in open_below
                if not goes_on and not cut:
                    canvas.line(lefts[column], HEIGHT - y, lefts[column + 1], HEIGHT - y)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                for line, text in enumerate((cell or "").split("\n")):
                    canvas.drawString(lefts[column] + 2, HEIGHT - tops[at] - 12 - 12 * line, text)

    return draw


def both(*draws: Callable[[Canvas], None]) -> Callable[[Canvas], None]:
    """Draw several things on one page."""

    def draw(canvas: Canvas) -> None:
        for one in draws:
            one(canvas)

    return draw
