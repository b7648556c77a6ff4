"""A PDF in, its text and ruled tables page by page out, each with its box on the page."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.documents import Fact
from ingest.errors import DocumentTooLarge, UnreadableDocument
from ingest.places import Place, around
from ingest.readers.circles import has_circle
from ingest.readers.layout import Layout, TablePart, TableRow, TextPart
from ingest.readers.ocr import Picture, can_read_pictures, read_picture
from ingest.readers.pdf_breaks import PageTable, join_over_breaks
from ingest.readers.pdf_charts import Chart, find_charts
from ingest.readers.pdf_tables import Grid, find_grids, grids_of
from ingest.readers.pdf_words import Line, join_wrapped, lines_of, paragraphs

MOST_PAGES = 2000
# An open file keeps what it has unpacked: it is opened anew after so many pages, so that memory stays as it is.
_OPENED_PAGES = 50
_MARGIN = 0.09
_OFTEN = 0.5
_LEAST_PAGES = 3
_SMALLEST_LETTER = 2.5
_FEW = 5
_PAGE_NUMBER = re.compile(
    r"[-–—―－\s]*+(?:[pP][.．]?)?\s*+[0-9０-９]{1,4}\s*+(?:[/／]\s*+[0-9０-９]{1,4}|ページ|頁)?[-–—―－\s]*+"
)
_NEAR = 4.0
_NO_PAGES = re.compile(rb"/Type\s*/Pages\b[^>]{0,200}/Count\s+0\b")
# An object that is nothing but another one; what reads them follows such a chain without end.
_BARE_REFERENCE = re.compile(rb"\b(\d{1,9})\s+\d{1,5}\s+obj\s+(\d{1,9})\s+\d{1,5}\s+R\s+endobj")
_STAMP, _SCANNED_SHARE = 60, 0.6
# A picture that shows little more than the letters over it is the ground of a cover.
_MORE_LETTERS = 2
_MANY_SHAPES = 12


@dataclass(frozen=True, slots=True)
class _Page:
    """What one page shows: lines outside tables, tables, and what a reader must be told."""

    number: int
    height: float
    lines: tuple[Line, ...]
    grids: tuple[Grid, ...]
    facts: Counter[Fact] = field(default_factory=Counter)
    charts: tuple[Chart, ...] = ()
    certainty: float = 1.0


def read_layout(name: str, data: bytes) -> Layout:
    """Read a PDF; a page that is a picture is read by OCR where that is installed, else told of.

    Raises:
        UnreadableDocument: it is damaged, protected, without pages, or holds pictures of text alone.
        DocumentTooLarge: it has more pages than are read.

    """
    pages = tuple(_pages(name, data))
    repeated = _running_lines(pages)
    facts: Counter[Fact] = Counter({"pages": len(pages)})
    for page in pages:
        facts.update(page.facts)
    if facts["scanned_pages"] == len(pages) and not any(page.lines or page.grids for page in pages):
        todo = "scan it more clearly" if can_read_pictures() else "install the extra ocr"
        raise UnreadableDocument(
            f"{name}: all {len(pages)} pages are pictures without text; {todo}, or publish it as text"
        )
    parts = join_over_breaks(part for page in pages for part in _parts(page, repeated))
    return Layout(tuple(parts), tuple(_remarks(facts)), {fact: count for fact, count in facts.items() if count})


def _pages(name: str, data: bytes) -> Iterator[_Page]:
    import pdfplumber

    count = _check(name, data)
    try:
        for first in range(1, count + 1, _OPENED_PAGES):
            with pdfplumber.open(io.BytesIO(data), pages=list(range(first, first + _OPENED_PAGES))) as document:
                for page in document.pages:
                    yield _page(page, page.page_number, data)
                    page.close()
    except (UnreadableDocument, DocumentTooLarge):
        raise
    except Exception as error:  # pdfminer raises whatever a damaged file leads it to
        raise UnreadableDocument(f"{name}: a page cannot be read ({error}); print it to PDF again") from error


def _check(name: str, data: bytes) -> int:
    """Open the file with the sturdier library first, which tells why when it cannot, and the number of pages."""
    import pypdfium2

    if has_circle({int(one): int(other) for one, other in _BARE_REFERENCE.findall(data)}):
        raise UnreadableDocument(
            f"{name}: the PDF is damaged: its objects lead back to themselves; print it to PDF again"
        )
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(f"{name}: the PDF {_why_it_does_not_open(error, data)}") from error
    count = len(document)
    document.close()
    if count == 0:
        raise UnreadableDocument(f"{name}: the PDF has no pages")
    if count > MOST_PAGES:
        raise DocumentTooLarge(
            f"{name}: {count:,} pages, at most {MOST_PAGES:,} are read; split the plan into several files"
        )
    return count


def _why_it_does_not_open(error: Exception, data: bytes) -> str:
    # The library may tell the reason of the file before.
    if "assword" in str(error) and b"/Encrypt" in data:
        return "is protected by a password; save it without one"
    return "has no pages" if _NO_PAGES.search(data) else "is damaged or cut off; copy it again"


def _page(page: Any, number: int, data: bytes) -> _Page:
    facts: Counter[Fact] = Counter()
    # Bold print that a program fakes by printing twice is read once.
    once = page.dedupe_chars(tolerance=1.5, extra_attrs=("size",))
    grounds = [shape for shape in (*page.rects, *page.curves, *page.images) if _is_ground(shape)]
    seen = once.filter(lambda thing: _is_shown(thing, grounds))
    facts["hidden_text"] = int(len(seen.chars) + _FEW < len(once.chars))
    if _is_scan(page, seen.chars):
        picture = read_picture(data, number) if can_read_pictures() else None
        if picture and len(picture.chars) >= _MORE_LETTERS * len(seen.chars):
            return _scanned(page, number, picture, facts)
        facts["scanned_pages"] = int(picture is None)
    found = find_grids(seen)
    charts = tuple(find_charts(seen.chars, (*page.rects, *page.curves, *page.images), [grid.box for grid in found]))
    grids = tuple(grid for grid in found if not any(chart.covers(grid.box) for chart in charts))
    drawn = frozenset(letter for chart in charts for letter in chart.letters)
    outside = [c for c in seen.chars if id(c) not in drawn and not any(_inside(c, grid) for grid in grids)]
    facts["merged_cells"] = sum(grid.merged_cells for grid in grids)
    facts["pictures"] = len(page.images)
    facts["graphic_pages"] = int(_shapes_outside(page, (*grids, *charts)) >= _MANY_SHAPES)
    return _Page(number, float(page.height), tuple(lines_of(outside)), grids, facts, charts)


def _is_shown(thing: dict[str, Any], grounds: Sequence[dict[str, Any]]) -> bool:
    """Leave out letters that nobody sees: tiny, beside the page, or white on white."""
    if thing["object_type"] != "char":
        return True
    if thing["size"] < _SMALLEST_LETTER or thing["x1"] <= 0 or thing["bottom"] <= 0:
        return False
    return not _is_white(thing.get("non_stroking_color")) or any(_holds(ground, thing) for ground in grounds)


def _is_ground(shape: dict[str, Any]) -> bool:
    """Tell whether white letters can be read on a shape."""
    if shape["object_type"] == "image":
        return True
    return bool(shape.get("fill")) and not _is_white(shape.get("non_stroking_color"))


def _is_white(colour: object) -> bool:
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    if len(parts) == 4:  # cyan, magenta, yellow, black
        return all(part == 0 for part in parts)
    return all(isinstance(part, (int, float)) and part >= 1 for part in parts)


def _holds(ground: dict[str, Any], char: dict[str, Any]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(ground["x0"] <= x <= ground["x1"] and ground["top"] <= y <= ground["bottom"])


def _is_scan(page: Any, chars: Sequence[dict[str, Any]]) -> bool:
    """Tell a page whose text may be a picture; a scanner prints a number or a stamp on it as letters."""
    if not chars:
        return bool(page.images or page.curves)
    covered = max((image["width"] * image["height"] for image in page.images), default=0)
    return len(chars) <= _STAMP and covered >= _SCANNED_SHARE * page.width * page.height


def _scanned(page: Any, number: int, picture: Picture, facts: Counter[Fact]) -> _Page:
    facts["scanned_pages"] = 1
    grids = tuple(grids_of(picture.chars, picture.tables))
    facts["merged_cells"] = sum(grid.merged_cells for grid in grids)
    lines = lines_of([char for char in picture.chars if not any(_inside(char, grid) for grid in grids)])
    return _Page(number, float(page.height), tuple(lines), grids, facts, certainty=picture.certainty)


def _inside(char: dict[str, Any], grid: Grid | Chart) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(grid.box[0] <= x <= grid.box[2] and grid.box[1] <= y <= grid.box[3])


def _shapes_outside(page: Any, read: Sequence[Grid | Chart]) -> int:
    """Count the arrows, bars and boxes of drawings that no table and no chart was read from."""
    shapes = [*page.curves, *(r for r in page.rects if r["width"] > 8 and r["height"] > 8)]
    return sum(not any(_inside(shape, one) for one in read) for shape in shapes)


def _running_lines(pages: Sequence[_Page]) -> frozenset[str]:
    """Headers and footers: the same words, numbers aside, at the same height of most pages."""
    if len(pages) < _LEAST_PAGES:
        return frozenset()
    keys = Counter(key for page in pages for key in {_key(line) for line in page.lines if _in_margin(line, page)})
    return frozenset(key for key, count in keys.items() if count >= max(_LEAST_PAGES, _OFTEN * len(pages)))


def _key(line: Line) -> str:
    return f"{round(line.box[1] / _NEAR)}:{re.sub(r'[0-9０-９]+', '#', line.text.strip())}"


def _in_margin(line: Line, page: _Page) -> bool:
    return line.box[3] < _MARGIN * page.height or line.box[1] > (1 - _MARGIN) * page.height


def _parts(page: _Page, repeated: frozenset[str]) -> Iterator[TextPart | TablePart | PageTable]:
    """Text and tables of a page in reading order."""
    lines = [line for line in page.lines if not _is_running(line, page, repeated)]
    found: list[tuple[float, float, TextPart | TablePart | PageTable]] = [
        (group[0].box[1], group[0].box[0], _text(group, page)) for group in paragraphs(lines)
    ]
    found += [(grid.box[1], grid.box[0], PageTable(grid, page.number, page.certainty)) for grid in page.grids]
    found += [(chart.box[1], chart.box[0], _drawn(chart, page.number)) for chart in page.charts]
    yield from (part for _, _, part in sorted(found, key=lambda entry: entry[:2]))


def _drawn(chart: Chart, page: int) -> TablePart:
    return TablePart(tuple(TableRow(row.cells, Place(page=page, box=row.box)) for row in chart.rows), is_chart=True)


def _is_running(line: Line, page: _Page, repeated: frozenset[str]) -> bool:
    if not _in_margin(line, page):
        return False
    return _key(line) in repeated or _PAGE_NUMBER.fullmatch(line.text.strip()) is not None


def _text(group: Sequence[Line], page: _Page) -> TextPart:
    right = max(line.box[2] for line in group)
    places = [Place(page=page.number, box=line.box, certainty=page.certainty) for line in group]
    return TextPart(join_wrapped(group, right), around(places) or Place(page=page.number))


def _remarks(facts: Counter[Fact]) -> Iterator[str]:
    if facts["scanned_pages"]:
        advice = "read by OCR, check them" if can_read_pictures() else "not read: install the extra ocr or publish text"
        yield f"{facts['scanned_pages']} pages are pictures of text, {advice}"
    if facts["graphic_pages"]:
        yield f"{facts['graphic_pages']} pages hold graphics: years and links that only their shapes show are not read"
    if facts["hidden_text"]:
        yield f"{facts['hidden_text']} pages hold text that nobody sees (white, tiny or off the page): left out"
