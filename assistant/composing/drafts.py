"""What a composer hands to verification: statements, each with the sources that must prove it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.answers import Mode, Outcome, Reason, SourceKind
from assistant.united import UnitedItem
from ingest.normalize import squeeze
from ingest.places import Place
from ingest.plan_items import Correction, ItemHeader, Passage, PlanItem

_WORD = re.compile(r"[^\W_]")
# A schedule is told by its years.
_TOLD_WITH = {"schedule": "target_fiscal_years"}


@dataclass(frozen=True, slots=True)
class Source:
    """A verbatim quote and where it stands; `place` is where in a file that has no lines of its own.

    `header` is that of the table from which quoted rows were cut off: printed there, but no part of the quote.
    `corrections` are those by staff of what is stated from here; of a source that is itself one, `kind` says so.
    """

    document_id: str
    source: str
    municipality: str | None
    section: tuple[str, ...]
    quote: str
    line_start: int
    line_end: int
    item_id: str | None = None
    item_title: str | None = None
    page: int | None = None
    place: Place | None = None
    header: str = ""
    corrections: tuple[Correction, ...] = ()
    kind: SourceKind = "print"

    @classmethod
    def of_item(cls, item: PlanItem, *fields: str, sentence: str = "") -> "Source":
        """Quote a sentence, or the first of an item's printed cells that holds a word or a figure.

        Where the title is not printed the whole row is quoted, which alone shows what the quote belongs to.
        """
        if isinstance(item, UnitedItem):
            # The same words may stand elsewhere: the row that the field is from comes first.
            own = item.holder(fields)
            rows = (own, *item.members) if sentence else ()
            holding = (row for row in rows if squeeze(sentence) in squeeze(row.printed.get("row", "")))
            return cls.of_item(next(holding, own), *fields, sentence=sentence)
        wanted = ("row",) if not item.title_is_printed else (*fields, "title", "row")
        printed = squeeze(item.printed.get("row", ""))
        if sentence and item.title_is_printed and squeeze(sentence) in printed:
            return cls._of(item, sentence, fields)
        # Marks alone (○ ○) show nothing to who looks them up.
        quote = next((cell for name in wanted if _WORD.search(cell := item.printed.get(name, ""))), item.title)
        return cls._of(item, quote, fields)

    @classmethod
    def _of(cls, item: PlanItem, quote: str, fields: tuple[str, ...]) -> "Source":
        stated = {"title", *fields, *(_TOLD_WITH.get(field, "") for field in fields)}
        return cls(
            item.document_id, item.source, item.municipality, item.section, quote, item.line_start, item.line_end,
            item.id, item.title, item.page, item.place,
            corrections=tuple(one for one in item.corrections if one.field in stated),
        )  # fmt: skip

    @classmethod
    def of_header(cls, row: PlanItem, header: ItemHeader) -> "Source":
        """Quote the header of the table that a row stands in: it shows what a row is."""
        return cls(
            row.document_id, row.source, row.municipality, (), header.text, header.line, header.line_end, page=row.page
        )

    @classmethod
    def of_passage(cls, passage: Passage, quote: str | None = None) -> "Source":
        """Quote a passage, or the part of it that is used."""
        return cls(
            passage.document_id, passage.source, passage.municipality, passage.section, quote or passage.text,
            passage.line_start, passage.line_end, passage.item_id, None, passage.page,
            passage.place, passage.table_header,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of an answer and its sources; `is_quote` marks text that is printed just so.

    What `continues` stands in the same paragraph as the statement before it.
    """

    text: str
    sources: tuple[Source, ...] = ()
    is_quote: bool = False
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before its citations are numbered and verified.

    `plain` statements (greeting lines, totals, hints) need no source; the others do.
    """

    outcome: Outcome
    statements: tuple[Statement, ...]
    reason: Reason | None = None
    items: tuple[PlanItem, ...] = ()
    total: int | None = None
    filters: Mapping[str, object] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    mode: Mode = "lookup"
