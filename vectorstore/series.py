"""All current documents in, what each is to the others out: another format, an earlier version, an earlier report.

Two documents are one plan only when title, years and items all say so: what is not certain stays two documents.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Literal, TypeAlias

from ingest.dates import date_of
from ingest.fiscal_year import find_years
from ingest.normalize import squeeze
from ingest.told import Kind
from vectorstore.contents import Contents, StoredDocument
from vectorstore.namesakes import may_be_one_place

Relation: TypeAlias = Literal["revision", "successor", "format"]

_PUNCTUATION = re.compile(r"[^\w]|_")
_REPORT = re.compile("進捗|実績|報告|評価|取組状況|実施状況|達成状況|結果")
_YEARS = re.compile(
    r"(?:令和|平成|[RH](?=\d))(?:元|\d{1,2})(?:年度?|(?=\D|$))?(?:版|分|末)?|20\d\d(?:年度?|(?=\D|$))?(?:版|分|末)?"
)
_NO_YEARS_LEFT = re.compile(r"[(（【〔\[]?[~-]+[)）】〕\]]?(?=$|[(（【〔\[])|[(（【〔\[][~-]*[)）】〕\]]")
# What one format prints below the title, and another in the same line: 改革プラン ～市民とともに～.
_SUBTITLE = re.compile(r"[~-].*$")
# How far a version is from the final one; only at the end of a title or in brackets, where editions are printed.
_EDITIONS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(rf"(?:[(（【〔\[「]\s*(?:{words})\s*[)）】〕\]」]|(?:{words})\s*$)"), rank)
    for words, rank in (
        ("骨子案?|たたき台", 1),
        ("素案|中間案|中間とりまとめ", 2),
        ("最終案|成案|修正案|答申案", 4),
        ("原案|計画案|案|パブリックコメント版?", 3),
        ("策定版|確定版|決定版|最終版", 5),
        ("改[訂定](?:版|案)?|一部改[訂定]|見直し版?|修正版?", 6),
        (r"第[\d一二三四五六七八九十]+(?:\.\d+)?版|ver\.?\s*[\d.]+", 6),
    )
)
_FINAL = 5
_SHORTEST_KEY = 4
# How many items two documents must share; more where their titles are not printed, but made from what is known.
_LINKED_SHARE, _MADE_TITLE_SHARE, _FORMAT_SHARE, _COPIED_SHARE = 0.5, 0.7, 0.7, 0.95
_FARTHEST_DATE = 10


@dataclass(frozen=True, slots=True)
class Version:
    """What a document is in its series; `superseded_by` is None for the newest.

    `relation` tells how it relates to the one that supersedes it: an earlier "revision" of the same plan, the report or
    plan of an earlier year ("successor" is the later one), or the same in another "format". `date` is printed, or the
    day of its ingest.
    """

    document_id: str
    date: str
    date_is_printed: bool
    superseded_by: str | None = None
    relation: Relation | None = None


def versions_of(contents: Contents) -> dict[str, Version]:
    """Tell for each document whether it is current or by which it is superseded, and its date."""
    found = {document.id: _alone(document) for document in contents.documents}
    groups = list(_groups(contents.documents))
    prints = _prints(contents, {document.id for group in groups for document in group})
    for group in groups:
        for older, newer, relation in _links(group, prints):
            version = found[older.id]
            found[older.id] = Version(older.id, version.date, version.date_is_printed, newer.id, relation)
    return found


def without_outdated(document_ids: Iterable[str], versions: Mapping[str, Version]) -> frozenset[str]:
    """Leave out the documents of which a later revision, or the same in another format, is among them too."""
    inside = frozenset(document_ids)
    return frozenset(one for one in inside if not any(later in inside for later in _replacing(one, versions)))


def date_of_version(document: StoredDocument) -> tuple[str, bool]:
    """Return the date of what a document says as printed, else the day of its ingest; and whether it is printed."""
    if document.as_of is not None:
        return document.as_of, True
    day = document.ingested_at
    return f"{day.year}年{day.month}月{day.day}日取り込み", False


def is_report(title: str, kind: Kind | None) -> bool:
    """Tell whether a document reports on a plan, by what was told or by its title."""
    return kind == "report" if kind else _REPORT.search(title) is not None


def title_key(title: str, municipality: str | None) -> str:
    """Return what the titles of all versions of one plan share: no city, edition, year, punctuation or blanks."""
    text = squeeze(title)
    for edition, _ in _EDITIONS:
        text = edition.sub("", text)
    text = _NO_YEARS_LEFT.sub("", _YEARS.sub("", text)).removeprefix(municipality or "")
    head = _SUBTITLE.sub("", text)
    text = head if len(head) >= _SHORTEST_KEY else text
    return _PUNCTUATION.sub("", text).casefold()


def years_of(document: StoredDocument) -> tuple[int, ...]:
    """Return the years a document is about: those of its title, else its period."""
    titled = sorted({mention.year for mention in find_years(document.title)})
    return tuple(titled) or document.period or ()


def _alone(document: StoredDocument) -> Version:
    date, is_printed = date_of_version(document)
    return Version(document.id, date, is_printed)


def _replacing(document_id: str, versions: Mapping[str, Version]) -> Iterator[str]:
    version = versions.get(document_id)
    while version is not None and version.superseded_by and version.relation != "successor":
        yield version.superseded_by
        version = versions.get(version.superseded_by)


def _prints(contents: Contents, document_ids: set[str]) -> dict[str, frozenset[str]]:
    """The titles of each document's items; of one without items, the texts of its passages."""
    titles: dict[str, set[str]] = {}
    for item in contents.items:
        if item.document_id in document_ids:
            titles.setdefault(item.document_id, set()).add(_plain(item.title))
    texts: dict[str, set[str]] = {}
    for passage in contents.passages:
        if passage.document_id in document_ids and passage.document_id not in titles:
            texts.setdefault(passage.document_id, set()).add(_plain(passage.text))
    return {document: frozenset(found) for document, found in (titles | texts).items()}


@lru_cache(maxsize=2**16)
def _plain(text: str) -> str:
    # Remembered, as versions print the same texts, and every change of the corpus compares them anew.
    return _PUNCTUATION.sub("", squeeze(text))


def _groups(documents: Sequence[StoredDocument]) -> Iterator[list[StoredDocument]]:
    """Documents that may belong together: by the series that was told, else by title and kind."""
    groups: dict[tuple[object, ...], list[StoredDocument]] = {}
    for document in documents:
        key = title_key(document.title, document.municipality)
        if document.series is not None:
            groups.setdefault(("told", document.series, is_report(document.title, document.kind)), []).append(document)
        elif len(key) >= _SHORTEST_KEY:
            groups.setdefault(("read", key, is_report(document.title, document.kind)), []).append(document)
    yield from (group for group in groups.values() if len(group) > 1)


def _links(
    group: list[StoredDocument], prints: Mapping[str, frozenset[str]]
) -> Iterator[tuple[StoredDocument, StoredDocument, Relation]]:
    """Every copy with the one that stands for it, and those that stand for something, each with the next newer."""
    standing: list[StoredDocument] = []
    for document in sorted(group, key=lambda one: _fullness(one, prints), reverse=True):
        original = next((one for one in standing if _is_copy(document, one, prints)), None)
        if original is None:
            standing.append(document)
        else:
            yield document, original, "format"
    for chain in _chains(standing, prints):
        for older, newer in pairwise(_by_age(chain)):
            yield older, newer, "revision" if _same_years(older, newer) else "successor"


def _chains(documents: list[StoredDocument], prints: Mapping[str, frozenset[str]]) -> Iterator[list[StoredDocument]]:
    chain_of = {document.id: [document] for document in documents}
    for one, other in combinations(documents, 2):
        if chain_of[one.id] is not chain_of[other.id] and _is_linked(one, other, prints):
            merged = chain_of[one.id] + chain_of[other.id]
            chain_of |= {document.id: merged for document in merged}
    yield from {id(chain): chain for chain in chain_of.values() if len(chain) > 1}.values()


def _is_linked(one: StoredDocument, other: StoredDocument, prints: Mapping[str, frozenset[str]]) -> bool:
    if not may_be_one_place(one, other):
        return False
    printed = one.title_is_printed and other.title_is_printed
    return one.series is not None or _share(one, other, prints) >= (_LINKED_SHARE if printed else _MADE_TITLE_SHARE)


def _is_copy(one: StoredDocument, other: StoredDocument, prints: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether two documents are the same, of the same date and edition: in two formats, or twice in one."""
    if not may_be_one_place(one, other) or not _same_years(one, other) or _edition(one.title) != _edition(other.title):
        return False
    if len({_date(document) for document in (one, other)} - {None}) > 1:
        return False
    return _share(one, other, prints) >= (_COPIED_SHARE if one.encoding == other.encoding else _FORMAT_SHARE)


def _fullness(document: StoredDocument, prints: Mapping[str, frozenset[str]]) -> tuple[int, int, bool, str]:
    """Of two formats the one stands for both that was read best; of equals the one with pages, then the newer."""
    gaps = sum(document.report.missing.values())
    return (
        len(prints.get(document.id, ())),
        -gaps,
        document.encoding == "pdf",
        document.ingested_at.isoformat(),
    )


def _by_age(chain: list[StoredDocument]) -> list[StoredDocument]:
    """From the oldest to the newest: by year, edition, printed date, then by the day of ingest."""
    latest = max((year for document in chain for year in years_of(document)), default=0)

    def age(document: StoredDocument) -> tuple[int, int, tuple[int, int, int], str]:
        year = max(years_of(document), default=latest)
        return year, _edition(document.title), _date(document) or (0, 0, 0), document.ingested_at.isoformat()

    return sorted(chain, key=age)


def _edition(title: str) -> int:
    text = squeeze(title)
    return next((rank for words, rank in _EDITIONS if words.search(text)), _FINAL)


def _date(document: StoredDocument) -> tuple[int, int, int] | None:
    """The printed date, unless it is too far from the document's years to be right."""
    date, years = date_of(document.as_of or ""), years_of(document)
    if date is None or (years and min(abs(date[0] - year) for year in years) > _FARTHEST_DATE):
        return None
    return date


def _same_years(one: StoredDocument, other: StoredDocument) -> bool:
    mine, others = years_of(one), years_of(other)
    return not mine or not others or mine == others


def _share(one: StoredDocument, other: StoredDocument, prints: Mapping[str, frozenset[str]]) -> float:
    mine, others = prints.get(one.id, frozenset()), prints.get(other.id, frozenset())
    return 2 * len(mine & others) / max(1, len(mine) + len(others))
