"""Made-up printed tables as a reader lays them out, read to items, for the tests of this folder."""

from collections.abc import Sequence
from typing import TypeAlias

from ingest.documents import Document
from ingest.extract import extract
from ingest.identity import identify
from ingest.places import Place
from ingest.plan_items import Extraction, PlanItem
from ingest.readers.layout import TablePart, TableRow, TextPart, assemble

Part: TypeAlias = str | Sequence[tuple[str, ...]]


def merged(*rows: str) -> list[tuple[str, ...]]:
    """Rows written with | between cells; ^ is merged with the cell above, < with the one before, / is a line break."""
    grid: list[tuple[str, ...]] = []
    for row in rows:
        cells: list[str] = []
        for at, cell in enumerate(row.split("|")):
            text = cell.strip().replace("/", "\n")
            cells.append(grid[-1][at] if text == "^" else cells[-1] if text == "<" else text)
        grid.append(tuple(cells))
    return grid


def document_of(*parts: Part, place: Place | None = None, name: str = "plan.xlsx") -> Document:
    """Texts (headings with their own # marks) and tables in printed order, as a document."""
    laid_out = [_laid_out(part, place or Place(sheet="一覧", cells="A1")) for part in parts]
    read = assemble(laid_out)
    identity = identify(read.blocks, read.lines, name)
    return Document(
        id="made-up",
        source=name,
        content_hash="",
        encoding="xlsx",
        lines=read.lines,
        blocks=read.blocks,
        title=identity.title,
        municipality=identity.municipality,
        period=identity.period,
        title_is_printed=identity.title_is_printed,
        places=read.places,
    )


def read(*parts: Part, place: Place | None = None) -> Extraction:
    """Everything that these parts say."""
    return extract(document_of(*parts, place=place))


def items_in(*parts: Part, place: Place | None = None) -> tuple[PlanItem, ...]:
    """The items of these parts."""
    return read(*parts, place=place).items


def _laid_out(part: Part, place: Place) -> TextPart | TablePart:
    if not isinstance(part, str):
        return TablePart(tuple(TableRow(cells, place) for cells in part))
    marks = len(part) - len(part.lstrip("#"))
    return TextPart(part.lstrip("# "), place, marks or None)
