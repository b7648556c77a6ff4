"""A question and the documents it may be about in, those whose plan it names out."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from assistant.knowledge import Knowledge
from assistant.names import bare
from assistant.understanding.masking import mask
from assistant.understanding.named_sections import NUMBERED_PART
from ingest.fiscal_year import find_years

# As many characters of a title, and no fewer, are taken for its name: 「実施計画」 alone may be any.
_SHORTEST_NAME = 6


def plans_named(text: str, documents: frozenset[str], knowledge: Knowledge) -> frozenset[str]:
    """Keep the documents whose title the question names by a part that no other title has; all when it names none."""
    asked = bare(_without_years(text))
    titles = {document: bare(knowledge.title_of(document)) for document in documents}
    if part := NUMBERED_PART.search(text):
        documents = _of_part(part[0], titles) or documents
    runs = {document: _longest_run(asked, title) for document, title in titles.items()}
    named = max(runs.values(), key=len, default="")
    if len(named) < _SHORTEST_NAME or any(named in title for title in knowledge.titles.values()):
        return documents
    return frozenset(document for document in documents if named in titles[document]) or documents


def prints_part(title: str, part: str) -> bool:
    """Tell whether a title prints a numbered part: 「柱4」 in 「… 政策の柱4 まちづくり」, but not in 「柱41」."""
    return re.search(rf"{re.escape(bare(part))}(?!\d)", bare(title)) is not None


def _of_part(part: str, titles: Mapping[str, str]) -> frozenset[str]:
    """The documents that are one part of a plan each, and this one by their titles."""
    return frozenset(document for document, title in titles.items() if prints_part(title, part))


def _without_years(text: str) -> str:
    """Blank years out: they pick a report by what it is on, not by its name."""
    for mention in find_years(text):
        text = mask(text, mention.start, mention.end)
    return text


def _longest_run(asked: str, title: str) -> str:
    match = SequenceMatcher(None, asked, title, autojunk=False).find_longest_match()
    return asked[match.a : match.a + match.size]
