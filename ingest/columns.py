"""The header of a table and the rows under it in, which column holds which field out; None for other tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.amounts import is_amount, is_money_label
from ingest.column_bodies import Rows, holds_for_several, is_filled, is_prose, kinds, mostly, repeats_left
from ingest.column_names import Label, key, read_label, word_keys
from ingest.documents import Row
from ingest.fiscal_year import find_years
from ingest.headers import Header, possible_headers
from ingest.numbering import is_number
from ingest.title_columns import FACILITY, GROUP_OR_TITLE, INDICATOR, beside_numbers, is_unknown_name, title_index

SAMPLE_ROWS = 60
_FIELDS_OF_ITEMS = frozenset(
    {"owner", "schedule", "goal", "progress", "result", "content", "status"}
    | {"plan_summary", "next_steps", "issues", "year", "related_owner"}
)
_TOLD_BY_YEAR = ("goal", "result", "issues", "next_steps")
_BEST_TITLE = 0
_TICK = re.compile(r"[○〇◯●◎→⇒➡■□△▲★☆✓✔レ\s]+")
_FIGURE = re.compile(r"[△▲約\-]?\s*[\d０-９]")
_PART_OF_YEAR = re.compile(
    r"(?:[上下前後中]半?期|第?[1-4一二三四](?:四半期|q)|[1-4]q|(?:1[0-2]|[1-9])月(?:[~-](?:1[0-2]|[1-9])月)?)"
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place, its printed label, its field (None: kept by label), its year and the unit of its sums.

    The field "kind" tells planned rows from those of what was done; "merged" is a column that repeats the one before.
    """

    index: int
    label: str
    field: str | None
    year: str | None = None
    unit: str | None = None


def find_header(rows: Sequence[Row]) -> tuple[Header, tuple[Column, ...]] | None:
    """The first header that names the items by a known label, else the first that seems to name them."""
    guessed = None
    for header in possible_headers(rows):
        if columns := assign_columns(header.labels, [row.cells for row in rows[header.end : header.end + SAMPLE_ROWS]]):
            if not guess_titles(columns):
                return header, columns
            guessed = guessed or (header, columns)
    return guessed


def guess_titles(columns: Sequence[Column]) -> bool:
    """The label over the names of the items is no known one."""
    return any(c.field == "title" and c.label and is_unknown_name(read_label(c.label)) for c in columns)


def assign_columns(header: Sequence[str], body: Rows) -> tuple[Column, ...] | None:
    """Find the columns of an item table; None when the header is that of another table. `body` may be a sample."""
    labels = [read_label(cell) for cell in header]
    if any(label.name in word_keys("never_items") for label in labels):
        return None
    body = body[:SAMPLE_ROWS]
    title = title_index(labels, body)
    if title is None:
        return None
    number, title = beside_numbers(labels, title, body)
    columns = [_column(labels, index, title, number, body) for index in range(len(labels))]
    columns = _with_content(_each_field_once(columns, labels, title, body), labels)
    return tuple(columns) if _is_item_table(columns, labels, title, body) else None


def _column(labels: list[Label], index: int, title: int, number: int | None, body: Rows) -> Column:
    label = labels[index]
    if index == title:
        return Column(index, label.printed, "title")
    if index == number:
        return Column(index, label.printed, "number")
    if index and label.printed == labels[index - 1].printed and repeats_left(body, index):
        return Column(index, label.printed, "merged")
    if _tells_kinds(body, index) and holds_for_several(body, title):
        return Column(index, label.printed, "kind")
    if not label.printed:
        return Column(index, "", "section" if index < title and is_filled(body, index) else None)
    if label.years and (not label.name or _is_year_of_schedule(label)):
        return Column(index, label.printed, "year", _year_as_headed(label))
    if label.years and _is_year_alone(label.lowest) and _is_ticked(label, body, index):
        return Column(index, label.printed, "year", label.years[-1])
    year = label.years[-1] if label.years else None
    return Column(index, _year_first(label), _field(label, index, title, body), year)


def _tells_kinds(body: Rows, index: int) -> bool:
    """計画 and 実績 in turn: an item has a row of each."""
    found = {key(kind) for kind in kinds(body, index)}
    return found <= word_keys("row_kinds") and bool(found & word_keys("planned_kinds")) and len(found) > 1


def _is_ticked(label: Label, body: Rows, index: int) -> bool:
    """Marks under a year say when, unless the label above it says what was reached."""
    measures = {"goal", "result", "progress"} & {field for field, _ in label.candidates}
    return not measures and mostly(body, index, _TICK.fullmatch)


def _is_year_alone(text: str) -> bool:
    label = read_label(text)
    return bool(label.years) and not label.name


def _year_first(label: Label) -> str:
    """The year printed below the label that spans it stands before it: 事業費 over R8 is R8 事業費."""
    spanning = label.printed.removesuffix(label.lowest).strip()
    is_below = spanning and _is_year_alone(label.lowest) and label.lowest[0] not in "（("
    return f"{label.lowest} {spanning}" if is_below else label.printed


def _is_year_of_schedule(label: Label) -> bool:
    first = label.candidates[0][0] if label.candidates else None
    return first == "schedule" or _PART_OF_YEAR.fullmatch(label.name) is not None


def _year_as_headed(label: Label) -> str:
    """The year of a column, with the half or quarter that it is divided into; several years as printed."""
    if len({mention.year for mention in find_years(label.lowest)}) > 1:
        return label.lowest
    return f"{label.years[-1]} {label.name}" if _PART_OF_YEAR.fullmatch(label.name) else label.years[-1]


def _field(label: Label, index: int, title: int, body: Rows) -> str | None:
    """The candidate that fits where the column stands and what it holds."""
    candidates = [field for field, _ in label.candidates if field != "title"]
    if label.candidates and not candidates and index < title and holds_for_several(body, index):
        return "section"
    if "number" in candidates and not mostly(body, index, is_number):
        return "section" if index < title and is_filled(body, index) else None
    if index < title and _is_unknown(label) and holds_for_several(body, index) and not mostly(body, index, is_number):
        return "section"
    if mostly(body, index, is_status):
        tells = {"status", "section"} & set(candidates) or _is_unknown(label) or label.name.endswith("方向性")
        return "status" if tells else _first(candidates, index, title)
    if {"result", "goal"} & set(candidates) and is_money_label(label.name) and mostly(body, index, is_amount):
        return None
    if "progress" in candidates and is_prose(body, index):
        return "result"
    if "schedule" in candidates and label.name == "年度" and index < title:
        return "schedule"
    return _first(candidates, index, title)


def is_status(cell: str) -> bool:
    """Tell whether a text says no more than whether an item is new, carried on or widened, or where it goes."""
    return key(cell) in word_keys("statuses") | word_keys("directions")


def _is_unknown(label: Label) -> bool:
    return not label.candidates and not label.years and label.name not in word_keys("remark_columns")


def _first(candidates: list[str], index: int, title: int) -> str | None:
    """Left of the title stand the groups that it belongs to, right of it what is said about it."""
    if index < title:
        return next((field for field in candidates if field == "section"), next(iter(candidates), None))
    return next((field for field in candidates if field not in ("section", "status")), None)


def _each_field_once(columns: list[Column], labels: list[Label], title: int, body: Rows) -> list[Column]:
    """A field belongs to the first column of its best name; later ones are kept by their label."""
    taken: set[str] = set()
    kept_by_label = _rates(columns).union(*(_earlier(columns, field, body) for field in _TOLD_BY_YEAR))
    kept_by_label |= _plans_of_other_years(columns, kept_by_label)
    once: list[Column] = []
    for column in columns:
        field = None if column.index in kept_by_label else column.field
        if field == "owner" and once and once[-1].field == "owner":
            once.append(column)  # 部 and 課 in columns of their own
            continue
        if field in taken and field not in ("section", "year", "merged"):
            spare = [f for f, _ in labels[column.index].candidates if f not in taken and f not in ("title", "section")]
            field = spare[0] if spare and column.index > title else None
        if field:
            taken.add(field)
        once.append(replace(column, field=field))
    return once


def _with_content(columns: list[Column], labels: list[Label]) -> list[Column]:
    """実施内容 is what was done only beside what was planned or how it goes; alone it is what will be done."""
    fields = {column.field for column in columns}
    if fields & {"content", "plan_summary", "progress", "issues", "next_steps"}:
        return columns
    planned = [c.index for c in columns if c.field == "result" and labels[c.index].name in word_keys("done_or_to_do")]
    return [replace(c, field="content") if c.index in planned and not c.year else c for c in columns]


def _earlier(columns: list[Column], field: str, body: Rows) -> set[int]:
    """What is told year by year is told by the last year that is; the name of what a goal measures is no goal."""
    same = [column for column in columns if column.field == field]
    dated = [column.index for column in same if column.year]
    told = [index for index in dated if is_filled(body, index)] or dated
    named = [column.index for column in same[:-1] if key(column.label) in word_keys("measure_names")]
    return {*dated} - {*told[-1:]} | {*named}


def _plans_of_other_years(columns: list[Column], kept: set[int]) -> set[int]:
    """The plan that belongs to the result that is told is the one of its year."""
    done = {column.year for column in columns if column.field == "result" and column.index not in kept}
    plans = [column for column in columns if column.field == "plan_summary" and column.year]
    return {plan.index for plan in plans if plan.year not in done} if any(p.year in done for p in plans) else set()


def _rates(columns: list[Column]) -> set[int]:
    """達成率 beside 評価 is a figure; alone it is the progress."""
    progress = [column for column in columns if column.field == "progress"]
    rates = {column.index for column in progress if key(column.label) in word_keys("rate_columns")}
    return rates if len(rates) < len(progress) else set()


def _is_item_table(columns: list[Column], labels: list[Label], title: int, body: Rows) -> bool:
    fields = {column.field for column in columns}
    own = labels[title if labels[title].printed else title - 1]
    tier = min((tier for field, tier in own.candidates if field == "title"), default=None)
    if ("title", tier) == INDICATOR:
        return bool(fields & {"goal", "kind"})
    if ("title", tier) == FACILITY:
        return bool(fields & _FIELDS_OF_ITEMS - {"year"})
    if tier == GROUP_OR_TITLE and fields & _FIELDS_OF_ITEMS == {"year"}:
        return any(not mostly(body, c.index, _FIGURE.match) for c in columns if c.field == "year")
    if any(label.name in word_keys("rarely_items") for label in labels):
        return tier is not None and bool(fields & {"owner", "content", "goal", "schedule"})
    return bool(fields & _FIELDS_OF_ITEMS) or (tier == _BEST_TITLE and bool(fields & {"number", "section"}))
