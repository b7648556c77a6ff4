"""Selected items in, the charts of the board out: each with its sentence and the table of its data."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.board import LONGEST_VALUE
from assistant.board_figures import Figures, figures_of
from assistant.channels.readable import readable
from assistant.channels.web.board_words import BoardWords
from assistant.channels.web.charts import Chart, Figure, Span, bar_chart, timeline
from ingest.fiscal_year import era_year
from ingest.plan_items import PlanItem

_MOST_YEARS = 40


@dataclass(frozen=True, slots=True)
class DataRow:
    """One row of a chart's table: a name, a number, and the value to filter by; None where nothing is printed."""

    name: str
    count: int
    value: str | int | None
    is_linked: bool = True


@dataclass(frozen=True, slots=True)
class FigureChart:
    """A bar chart of one facet with its data."""

    name: str
    facet: str
    chart: Chart
    rows: tuple[DataRow, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The timeline of a page's items with its data; `undated` items have no bar."""

    chart: Chart
    rows: tuple[tuple[PlanItem, str], ...]
    undated: int


def charts_of(items: Sequence[PlanItem], words: BoardWords) -> tuple[FigureChart, ...]:
    """Return the charts by year, progress and department."""
    figures = figures_of(items)
    return (
        _chart("years", "fiscal_year", [_row("fiscal_year", *one, words) for one in figures.years]),
        _chart("progress", "progress", [_row("progress", *one, words) for one in figures.progress]),
        _chart("owners", "owner", _owner_rows(figures, words)),
    )


def timeline_of(items: Sequence[PlanItem], words: BoardWords) -> Timeline:
    """Return the timeline of the items that have target years."""
    dated = [item for item in items if item.target_fiscal_years]
    known = sorted({year for item in dated for year in item.target_fiscal_years})
    # A misprinted year must not draw a picture of a thousand columns.
    years = list(range(known[0], known[-1] + 1)) if known and known[-1] - known[0] < _MOST_YEARS else known
    spans = [Span(_name(item), item.target_fiscal_years, words.years(item)) for item in dated]
    rows = tuple((item, words.years(item)) for item in dated)
    return Timeline(timeline([(year, _head(year, words)) for year in years], spans), rows, len(items) - len(dated))


def _chart(name: str, facet: str, rows: Sequence[DataRow]) -> FigureChart:
    figures = [Figure(row.name, row.count, str(row.count)) for row in rows]
    return FigureChart(name, facet, bar_chart(figures), tuple(rows))


def _row(facet: str, value: str | int | None, count: int, words: BoardWords) -> DataRow:
    is_linked = len(str(value)) <= LONGEST_VALUE
    return DataRow(words.value(facet, value), count, value if is_linked else None, is_linked)


def _owner_rows(figures: Figures, words: BoardWords) -> list[DataRow]:
    rows = [_row("owner", *one, words) for one in figures.owners]
    if figures.other_owners:
        name = words.wording.say("chart_other_owners", count=figures.other_owners)
        rows.append(DataRow(name, figures.other_owners_items, None, is_linked=False))
    return rows


def _name(item: PlanItem) -> str:
    return readable(f"{item.number} {item.title}" if item.number else item.title)


def _head(year: int, words: BoardWords) -> str:
    return era_year(year) if words.language == "ja" else f"FY{year}"
