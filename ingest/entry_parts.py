"""Placed blocks in, headings with the blocks that tell about each out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.documents import Block
from ingest.entry_labels import is_label, read_marked_line
from ingest.markup import strip_markup
from ingest.readers.lines import heading_form
from ingest.sections import Placed, announces_items, heading_title

_WHO_OR_WHEN = frozenset({"owner", "schedule"})


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and the blocks printed directly under it."""

    heading: Placed
    body: tuple[Placed, ...]

    @property
    def level(self) -> int:
        """The depth of its heading, 1 = top."""
        return self.heading.block.level or 1


def split_parts(placed: Sequence[Placed]) -> list[Part]:
    """Every heading with its body; a heading that only labels what the lines below it tell is part of the body."""
    return list(_parts(placed, _label_runs(placed)))


def kind_of(part: Part) -> str:
    """The kind of mark that a heading begins with."""
    return _kind(part.heading.block)


def _parts(placed: Sequence[Placed], labels: frozenset[int]) -> Iterator[Part]:
    heading, body = None, list[Placed]()
    for entry in placed:
        labelling = entry.block.line_start in labels or _is_label(entry.block)
        if entry.block.kind == "heading" and not (heading and labelling):
            if heading:
                yield Part(heading, tuple(body))
            heading, body = entry, []
        else:
            body.append(entry)
    if heading:
        yield Part(heading, tuple(body))


def _is_label(block: Block) -> bool:
    """A heading that only says what the lines below it tell about the heading above: 【担当課】."""
    return is_label(strip_markup(block.text)) and not announces_items(block.text)


def _label_runs(placed: Sequence[Placed]) -> frozenset[int]:
    """The lines of （１）現状と課題, （２）取組の内容, （３）担当課: sibling headings that nearly all are labels."""
    siblings: dict[tuple[str, int, tuple[str, ...]], list[Block]] = {}
    for entry in placed:
        if entry.block.kind == "heading":
            above = entry.section if announces_items(entry.block.text) else entry.section[:-1]
            siblings.setdefault((_kind(entry.block), entry.block.level or 1, above), []).append(entry.block)
    found: set[int] = set()
    for run in siblings.values():
        labels = {block.line_start: label for block in run if (label := read_marked_line(heading_title(block.text)))}
        tells = _WHO_OR_WHEN.intersection(field for field, _ in labels.values())
        if tells and len(labels) > 1 and len(labels) * 3 >= len(run) * 2:
            found |= labels.keys()
    return frozenset(found)


def _kind(block: Block) -> str:
    form = heading_form(block.text.split("\n")[0])
    return form.kind if form else "plain"
