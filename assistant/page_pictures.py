"""A page of a PDF and what to mark on it in, its picture out; and the address under which it is found."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module

from assistant.errors import NotThere, WrongUsage
from ingest.errors import IngestError, ReaderBusy, ReaderDefect, ReadingStopped
from ingest.places import Box, Place
from ingest.plan_items import Passage, PlanItem
from vectorstore.catalogue import Catalogue
from vectorstore.contents import StoredDocument
from vectorstore.corpus import Corpus

# The name and bytes of a PDF, a page by its number from 1, boxes to mark: PNG.
Render = Callable[[str, bytes, int, tuple[Box, ...]], bytes]

MOST_MARKS = 20
_PAGED = "pdf"
_VERSION_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Picture:
    """What to draw; equal pictures have equal tags, and another file of the same document has another."""

    document: StoredDocument
    page: int
    boxes: tuple[Box, ...]

    @property
    def tag(self) -> str:
        """A name for exactly this picture."""
        marks = sha256(repr(self.boxes).encode()).hexdigest()[:_VERSION_LENGTH]
        return f"{self.document.content_hash[:_VERSION_LENGTH]}-{self.page}-{marks}"


def page_url(document: StoredDocument | None, page: int | None, box: Box | None) -> str | None:
    """Return the address of a page's picture; None where there are no pages."""
    if document is None or page is None or document.encoding != _PAGED:
        return None
    mark = f"&highlight={','.join(f'{value:g}' for value in box)}" if box else ""
    return f"/v1/documents/{document.id}/pages/{page}.png?v={document.content_hash[:_VERSION_LENGTH]}{mark}"


def is_version_of(document: StoredDocument, version: str | None) -> bool:
    """Tell whether an address was made for the very file that the document has now."""
    return version == document.content_hash[:_VERSION_LENGTH]


def choose_picture(document: StoredDocument, page: int, marks: Sequence[str], corpus: Corpus) -> Picture:
    """Tell what to draw; a mark is the id of an item or passage, or a box x0,top,x1,bottom in points.

    Raises:
        NotThere: the document has no pages, or no such item or passage.
        WrongUsage: a mark is no box, or there are too many.

    """
    if document.encoding != _PAGED:
        raise NotThere(f"{document.source}: has no pages to show; its lines are at /documents/{document.id}")
    if len(marks) > MOST_MARKS:
        raise WrongUsage(f"highlight: {len(marks)} marks; send at most {MOST_MARKS}")
    places = [_place(mark, page, document, corpus) for mark in marks if mark]
    return Picture(document, page, tuple(place.box for place in places if place.box and place.page == page))


def draw(picture: Picture, catalogue: Catalogue, render: Render) -> bytes:
    """Return the picture as PNG.

    Raises:
        NotThere: the page or the document's file is not there.
        ReaderBusy: too many pages wait to be drawn.
        ReadingStopped: drawing it took too long or too much memory, or crashed.

    """
    data = catalogue.original(picture.document.id)
    if data is None:
        raise NotThere(f"{picture.document.source}: its file is not kept; ingest it again to see its pages")
    try:
        return render(picture.document.source, data, picture.page, picture.boxes)
    except (ReadingStopped, ReaderBusy, ReaderDefect):
        raise
    except IngestError as error:
        raise NotThere(str(error)) from error


def render_page(name: str, data: bytes, page: int, boxes: tuple[Box, ...]) -> bytes:
    """Draw a page in this process."""
    png: bytes = import_module("ingest.page_pictures").render(name, data, page, boxes)
    return png


def _place(mark: str, page: int, document: StoredDocument, corpus: Corpus) -> Place:
    if "," in mark:
        return Place(page, _box(mark))
    for part in _parts(document, corpus):
        if part.id == mark:
            return part.place or Place()
    raise NotThere(f"highlight: {document.source} holds no item or passage of this id; a changed document has new ids")


def _parts(document: StoredDocument, corpus: Corpus) -> Iterator[PlanItem | Passage]:
    yield from (item for item in corpus.items if item.document_id == document.id)
    yield from (passage for passage in corpus.passages if passage.document_id == document.id)


def _box(text: str) -> Box:
    try:
        left, top, right, bottom = map(float, text.split(","))
    except ValueError:
        raise WrongUsage(
            "highlight: write a box as x0,top,x1,bottom in points, or the id of an item or passage"
        ) from None
    if not all(map(math.isfinite, (left, top, right, bottom))) or left > right or top > bottom:
        raise WrongUsage("highlight: a box goes from its left top to its right bottom: x0,top,x1,bottom")
    return left, top, right, bottom
