"""Item tables and where they stand in; a draft of every row that is an item out, and the rows that are none."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.aims import stated_aim
from ingest.column_names import key, word_keys
from ingest.drafts import Draft
from ingest.fiscal_year import find_years
from ingest.group_labels import GroupPath, group_paths
from ingest.markup import close_up, paragraphs, plain_cell
from ingest.numbering import mark_value
from ingest.plan_items import Remark, Repair
from ingest.records import Record, united_cells
from ingest.schedules import years_in_labels
from ingest.sections import Placed
from ingest.tables import ItemTable
from ingest.titles import TitleReading, read_bullet, read_status, read_title

_BULLETED = re.compile(r"(?:^|[\s>\u3000])[・･●○▪•]\s*\S")
_NOT_CERTAIN = 0.6
_LONGEST_ROW = 6000
_NO_AIMS = frozenset({"goal", "progress", "result"})
_POLICY = "方針"
_ADDED = frozenset({"goal", "content", "plan_summary"})


@dataclass(frozen=True, slots=True)
class FoundRows:
    """Drafts of items, and remarks on the rows that are none."""

    drafts: tuple[Draft, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """An item table with the section path of its place."""

    table: ItemTable
    placed: Placed


def draft_rows(tables: Sequence[PlacedTable]) -> FoundRows:
    """Read every row of a document's item tables; groups are carried over a table that only a page break cut."""
    records = [(placed, record) for placed in tables for record in placed.table.records]
    firsts = {id(placed.table.records[0]) for placed in tables if placed.table.goes_on and placed.table.records}
    titles = [read_title(record.cells.get("title", ""), _number_cell(record)) for _, record in records]
    paths = group_paths([record.groups for _, record in records], _continuations(titles))
    drafts: list[Draft] = []
    remarks: list[Remark] = []
    for (placed, record), title, path in zip(records, titles, paths, strict=True):
        above = drafts[-1] if drafts else None
        if above and (further := _further_row(record, title, above, id(record) in firsts)):
            drafts[-1] = further
            continue
        found = list(_drafts_of(placed, record, title, path, above))
        drafts += found
        if not found:
            remarks.append(Remark(record.row.line, f"row is no item: {_shortened(plain_cell(_row_text(record)))}"))
    return FoundRows(tuple(drafts), tuple(remarks))


def _number_cell(record: Record) -> str | None:
    return plain_cell(record.cells.get("number", "")) or None


def _continuations(titles: Sequence[TitleReading]) -> list[bool]:
    """Whether a row's number goes on from the row above: ② after ①."""
    numbers = [mark_value(title.number) if title.number else None for title in titles]
    return [
        at > 0 and number is not None and number > 1 and (numbers[at - 1] or 0) == number - 1
        for at, number in enumerate(numbers)
    ]


def _further_row(record: Record, title: TitleReading, above: Draft, is_torn: bool) -> Draft | None:
    """The item above with what a row without title adds: a row torn by the page, or one more goal or figure of it."""
    said = {name for name, text in record.cells.items() if plain_cell(text)}
    is_own = title.title or "number" in said or record.new_group
    if is_own or not (said or record.extra) or len(above.row) > _LONGEST_ROW:
        return None
    if not is_torn and (said - _ADDED or any(plain_cell(cell) for _, cell in record.years)):
        return None
    goes_on = record.row.line == above.line_end + 1
    return replace(
        above,
        cells=united_cells([above.cells, record.cells]),
        extra=united_cells([above.extra, _extra(record)], " / "),
        line_end=(record.row.line_end or record.row.line) if goes_on else above.line_end,
        row=f"{above.row} {plain_cell(_row_text(record))}" if goes_on else above.row,
    )


def _drafts_of(
    place: PlacedTable, record: Record, title: TitleReading, path: GroupPath, above: Draft | None
) -> Iterator[Draft]:
    cell, placed = record.cells.get("title", ""), place.placed
    if _is_placeholder(record, title):
        return
    section = placed.section + path.elements
    base = Draft(
        section=section,
        title=title.title,
        line_start=record.row.line,
        line_end=record.row.line_end or record.row.line,
        row=plain_cell(_row_text(record)),
        number=title.number,
        status=_status(record) or title.status,
        statement=placed.statement,
        cells=_with_owner(record, place.table.owner),
        extra=_extra(record),
        years=record.years,
        plans_by_year=place.table.plans_by_year,
        goal_years=_label_years(record.goal_label),
        amount_years=years_in_labels(record.amount_years),
        aim=_aim(record, place.table),
        measured_by=_year_printed(record.goal_label) if place.table.lists_indicators else None,
        repairs=path.repairs,
        confidence=_confidence(record, path) * (_NOT_CERTAIN if place.table.guesses_titles else 1.0),
    )
    if title.title:
        yield from _bullets(base, cell) if _holds_several(record, cell) else [base]
    elif untitled := _untitled(base, record, path, above):
        yield untitled


def _holds_several(record: Record, cell: str) -> bool:
    """A cell that lists several items as bullets, under one label and with nothing else said about each.

    Several bullets, each on its own line, are several items whatever the row says about all of them.
    """
    lines = [line for line in cell.split("\n") if line.strip()]
    if len(lines) > 1 and all(map(_BULLETED.match, lines)):
        return True
    said = {name for name, text in record.cells.items() if text.strip()} - {"title", "number", "status"}
    return not said and len(_BULLETED.findall(cell)) > 0


def _bullets(base: Draft, cell: str) -> Iterator[Draft]:
    entries: list[str] = []
    for paragraph in paragraphs(cell):
        if entries and not _BULLETED.match(paragraph):
            entries[-1] = f"{entries[-1]} {paragraph}"
        else:
            entries.append(paragraph)
    for entry in entries:
        reading = read_bullet(entry.lstrip("・･●○▪• "))
        if reading.title:
            cells = {**base.cells, "title": entry, **({"content": reading.remark} if reading.remark else {})}
            yield replace(base, title=reading.title, number=reading.number, status=reading.status, cells=cells)


def _untitled(base: Draft, record: Record, path: GroupPath, above: Draft | None) -> Draft | None:
    """A row without a title is an item of its group's name, or a further row of the item above."""
    said = [name for name, text in record.cells.items() if name not in ("title", "number") and plain_cell(text)]
    if record.new_group and path.title and said:
        title = path.title
    elif above and {"owner", "schedule"} & set(said) and len(said) > 1 and above.section == base.section:
        title = above.title
    else:
        return None
    repair = Repair("title", "", title)
    return replace(
        base,
        title=title,
        title_is_printed=False,
        repairs=(*base.repairs, repair),
        confidence=base.confidence * _NOT_CERTAIN,
    )


def _with_owner(record: Record, owner: str | None) -> Mapping[str, str]:
    return {**record.cells, "owner": owner} if owner and "owner" not in record.cells else record.cells


def _extra(record: Record) -> dict[str, str]:
    return {label: text for label, cell in record.extra.items() if (text := close_up(" ".join(paragraphs(cell))))}


def _aim(record: Record, table: ItemTable) -> str:
    """What the description aims at, in a plan's table without a column for goals; a report tells what was done."""
    labels = {column.field: column.label for column in table.columns if column.field}
    if not labels.keys().isdisjoint(_NO_AIMS):
        return ""
    return stated_aim(record.cells.get("content", ""), is_policy=_POLICY in labels.get("content", ""))


def _year_printed(label: str) -> str:
    return next((mention.text for mention in reversed(find_years(label))), "")


@cache
def _label_years(label: str) -> tuple[int, ...]:
    return tuple(sorted({mention.year for mention in find_years(label)}))


def _status(record: Record) -> str | None:
    return read_status(record.cells.get("status", ""))


def _confidence(record: Record, path: GroupPath) -> float:
    fits = 1.0 if not record.surplus and not record.lacking else 0.8
    return fits * (0.7 if path.repairs else 1.0)


def _is_placeholder(record: Record, title: TitleReading) -> bool:
    """「追加 … 検討中」: a row that only keeps a place, or only holds a ※ remark."""
    others = [name for name, cell in record.cells.items() if name not in ("title", "number") and plain_cell(cell)]
    if {key(title.title), key(title.number or "")} & word_keys("placeholder_titles"):
        return True
    return not others and plain_cell(record.cells.get("title", "")).startswith(("※", "＊"))


def _row_text(record: Record) -> str:
    return " ".join(record.row.cells)


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
