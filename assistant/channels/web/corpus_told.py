"""The corpus in; what a page says of it beforehand out: its documents, their dates, questions to begin with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle, islice

from assistant.channels.web.wording import load_wording
from assistant.composing.suggestions import next_questions
from assistant.replies import load_replies
from ingest.fiscal_year import format_fiscal_year
from ingest.plan_items import PlanItem
from ingest.today import JAPAN
from vectorstore.contents import StoredDocument
from vectorstore.corpus import Corpus

# What an example no longer asks for, one example each: then the next field is asked for, at last the department's list.
_ASKED: tuple[tuple[str, ...], ...] = ((), ("owner",), ("owner", "goal", "schedule"))
_MOST_DOCUMENTS = 5


@dataclass(frozen=True, slots=True)
class DocumentTold:
    """A document as a page lists it."""

    address: str
    title: str
    municipality: str
    period: str
    as_of: str
    read_on: str
    item_count: int


def documents_told(corpus: Corpus, language: str) -> tuple[DocumentTold, ...]:
    """Return the current documents that no later version has replaced, by municipality."""
    current = [document for document in corpus.documents if not _is_replaced(document, corpus)]
    current.sort(key=lambda document: document.municipality or "")
    return tuple(_told(document, language) for document in current)


def updated_on(documents: Iterable[StoredDocument], language: str) -> str:
    """Return the day on which a document was read last; empty when there is none."""
    newest = max((document.ingested_at for document in documents), default=None)
    return _day(newest, language) if newest else ""


def titles_told(corpus: Corpus, municipality: str | None) -> list[str]:
    """Return what the first documents are called and of what date they are."""
    documents = [document for document in corpus.documents if municipality in (None, document.municipality)]
    return [f"{one.title}（{one.as_of}）" if one.as_of else one.title for one in documents[:_MOST_DOCUMENTS]]


def examples_of(items: Sequence[PlanItem], language: str, municipality: str | None) -> list[str]:
    """Return questions that the items answer, to begin with: of several items, each for something else."""
    replies = load_replies("en" if language == "en" else "ja")
    within = (item for item in items if municipality in (None, item.municipality))
    some = list(islice((item for item in within if item.owners and item.title_is_printed), len(_ASKED)))
    asked = (next_questions(item, fields, replies) for item, fields in zip(cycle(some), _ASKED, strict=False))
    return list(dict.fromkeys(first for first, *_ in filter(None, asked)))


def _is_replaced(document: StoredDocument, corpus: Corpus) -> bool:
    version = corpus.versions.get(document.id)
    return version is not None and version.superseded_by is not None


def _told(document: StoredDocument, language: str) -> DocumentTold:
    return DocumentTold(
        f"/documents/{document.id}",
        document.title,
        document.municipality or "",
        _period(document.period, language),
        document.as_of or "",
        _day(document.ingested_at, language),
        document.item_count,
    )


def _period(period: tuple[int, int] | None, language: str) -> str:
    if period is None:
        return ""
    years = [str(year) if language == "en" else format_fiscal_year(year) for year in dict.fromkeys(period)]
    return ("–" if language == "en" else "～").join(years)


def _day(moment: datetime, language: str) -> str:
    day = moment.astimezone(JAPAN)
    return load_wording(language).say("day", year=day.year, month=day.month, day=day.day)
