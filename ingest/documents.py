"""The shape of a read plan file: a Document 文書 of Blocks, each with its place in the source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ingest.places import Place, around
from ingest.told import NOTHING_TOLD, Kind, Told

# What makes a file hard to read by machine. `graphic_pages` are pages or sheets with drawings that carry meaning.
Fact = Literal[
    "pages",
    "scanned_pages",
    "graphic_pages",
    "pictures",
    "merged_cells",
    "hidden_parts",
    "hidden_text",
    "formulas_without_value",
    "overlapping_text",
    "macros",
]
BlockKind = Literal["heading", "paragraph", "list", "footnote", "table"]


@dataclass(frozen=True, slots=True)
class Row:
    """One printed table row: its cells as printed and its 1-based line in the source (`line_end` if on several)."""

    cells: tuple[str, ...]
    line: int
    line_end: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list, footnote or table, with the lines it was printed on.

    `text` is verbatim (lines joined by newline). `level` is a heading's depth (1 = top); `rows` are a table's.
    `is_chart` tells that its cells are bars, put under the times over which they are drawn.
    """

    kind: BlockKind
    text: str
    line_start: int
    line_end: int
    level: int | None = None
    rows: tuple[Row, ...] = ()
    is_chart: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A read plan file 文書, before anything is extracted from it.

    `id` depends on `source` alone, so that a changed file is a new revision of the same document;
    `content_hash` is the SHA-256 of the file's bytes. `places` are those of its lines, 1-based, where the file has
    pages, sheets or paragraphs instead of lines; `remarks` and `facts` are its reader's.
    `as_of` is the date of what it says, as printed. What was `told` stands in the other fields already; a printed title
    that it replaces is `printed_title`.
    """

    id: str
    source: str
    content_hash: str
    encoding: str
    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    title: str
    municipality: str | None
    period: tuple[int, int] | None = None
    title_is_printed: bool = True
    places: Mapping[int, Place] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    facts: Mapping[Fact, int] = field(default_factory=dict)
    as_of: str | None = None
    kind: Kind | None = None
    series: str | None = None
    told: Told = NOTHING_TOLD
    printed_title: str | None = None

    def place_of(self, first: int, last: int) -> Place | None:
        """Return where the lines `first` to `last` stand; None in a file whose lines are its places."""
        return around(self.places[line] for line in range(first, last + 1) if line in self.places)
