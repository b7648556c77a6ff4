"""A PowerPoint presentation (.pptx, .pptm) in, the texts, tables and notes of its slides in reading order out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.documents import Fact
from ingest.errors import UnreadableDocument
from ingest.places import Place
from ingest.readers.archives import Package, open_package, whole
from ingest.readers.layout import Layout, TablePart, TextPart
from ingest.readers.plain_texts import told_apart
from ingest.readers.slide_text import paragraphs, slide_table

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TITLES = ("title", "ctrTitle")
# What is printed on every slide.
_FURNITURE = ("sldNum", "dt", "ftr", "hdr")
# Shapes whose tops differ by less than 5 mm stand in one row.
_ONE_ROW = 180_000
_FALSE = ("0", "false")


@dataclass(frozen=True, slots=True)
class _Shape:
    """A shape that holds text or a table, and where it stands; None where its layout says so."""

    element: Element
    role: str | None
    corner: tuple[int, int] | None


def read_layout(name: str, data: bytes) -> Layout:
    """Read a presentation; raises IngestError naming the file and what to do."""
    package = open_package(name, data)
    reader = _PresentationReader(package)
    try:
        parts = tuple(reader.parts())
    except RecursionError as error:
        raise UnreadableDocument(f"{name}: its shapes are grouped too deeply to be read; ungroup them") from error
    remarks = [f"{what}: {count}" for what, count in reader.left_out.items() if count]
    if package.has_macros():
        remarks.append("the macros in it are ignored")
    facts: dict[Fact, int] = {
        "pages": reader.number,
        "hidden_parts": reader.left_out["hidden slides left out"],
        "pictures": reader.left_out["pictures not read"],
        "graphic_pages": reader.graphic_slides,
        "macros": int(package.has_macros()),
    }
    return Layout(parts, tuple(remarks), {fact: count for fact, count in facts.items() if count})


class _PresentationReader:
    """Reads slide after slide; slides have the numbers that PowerPoint shows, hidden ones included."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = package.main_part()
        self.left_out: Counter[str] = Counter()
        self.number = 0
        self.graphic_slides = 0

    def parts(self) -> Iterator[TextPart | TablePart]:
        slides = {one.id: one.part for one in self._package.relations(self._main) if one.kind == "slide"}
        for entry in self._package.tree(self._main).iterfind(f"{_P}sldIdLst/{_P}sldId"):
            self.number += 1
            if part := slides.get(entry.get(f"{_R}id", "")):
                yield from self._slide(part)

    def _slide(self, part: str) -> Iterator[TextPart | TablePart]:
        slide = self._package.tree(part)
        if slide.get("show") in _FALSE:
            self.left_out["hidden slides left out"] += 1
            return
        tree = slide.find(f"{_P}cSld/{_P}spTree")
        place = Place(page=self.number)
        before = self.left_out["charts not read"]
        shapes = list(self._shapes(tree)) if tree is not None else []
        self.graphic_slides += self.left_out["charts not read"] > before
        for shape in self._in_reading_order(shapes, part):
            if (table := shape.element.find(f".//{_A}tbl")) is not None:
                yield from slide_table(table, place)
            else:
                yield from _texts(shape, place)
        yield from self._notes(part, place)

    def _shapes(self, tree: Element) -> Iterator[_Shape]:
        for element in tree:
            match element.tag.rpartition("}")[2]:
                case "sp":
                    yield _shape(element)
                case "grpSp":
                    # A group is read as a whole, at its own corner.
                    yield from self._grouped(element)
                case "graphicFrame" if element.find(f".//{_A}tbl") is not None:
                    yield _shape(element)
                case "graphicFrame":
                    self.left_out["charts not read"] += 1
                case "pic":
                    self.left_out["pictures not read"] += 1
                case "AlternateContent" if len(element):
                    yield from self._shapes(element[0])

    def _grouped(self, group: Element) -> Iterator[_Shape]:
        corner = _corner(group)
        for shape in sorted(self._shapes(group), key=lambda one: _row_and_left(one.corner or (0, 0))):
            yield _Shape(shape.element, shape.role, corner or shape.corner)

    def _in_reading_order(self, shapes: list[_Shape], part: str) -> list[_Shape]:
        """The title, then from the top left; what has no place of its own stands where the slide's layout puts it."""
        layout = self._package.related(part, "slideLayout")
        inherited = dict(self._layout_corners(layout)) if layout and any(not one.corner for one in shapes) else {}
        shown = [one for one in shapes if one.role not in _FURNITURE]

        def order(shape: _Shape) -> tuple[bool, int, int]:
            corner = shape.corner or inherited.get(_placeholder(shape.element)) or (0, 0)
            return (shape.role not in _TITLES, *_row_and_left(corner))

        return sorted(shown, key=order)

    def _layout_corners(self, layout: str) -> Iterator[tuple[tuple[str, str], tuple[int, int]]]:
        for element in self._package.tree(layout).iter(f"{_P}sp"):
            if corner := _corner(element):
                yield _placeholder(element), corner

    def _notes(self, part: str, place: Place) -> Iterator[TextPart]:
        notes = self._package.related(part, "notesSlide")
        if notes is None:
            return
        for element in self._package.tree(notes).iter(f"{_P}sp"):
            if _shape(element).role == "body":
                yield from _texts(_shape(element), place)


def _shape(element: Element) -> _Shape:
    holder = element.find(f".//{_P}nvPr/{_P}ph")
    return _Shape(element, None if holder is None else holder.get("type", "obj"), _corner(element))


def _placeholder(element: Element) -> tuple[str, str]:
    holder = element.find(f".//{_P}nvPr/{_P}ph")
    return ("", "") if holder is None else (holder.get("type", "obj"), holder.get("idx", "0"))


def _corner(element: Element) -> tuple[int, int] | None:
    """The top and left of a shape."""
    for path in (f"{_P}spPr/{_A}xfrm/{_A}off", f"{_P}grpSpPr/{_A}xfrm/{_A}off", f"{_P}xfrm/{_A}off"):
        offset = element.find(path)
        if offset is not None:
            return whole(offset.get("y"), 0), whole(offset.get("x"), 0)
    return None


def _row_and_left(corner: tuple[int, int]) -> tuple[int, int]:
    return corner[0] // _ONE_ROW, corner[1]


def _texts(shape: _Shape, place: Place) -> Iterator[TextPart]:
    body = shape.element.find(f"{_P}txBody")
    lines = list(paragraphs(body)) if body is not None else []
    if not lines:
        return
    if shape.role in _TITLES:
        yield TextPart(" ".join("".join(lines).split("\n")), place, level=1)
    else:
        yield told_apart(TextPart("\n".join(lines), place))
