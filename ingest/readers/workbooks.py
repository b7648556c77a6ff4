"""The parts of an XLSX file in, the cells of its sheets as Excel prints them out.

Sheets are read as a stream: openpyxl takes 15 seconds and 1 GB for 100,000 blank rows with lines around their cells,
keeps no merged cells when it streams, and cannot tell a blank cell from a formula without a stored value.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from xml.etree.ElementTree import Element

from ingest.errors import DocumentTooLarge
from ingest.readers.archives import Package, whole
from ingest.readers.grids import MOST_CELLS, Range, Sheet
from ingest.readers.number_formats import BUILT_IN, printed_number, printed_text

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_LETTERS = re.compile("[A-Z]{1,3}")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_TRUE = ("1", "true")
_RULED_SIDES = 2
_MOST_COLUMNS = 16_384
_WHITE = ("FFFFFFFF", "00FFFFFF")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it; `kind` is "worksheet", "chartsheet" or the like."""

    name: str
    part: str
    kind: str
    is_hidden: bool


@dataclass(slots=True)
class SheetCells:
    """What stands in a sheet's cells, and which of them cannot be read, by (row, column)."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    ruled: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    formulas_without_value: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[int, int]] = field(default_factory=list)
    struck: list[tuple[int, int]] = field(default_factory=list)
    coloured_blanks: int = 0

    def sheet(self, name: str) -> Sheet:
        """Return the cells as a grid of that name."""
        return Sheet(name, self.texts, self.merged, self.hidden_rows, self.hidden_columns, self.ruled)


@dataclass(frozen=True, slots=True)
class _Style:
    code: str = "General"
    is_ruled: bool = False
    is_coloured: bool = False
    is_struck: bool = False


_PLAIN = _Style()


class Workbook:
    """An XLSX file, its sheets read one by one."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = package.main_part()
        tree = package.tree(self._part)
        properties = tree.find(f"{_MAIN}workbookPr")
        self._since_1904 = properties is not None and properties.get("date1904") in _TRUE
        parts = {one.id: one for one in package.relations(self._part)}
        self.sheets = tuple(
            SheetEntry(entry.get("name", ""), relation.part, relation.kind, entry.get("state", "visible") != "visible")
            for entry in tree.iterfind(f"{_MAIN}sheets/{_MAIN}sheet")
            if (relation := parts.get(entry.get(_ID, "")))
        )
        self._strings = tuple(self._shared_strings())
        self._styles = {str(number): style for number, style in enumerate(self._cell_styles())}

    def read(self, entry: SheetEntry) -> SheetCells:
        """Read a sheet's cells; raises IngestError when it is damaged or too large."""
        found = SheetCells()
        reader = _SheetReader(found, self._strings, self._styles, self._since_1904)
        try:
            for element in self._package.elements(entry.part, "row", "mergeCell", "col"):
                reader.take(element)
                if len(found.texts) > MOST_CELLS:
                    raise DocumentTooLarge(
                        f"{self._package.name}: the sheet 「{entry.name}」 has more than {MOST_CELLS:,} cells;"
                        " split it into several files"
                    )
        except (ValueError, OverflowError) as error:
            raise self._package.damage(f"its part {entry.part} cannot be read: {error}") from error
        return found

    def _shared_strings(self) -> Iterator[str]:
        part = self._package.related(self._part, "sharedStrings")
        if part is not None:
            yield from map(_text_of, self._package.elements(part, "si"))

    def _cell_styles(self) -> Iterator[_Style]:
        part = self._package.related(self._part, "styles")
        if part is None:
            return
        tree = self._package.tree(part)
        codes = BUILT_IN | {
            whole(one.get("numFmtId"), 0): one.get("formatCode", "General") for one in tree.iter(f"{_MAIN}numFmt")
        }
        borders = {at for at, one in enumerate(tree.iterfind(f"{_MAIN}borders/{_MAIN}border")) if _is_ruled(one)}
        fills = {at for at, one in enumerate(tree.iterfind(f"{_MAIN}fills/{_MAIN}fill")) if _is_coloured(one)}
        struck = {at for at, one in enumerate(tree.iterfind(f"{_MAIN}fonts/{_MAIN}font")) if _is_struck(one)}
        for style in tree.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"):
            code = codes.get(whole(style.get("numFmtId"), 0), "General")
            border, fill = whole(style.get("borderId"), 0), whole(style.get("fillId"), 0)
            yield _Style(code, border in borders, fill in fills, whole(style.get("fontId"), 0) in struck)


class _SheetReader:
    """Takes the elements of a sheet one after the other."""

    def __init__(
        self, found: SheetCells, strings: tuple[str, ...], styles: Mapping[str, _Style], since_1904: bool
    ) -> None:
        self._found = found
        self._strings = strings
        self._styles = styles
        self._since_1904 = since_1904
        self._row = 0
        self._known_runs: dict[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]] = {}

    def take(self, element: Element) -> None:
        name = local_name(element)
        if name == "row":
            self._take_row(element)
        elif name == "mergeCell" and (merged := _range(element.get("ref", ""))):
            self._found.merged.append(merged)
        elif name == "col" and (element.get("hidden") in _TRUE or element.get("width") == "0"):
            first, last = whole(element.get("min"), 1), whole(element.get("max"), 1)
            self._found.hidden_columns.update(range(first, min(last, _MOST_COLUMNS) + 1))

    def _take_row(self, row: Element) -> None:
        self._row = whole(row.get("r"), self._row + 1)
        if row.get("hidden") in _TRUE or row.get("ht") == "0":
            self._found.hidden_rows.add(self._row)
        column, ruled, coloured, is_blank = 0, list[int](), 0, True
        for cell in row:
            column = _column_of(cell.get("r", "")) or column + 1
            style = self._styles.get(cell.get("s", "0"), _PLAIN)
            if style.is_ruled:
                ruled.append(column)
            text = self._text(cell, style, column) if len(cell) else ""
            if text:
                self._found.texts[self._row, column] = text
                is_blank = False
                if style.is_struck:
                    self._found.struck.append((self._row, column))
            elif style.is_coloured:
                coloured += 1
        if ruled:
            runs = _runs(ruled)
            self._found.ruled[self._row] = self._known_runs.setdefault(runs, runs)
        if not is_blank:
            self._found.coloured_blanks += coloured

    def _text(self, cell: Element, style: _Style, column: int) -> str:
        kind = cell.get("t", "n")
        value = next((one.text or "" for one in cell if local_name(one) == "v"), "")
        if kind == "inlineStr":
            return printed_text("".join(_text_of(one) for one in cell if local_name(one) == "is"), style.code)
        if kind == "e":
            self._found.errors.append((self._row, column))
            return ""
        if not value:
            if kind != "str" and any(local_name(one) == "f" for one in cell):
                self._found.formulas_without_value.append((self._row, column))
            return ""
        return self._printed(kind, value, style.code)

    def _printed(self, kind: str, value: str, code: str) -> str:
        match kind:
            case "s":
                if not 0 <= (index := int(value)) < len(self._strings):
                    raise ValueError(f"a cell holds text {value}, of {len(self._strings)}")
                return printed_text(self._strings[index], code)
            case "str":
                return printed_text(_clean(value), code)
            case "b":
                return "TRUE" if value in _TRUE else "FALSE"
            case "d":
                since = datetime.fromisoformat(value).replace(tzinfo=None) - datetime(1899, 12, 30)
                return _clean(printed_number(since.total_seconds() / 86400, code))
        return _clean(printed_number(float(value), code, self._since_1904))


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def _text_of(element: Element) -> str:
    """The text of a string, however many fonts it has; readings printed above it are left out."""
    runs = (one if local_name(one) == "t" else next((t for t in one if local_name(t) == "t"), None) for one in element)
    is_text = (local_name(one) in ("t", "r") for one in element)
    return _clean(
        "".join(run.text or "" for run, is_one in zip(runs, is_text, strict=True) if is_one and run is not None)
    )


def _clean(text: str) -> str:
    decoded = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return _CONTROL.sub("", decoded.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).rstrip()


def _range(reference: str) -> Range | None:
    first, _, last = reference.partition(":")
    start, end = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
    if not start or not end:
        return None
    rows, columns = sorted((int(start[2]), int(end[2]))), sorted((_column(start[1]), _column(end[1])))
    return Range(rows[0], columns[0], rows[1], columns[1])


def _column_of(reference: str) -> int | None:
    """The column of a cell such as AB12; None where a program left it out."""
    letters = reference.rstrip("0123456789")
    return _column(letters) if _LETTERS.fullmatch(letters) else None


@cache
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _runs(columns: list[int]) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and column == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return tuple(runs)


def _is_ruled(border: Element) -> bool:
    sides = [side for side in border if local_name(side) != "diagonal" and side.get("style", "none") != "none"]
    return len(sides) >= _RULED_SIDES


def _is_struck(font: Element) -> bool:
    line = font.find(f"{_MAIN}strike")
    return line is not None and line.get("val", "1") in _TRUE


def _is_coloured(fill: Element) -> bool:
    pattern = next(iter(fill), None)
    if pattern is None or pattern.get("patternType", "none") in ("none", "gray125"):
        return False
    colour = next((one for one in pattern if local_name(one) == "fgColor"), None)
    return colour is None or not (
        colour.get("rgb", "").upper() in _WHITE
        or colour.get("theme") == "0"
        or colour.get("indexed") in ("9", "64", "65")
    )
