"""A CSV file in; the rows above a table's header as text, the others as tables, each with its range of cells, out.

A place is a range such as "A5:H5": columns by letter and rows by number, as a spreadsheet program shows the file.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.column_names import read_label
from ingest.decoding import decode
from ingest.department_names import ends_like_owner
from ingest.places import Place
from ingest.readers.delimited import MOST_CELLS, Record, read_records
from ingest.readers.grids import cell_name
from ingest.readers.layout import Layout, TablePart, TableRow, TextPart
from ingest.readers.lines import is_footnote_line

_HEADER_SEARCH = 10
_LONGEST_LABEL = 20
_SHOWN_ROWS = 5
# Printed beside a table's title, in a row of its own or at its end: a unit, a date, a page.
_ASIDE = re.compile(
    r"[(（【\[]?\s*(?:単位\s*[:：]|.{0,30}(?:現在|時点|作成)[)）】\]]?$|[pPｐＰ]\.?\s*\d+$"
    r"|.{0,8}(?:年|[./])\s*\d{1,2}\s*(?:月|[./]))"
)
_SOURCE = re.compile(r"(?:出典|資料|備考|注)\s*[:：]")
_FORMULA = re.compile(r"=[-+A-Za-z(@].*|#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|#{3,}")


@dataclass(frozen=True, slots=True)
class _Section:
    """Rows that belong together: what stands above a table, the table, and the notes under it."""

    above: Sequence[Record]
    rows: Sequence[Record]
    below: Sequence[Record]


def read_layout(name: str, data: bytes) -> Layout:
    """Read a file of comma-, tab- or semicolon-separated cells; cells stay as they are, blank ones too.

    Raises:
        IngestError: it is no text, or larger than a plan can sensibly be.

    """
    read = read_records(name, decode(name, data).text)
    parts: list[TextPart | TablePart] = []
    columns: range | None = None
    formulas = [record.number for record in read.records if any(map(_FORMULA.fullmatch, _said(record)))]
    remarks = list(_remarks_on_cells(read.unclosed, formulas))
    for section in _sections(read.records):
        parts += _texts(section.above)
        if section.rows:
            columns = _columns(section.rows, columns)
            parts.append(_table(section.rows, columns))
            remarks += _remarks_on_width(section.rows, columns)
        parts += _texts(section.below)
    return Layout(tuple(parts), tuple(remarks), {"formulas_without_value": len(formulas)} if formulas else {})


def _sections(records: Sequence[Record]) -> Iterator[_Section]:
    for run in _runs(records):
        yield from _divided(run)


def _runs(records: Sequence[Record]) -> Iterator[Sequence[Record]]:
    """Rows without a blank row between them."""
    start = 0
    for at in range(1, len(records) + 1):
        if at == len(records) or records[at].number > records[at - 1].number + 1:
            yield records[start:at]
            start = at


def _divided(run: Sequence[Record]) -> Iterator[_Section]:
    """One section, or several where a title with another header under it stands between the rows."""
    header = _header_at(run)
    start = 0
    at = header + 1
    while at < len(run):
        end = at
        while end < len(run) and _is_title(run[end]):
            end += 1
        if at < end < len(run) and _is_header(run[end]) and _said(run[end]) != _said(run[header]):
            yield _section(run[start:at], header - start)
            start, header = at, end
        at = end + 1
    yield _section(run[start:], header - start)


def _section(run: Sequence[Record], header: int) -> _Section:
    end = len(run)
    while end > header and len(_filled(run[end - 1])) == 1 and _is_note(_said(run[end - 1])[0]):
        end -= 1
    return _Section(run[:header], run[header:end], run[end:])


def _header_at(run: Sequence[Record]) -> int:
    """Index of the first row of a table's header, of which rows above it may span some columns."""
    widest = max(len(_filled(record)) for record in run)
    if widest < 2:
        return len(run)
    wide = [at for at, record in enumerate(run) if _label_count(record) * 2 > max(widest, 2)]
    wide = wide or [at for at, record in enumerate(run) if len(_filled(record)) > 1]
    named = [at for at in wide if at < _HEADER_SEARCH and _is_header(run[at])]
    at = next(iter(named), wide[0])
    if at + 1 in named and _known_labels(run[at + 1]) > _known_labels(run[at]):
        at += 1
    while at and _spans(run[at - 1], run[at]):
        at -= 1
    return at


def _label_count(record: Record) -> int:
    return sum(not _ASIDE.match(cell) for cell in _said(record))


def _spans(above: Record, header: Record) -> bool:
    """「実施年度」 over R8, R9, R10, and labels over columns whose cells in the next row are blank."""
    said, filled = _said(above), _filled(above)
    if all(map(_is_label, said)):
        return len(said) > 1 or filled[0] > _filled(header)[0]
    if len(said) < 2 or any(len(cell) > _LONGEST_LABEL or _ASIDE.match(cell) for cell in said):
        return False
    return not set(filled) <= set(_filled(header))


def _is_label(cell: str) -> bool:
    label = read_label(cell)
    return bool(label.candidates) or (bool(label.years) and not label.name)


def _is_header(record: Record) -> bool:
    said = _said(record)
    return len(said) > 1 and _known_labels(record) * 3 >= len(said) * 2


def _known_labels(record: Record) -> int:
    return sum(map(_is_label, _said(record)))


def _is_title(record: Record) -> bool:
    return len(_filled(record)) == 1 and bool(record.cells[0].strip())


def _is_note(cell: str) -> bool:
    return is_footnote_line(cell) or bool(_SOURCE.match(cell))


def _filled(record: Record) -> list[int]:
    return [index for index, cell in enumerate(record.cells) if cell.strip()]


def _said(record: Record) -> list[str]:
    return [text for cell in record.cells if (text := cell.strip())]


def _columns(rows: Sequence[Record], before: range | None) -> range:
    """The columns in which anything stands; those of the table before, if these rows only go on with it."""
    filled = [_filled(record) for record in rows]
    own = range(min(indexes[0] for indexes in filled), max(indexes[-1] for indexes in filled) + 1)
    if before and before.start <= own.start and own.stop <= before.stop and not _is_header(rows[0]):
        return before
    return own


def _table(rows: Sequence[Record], columns: range) -> TablePart:
    is_padded = len(rows) * len(columns) <= MOST_CELLS
    return TablePart(tuple(_row(record, columns, is_padded) for record in rows))


def _row(record: Record, columns: range, is_padded: bool) -> TableRow:
    cells = record.cells[columns.start : columns.stop]
    missing = len(columns) - len(cells) if is_padded else 0
    first = cell_name(record.number, columns.start + 1)
    last = cell_name(record.number, columns.start + len(cells) + missing)
    return TableRow((*cells, *[""] * missing), Place(cells=f"{first}:{last}"))


def _texts(records: Sequence[Record]) -> Iterator[TextPart]:
    for record in records:
        for index in _filled(record):
            text, place = record.cells[index].strip(), Place(cells=cell_name(record.number, index + 1))
            # To the right above a table stands who made it; what heads a section begins its row.
            yield TextPart(text, place, kind="paragraph" if index and ends_like_owner(text) else None)


def _remarks_on_cells(unclosed: Sequence[int], formulas: Sequence[int]) -> Iterator[str]:
    if unclosed:
        yield f"{_rows_named(unclosed)}: a quotation mark is never closed; the row was read as if it were text"
    if formulas:
        yield (
            f"{_rows_named(formulas)}: a formula or an error of it instead of a value;"
            " save the sheet as CSV again from the program in which it was made"
        )


def _remarks_on_width(rows: Sequence[Record], columns: range) -> Iterator[str]:
    header_end = max(_filled(record)[-1] for record in rows[:2])
    wider = [record.number for record in rows[2:] if _filled(record)[-1] > header_end]
    if wider:
        yield (
            f"{_rows_named(wider)}: more cells than the header has;"
            " check for a comma inside a cell without quotation marks"
        )
    if len(rows) * len(columns) > MOST_CELLS:
        yield f"{_rows_named([rows[0].number])}: a table of {len(columns):,} columns, most of them blank"


def _rows_named(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:_SHOWN_ROWS]))
    more = f" and {len(numbers) - _SHOWN_ROWS:,} more" if len(numbers) > _SHOWN_ROWS else ""
    return f"row{'s' if len(numbers) > 1 else ''} {shown}{more}"
