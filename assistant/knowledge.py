"""A corpus snapshot in, the names it knows out: titles, departments, sections, places, by document."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant.column_values import values_of_columns
from assistant.editions import Edition, editions_of
from assistant.names import bare, same_place, same_plan
from assistant.sounds import spellings_of
from assistant.united import rows_of, unite
from ingest.fiscal_year import find_years
from ingest.normalize import squeeze
from ingest.plan_items import ItemHeader, Passage, PlanItem
from vectorstore.contents import StoredDocument
from vectorstore.corpus import Corpus
from vectorstore.item_filter import ColumnValue
from vectorstore.series import without_outdated

_SPELLED_CHARACTERS = 200_000


@dataclass(frozen=True, slots=True)
class SectionLabel:
    """One section of a document: its path of headings and the compared form of its last heading."""

    document_id: str
    path: tuple[str, ...]
    name: str


class _View:
    """The items of some documents, and which of them each printed item belongs to."""

    def __init__(self, items: tuple[PlanItem, ...]) -> None:
        self.items = items
        self.by_id = {row.id: item for item in items for row in rows_of(item)}
        self.column_values = values_of_columns(items)


class Knowledge:
    """What one corpus snapshot knows, arranged for understanding and looking up."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.items: dict[str, PlanItem] = {item.id: item for item in corpus.items}
        self._views: dict[frozenset[str], _View] = {}
        self._texts_in: dict[frozenset[str], str] = {}
        self._spellings: dict[frozenset[str], dict[str, str]] = {}
        self.titles: dict[str, str] = {item.id: bare(item.title) for item in corpus.items}

    @cached_property
    def texts(self) -> dict[str, str]:
        """Everything each item says, in its compared form, by item id."""
        return {item.id: bare(_all_of(item)) for item in self.corpus.items}

    @cached_property
    def department_names(self) -> tuple[str, ...]:
        """Every department that owns an item of any plan."""
        return tuple({squeeze(owner) for item in self.corpus.items for owner in item.owners})

    @cached_property
    def editions(self) -> Mapping[str, Edition]:
        """What each document is to its plan, by document id."""
        return editions_of(self.corpus.documents, self.corpus.items)

    def header_of(self, row: PlanItem) -> ItemHeader | None:
        """The table header that a row stands under."""
        above = (header for header in self._headers.get(row.document_id, ()) if header.line <= row.line_start)
        return max(above, key=lambda header: header.line, default=None)

    def label_printed(self, row: PlanItem, field: str) -> str | None:
        """What the column of a row's field is called in print."""
        header = self.header_of(row)
        return header.labels.get(field) if header else None

    @cached_property
    def _headers(self) -> dict[str, tuple[ItemHeader, ...]]:
        return {document.id: document.report.item_headers for document in self.corpus.documents}

    @cached_property
    def municipalities(self) -> tuple[str, ...]:
        """Every municipality of which a plan is loaded, once."""
        return tuple(dict.fromkeys(d.municipality for d in self.corpus.documents if d.municipality))

    @cached_property
    def sections(self) -> tuple[SectionLabel, ...]:
        """Every section that holds items, deepest paths included, each prefix once."""
        paths = {
            (i.document_id, i.section[:depth]) for i in self.corpus.items for depth in range(1, len(i.section) + 1)
        }
        return tuple(SectionLabel(doc, path, bare(path[-1])) for doc, path in sorted(paths))

    @cached_property
    def source_text(self) -> dict[str, str]:
        """The squeezed text of each document, as far as passages hold it: what a quote must occur in."""
        texts: dict[str, list[str]] = {}
        for passage in self.corpus.passages:
            texts.setdefault(passage.document_id, []).extend((*passage.section, passage.text))
        for item in self.corpus.items:
            texts.setdefault(item.document_id, []).append(item.printed.get("row", ""))
        for document in self.corpus.documents:
            texts.setdefault(document.id, []).extend(header.text for header in document.report.item_headers)
        return {document_id: squeeze("\n".join(parts)) for document_id, parts in texts.items()}

    def text_in(self, documents: frozenset[str] | None) -> str:
        """Everything some documents print, in its compared form."""
        key = documents if documents is not None else frozenset(self.source_text)
        if key not in self._texts_in:
            printed = [bare(self.source_text.get(document, "")) for document in sorted(key)]
            self._texts_in[key] = "\n".join(printed)
        return self._texts_in[key]

    @cached_property
    def passages_of(self) -> dict[str, tuple[Passage, ...]]:
        """The passages of each document in print order."""
        passages: dict[str, list[Passage]] = {}
        for passage in sorted(self.corpus.passages, key=lambda p: p.line_start):
            passages.setdefault(passage.document_id, []).append(passage)
        return {document: tuple(found) for document, found in passages.items()}

    def documents_in(self, municipality: str | None, plan: str | None) -> frozenset[str]:
        """Ids of the current documents inside a scope: none that another document inside it replaces."""
        return without_outdated(self._documents_in(municipality, plan), self.corpus.versions)

    def _documents_in(self, municipality: str | None, plan: str | None) -> frozenset[str]:
        """Ids of the documents inside a scope; a plan is found by its title or by a name its text uses."""
        inside = [d for d in self.corpus.documents if _fits(municipality, d)]
        if plan is None:
            return frozenset(d.id for d in inside)
        exact = frozenset(d.id for d in inside if bare(d.title) == bare(plan))
        if exact:
            return exact
        titled = [d.id for d in inside if same_plan(plan, d.title)]
        return frozenset(titled or [d.id for d in inside if squeeze(plan) in self.source_text.get(d.id, "")])

    def spellings(self, documents: frozenset[str] | None) -> dict[str, str]:
        """The plans' spelling of each noun by how it sounds; the longest text read is bounded to keep this quick."""
        key = documents if documents is not None else frozenset(self.passages_of)
        if key not in self._spellings:
            parts = [p.search_text for d in key for p in self.passages_of.get(d, ())]
            self._spellings[key] = spellings_of("\n".join(parts)[:_SPELLED_CHARACTERS])
        return self._spellings[key]

    def items_in(self, documents: frozenset[str] | None) -> tuple[PlanItem, ...]:
        """The items of some documents, in print order; what several of them print is one item."""
        return self._view(documents).items

    def item(self, item_id: str, documents: frozenset[str] | None) -> PlanItem | None:
        """The item that a printed row belongs to, as the documents together print it, be the row theirs or not."""
        inside = self._view(documents).by_id
        whole = self._view(None).by_id.get(item_id)
        rows = (item_id, *(row.id for row in rows_of(whole))) if whole else (item_id,)
        return next((inside[row] for row in rows if row in inside), None)

    def text_of(self, item: PlanItem) -> str:
        """Everything an item says, in its compared form."""
        return "\n".join(self.texts[row.id] for row in rows_of(item))

    def _view(self, documents: frozenset[str] | None) -> "_View":
        key = documents if documents is not None else frozenset(d.id for d in self.corpus.documents)
        if key not in self._views:
            printed = [item for item in self.corpus.items if item.document_id in key]
            outdated = key - without_outdated(key, self.corpus.versions)
            self._views[key] = _View(unite(printed, self.editions, outdated))
        return self._views[key]

    def years_of(self, documents: frozenset[str] | None) -> frozenset[int]:
        """The fiscal years that plans are about: their periods, and the years in their titles and headings."""
        years: set[int] = set()
        for document in self.corpus.documents:
            if documents is None or document.id in documents:
                first, last = document.period or (0, -1)
                years |= set(range(first, last + 1))
                years |= {mention.year for mention in find_years(document.title)}
        for item in self.items_in(documents):
            years |= {mention.year for part in item.section for mention in find_years(part)}
        return frozenset(years)

    def reported_years(self, documents: frozenset[str] | None) -> frozenset[int]:
        """The fiscal years that reports are on."""
        inside = (e for d, e in self.editions.items() if documents is None or d in documents)
        return frozenset(year for edition in inside if edition.role == "report" for year in edition.years)

    def with_reports_on(self, years: Iterable[int], documents: frozenset[str] | None) -> frozenset[str]:
        """The documents without the reports that are on other years."""
        wanted, inside = set(years), documents if documents is not None else frozenset(self.editions)
        return frozenset(
            d for d in inside if not (self.editions[d].is_dated_report and wanted.isdisjoint(self.editions[d].years))
        )

    def column_values_in(self, documents: frozenset[str] | None) -> tuple[ColumnValue, ...]:
        """The values that columns of the documents' own repeat."""
        return self._view(documents).column_values

    def owners_in(self, documents: frozenset[str] | None) -> Counter[str]:
        """How many items each department holds, by any of the documents."""
        owners = (dict.fromkeys(o for row in rows_of(item) for o in row.owners) for item in self.items_in(documents))
        return Counter(owner for of_item in owners for owner in of_item)

    def document(self, document_id: str) -> StoredDocument | None:
        """A document by its id."""
        return next((d for d in self.corpus.documents if d.id == document_id), None)

    def title_of(self, document_id: str) -> str:
        """The title of a document."""
        return next((d.title for d in self.corpus.documents if d.id == document_id), "")


def _all_of(item: PlanItem) -> str:
    parts = (
        item.title, item.content, *item.goals, item.schedule, item.plan_summary, item.result, item.issues,
        item.next_steps, *item.fields.values(), *item.owners,
        # Who has the document before them asks by the title that it prints.
        *(correction.raw for correction in item.corrections if correction.field == "title"),
    )  # fmt: skip
    return "\n".join(part for part in parts if part)


def _fits(wanted: str | None, document: StoredDocument) -> bool:
    """Tell whether a document is the municipality's, by what was read from it or by its title."""
    if wanted is None:
        return True
    if document.municipality is not None and same_place(wanted, document.municipality):
        return True
    return len(wanted) > 1 and squeeze(wanted) in squeeze(document.title)
