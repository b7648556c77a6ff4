"""The header of a table and the rows under it in, which column holds which field out; None for other tables."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.column_names import Label, key, read_label, word_keys
from ingest.numbering import is_number

Rows = Sequence[Sequence[str]]
SAMPLE_ROWS = 60
_FIELDS_OF_ITEMS = frozenset(
    {"owner", "schedule", "goal", "progress", "result", "content", "status"}
    | {"plan_summary", "next_steps", "issues", "year", "related_owner"}
)
_BEST_TITLE = 0
_GROUP_OR_TITLE = 3
INDICATOR = ("title", 4)
FACILITY = ("title", 5)
_PROSE_LENGTH = 18
_TICK = re.compile(r"[○〇◯●◎→⇒➡■□△▲★☆✓✔レ\s]+")
_PART_OF_YEAR = re.compile(
    r"(?:[上下前後中]半?期|第?[1-4一二三四](?:四半期|q)|[1-4]q|(?:1[0-2]|[1-9])月(?:[~-](?:1[0-2]|[1-9])月)?)"
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place, its printed label, its field (None: kept by label), its year and the unit of its sums."""

    index: int
    label: str
    field: str | None
    year: str | None = None
    unit: str | None = None


def assign_columns(header: Sequence[str], body: Rows) -> tuple[Column, ...] | None:
    """Find the columns of an item table; None when the header is that of another table."""
    labels = [read_label(cell) for cell in header]
    if any(label.name in word_keys("never_items") for label in labels):
        return None
    body = body[:SAMPLE_ROWS]
    title = _title_index(labels, body)
    if title is None:
        return None
    number, title = _beside_numbers(labels, title, body)
    columns = [_column(labels, index, title, number, body) for index in range(len(labels))]
    columns = _each_field_once(columns, labels, title)
    return tuple(columns) if _is_item_table(columns, labels, title) else None


def _title_index(labels: list[Label], body: Rows) -> int | None:
    """The column of the best name; of two, the inner one when the outer one's cells hold for several rows of it."""
    tiers = sorted(
        (tier, index) for index, label in enumerate(labels) for field, tier in label.candidates if field == "title"
    )
    if not tiers:
        return _untitled_index(labels)
    best_tier, best = tiers[0]
    inner = [index for tier, index in tiers[1:] if index > best and _names_sub_items(labels, tier, best_tier)]
    if best_tier >= _GROUP_OR_TITLE:
        inner += [index for index, label in enumerate(labels) if index > best and ("content", 0) in label.candidates]
    return next((i for i in inner if _holds_for_several(body, best) and _names_every_row(body, i)), best)


def _names_sub_items(labels: list[Label], tier: int, outer: int) -> bool:
    """指標 names the items below 施策, but only says more about a 取組 or 事業."""
    if tier != INDICATOR[1]:
        return tier < INDICATOR[1]
    return outer == _GROUP_OR_TITLE and any(field == "goal" for label in labels for field, _ in label.candidates)


def _holds_for_several(body: Rows, index: int) -> bool:
    """Merged cells: the text of the row above again, or blank below it, in a third of the rows."""
    cells = [row[index].strip() if index < len(row) else "" for row in body]
    merged = sum(not below or below == above for above, below in pairwise(cells))
    return merged * 3 >= len(cells) > 1 and merged > 0


def _names_every_row(body: Rows, index: int) -> bool:
    cells = [row[index].strip() if index < len(row) else "" for row in body]
    repeated = sum(below == above for above, below in pairwise(cells))
    return sum(map(bool, cells)) * 5 >= len(cells) * 4 and repeated * 5 <= len(cells) and not _is_prose(body, index)


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
        return Column(index, label.printed, "year", _year_as_headed(label))
    if label.years and _is_year_alone(label.lowest) and _is_ticked(label, body, index):
        return Column(index, label.printed, "year", label.years[-1])
    year = label.years[-1] if label.years else None
    return Column(index, _year_first(label), _field(label, index, title, body), year)


def _is_ticked(label: Label, body: Rows, index: int) -> bool:
    """Marks under a year say when, unless the label above it says what was reached."""
    measures = {"goal", "result", "progress"} & {field for field, _ in label.candidates}
    return not measures and _mostly(body, index, _TICK.fullmatch)


def _is_year_alone(text: str) -> bool:
    label = read_label(text)
    return bool(label.years) and not label.name


def _year_first(label: Label) -> str:
    """The year printed below the label that spans it stands before it: 事業費 over R8 is R8 事業費."""
    spanning = label.printed.removesuffix(label.lowest).strip()
    is_below = spanning and _is_year_alone(label.lowest) and label.lowest[0] not in "（("
    return f"{label.lowest} {spanning}" if is_below else label.printed


def _is_year_of_schedule(label: Label) -> bool:
    return (bool(label.candidates) and label.candidates[0][0] == "schedule") or bool(
        _PART_OF_YEAR.fullmatch(label.name)
    )


def _year_as_headed(label: Label) -> str:
    """The year of a column, with the half or quarter that it is divided into."""
    return f"{label.years[-1]} {label.name}" if _PART_OF_YEAR.fullmatch(label.name) else label.years[-1]


def _field(label: Label, index: int, title: int, body: Rows) -> str | None:
    """The candidate that fits where the column stands and what it holds."""
    candidates = [field for field, _ in label.candidates if field != "title"]
    if label.candidates and not candidates and index < title and _holds_for_several(body, index):
        return "section"
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
    earlier = _earlier_goals(columns)
    once = []
    for column in columns:
        field = column.field
        if column.index in earlier:
            field = None
        if field in taken and field not in ("section", "year"):
            spare = [f for f, _ in labels[column.index].candidates if f not in taken and f not in ("title", "section")]
            field = spare[0] if spare and column.index > title else None
        if field:
            taken.add(field)
        once.append(replace(column, field=field))
    return once


def _earlier_goals(columns: list[Column]) -> set[int]:
    """Goals year by year: the last one is the goal, those before it, and the name of what is measured, are kept."""
    goals = [column for column in columns if column.field == "goal"]
    dated = [column.index for column in goals if column.year]
    named = [column.index for column in goals[:-1] if key(column.label) in word_keys("measure_names")]
    return {*dated[:-1], *named}


def _is_item_table(columns: list[Column], labels: list[Label], title: int) -> bool:
    fields = {column.field for column in columns}
    own = labels[title if labels[title].printed else title - 1]
    tier = min((tier for field, tier in own.candidates if field == "title"), default=None)
    if ("title", tier) == INDICATOR:
        return "goal" in fields
    if ("title", tier) == FACILITY:
        return bool(fields & _FIELDS_OF_ITEMS - {"year"})
    return bool(fields & _FIELDS_OF_ITEMS) or (tier == _BEST_TITLE and bool(fields & {"number", "section"}))


def _cells(body: Rows, index: int) -> list[str]:
    return [cell for row in body if index < len(row) and (cell := row[index].strip())]


def _filled(body: Rows, index: int) -> bool:
    return bool(_cells(body, index))


def _mostly(body: Rows, index: int, holds: Callable[[str], object]) -> bool:
    cells = _cells(body, index)
    return bool(cells) and sum(bool(holds(cell)) for cell in cells) * 2 > len(cells)


def _is_prose(body: Rows, index: int) -> bool:
    return _mostly(body, index, lambda cell: len(cell) > _PROSE_LENGTH or cell.endswith("。"))
