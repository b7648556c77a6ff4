"""A draft in, the same draft saying which version of a plan it rests on out; nothing where there is only one."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.composing.drafts import Draft, Statement
from assistant.knowledge import Knowledge
from assistant.replies import Replies


def with_version_notes(draft: Draft, knowledge: Knowledge, replies: Replies) -> Draft:
    """Add the date of each cited document that has earlier drafts, and name the newer one of each that is older.

    Reports on different years are no versions of each other: what they say is told with its year.
    """
    if draft.outcome != "answered":
        return draft
    cited = dict.fromkeys(source.document_id for statement in draft.statements for source in statement.sources)
    notes = tuple(Statement(note) for note in _notes(list(cited), knowledge, replies))
    return replace(draft, statements=(*draft.statements, *notes))


def _notes(cited: list[str], knowledge: Knowledge, replies: Replies) -> Iterator[str]:
    versions = knowledge.corpus.versions
    real = {one: found for one, found in versions.items() if found.superseded_by and found.relation == "revision"}
    newest = {found.superseded_by for found in real.values()} - real.keys()
    for one in cited:
        said = {"title": knowledge.title_of(one), "date": versions[one].date}
        if one in newest:
            yield replies.say("version_newest", **said)
        elif one in real and (newer := real[one].superseded_by) and newer not in cited:
            yield replies.say("version_older", **said, newer=knowledge.title_of(newer), newer_date=versions[newer].date)
