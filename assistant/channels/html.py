"""Markdown of an answer in, safe HTML out; and the lines of a source document as a page that citations point into."""

from collections.abc import Iterable
from functools import cache
from html import escape

import nh3
from markdown_it import MarkdownIt

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "code"}
_PAGE = """<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="/documents.css">
</head>
<body>
<h1>{title}</h1>
<p>{source}</p>
<ol>
{lines}
</ol>
</body>
</html>
"""
STYLE = """body { font-family: sans-serif; line-height: 1.7; margin: 1rem auto; max-width: 60rem; padding: 0 1rem; }
ol { padding-left: 4rem; }
li { overflow-wrap: anywhere; white-space: pre-wrap; }
li::marker { color: #595959; font-size: 0.8rem; }
li:target { background: #fff3bf; outline: 2px solid #b35c00; }
"""


def answer_html(markdown: str) -> str:
    """Return the answer as HTML that is safe to insert into a page: no links, no images, no attributes."""
    return nh3.clean(_markdown().render(markdown), tags=_TAGS, attributes={})


def document_page(title: str, source: str, lines: Iterable[str]) -> str:
    """Return a page with one anchor #L<number> for every line, from 1."""
    rows = (f'<li id="L{number}">{escape(text)}</li>' for number, text in enumerate(lines, 1))
    return _PAGE.format(title=escape(title), source=escape(source), lines="\n".join(rows))


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
