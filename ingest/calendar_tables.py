"""Tables whose columns are years or months and name no item column in; drafts of what stands in them out.

Either a lane per department holds the texts of its steps, each under its time, or every row is one named step
with marks under its times. What is only drawn over such a table gives no years, but for bars that their reader found.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from ingest.column_names import key
from ingest.department_names import ends_like_owner
from ingest.documents import Block, Row
from ingest.drafts import Draft
from ingest.fiscal_year import find_years
from ingest.markup import close_up, plain_cell
from ingest.sections import Placed
from ingest.titles import read_title
from ingest.total_rows import is_total_row

_SEARCHED_ROWS = 8
_MOST_HEADER_ROWS = 3
_LEAST_TIMES = 2
_LONGEST_STEP = 40
_NOT_CERTAIN = 0.6
# No words say when a step is due: its place under the times does.
_BY_PLACE, _BY_BAR = "（帯の位置）", "（工程表の帯）"
_MONTHS = re.compile(
    r"(?:1[0-2]|[1-9])月(?:[上中下]旬|末|頃)?(?:\s*[~\-]\s*(?:1[0-2]|[1-9])月)?|[上下前後]半?期|第?[1-4]四半期|[1-4]Q"
)
_ASIDE = re.compile(r"[(（※＊].*")


@dataclass(frozen=True, slots=True)
class Calendar:
    """A table of times: `times` is the label of every time column, `first` the first of them, `rows` its body."""

    block: Block
    first: int
    times: tuple[str, ...]
    rows: tuple[Row, ...]

    def lanes(self, row: Row) -> tuple[str, ...]:
        """The labels left of the times, outer first."""
        labels = (close_up(plain_cell(cell)) for cell in row.cells[: self.first])
        return tuple(label for label, _ in groupby(labels) if label)

    def cells(self, row: Row) -> list[str]:
        """The cells under the times."""
        cells = [plain_cell(cell) for cell in row.cells[self.first : self.first + len(self.times)]]
        return cells + [""] * (len(self.times) - len(cells))


def read_calendars(blocks: Sequence[Block]) -> dict[int, Calendar]:
    """Every table of times, by its first line."""
    found = ((block.line_start, read_calendar(block)) for block in blocks if block.kind == "table")
    return {line: calendar for line, calendar in found if calendar}


def read_calendar(block: Block) -> Calendar | None:
    """Find one to three rows of years and months over the same columns; None for other tables."""
    for at, row in enumerate(block.rows[:_SEARCHED_ROWS]):
        first = next((i for i, cell in enumerate(row.cells) if _is_time(cell)), None)
        if not first or not _holds_times(row, first):
            continue
        header = [row]
        for below in block.rows[at + 1 : at + _MOST_HEADER_ROWS]:
            if not _holds_times(below, first):
                break
            header.append(below)
        times = tuple(_label([_cell(r, i) for r in header]) for i in range(first, len(row.cells)))
        rows = tuple(block.rows[at + len(header) :])
        return Calendar(block, first, times, rows) if rows and len(set(filter(None, times))) >= _LEAST_TIMES else None
    return None


def draft_calendars(placed: Sequence[Placed], calendars: dict[int, Calendar], on_pages: bool) -> Iterator[Draft]:
    """The steps of every table of times; `on_pages` where a text may be drawn over cells that it does not belong to."""
    for entry in placed:
        calendar = calendars.get(entry.block.line_start)
        if calendar is None:
            continue
        cells = [cell for row in calendar.rows for cell in calendar.cells(row) if cell]
        drawn_over = on_pages and not entry.block.is_chart and any(map(_is_step, cells))
        if drawn_over or sum(map(_is_figure, cells)) * 2 > len(cells):
            continue
        calendar = _with_one_row_for_each_lane(calendar) if _shows_phases(calendar) else calendar
        by_row = _names_steps_by_row(calendar) and (not entry.block.is_chart or _shows_phases(calendar))
        yield from (_row_drafts if by_row else _lane_drafts)(entry, calendar)


def _shows_phases(calendar: Calendar) -> bool:
    """Tell a chart in which every lane is an item and its bars are the same few phases: 検討, 実施."""
    bars = [next(filter(None, calendar.cells(row)), "") for row in calendar.rows]
    return calendar.block.is_chart and 2 * len({*bars}) <= len(bars) + 1 and len(bars) > 1


def _with_one_row_for_each_lane(calendar: Calendar) -> Calendar:
    rows = []
    for _, group in groupby(calendar.rows, calendar.lanes):
        printed = list(group)
        columns = zip(*(row.cells for row in printed), strict=False)
        cells = tuple("、".join(dict.fromkeys(filter(None, column))) for column in columns)
        rows.append(Row(cells, printed[0].line, printed[-1].line_end or printed[-1].line))
    return replace(calendar, rows=tuple(rows))


def _names_steps_by_row(calendar: Calendar) -> bool:
    """Every row has its own label, and something under its times."""
    labels = [calendar.lanes(row)[-1:] for row in calendar.rows if any(calendar.cells(row))]
    named = [label[0] for label in labels if label]
    return len(named) >= _LEAST_TIMES and len(set(named)) == len(named) == len(labels)


def _row_drafts(entry: Placed, calendar: Calendar) -> Iterator[Draft]:
    for row in calendar.rows:
        lanes, cells = calendar.lanes(row), calendar.cells(row)
        if not lanes or not any(cells) or is_total_row(row.cells, calendar.first - 1):
            continue
        reading = read_title(lanes[-1])
        yield replace(
            _draft(row, reading.title, (*entry.section, *lanes[:-1])),
            number=reading.number,
            status=reading.status,
            cells={"title": lanes[-1]},
            years=tuple(zip(calendar.times, cells, strict=True)),
        )


def _lane_drafts(entry: Placed, calendar: Calendar) -> Iterator[Draft]:
    """A text merged over several rows or columns is one step, in the first of its rows."""
    actors = any(ends_like_owner(lane) for row in calendar.rows for lane in calendar.lanes(row)[-1:])
    above: list[str] = [""] * len(calendar.times)
    for row in calendar.rows:
        cells, lanes = calendar.cells(row), calendar.lanes(row)
        for at, end in _runs(cells):
            if lanes and cells[at] != above[at] and _is_step(cells[at]):
                owner = {"owner": lanes[-1]} if actors else {}
                time = f"{_span(calendar.times[at : end + 1])}{_BY_BAR if entry.block.is_chart else _BY_PLACE}"
                section = (*entry.section, *(lanes[:-1] if actors else lanes))
                yield replace(
                    _draft(row, close_up(cells[at]), section),
                    cells={"title": cells[at], "schedule": time, **owner},
                    confidence=_NOT_CERTAIN,
                )
        above = cells


def _draft(row: Row, title: str, section: tuple[str, ...]) -> Draft:
    return Draft(
        section=section,
        title=title,
        line_start=row.line,
        line_end=row.line_end or row.line,
        row=plain_cell(" ".join(row.cells)),
    )


def _runs(cells: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The first and last index of neighbouring cells with the same text."""
    starts = [0, *(at + 1 for at, (left, right) in enumerate(pairwise(cells)) if left != right)]
    ends = [*(start - 1 for start in starts[1:]), len(cells) - 1]
    yield from ((start, end) for start, end in zip(starts, ends, strict=True) if cells[start])


def _is_figure(text: str) -> bool:
    return re.match(r"[△▲約\-]?\s*[\d０-９]", text) is not None


def _is_step(text: str) -> bool:
    return (
        bool(re.search(r"[ぁ-んァ-ヶ一-鿿A-Za-z]{2}", text)) and len(text) <= _LONGEST_STEP and not _ASIDE.match(text)
    )


def _span(times: Sequence[str]) -> str:
    """From the first time to the last, the year they share printed once: 令和6年度 4月～6月."""
    if key(times[0]) == key(times[-1]):
        return times[0]
    year = f"{times[0].split(' ')[0]} "
    return f"{times[0]}～{times[-1].removeprefix(year)}"


def _holds_times(row: Row, first: int) -> bool:
    cells = [cell for cell in row.cells[first:] if cell.strip()]
    return bool(cells) and all(map(_is_time, cells)) and not any(map(_is_time, row.cells[:first]))


def _is_time(cell: str) -> bool:
    text = close_up(unicodedata.normalize("NFKC", plain_cell(cell)))
    if _MONTHS.fullmatch(text):
        return True
    rest = "".join(text[a.end : b.start] for a, b in pairwise((*find_years(text),))) if text else ""
    mentions = find_years(text)
    return bool(mentions) and len(text) <= 30 and len(text) - sum(m.end - m.start for m in mentions) - len(rest) <= 2


def _cell(row: Row, at: int) -> str:
    return close_up(plain_cell(row.cells[at])) if at < len(row.cells) else ""


def _label(parts: Sequence[str]) -> str:
    return " ".join(part for part, _ in groupby(part for part in parts if part))
