"""Markdown of an answer in, safe HTML out."""

from functools import cache

import nh3
from markdown_it import MarkdownIt

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "code"}


def answer_html(markdown: str) -> str:
    """Return the answer as HTML that is safe to insert into a page: no links, no images, no attributes."""
    return nh3.clean(_markdown().render(markdown), tags=_TAGS, attributes={})


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
