"""An answer in, HTML whose [1] marks lead to the list of its sources out."""

import re

from markupsafe import Markup

from assistant.answers import Answer
from assistant.channels.html import answer_html
from ingest.plan_items import PlanItem

_MARK = re.compile(r"\[(\d+)\]")
_NUMBERED = re.compile(r"<ol>.*?</ol>", re.DOTALL)


def linked_answer(answer: Answer) -> Markup:
    """Return the answer as HTML that is safe to insert; the items of a list are left to its table."""
    known = {str(citation.number) for citation in answer.citations}

    def link(found: re.Match[str]) -> str:
        number = found[1]
        return f'<a class="mark-link" href="#source-{number}">[{number}]</a>' if number in known else found[0]

    html = answer_html(answer.text)
    # The cleaned HTML has no attributes: a mark stands in text only.
    return Markup(_MARK.sub(link, _NUMBERED.sub("", html) if is_list(answer) else html))


def is_list(answer: Answer) -> bool:
    """Tell whether the answer is a list of items, which is shown as a table."""
    return answer.outcome == "answered" and bool(answer.items) and answer.total is not None


def cited_at(answer: Answer, item: PlanItem) -> int | None:
    """Return the number of the citation of a listed item; another document may tell of it under another id."""
    by_id = (citation.number for citation in answer.citations if citation.item_id == item.id)
    by_title = (citation.number for citation in answer.citations if citation.item_title == item.title)
    return next(by_id, None) or next(by_title, None)
