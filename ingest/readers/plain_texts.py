"""A text of which its file does not tell what it is in; whether it can be a heading, a note or a list out."""

from dataclasses import replace

from ingest.numbering import read_marker
from ingest.readers.layout import TextPart
from ingest.readers.lines import heading_form, is_contents_title, is_footnote_line, is_list_line

_HEADING_MARKS = ("編", "章", "節", "第", "roman")


def told_apart(part: TextPart) -> TextPart:
    """Tell a plain paragraph, however short, from what looks like a heading, a note or a list by its first signs."""
    first = part.text.split("\n")[0]
    can_be_more = is_footnote_line(first) or is_contents_title(first) or heading_form(first) is not None
    return part if can_be_more or list_mark(first) else replace(part, kind="paragraph")


def list_mark(text: str) -> str | None:
    """Return the kind of number or bullet that an entry of a list begins with."""
    if is_list_line(text):
        return "bullet"
    marker = read_marker(text)
    return marker.kind if marker and marker.kind not in _HEADING_MARKS else None
