"""A table that describes one item by labels in its first column in, the cells by field out; None for others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.column_names import read_label
from ingest.documents import Block
from ingest.drafts import Draft
from ingest.markup import plain_cell, unquoted
from ingest.sections import Placed
from ingest.titles import read_status, read_title

_LEAST_FIELDS = 3
_WIDEST = 4


@dataclass(frozen=True, slots=True)
class FormTable:
    """One item's sheet 個票: printed values by field, and by label where the label has no field."""

    block: Block
    cells: Mapping[str, str]
    extra: Mapping[str, str]


def read_form_tables(blocks: Sequence[Block]) -> dict[int, FormTable]:
    """Every sheet of a document, by its first line."""
    found = ((block.line_start, read_form_table(block)) for block in blocks if block.kind == "table")
    return {line: form for line, form in found if form}


def read_form_table(block: Block) -> FormTable | None:
    """Read 「取組項目名 | …」「担当課 | …」 pairs; a sheet names its title and at least two more fields."""
    if not block.rows or max(len(row.cells) for row in block.rows) > _WIDEST:
        return None
    cells: dict[str, str] = {}
    extra: dict[str, str] = {}
    for row in block.rows:
        for label, value in zip(row.cells[::2], row.cells[1::2], strict=False):
            _put(label, value, cells, extra)
    if "title" not in cells or len(cells) < _LEAST_FIELDS or len(extra) > len(cells):
        return None
    return FormTable(block, cells, extra)


def draft_forms(placed: Sequence[Placed], forms: Mapping[int, FormTable]) -> Iterator[Draft]:
    """The item of every sheet, at the place of its table."""
    for entry in placed:
        if form := forms.get(entry.block.line_start):
            yield _draft(entry, form)


def _draft(entry: Placed, form: FormTable) -> Draft:
    block = form.block
    reading = read_title(form.cells["title"], plain_cell(form.cells.get("number", "")) or None)
    return Draft(
        section=entry.section,
        title=reading.title,
        line_start=block.line_start,
        line_end=block.line_end,
        row="\n".join(plain_cell(" ".join(row.cells)) for row in block.rows),
        number=reading.number,
        status=read_status(form.cells.get("status", "")) or reading.status,
        cells=form.cells,
        extra={label: plain_cell(cell) for label, cell in form.extra.items()},
    )


def _put(printed: str, value: str, cells: dict[str, str], extra: dict[str, str]) -> None:
    label, value = read_label(printed), unquoted(value)
    if not value.strip() or not label.printed or read_label(value).candidates:
        return
    field = next((field for field, _ in label.candidates if field not in cells), None)
    if field and field not in ("section", "related_owner"):
        cells[field] = value
    else:
        extra[label.printed] = value
