"""An answer in, HTML whose [1] marks lead to the list of its sources out."""

import re

from markupsafe import Markup

from assistant.answers import Answer
from assistant.channels.html import answer_html

_MARK = re.compile(r"\[(\d+)\]")


def linked_answer(answer: Answer) -> Markup:
    """Return the answer as HTML that is safe to insert."""
    known = {str(citation.number) for citation in answer.citations}

    def link(found: re.Match[str]) -> str:
        number = found[1]
        return f'<a class="mark-link" href="#source-{number}">[{number}]</a>' if number in known else found[0]

    # The cleaned HTML has no attributes: a mark stands in text only.
    return Markup(_MARK.sub(link, answer_html(answer.text)))
