"""A table of counts that the document prints itself in, each count beside the items found for it out."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from ingest.column_names import key, read_label, word_keys
from ingest.documents import Block, Row
from ingest.markup import plain_cell
from ingest.plan_items import PlanItem, PrintedTotal
from ingest.readers.lines import GLYPHS

_COUNT = re.compile(r"(\d{1,5})\s*(?:項目|件|事業|取組)?")


def printed_totals(block: Block, items: Sequence[PlanItem]) -> Iterator[PrintedTotal]:
    """Compare every row of a count table (項目数, 件数) with the items; rows that name no section are left out.

    So is every cell of a table of counts by status: 基本方針1 over 新規, 継続, 計.
    """
    found = _count_column(block)
    if not found:
        yield from _by_status(block, items)
        return
    header, count_column = found
    parent = ""
    for row in block.rows[header + 1 :]:
        labels = [plain_cell(cell) for cell in row.cells[:count_column] if plain_cell(cell)]
        count = next((c for cell in row.cells[count_column:] if (c := _count(cell)) is not None), None)
        if not labels or count is None:
            continue
        is_child = not row.cells[0].strip()
        path = (parent, labels[-1]) if is_child and parent else tuple(labels)
        parent = parent if is_child else labels[0]
        matching = _matching(path, items)
        if matching is not None:
            yield PrintedTotal(tuple(path), labels[-1], count, matching, row.line)


def _count_column(block: Block) -> tuple[int, int] | None:
    for at, row in enumerate(block.rows[:3]):
        for index, cell in enumerate(row.cells):
            if index and read_label(cell).name in word_keys("count_columns"):
                return at, index
    return None


def _by_status(block: Block, items: Sequence[PlanItem]) -> Iterator[PrintedTotal]:
    header, statuses = next(
        ((at, found) for at, row in enumerate(block.rows[:3]) if (found := _statuses(row))), (0, {})
    )
    for row in block.rows[header + 1 :] if statuses else ():
        labels = [plain_cell(cell) for cell in row.cells[: min(statuses)] if plain_cell(cell)]
        if not labels or _matching(labels, items) is None:
            continue
        for at, status in statuses.items():
            counted = items if status is None else [item for item in items if key(item.status or "") == key(status)]
            if at < len(row.cells) and (count := _count(row.cells[at])) is not None:
                path = (*labels, *filter(None, [status]))
                yield PrintedTotal(path, path[-1], count, _matching(labels, counted) or 0, row.line)


def _statuses(row: Row) -> dict[int, str | None]:
    """The columns that count the items of each status, and (None) all of them."""
    named = {at: cell for at, cell in enumerate(map(plain_cell, row.cells)) if at and cell}
    statuses = {at: cell for at, cell in named.items() if key(cell) in word_keys("statuses")}
    sums = {at: None for at, cell in named.items() if key(cell) in word_keys("total_rows")}
    return {**statuses, **sums} if len(statuses) > 1 and len(statuses) + len(sums) == len(named) else {}


def _count(cell: str) -> int | None:
    match = _COUNT.fullmatch(unicodedata.normalize("NFKC", cell).strip())
    return int(match[1]) if match else None


def _matching(path: Sequence[str], items: Sequence[PlanItem]) -> int | None:
    """How many items the labels select: all for 合計, a progress class, or a section with its subsection."""
    last = key(path[-1])
    if last in word_keys("total_rows"):
        return len(items)
    by_progress = sum(item.progress is not None and key(item.progress) == last for item in items)
    if by_progress:
        return by_progress
    if last in word_keys("blank_progress") and any(item.progress for item in items):
        return sum(item.progress is None for item in items)
    wanted = [key(label).lstrip(GLYPHS) for label in path]
    by_section = sum(_is_within(wanted, item.section) for item in items)
    return by_section or None


def _is_within(wanted: Sequence[str], section: Sequence[str]) -> bool:
    """Every label in its order, whole or as the mark that a section title begins with."""
    titles = iter([key(title) for title in section])
    return all(any(title == label or _begins(title, label) for title in titles) for label in wanted)


def _begins(title: str, label: str) -> bool:
    rest = title.removeprefix(label)
    return rest != title and (not label[-1:].isdigit() or not rest[:1].isdigit())
