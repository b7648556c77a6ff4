"""A question and the documents it may be about in, those whose plan it names out."""

from difflib import SequenceMatcher

from assistant.knowledge import Knowledge
from assistant.names import bare

# As many characters of a title, and no fewer, are taken for its name: 「実施計画」 alone may be any.
_SHORTEST_NAME = 6


def plans_named(text: str, documents: frozenset[str], knowledge: Knowledge) -> frozenset[str]:
    """Keep the documents whose title the question names by a part that no other title has; all when it names none."""
    asked = bare(text)
    titles = {document: bare(knowledge.title_of(document)) for document in documents}
    runs = {document: _longest_run(asked, title) for document, title in titles.items()}
    named = max(runs.values(), key=len, default="")
    if len(named) < _SHORTEST_NAME or any(named in title for title in knowledge.titles.values()):
        return documents
    return frozenset(document for document, title in titles.items() if named in title)


def _longest_run(asked: str, title: str) -> str:
    match = SequenceMatcher(None, asked, title, autojunk=False).find_longest_match()
    return asked[match.a : match.a + match.size]
