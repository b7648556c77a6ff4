"""Markdown of an answer in, safe HTML out."""

import re
from functools import cache

import nh3
from markdown_it import MarkdownIt

from assistant.channels.inert import inert

# A document may hold them to show other words than it has.
_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "code"}


def answer_html(markdown: str) -> str:
    """Return the answer as HTML that is safe to insert into a page: no links, no images, no attributes."""
    return nh3.clean(_markdown().render(inert(without_turns(markdown))), tags=_TAGS, attributes={})


def without_turns(text: str) -> str:
    """Return the text without characters that make what follows run the other way."""
    return _TURNS.sub("", text)


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
