"""A question and the documents it is about in, the pairs of versions that it asks to compare out."""

from dataclasses import dataclass

from assistant.knowledge import Knowledge
from ingest.fiscal_year import find_years
from vectorstore.contents import StoredDocument
from vectorstore.series import Version, is_report, years_of
from vectorstore.tokens import content_words

_REPORT_WORDS = frozenset({"進捗", "報告", "報告書", "実績", "評価"})


@dataclass(frozen=True, slots=True)
class VersionPair:
    """An older and a newer version of one plan, or two reports on it, with the date of each."""

    old: StoredDocument
    new: StoredDocument
    old_version: Version
    new_version: Version


def version_pairs(text: str, documents: frozenset[str] | None, knowledge: Knowledge) -> tuple[VersionPair, ...]:
    """Find what `text` can compare: of each series the two of the years it names, else the two newest."""
    chains = [chain for chain in _chains(knowledge) if documents is None or documents.intersection(_ids(chain))]
    years = {mention.year for mention in find_years(text)}
    meant = [chosen for chain in chains if len(chosen := _of_years(chain, years)) > 1]
    chains = meant or chains
    if any(word.surface in _REPORT_WORDS for word in content_words(text)):
        chains = [chain for chain in chains if is_report(chain[-1].title, chain[-1].kind)] or chains
    return tuple(_pair(chain[0 if meant else -2], chain[-1], knowledge) for chain in chains)


def _chains(knowledge: Knowledge) -> list[list[StoredDocument]]:
    """Each series from its oldest to its newest version; other formats of a version are no versions."""
    by_id = {document.id: document for document in knowledge.corpus.documents}
    later = {
        version.document_id: version.superseded_by
        for version in knowledge.corpus.versions.values()
        if version.superseded_by and version.relation != "format"
    }
    oldest = [one for one in later if one not in later.values()]
    return [[by_id[one] for one in _following(first, later)] for first in oldest]


def _following(first: str, later: dict[str, str]) -> list[str]:
    chain = [first]
    while chain[-1] in later:
        chain.append(later[chain[-1]])
    return chain


def _of_years(chain: list[StoredDocument], years: set[int]) -> list[StoredDocument]:
    return [document for document in chain if years.intersection(years_of(document))]


def _ids(chain: list[StoredDocument]) -> set[str]:
    return {document.id for document in chain}


def _pair(old: StoredDocument, new: StoredDocument, knowledge: Knowledge) -> VersionPair:
    versions = knowledge.corpus.versions
    return VersionPair(old, new, versions[old.id], versions[new.id])
