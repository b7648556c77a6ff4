"""An answer in, HTML whose [1] marks lead to the list of its sources out."""

import re

from markupsafe import Markup

from assistant.answers import CITATION_MARK, Answer
from assistant.channels.html import answer_html
from ingest.plan_items import PlanItem

_NUMBERED = re.compile(r"<ol>.*?</ol>", re.DOTALL)


def linked_answer(answer: Answer) -> Markup:
    """Return the answer as HTML that is safe to insert; the items of a list are left to its table."""
    known = {str(citation.number) for citation in answer.citations}

    def link(found: re.Match[str]) -> str:
        number = found[1]
        return f'<a class="mark-link" href="#source-{number}">[{number}]</a>' if number in known else found[0]

    html = answer_html(answer.text)
    # The cleaned HTML has no attributes: a mark stands in text only.
    return Markup(CITATION_MARK.sub(link, _NUMBERED.sub("", html) if answer.is_list else html))


def cited_at(answer: Answer, item: PlanItem) -> int | None:
    """Return the number of the citation of a listed item; another document may tell of it under another id."""
    by_id = (citation.number for citation in answer.citations if citation.item_id == item.id)
    by_title = (citation.number for citation in answer.citations if citation.item_title == item.title)
    return next(by_id, None) or next(by_title, None)
