"""Plan items in, an Excel workbook out: typed columns, a header that stays in sight, a filter; no cell is a formula."""

import io
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from assistant.channels.item_columns import WORKBOOK_COLUMNS, Column, Value
from assistant.channels.readable import readable
from ingest.plan_items import PlanItem

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_SHEET = "取組項目"
_WIDTHS = {"text": 18, "long": 40, "number": 12, "date": 12}
# Excel holds this many UTF-16 units in a cell, and refuses a file with more.
_LONGEST_CELL, _CUT = 32_767, "…（長いため以下略）"


def items_as_workbook(items: Iterable[PlanItem], *, japanese: bool = True) -> bytes:
    """Return an .xlsx file with one row per item; cells that are too long for Excel say that they are cut."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    with Workbook(stream, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(_SHEET)
        formats = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "text": book.add_format({"valign": "top"}),
            "long": book.add_format({"valign": "top", "text_wrap": True}),
            "number": book.add_format({"valign": "top"}),
            "date": book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"}),
        }
        _write_header(sheet, formats, japanese)
        last = 0
        for last, item in enumerate(items, 1):
            for place, column in enumerate(WORKBOOK_COLUMNS):
                _write(sheet, last, place, column.value(item), formats[column.kind])
        sheet.autofilter(0, 0, last, len(WORKBOOK_COLUMNS) - 1)
    return stream.getvalue()


def _write_header(sheet: "Worksheet", formats: "dict[str, Format]", japanese: bool) -> None:
    for place, column in enumerate(WORKBOOK_COLUMNS):
        sheet.set_column(place, place, _WIDTHS[column.kind])
        sheet.write_string(0, place, _heading(column, japanese), formats["head"])
    sheet.freeze_panes(1, 0)


def _heading(column: Column, japanese: bool) -> str:
    return column.heading("ja") if japanese else column.name


def _write(sheet: "Worksheet", row: int, place: int, value: Value, style: "Format") -> None:
    # Strings are written as strings whatever they begin with: never as a formula, a number or a link.
    if isinstance(value, date):
        sheet.write_datetime(row, place, value, style)
    elif isinstance(value, str):
        sheet.write_string(row, place, _fitting(value), style)
    elif value is not None:
        sheet.write_number(row, place, value, style)


def _fitting(text: str) -> str:
    whole = readable(text)
    if len(whole) <= _LONGEST_CELL // 2 or len(units := whole.encode("utf-16-le")) // 2 <= _LONGEST_CELL:
        return whole
    return units[: 2 * (_LONGEST_CELL - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
