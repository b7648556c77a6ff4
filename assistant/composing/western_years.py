"""A draft whose years are Japanese in, the same with the western years beside them out."""

from dataclasses import replace

from assistant.composing.drafts import Draft, Statement
from assistant.replies import Replies
from ingest.fiscal_year import find_years


def in_western_years(draft: Draft, replies: Replies) -> Draft:
    """Add what the years of the statements are in the western calendar, proven by the same sources."""
    years: dict[str, int] = {}
    for statement in draft.statements:
        for mention in find_years(statement.text):
            years.setdefault(statement.text[mention.start : mention.end], mention.year)
    told = {printed: year for printed, year in years.items() if str(year) not in printed}
    if not told or draft.outcome != "answered":
        return draft
    sources = tuple(source for statement in draft.statements for source in statement.sources)
    pairs = "、".join(replies.say("western_year", printed=printed, year=year) for printed, year in told.items())
    added = Statement(replies.say("in_western_years", pairs=pairs), sources)
    return replace(draft, statements=(*draft.statements, added))
