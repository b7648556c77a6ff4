"""The text of a web page in, its tree of elements out, and the walk over them: nothing else here knows lxml."""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

from ingest.errors import DocumentTooLarge, UnreadableDocument

Element: TypeAlias = Any
MOST_TAGS = 1_000_000
MOST_ATTRIBUTES = 1_000
HEADINGS = {f"h{level}": level for level in range(1, 7)}
TABLE_CELLS = frozenset({"td", "th"})
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div"}
    | {"dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend"}
    | {"li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th"}
    | {"thead", "tr", "ul", *HEADINGS}
)
# What is emptied gets this name; it shows nothing, whatever it was before.
_EMPTIED = "template"
# Never shown as text: programs, settings, controls, and the readings above ruby characters.
SILENT = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "meta", "link", "iframe", "object", "embed", "applet"}
    | {"svg", "math", "canvas", "audio", "video", "map", "area", "input", "select", "textarea", "button", "datalist"}
    | {"rt", "rp", "noframes", "noembed", "img", "picture"}
)
# Programs, style sheets and comments hold "<" as they like.
_NO_MARKUP = re.compile(r"<(script|style)\b.*?(?:</\1|\Z)|<!--(?:-?>|.*?(?:--!?>|\Z))", re.IGNORECASE | re.DOTALL)
_LONG_TAG = re.compile(r"<[a-z](?:[^>=]++|=\s*+(?:\"[^\"]*+\"?|'[^']*+'?)?)*+", re.IGNORECASE)
_QUOTED = re.compile(r"=\s*+(?:\"[^\"]*+\"?|'[^']*+'?)")
_SEPARATOR = re.compile(r"[\s/]+[^\s/]")


def parse(name: str, text: str) -> Element | None:
    """Parse a page as browsers do, whatever is wrong with it; None when there is no element in it.

    Raises:
        DocumentTooLarge: it has more tags than a plan can sensibly have.
        UnreadableDocument: its elements are nested too deeply, or one of them holds too much.

    """
    if text.count("<") > MOST_TAGS:
        raise DocumentTooLarge(f"{name}: more than {MOST_TAGS:,} tags; save the part that is the plan as a page")
    if _has_too_many_attributes(text):
        raise UnreadableDocument(
            f"{name}: an element has more than {MOST_ATTRIBUTES:,} attributes, which no program writes;"
            " copy what the page shows into a text or Word file"
        )
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True
    )
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableDocument(
            f"{name}: its elements are nested more than 250 deep, or one of them holds more than 10 MB;"
            " copy what the page shows into a text or Word file"
        )
    return root


def _has_too_many_attributes(text: str) -> bool:
    """The parser compares every attribute of an element with all others: thousands would take it hours."""
    tags = (match[0] for match in _LONG_TAG.finditer(_NO_MARKUP.sub("", text)))
    return any(
        len(_SEPARATOR.findall(_QUOTED.sub("= ", tag))) > MOST_ATTRIBUTES for tag in tags if len(tag) > MOST_ATTRIBUTES
    )


def walk(root: Element) -> Any:
    """Iterate over ("start" | "end", element) in document order; the iterator's skip_subtree() passes over content."""
    return etree.iterwalk(root, events=("start", "end"))


def empty(elements: list[Element]) -> None:
    """Take away what these elements show; the text after them stays."""
    for element in elements:
        element.clear(keep_tail=True)
        element.tag = _EMPTIED


def shown_text(element: Element) -> str:
    """The text in an element on one line."""
    return " ".join("".join(_shown(element)).split())


def _shown(element: Element) -> Iterator[str]:
    steps = walk(element)
    for event, at in steps:
        if event == "start" and at.tag in SILENT and at is not element:
            steps.skip_subtree()
        elif event == "start":
            yield at.text or ""
        if event == "end" and at is not element:
            yield at.tail or ""
