"""A table that describes one item by labels beside their values in, the cells by field out; None for others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.column_names import Label, key, read_label, word_keys
from ingest.documents import Block
from ingest.drafts import Draft
from ingest.markup import plain_cell, strip_markup, unquoted
from ingest.sections import Placed, heading_title
from ingest.sheet_titles import NamedSheet, Sheet, is_sheet_number, name_sheets
from ingest.title_columns import INDICATOR
from ingest.titles import read_status, read_title, without_number
from ingest.wrapped_lines import unwrapped

_LEAST_FIELDS = 2
_LEAST_LABELS = 3
_LONGEST_STATUS = 10
_NOT_CERTAIN = 0.7
_WIDEST = 8
_LONGEST = 80
_LEAST_YEARS = 2
_PLANNED = frozenset({"schedule", "plan_summary", "content"})


@dataclass(frozen=True, slots=True)
class FormTable:
    """One item's sheet 個票: printed values by field, by label where the label has no field, and by year.

    `heading` names the item where no label does; `is_certain` is false where neither is known to.
    """

    block: Block
    cells: Mapping[str, str]
    extra: Mapping[str, str]
    years: tuple[tuple[str, str], ...] = ()
    section: tuple[str, ...] = ()
    heading: Block | None = None
    is_certain: bool = True


def read_form_tables(blocks: Sequence[Block]) -> dict[int, FormTable]:
    """Every sheet of a document, by its first line."""
    found = ((block.line_start, read_form_table(block)) for block in blocks if block.kind == "table")
    forms = {line: form for line, form in found if form}
    sheets = [
        Sheet(block, above if above and above.kind == "heading" else None, tuple(_all_pairs(block)))
        for above, block in zip((None, *blocks), blocks, strict=False)
        if block.kind == "table" and block.line_start not in forms and _is_narrow(block)
    ]
    named = (_form_named(name) for name in name_sheets(sheets))
    return forms | {form.block.line_start: form for form in named if form}


def read_form_table(block: Block, title: str | None = None) -> FormTable | None:
    """Read 「取組項目名 | …」「担当課 | …」 pairs; a sheet names its title and at least two more fields.

    `title` is the label that names the item though it is no known one.
    """
    if not _is_narrow(block):
        return None
    sheet = _read_sheet(block, title)
    return (
        FormTable(block, sheet.cells, sheet.extra, sheet.years, tuple(sheet.section)) if sheet.names_an_item else None
    )


def _form_named(named: NamedSheet) -> FormTable | None:
    block, heading = named.sheet.block, named.sheet.heading
    if named.label:
        form = read_form_table(block, named.label)
        return replace(form, is_certain=False) if form else None
    sheet = _read_sheet(block, None)
    if heading is None or not sheet.describes_something:
        return None
    cells = {**sheet.cells, "title": heading_title(heading.text)}
    return FormTable(block, cells, sheet.extra, sheet.years, tuple(sheet.section), heading)


def _read_sheet(block: Block, title: str | None) -> "_Sheet":
    sheet, rows = _Sheet(title), _rows(block)
    years, planned, labels = dict[int, str](), "", list[str]()
    for at, row in enumerate(block.rows):
        below = rows[at + 1] if at + 1 < len(rows) else []
        if headed := _years_headed(row.cells):
            years, planned = headed, row.cells[min(headed) - 1] if min(headed) else ""
        elif years and _is_below_years(row.cells, years, planned):
            sheet.put_years(row.cells, years, planned)
        elif sheet.cells and _are_labels(rows[at]) and _are_values(below, rows[at]):
            labels, years = rows[at], {}
        elif _are_values(rows[at], labels):
            sheet.put_below(labels, rows[at])
        else:
            labels, years = [], {}
            sheet.put_pairs(_pairs(_without_side_label(rows, at)))
    return sheet


def _are_labels(cells: Sequence[str]) -> bool:
    """指標, 基準値（R4）, 目標値（R8）: a row of labels over their values, which names no items."""
    labels = [read_label(cell) for cell in cells]
    known = sum(bool(label.candidates) for label in labels)
    names = any(field == "title" and (field, tier) != INDICATOR for label in labels for field, tier in label.candidates)
    told = (label.candidates or label.years or label.name in word_keys("baseline_columns") for label in labels)
    return len(labels) >= _LEAST_LABELS and known >= _LEAST_FIELDS and not names and all(told)


def _are_values(cells: Sequence[str], labels: Sequence[str]) -> bool:
    return bool(labels) and len(cells) == len(labels) and not read_label(cells[0]).candidates


def _all_pairs(block: Block) -> Iterator[tuple[str, str]]:
    rows = _rows(block)
    return (pair for at in range(len(rows)) for pair in _pairs(_without_side_label(rows, at)))


def _is_narrow(block: Block) -> bool:
    return bool(block.rows) and max(map(len, _rows(block))) <= _WIDEST


def _rows(block: Block) -> list[list[str]]:
    return [_distinct(row.cells) for row in block.rows]


def draft_forms(placed: Sequence[Placed], forms: Mapping[int, FormTable]) -> Iterator[Draft]:
    """The item of every sheet, at the place of its table."""
    for entry in placed:
        if form := forms.get(entry.block.line_start):
            yield _draft(entry, form)


def _draft(entry: Placed, form: FormTable) -> Draft:
    block, heading = form.block, form.heading
    reading = read_title(form.cells["title"], plain_cell(form.cells.get("number", "")) or None)
    rows = [plain_cell(" ".join(row.cells)) for row in block.rows]
    return Draft(
        section=_section(entry.section, form.section, reading.title),
        title=reading.title,
        line_start=heading.line_start if heading else block.line_start,
        line_end=block.line_end,
        row="\n".join([*([strip_markup(heading.text)] if heading else []), *rows]),
        number=reading.number,
        status=read_status(form.cells.get("status", "")) or reading.status,
        cells=form.cells,
        extra={label: plain_cell(cell) for label, cell in form.extra.items()},
        years=form.years,
        confidence=1.0 if form.is_certain else _NOT_CERTAIN,
    )


def _section(above: tuple[str, ...], printed: tuple[str, ...], title: str) -> tuple[str, ...]:
    """The headings above a sheet and what it prints of its section; a heading that only numbers or names it is none."""
    if above and (is_sheet_number(above[-1]) or key(without_number(above[-1])) == key(title)):
        above = above[:-1]
    return (*above, *(label for label in printed if key(label) not in map(key, above)))


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


def _is_below_years(cells: Sequence[str], years: Mapping[int, str], planned: str) -> bool:
    """`planned` is the label beside the years, which may be merged over the cells below."""
    first = min(years)
    labelled = first > 0 and len(cells) > max(years) and bool(cells[first - 1].strip() or planned.strip())
    return labelled and cells[first - 1] != cells[first]


class _Sheet:
    """Collects what the rows of a sheet say; `title` is the label that names its item, though it is no known one."""

    def __init__(self, title: str | None) -> None:
        self.cells: dict[str, str] = {}
        self.extra: dict[str, str] = {}
        self.years: tuple[tuple[str, str], ...] = ()
        self.section: list[str] = []
        self._title = title
        self._tier = 0
        self._names_group = False
        self._telling_rows = 0

    @property
    def names_an_item(self) -> bool:
        return "title" in self.cells and self.describes_something

    @property
    def describes_something(self) -> bool:
        told = len(self.cells.keys() - {"title"}) >= _LEAST_FIELDS and self._telling_rows > 1
        return told and len(self.extra) <= 2 * len(self.cells)

    def put_pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        known = len(self.cells)
        for printed, value in pairs:
            self._put(read_label(printed), unquoted(value))
        self._telling_rows += len(self.cells) > known

    def put_below(self, labels: Sequence[str], values: Sequence[str]) -> None:
        """A row of values below one of labels; the name of what a goal measures is no goal itself."""
        read = [read_label(label) for label in labels]
        aims = any("goal" in dict(label.candidates) and not _names_a_measure(label) for label in read)
        for label, value in zip(read, map(unquoted, values), strict=True):
            field = None if aims and _names_a_measure(label) else self._field(label, value)
            if field == "goal" or (aims and "goal" in dict(label.candidates) and not _names_a_measure(label)):
                self.cells["goal"] = _joined(self.cells.get("goal"), value, "\n")
            elif field and field not in ("section", "related_owner"):
                self.cells[field] = value
            elif value.strip():
                self.extra[label.printed] = _joined(self.extra.get(label.printed), value, " / ")

    def put_years(self, cells: Sequence[str], years: Mapping[int, str], planned: str) -> None:
        """A row below the years of a sheet: what is planned for each, or figures of each."""
        label = read_label(cells[min(years) - 1].strip() or planned)
        pairs = tuple((year, unquoted(cells[at])) for at, year in years.items())
        if {field for field, _ in label.candidates} & _PLANNED and not self.years:
            self.years = pairs
        else:
            self.extra |= {f"{year} {label.printed}": cell for year, cell in pairs if cell.strip()}

    def _put(self, label: Label, value: str) -> None:
        if not value.strip() or not label.printed or read_label(value).candidates:
            return
        field = self._field(label, value)
        if field == "section":
            self.section.append(plain_cell(value))
        elif field and field != "related_owner":
            self.cells[field] = unwrapped(value)
        elif key(label.printed) != key(value):
            self.extra[label.printed] = value

    def _field(self, label: Label, value: str) -> str | None:
        """The first field that is free; a better name takes the title from 施策 or 項目, which then is the section."""
        if label.printed == self._title:
            return "title"
        tiers = dict(reversed(label.candidates))
        if self._names_group and "title" in tiers and ("section" not in tiers or tiers["title"] < self._tier):
            self.section.append(plain_cell(self.cells.pop("title")))
        free = [field for field, _ in label.candidates if field not in self.cells]
        told = [field for field in free if field != "status" or len(value.strip()) <= _LONGEST_STATUS]
        field = next(iter(told or free), None)
        if field == "title":
            self._tier, self._names_group = tiers["title"], "section" in tiers
        return "status" if field == "section" and _is_status(value) and "status" not in self.cells else field


def _names_a_measure(label: Label) -> bool:
    return label.name in word_keys("measure_names") or INDICATOR in label.candidates


def _joined(above: str | None, below: str, glue: str) -> str:
    return f"{above}{glue}{below}" if above else below


def _is_status(value: str) -> bool:
    return read_status(value) is not None and key(read_status(value) or "") in word_keys("statuses")
