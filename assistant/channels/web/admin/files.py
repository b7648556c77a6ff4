"""Rows in, a file for a spreadsheet program out that runs nothing of what people wrote."""

import csv
import io
from collections.abc import Iterable, Sequence

from fastapi import Response

from assistant.channels.item_csv import BOM, safe_cell


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Return the rows as CSV under a file name."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response((BOM + text.getvalue()).encode(), media_type="text/csv; charset=utf-8", headers=headers)
