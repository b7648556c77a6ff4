"""A table that describes one item by labels beside their values in, the cells by field out; None for others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.column_names import Label, key, read_label
from ingest.documents import Block
from ingest.drafts import Draft
from ingest.markup import plain_cell, unquoted
from ingest.sections import Placed
from ingest.titles import read_status, read_title
from ingest.wrapped_lines import unwrapped

_LEAST_FIELDS = 3
_WIDEST = 8
_LONGEST = 80
_LEAST_YEARS = 2
_PLANNED = frozenset({"schedule", "plan_summary", "content"})


@dataclass(frozen=True, slots=True)
class FormTable:
    """One item's sheet 個票: printed values by field, by label where the label has no field, and by year."""

    block: Block
    cells: Mapping[str, str]
    extra: Mapping[str, str]
    years: tuple[tuple[str, str], ...] = ()


def read_form_tables(blocks: Sequence[Block]) -> dict[int, FormTable]:
    """Every sheet of a document, by its first line."""
    found = ((block.line_start, read_form_table(block)) for block in blocks if block.kind == "table")
    return {line: form for line, form in found if form}


def read_form_table(block: Block) -> FormTable | None:
    """Read 「取組項目名 | …」「担当課 | …」 pairs; a sheet names its title and at least two more fields."""
    rows = [_distinct(row.cells) for row in block.rows[: _LONGEST + 1]]
    if not rows or len(rows) > _LONGEST or max(map(len, rows)) > _WIDEST:
        return None
    sheet, years = _Sheet(), dict[int, str]()
    for at, row in enumerate(block.rows):
        if headed := _years_headed(row.cells):
            years = headed
        elif years and _is_below_years(row.cells, years):
            sheet.put_years(row.cells, years)
        else:
            years = {}
            sheet.put_pairs(_pairs(_without_side_label(rows, at)))
    return FormTable(block, sheet.cells, sheet.extra, sheet.years) if sheet.describes_an_item else None


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
        years=form.years,
    )


def _distinct(cells: Sequence[str]) -> list[str]:
    """A row without the repetitions of its merged cells."""
    return [next(group) for _, group in groupby(cells, key=lambda cell: cell.strip())]


def _without_side_label(rows: Sequence[list[str]], at: int) -> list[str]:
    """A label merged over several rows of labels says only what they have in common: 評価 beside 実績 and 課題."""
    row = rows[at]
    around = [rows[i][0] for i in (at - 1, at + 1) if 0 <= i < len(rows) and len(rows[i]) > 2]
    merged = len(row) > 2 and row[0].strip() and row[0] in around
    return row[1:] if merged else row


def _pairs(cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Labels with the values right of them; two known labels in a row leave the first without value."""
    at = 0
    while at + 1 < len(cells):
        known, follows = (bool(read_label(cell).candidates) for cell in cells[at : at + 2])
        if known and follows:
            at += 1
            continue
        yield cells[at], cells[at + 1]
        at += 2


def _years_headed(cells: Sequence[str]) -> dict[int, str]:
    """The columns of a row that is nothing but a label and years."""
    labels = {at: read_label(cell) for at, cell in enumerate(cells) if cell.strip()}
    years = {at: label.printed for at, label in labels.items() if label.years and not label.name}
    others = {label.printed for at, label in labels.items() if at not in years}
    return years if len(set(years.values())) >= _LEAST_YEARS and len(others) <= 1 else {}


def _is_below_years(cells: Sequence[str], years: Mapping[int, str]) -> bool:
    first = min(years)
    return first > 0 and len(cells) > max(years) and bool(cells[first - 1].strip()) and cells[first - 1] != cells[first]


class _Sheet:
    """Collects what the rows of a sheet say."""

    def __init__(self) -> None:
        self.cells: dict[str, str] = {}
        self.extra: dict[str, str] = {}
        self.years: tuple[tuple[str, str], ...] = ()
        self._telling_rows = 0

    @property
    def describes_an_item(self) -> bool:
        named = "title" in self.cells and len(self.cells) >= _LEAST_FIELDS and self._telling_rows > 1
        return named and len(self.extra) <= 2 * len(self.cells)

    def put_pairs(self, pairs: Iterator[tuple[str, str]]) -> None:
        known = len(self.cells)
        for printed, value in pairs:
            self._put(read_label(printed), unquoted(value))
        self._telling_rows += len(self.cells) > known

    def put_years(self, cells: Sequence[str], years: Mapping[int, str]) -> None:
        """A row below the years of a sheet: what is planned for each, or figures of each."""
        label = read_label(cells[min(years) - 1])
        pairs = tuple((year, unquoted(cells[at])) for at, year in years.items())
        if {field for field, _ in label.candidates} & _PLANNED and not self.years:
            self.years = pairs
        else:
            self.extra |= {f"{year} {label.printed}": cell for year, cell in pairs if cell.strip()}

    def _put(self, label: Label, value: str) -> None:
        if not value.strip() or not label.printed or read_label(value).candidates:
            return
        field = next((field for field, _ in label.candidates if field not in self.cells), None)
        if field and field not in ("section", "related_owner"):
            self.cells[field] = unwrapped(value)
        elif key(label.printed) != key(value):
            self.extra[label.printed] = value
