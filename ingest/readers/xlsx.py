"""An Excel workbook (.xlsx, .xlsm) in, the titles, tables and notes of its visible sheets out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.documents import Fact
from ingest.places import Place
from ingest.readers.archives import Package, open_package, whole
from ingest.readers.grids import cell_name, read_grid
from ingest.readers.layout import Layout, TablePart, TextPart
from ingest.readers.plain_texts import told_apart
from ingest.readers.workbooks import SheetCells, SheetEntry, Workbook, local_name

_DEFAULT_NAME = re.compile(r"(?:sheet|シート|ｼｰﾄ|worksheet|table)\s*\d*(?:\s*[(（]\d+[)）])?", re.IGNORECASE)
_SHAPES = {"sp": "shapes", "cxnSp": "shapes", "pic": "pictures", "graphicFrame": "charts"}
_FEW = 5
_MANY_COLOURED = 3


@dataclass(frozen=True, slots=True)
class _SheetLayout:
    """What one sheet adds to the layout."""

    parts: tuple[TextPart | TablePart, ...]
    remarks: tuple[str, ...]
    facts: dict[Fact, int]


def read_layout(name: str, data: bytes) -> Layout:
    """Read a workbook; raises IngestError naming the file and what to do."""
    package = open_package(name, data)
    workbook = Workbook(package)
    shown = [entry for entry in workbook.sheets if not entry.is_hidden and entry.kind == "worksheet"]
    sheets = [_read_sheet(package, workbook, entry) for entry in shown]
    parts = [
        part
        for entry, sheet in zip(shown, sheets, strict=True)
        if sheet.parts
        for part in (*sheet_heading(entry.name, len(shown)), *sheet.parts)
    ]
    hidden = [entry.name for entry in workbook.sheets if entry.is_hidden]
    charts = sum(entry.kind == "chartsheet" for entry in workbook.sheets)
    remarks = [*hidden_sheets(hidden), *(remark for sheet in sheets for remark in sheet.remarks)]
    if charts:
        remarks.append(f"sheets that are charts, not read: {charts}")
    if package.has_macros():
        remarks.append("the macros in it are ignored")
    return Layout(tuple(parts), tuple(remarks), _facts(sheets, len(hidden), charts, package))


def sheet_heading(name: str, count: int) -> Iterator[TextPart]:
    """Yield a sheet's name as a heading where it says something: several sheets, or a name of its own."""
    if count > 1 or not _DEFAULT_NAME.fullmatch(name.strip()):
        yield TextPart(name.strip(), Place(sheet=name), level=1)


def hidden_sheets(names: Sequence[str]) -> Iterator[str]:
    """Yield the remark on sheets that are left out."""
    if names:
        yield f"hidden sheets are left out: {'、'.join(f'「{name}」' for name in names)}"


def _facts(sheets: Sequence[_SheetLayout], hidden: int, charts: int, package: Package) -> dict[Fact, int]:
    facts: dict[Fact, int] = {"pages": len(sheets), "hidden_parts": hidden, "graphic_pages": charts}
    facts["macros"] = int(package.has_macros())
    for sheet in sheets:
        for fact, count in sheet.facts.items():
            facts[fact] = facts.get(fact, 0) + count
    return {fact: count for fact, count in facts.items() if count}


def _read_sheet(package: Package, workbook: Workbook, entry: SheetEntry) -> _SheetLayout:
    cells = workbook.read(entry)
    drawn, texts, comments = _drawings(package, entry)
    parts = (*read_grid(cells.sheet(entry.name), package.name), *texts)
    where = f"the sheet 「{entry.name}」"
    remarks = [*_cell_remarks(cells, where)]
    if drawn:
        listed = ", ".join(f"{kind}: {count}" for kind, count in drawn.items())
        remarks.append(f"{where}: not read, and what years and states they show not known: {listed}")
    if comments:
        remarks.append(f"{where}: comments left out: {comments}")
    facts: dict[Fact, int] = {
        "merged_cells": len(cells.merged),
        "hidden_parts": len(_hidden_rows(cells)) + len(_hidden_columns(cells)),
        "formulas_without_value": len(cells.formulas_without_value),
        "pictures": drawn.get("pictures", 0),
        "graphic_pages": int("shapes" in drawn or "charts" in drawn or cells.coloured_blanks >= _MANY_COLOURED),
    }
    return _SheetLayout(parts, tuple(remarks), facts)


def _cell_remarks(cells: SheetCells, where: str) -> Iterator[str]:
    rows, columns = _hidden_rows(cells), _hidden_columns(cells)
    if rows or columns:
        yield f"{where}: hidden rows left out: {len(rows)}, hidden columns: {len(columns)}"
    if cells.formulas_without_value:
        yield (
            f"{where}: formulas without a stored value, read as blank: {_named(cells.formulas_without_value)};"
            " open the file in Excel and save it again"
        )
    if cells.errors:
        yield f"{where}: cells that show an error, read as blank: {_named(cells.errors)}"
    if cells.struck:
        yield f"{where}: cells struck through, read like others: {_named(cells.struck)}"
    if cells.coloured_blanks >= _MANY_COLOURED:
        yield f"{where}: cells with nothing but a colour, whose meaning is not read: {cells.coloured_blanks}"


def _hidden_rows(cells: SheetCells) -> set[int]:
    return cells.hidden_rows & {row for row, _ in cells.texts}


def _hidden_columns(cells: SheetCells) -> set[int]:
    return cells.hidden_columns & {column for _, column in cells.texts}


def _named(places: Sequence[tuple[int, int]]) -> str:
    names = ", ".join(cell_name(row, column) for row, column in places[:_FEW])
    return names if len(places) <= _FEW else f"{names} and {len(places) - _FEW} more"


def _drawings(package: Package, entry: SheetEntry) -> tuple[dict[str, int], list[TextPart], int]:
    """Count what is drawn on a sheet, take the texts in its shapes, and count its comments."""
    drawn: dict[str, int] = {}
    texts: list[TextPart] = []
    comments = 0
    for relation in package.relations(entry.part):
        if not package.has(relation.part):
            continue
        if relation.kind == "drawing":
            for anchor in package.tree(relation.part):
                for element in anchor.iter():
                    if kind := _SHAPES.get(local_name(element)):
                        drawn[kind] = drawn.get(kind, 0) + 1
                texts += _texts(anchor, entry.name)
        elif relation.kind == "comments":
            comments += sum(local_name(one) == "comment" for one in package.tree(relation.part).iter())
    return drawn, texts, comments


def _texts(anchor: Element, sheet: str) -> Iterator[TextPart]:
    """Yield the texts of the shapes at an anchor, with the cell that it begins in."""
    corner = {
        local_name(one): whole(one.text, 0) + 1
        for start in anchor
        if local_name(start) == "from"
        for one in start
        if local_name(one) in ("row", "col")
    }
    cell = cell_name(corner["row"], corner["col"]) if len(corner) == 2 else None
    for body in (one for one in anchor.iter() if local_name(one) == "txBody"):
        lines = ("".join(t.text or "" for t in line.iter() if local_name(t) == "t") for line in body)
        if text := "\n".join(line.replace("\t", " ") for line in lines if line.strip()):
            yield told_apart(TextPart(text, Place(sheet=sheet, cells=cell)))
