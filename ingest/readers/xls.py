"""An old Excel workbook (.xls) in, the titles, tables and notes of its visible sheets out."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from ingest.documents import Fact
from ingest.errors import DocumentTooLarge, IngestError, UnreadableDocument
from ingest.readers.compound import check_sectors
from ingest.readers.grids import MOST_CELLS, Range, Sheet, read_grid
from ingest.readers.layout import Layout
from ingest.readers.number_formats import printed_number
from ingest.readers.xlsx import hidden_sheets, sheet_heading

_FORMATS = "figures and dates are read without their formats; save it as XLSX to keep them as printed"


def read_layout(name: str, data: bytes) -> Layout:
    """Read a workbook; raises IngestError naming the file and what to do.

    On sizes that a damaged file makes up, its library ends the process: the sandbox is there for those that are not
    found before.
    """
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    check_sectors(name, data)
    with _refusing(name):
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        entries = [one for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        shown = [entry.name for entry in entries if entry.visible == SheetVisibleEnum.Visible]
        sheets = [_sheet(name, workbook.get_sheet_by_name(one), one) for one in shown]
    hidden = [entry.name for entry in entries if entry.visible != SheetVisibleEnum.Visible]
    parts = [
        part
        for sheet in sheets
        if (found := read_grid(sheet, name))
        for part in (*sheet_heading(sheet.name, len(shown)), *found)
    ]
    facts: dict[Fact, int] = {
        "pages": len(shown),
        "hidden_parts": len(hidden),
        "merged_cells": sum(len(sheet.merged) for sheet in sheets),
    }
    return Layout(tuple(parts), (*hidden_sheets(hidden), _FORMATS), {fact: n for fact, n in facts.items() if n})


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise UnreadableDocument(f"{name}: the file is protected by a password; save it without one") from error
    except IngestError:
        raise
    except (CalamineError, UnicodeError, ValueError, OverflowError) as error:
        raise UnreadableDocument(_damaged(name, error)) from error
    except BaseException as error:
        # What panics in Rust is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableDocument(_damaged(name, error)) from error


def _damaged(name: str, error: object) -> str:
    return f"{name}: the file is damaged ({error}); open it in Excel and save it as XLSX"


def _sheet(file_name: str, sheet: Any, name: str) -> Sheet:
    if sheet.height * sheet.width > MOST_CELLS:
        raise DocumentTooLarge(
            f"{file_name}: the sheet 「{name}」 has more than {MOST_CELLS:,} cells; split it into several files"
        )
    top, left = sheet.start or (0, 0)
    texts = {
        (top + row + 1, left + column + 1): text
        for row, values in enumerate(sheet.to_python())
        for column, value in enumerate(values)
        if (text := _printed(value))
    }
    return Sheet(name, texts, tuple(_ranges(sheet)))


def _ranges(sheet: Any) -> Iterator[Range]:
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        yield Range(top + 1, left + 1, bottom + 1, right + 1)


def _printed(value: object) -> str:
    match value:
        case str():
            return value.replace("\r\n", "\n").replace("\t", " ").rstrip()
        case bool():
            return str(value).upper()
        case int() | float():
            return printed_number(value, "General")
        case datetime() if value.time() != time():
            return f"{value.year}年{value.month}月{value.day}日 {value:%H:%M}"
        case date():
            return f"{value.year}年{value.month}月{value.day}日"
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            return str(value)
    return ""
