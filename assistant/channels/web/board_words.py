"""Values of items in, how the board's pages say them in their language out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from assistant.channels.readable import readable
from assistant.channels.web.wording import Wording, load_wording
from ingest.fiscal_year import era_year, format_fiscal_year
from ingest.plan_items import PlanItem

_LONGEST_CELL, _LONGEST_VALUE = 160, 80


@dataclass(frozen=True, slots=True)
class BoardWords:
    """Sentences, years and cells in one language; `titles` are those of the documents by id."""

    language: str
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def wording(self) -> Wording:
        """The sentences of the language."""
        return load_wording(self.language)

    def year(self, year: int) -> str:
        """Return 令和7年度（2025年度）, or FY2025 (令和7年度)."""
        return format_fiscal_year(year) if self.language == "ja" else f"FY{year} ({era_year(year)})"

    def value(self, facet: str, value: object) -> str:
        """Return a facet's value as it is shown."""
        if value is None:
            return self.wording.say("board_not_printed")
        if isinstance(value, int):
            return self.year(value)
        if facet == "missing":
            return self.wording.say("board_missing_value", field=self.wording.say(f"field_{value}"))
        if facet == "document_id":
            return readable(self.titles.get(str(value), str(value)))
        return _cut(readable(" > ".join(value) if isinstance(value, list) else str(value)), _LONGEST_VALUE)

    def condition(self, facet: str, value: object) -> str:
        """Return a condition with its name."""
        if facet == "missing":
            return self.value(facet, value)
        name = self.wording.say(f"facet_{facet}")
        return self.wording.say("board_condition", name=name, value=self.value(facet, value))

    def cell(self, item: PlanItem, column: str) -> str:
        """Return what stands in a cell of the board, cut where it is long; "" where nothing is printed."""
        return _cut(readable(_CELLS[column](self, item)), _LONGEST_CELL)

    def place(self, item: PlanItem) -> str:
        """Return where an item stands in its file: a page, the cells of a sheet, or lines."""
        if item.page is not None:
            return self.wording.say("place_page", page=item.page)
        if item.place and item.place.sheet:
            return self.wording.say(
                "place_sheet", sheet=readable(item.place.sheet), cells=item.place.cells or ""
            ).strip()
        name = "place_line" if item.line_start == item.line_end else "place_lines"
        return self.wording.say(name, first=item.line_start, last=item.line_end)

    def years(self, item: PlanItem) -> str:
        """Return the target fiscal years; a run of years by its ends."""
        years = item.target_fiscal_years
        if len(years) > 1 and years[-1] - years[0] == len(years) - 1:
            return f"{self.year(years[0])}〜{self.year(years[-1])}"
        return "、".join(map(self.year, years))


_CELLS: Mapping[str, Callable[[BoardWords, PlanItem], str]] = {
    "municipality": lambda _, item: item.municipality or "",
    "plan": lambda _, item: item.plan,
    "section": lambda _, item: " > ".join(item.section),
    "number": lambda _, item: item.number or "",
    "title": lambda _, item: item.title,
    "status": lambda _, item: item.status or "",
    "content": lambda _, item: item.content or "",
    "goals": lambda _, item: "\n".join(item.goals),
    "schedule": lambda _, item: item.schedule or "",
    "target_fiscal_years": lambda words, item: words.years(item),
    "owners": lambda _, item: "、".join(item.owners),
    "progress": lambda _, item: item.progress or "",
    "result": lambda _, item: item.result or "",
    "issues": lambda _, item: item.issues or "",
    "next_steps": lambda _, item: item.next_steps or "",
    "source": lambda _, item: item.source,
    "page": lambda _, item: str(item.page or ""),
    "confidence": lambda _, item: f"{item.confidence:.0%}",
}


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
