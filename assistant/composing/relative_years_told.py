"""A draft and the years that relative words (今年度) were taken for in, the draft that says so out."""

from collections.abc import Mapping
from dataclasses import replace

from assistant.composing.drafts import Draft, Statement
from assistant.replies import Replies
from ingest.fiscal_year import format_fiscal_year


def with_meant_years(draft: Draft, meant: Mapping[str, int], replies: Replies) -> Draft:
    """Say behind an answer which fiscal year each relative word of the question stands for."""
    told = (replies.say("meant_year", word=word, year=format_fiscal_year(year)) for word, year in meant.items())
    return replace(draft, statements=(*draft.statements, *map(Statement, told)))
