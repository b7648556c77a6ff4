"""Plan items in, a CSV text out that spreadsheet programs open as it is (UTF-8 with BOM)."""

import csv
import io
from collections.abc import Iterable

from assistant.channels.item_columns import COLUMNS
from ingest.plan_items import PlanItem

BOM = "\ufeff"
# A cell that begins so would be run as a formula by spreadsheet programs.
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def items_as_csv(items: Iterable[PlanItem], *, japanese: bool = False) -> str:
    """Return a header line and one record per item; several values of a field share a cell.

    The header holds the names of the API, or, for people, the Japanese headings.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(column.heading("ja") if japanese else column.name for column in COLUMNS)
    for item in items:
        writer.writerow([safe_cell(column.value(item)) for column in COLUMNS])
    return BOM + text.getvalue()


def safe_cell(value: object) -> object:
    """Return a value that a spreadsheet program shows and does not run."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value
