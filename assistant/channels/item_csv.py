"""Plan items in, a CSV text out that spreadsheet programs open as it is (UTF-8 with BOM)."""

import csv
import io
from collections.abc import Callable, Iterable

from ingest.plan_items import PlanItem

BOM = "\ufeff"
# A cell that begins so would be run as a formula by spreadsheet programs.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

_COLUMNS: dict[str, Callable[[PlanItem], object]] = {
    "id": lambda item: item.id,
    "municipality": lambda item: item.municipality,
    "plan": lambda item: item.plan,
    "section": lambda item: " / ".join(item.section),
    "number": lambda item: item.number,
    "title": lambda item: item.title,
    "status": lambda item: item.status,
    "content": lambda item: item.content,
    "goals": lambda item: "\n".join(item.goals),
    "schedule": lambda item: item.schedule,
    "target_fiscal_years": lambda item: "、".join(map(str, item.target_fiscal_years)),
    "owners": lambda item: "、".join(item.owners),
    "owner_text": lambda item: item.owner_text,
    "progress": lambda item: item.progress,
    "result": lambda item: item.result,
    "issues": lambda item: item.issues,
    "next_steps": lambda item: item.next_steps,
    "plan_summary": lambda item: item.plan_summary,
    "source": lambda item: item.source,
    "page": lambda item: item.page,
    "line_start": lambda item: item.line_start,
    "line_end": lambda item: item.line_end,
    "confidence": lambda item: item.confidence,
}


def items_as_csv(items: Iterable[PlanItem]) -> str:
    """Return a header line and one record per item; several values of a field share a cell."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for item in items:
        writer.writerow([_safe(value(item)) for value in _COLUMNS.values()])
    return BOM + text.getvalue()


def _safe(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value
