"""The proven sentences of a model and the rules' own answer in, whether the first still say what was asked out."""

from collections.abc import Iterable, Mapping, Sequence

from assistant.answering import Worked
from assistant.composing.drafts import Statement
from assistant.generating.facts import Kind, facts_in
from assistant.names import bare
from vectorstore.tokens import content_words

# How much of what the rules answered must be said again, in shares of its words.
_SHARE = 0.6
_KINDS: Mapping[str, Kind] = {"owner": "department", "schedule": "year"}


def stands(kept: Sequence[Statement], worked: Worked, states: Iterable[str]) -> bool:
    """Tell whether every fact and state of the rules' answer is still there, and enough of its words.

    Of the field that was asked for nothing may have been added either: one more department is one too many.
    """
    assert worked.request is not None
    said = "\n".join(statement.text for statement in kept)
    ruled = "\n".join(statement.text for statement in worked.draft.statements if statement.sources)
    if not _holds(said, ruled) or any(state in ruled and state not in said for state in states):
        return False
    asked = {_KINDS[name] for name in worked.request.fields if name in _KINDS}
    if any(fact.kind in asked and not fact.is_stated_by(facts_in(ruled)) for fact in facts_in(said)):
        return False
    return _share_of_words(said, ruled) >= _SHARE


def _holds(said: str, ruled: str) -> bool:
    stated = facts_in(said)
    return all(fact.is_stated_by(stated) for fact in facts_in(ruled))


def _share_of_words(said: str, ruled: str) -> float:
    wanted = {bare(word.surface) for word in content_words(ruled)}
    printed = bare(said)
    return sum(word in printed for word in wanted) / len(wanted) if wanted else 1.0
