"""A question with the city's own words in, the same in the words of the plans out: renamed departments, nicknames."""

import re

from assistant.answers import Scope
from assistant.knowledge import Knowledge
from assistant.names import bare

_DEPARTMENT = re.compile(r"[課室局署部所]$")


def in_plan_words(text: str, knowledge: Knowledge, scope: Scope) -> str:
    """Replace each of the city's own words that the plans do not print by the word of its group that they print."""
    groups = knowledge.corpus.words.own
    named = [(word, group) for group in groups for word in group if word in text]
    if not named:
        return text
    documents = knowledge.documents_in(scope.municipality, scope.plan)
    for word, group in sorted(named, key=lambda entry: -len(entry[0])):
        printed = next((one for one in group if one != word and _is_printed(one, knowledge, documents)), None)
        if printed and not _is_printed(word, knowledge, documents):
            text = text.replace(word, printed)
    return text


def _is_printed(word: str, knowledge: Knowledge, documents: frozenset[str]) -> bool:
    """Tell whether the plans print a word; a department's name may stand in a longer one without being it."""
    if _DEPARTMENT.search(word) and knowledge.owners_in(documents):
        return word in knowledge.owners_in(documents)
    return bare(word) in knowledge.text_in(documents)
