"""The header of a table and the rows under it in, which column holds which field out; None for other tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ingest.column_names import Label, key, read_label, word_keys
from ingest.numbering import is_number

Rows = Sequence[Sequence[str]]
SAMPLE_ROWS = 60
_FIELDS_OF_ITEMS = frozenset(
    {"owner", "schedule", "goal", "progress", "result", "content", "status"}
    | {"plan_summary", "next_steps", "issues", "year", "related_owner"}
)
_BEST_TITLE = 0
INDICATOR = ("title", 4)
_PROSE_LENGTH = 18
_MARK_LENGTH = 15


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place, its printed label, its field (None: kept by label), its year if it is one of several."""

    index: int
    label: str
    field: str | None
    year: str | None = None


def assign_columns(header: Sequence[str], body: Rows) -> tuple[Column, ...] | None:
    """Find the columns of an item table; None when the header is that of another table."""
    labels = [read_label(cell) for cell in header]
    if any(label.name in word_keys("never_items") for label in labels):
        return None
    title = _title_index(labels)
    if title is None:
        return None
    body = body[:SAMPLE_ROWS]
    number, title = _beside_numbers(labels, title, body)
    columns = [_column(labels, index, title, number, body) for index in range(len(labels))]
    columns = _each_field_once(columns, labels, title)
    return tuple(columns) if _is_item_table(columns, labels, title) else None


def _title_index(labels: list[Label]) -> int | None:
    tiers = [
        (tier, index) for index, label in enumerate(labels) for field, tier in label.candidates if field == "title"
    ]
    return min(tiers)[1] if tiers else _untitled_index(labels)


def _untitled_index(labels: list[Label]) -> int | None:
    """Without a title column the content, or else the innermost group, names the item that somebody owns."""
    fields = [{field for field, _ in label.candidates} for label in labels]
    if not any({"owner", "progress"} & candidates for candidates in fields):
        return None
    groups = [index for index, candidates in enumerate(fields) if "section" in candidates]
    contents = [index for index, candidates in enumerate(fields) if "content" in candidates]
    innermost = [index for index in groups if labels[index].name in word_keys("innermost_groups")]
    return next(iter([*innermost, *contents, *groups[-1:]]), None)


def _beside_numbers(labels: list[Label], title: int, body: Rows) -> tuple[int | None, int]:
    """A title label printed over two columns: numbers under it, the titles under the blank label beside it."""
    following = title + 1
    if following < len(labels) and not labels[following].printed and _mostly(body, title, is_number):
        return title, following
    if title and not labels[title - 1].printed and _mostly(body, title - 1, is_number):
        return title - 1, title
    return None, title


def _column(labels: list[Label], index: int, title: int, number: int | None, body: Rows) -> Column:
    label = labels[index]
    if index == title:
        return Column(index, label.printed, "title")
    if index == number:
        return Column(index, label.printed, "number")
    if not label.printed:
        return Column(index, "", "section" if index < title and _filled(body, index) else None)
    if label.years and (not label.name or _is_year_of_schedule(label)):
        return Column(index, label.printed, "year", label.years[-1])
    return Column(index, label.printed, _field(label, index, title, body))


def _is_year_of_schedule(label: Label) -> bool:
    return bool(label.candidates) and label.candidates[0][0] == "schedule"


def _field(label: Label, index: int, title: int, body: Rows) -> str | None:
    """The candidate that fits where the column stands and what it holds."""
    candidates = [field for field, _ in label.candidates if field != "title"]
    if "number" in candidates and not _mostly(body, index, is_number):
        return "section" if index < title and _filled(body, index) else None
    if _mostly(body, index, lambda cell: key(cell) in word_keys("statuses")):
        return "status" if {"status", "section"} & set(candidates) else _first(candidates, index, title)
    if "progress" in candidates and _is_prose(body, index):
        return "result"
    if "schedule" in candidates and label.name == "年度" and index < title:
        return "schedule"
    return _first(candidates, index, title)


def _first(candidates: list[str], index: int, title: int) -> str | None:
    """Left of the title stand the groups that it belongs to, right of it what is said about it."""
    if index < title:
        return next((field for field in candidates if field == "section"), next(iter(candidates), None))
    return next((field for field in candidates if field not in ("section", "status")), None)


def _each_field_once(columns: list[Column], labels: list[Label], title: int) -> list[Column]:
    """A field belongs to the first column of its best name; later ones are kept by their label."""
    taken: set[str] = set()
    once = []
    for column in columns:
        field = column.field
        if field in taken and field not in ("section", "year"):
            spare = [f for f, _ in labels[column.index].candidates if f not in taken and f not in ("title", "section")]
            field = spare[0] if spare and column.index > title else None
        if field:
            taken.add(field)
        once.append(replace(column, field=field))
    return once


def _is_item_table(columns: list[Column], labels: list[Label], title: int) -> bool:
    fields = {column.field for column in columns}
    own = labels[title if labels[title].printed else title - 1]
    tier = min((tier for field, tier in own.candidates if field == "title"), default=None)
    if ("title", tier) == INDICATOR:
        return "goal" in fields
    return bool(fields & _FIELDS_OF_ITEMS) or (tier == _BEST_TITLE and bool(fields & {"number", "section"}))


def _cells(body: Rows, index: int) -> list[str]:
    return [cell for row in body if index < len(row) and (cell := row[index].strip())]


def _filled(body: Rows, index: int) -> bool:
    return bool(_cells(body, index))


def _mostly(body: Rows, index: int, holds: Callable[[str], bool]) -> bool:
    cells = _cells(body, index)
    return bool(cells) and sum(map(holds, cells)) * 2 > len(cells)


def _is_prose(body: Rows, index: int) -> bool:
    return _mostly(body, index, lambda cell: len(cell) > _PROSE_LENGTH or cell.endswith("。"))
