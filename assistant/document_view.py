"""A document's lines, items and passages and a cited place in; what the source viewer shows of them at once out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.quote_places import find_quote, spans_by_line
from ingest.markup import strip_markup
from ingest.normalize import strip_tags
from ingest.places import Place
from ingest.plan_items import Passage, PlanItem

# Browsers need seconds to lay out a longer text.
LONGEST_SHOWN = 10_000
LINES_OF_A_SHEET, CHARACTERS_OF_A_SHEET = 200, 100_000

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cited:
    """The place to be shown: lines, and in them a quote, which may be given by its beginning and its end."""

    first: int
    last: int
    quote: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number from 1, its text before, in and after the quote, and where it stands in the file.

    The texts are without tags and emphasis, as those of passages are; `left_out` counts characters that are not shown.
    """

    number: int
    before: str
    quoted: str = ""
    after: str = ""
    is_cited: bool = False
    place: Place | None = None
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that belong together: of some items, or between items; `section` where another one begins."""

    items: tuple[PlanItem, ...]
    lines: tuple[Line, ...]
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is shown at once: some of the lines, in parts; of a document with pages, those of one `page`."""

    number: int
    count: int
    first: int
    last: int
    parts: tuple[Part, ...]
    page: int | None = None


@dataclass(frozen=True)
class DocumentView:
    """A document in sheets: the lines, what was read from them, and the cited place."""

    lines: tuple[str, ...]
    items: tuple[PlanItem, ...]
    passages: tuple[Passage, ...]
    pages: int = 0

    def sheet_with(self, line: int) -> int:
        """Return the number of the sheet that shows a line; of the first or last one where there is no such line."""
        return next((n for n, (_, last) in enumerate(self._bounds, 1) if line <= last), len(self._bounds))

    def sheet(self, number: int, cited: Cited | None = None) -> Sheet:
        """Return one sheet, counted from 1, with the cited place marked; a number too large is the last."""
        bounds = self._bounds
        number = max(1, min(number, len(bounds)))
        first, last = bounds[number - 1]
        parts = tuple(_parts(self, first, last, cited))
        return Sheet(number, len(bounds), first, last, parts, number if self.pages else None)

    def where(self, cited: Cited) -> Cited | None:
        """Return where a cited quote really stands: there, or at the first line that holds it; None if nowhere."""
        last = min(cited.last, len(self.lines))
        inside = self.lines[cited.first - 1 : last]
        if inside and (not cited.quote or find_quote(inside, cited.quote, cited.until)):
            return Cited(cited.first, last, cited.quote, cited.until)
        if not cited.quote:
            return None
        held = (number for number, line in enumerate(self.lines, 1) if cited.quote in line)
        return next((Cited(number, number, cited.quote, cited.until) for number in held), None)

    def items_at(self, cited: Cited) -> tuple[PlanItem, ...]:
        """Return the items that are printed at the cited place."""
        return tuple(item for item in self.items if item.line_start <= cited.last and item.line_end >= cited.first)

    def sections(self) -> tuple[tuple[tuple[str, ...], int], ...]:
        """Return the paths of the sections, each with the first line that stands in it."""
        found: dict[tuple[str, ...], int] = {}
        for one in sorted(self.read, key=lambda part: part.line_start):
            if one.section:
                found.setdefault(one.section, one.line_start)
        return tuple(found.items())

    @property
    def read(self) -> tuple[PlanItem | Passage, ...]:
        """All that was read from the document, items first."""
        return (*self.items, *self.passages)

    @cached_property
    def _bounds(self) -> Sequence[tuple[int, int]]:
        """First and last line of every sheet."""
        return list(self._page_bounds() if self.pages else self._line_bounds()) or [(1, 0)]

    def _line_bounds(self) -> Iterator[tuple[int, int]]:
        first, characters = 1, 0
        for number, line in enumerate(self.lines, 1):
            characters += len(line)
            if number - first + 1 == LINES_OF_A_SHEET or characters > CHARACTERS_OF_A_SHEET:
                yield first, number
                first, characters = number + 1, 0
        if first <= len(self.lines):
            yield first, len(self.lines)

    def _page_bounds(self) -> Iterator[tuple[int, int]]:
        """A page begins where the first thing read from it stands; one without any has no lines."""
        begins: dict[int, int] = {}
        for one in self.read:
            if one.page is not None:
                begins[one.page] = min(one.line_start, begins.get(one.page, one.line_start))
        after = len(self.lines) + 1
        bounds = []
        for page in range(self.pages, 0, -1):
            begin = min(begins.get(page, after), after) if page > 1 else 1
            bounds.append((begin, after - 1))
            after = begin
        yield from reversed(bounds)


def _parts(view: DocumentView, first: int, last: int, cited: Cited | None) -> Iterator[Part]:
    marked = _marked(view.lines, cited)
    near = [one for one in view.read if one.line_start <= last and one.line_end >= first]
    places = {one.line_start: one.place for one in near if one.place}
    sections = {one.line_start: one.section for one in reversed(near) if one.section}
    held = _items_by_line(one for one in near if isinstance(one, PlanItem))
    lines: list[Line] = []
    items: tuple[PlanItem, ...] = ()
    section: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    for number in range(first, last + 1):
        begins = sections.get(number, above)
        if (held.get(number, ()) != items or begins != above) and lines:
            yield Part(items, tuple(lines), section)
            lines, section = [], ()
        section, above = (begins if begins != above else section), begins
        items = held.get(number, ())
        is_cited = cited is not None and cited.first <= number <= cited.last
        lines.append(_line(number, view.lines[number - 1], marked.get(number), is_cited, places.get(number)))
    if lines:
        yield Part(items, tuple(lines), section)


def _items_by_line(items: Iterable[PlanItem]) -> Mapping[int, tuple[PlanItem, ...]]:
    """The items whose card a line stands in: those that began last above it."""
    held: dict[int, tuple[PlanItem, ...]] = {}
    for item in sorted(items, key=lambda one: one.line_start):
        started = tuple(one for one in held.get(item.line_start, ()) if one.line_start == item.line_start)
        for number in range(item.line_start, item.line_end + 1):
            held[number] = (*started, item)
    return held


def _marked(lines: Sequence[str], cited: Cited | None) -> Mapping[int, tuple[int, int]]:
    if cited is None:
        return {}
    spans = find_quote(lines[cited.first - 1 : cited.last], cited.quote, cited.until)
    return {cited.first + line: span for line, span in spans_by_line(spans).items()}


def _line(number: int, text: str, span: tuple[int, int] | None, is_cited: bool, place: Place | None) -> Line:
    first, last = span or (len(text), len(text))
    before, quoted, after = map(_untagged, (text[:first], text[first:last], text[last:]))
    room = LONGEST_SHOWN // 2 if span else LONGEST_SHOWN
    # Of a text that no window holds the beginning is shown, or what stands around the quote.
    near = (before[-room:] if span else before[:room], quoted[:LONGEST_SHOWN], after[:room])
    left_out = len(before + quoted + after) - sum(map(len, near))
    return Line(number, *near, is_cited, place, left_out)


def _untagged(text: str) -> str:
    return strip_markup(strip_tags(_BREAK.sub("\n", text)))
