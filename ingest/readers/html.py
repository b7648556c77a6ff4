"""A web page in; what it is about as text and tables, without the site around it, out.

A place is the number of the heading, paragraph, list entry or table on the page, 1-based.
"""

import re
from collections.abc import Iterator, Sequence

from ingest.decoding import check_size, decode
from ingest.documents import Fact
from ingest.errors import UnreadableDocument
from ingest.readers.layout import Layout
from ingest.readers.page_content import find_content
from ingest.readers.page_markup import parse
from ingest.readers.page_parts import PageParts, read_parts
from ingest.readers.page_visibility import drop_hidden

_HEAD = 4096
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
# What a page calls its encoding, and the wider ones that really are in use under that name.
_JAPANESE = {
    "euc-jp": ("euc_jp", "euc_jis_2004"),
    "x-euc-jp": ("euc_jp", "euc_jis_2004"),
    "iso-2022-jp": ("iso2022_jp", "iso2022_jp_ext"),
    "shift_jis": ("cp932",),
    "shift-jis": ("cp932",),
    "x-sjis": ("cp932",),
    "windows-31j": ("cp932",),
}
_ESCAPE = b"\x1b$"
_BEGIN, _END = re.compile(r"<html\b", re.IGNORECASE), re.compile(r"</html\s*>", re.IGNORECASE)
_FEW = 20
_SHOWN = 30


def read_layout(name: str, data: bytes) -> Layout:
    """Read a page: headings with their levels, paragraphs, list entries, and tables with their merged cells filled.

    Raises:
        IngestError: it is no text, larger than a plan can sensibly be, or nested too deeply.

    """
    text = _text(name, data)
    root = parse(name, text)
    if root is None:
        return Layout((), tuple(_remarks(text, (), 0, PageParts(()))))
    hidden = drop_hidden(root)
    content = find_content(root)
    page = read_parts(content, name)
    facts: dict[Fact, int] = {
        "pictures": page.pictures,
        "merged_cells": page.merged_cells,
        "hidden_text": len(hidden),
    }
    return Layout(
        page.parts,
        tuple(_remarks(text, hidden, content.dropped + page.dropped, page)),
        {fact: count for fact, count in facts.items() if count},
    )


def _text(name: str, data: bytes) -> str:
    """Read the page in UTF-8 if it can be, else as it says itself, else as any other text."""
    check_size(name, len(data))
    for encoding in _declared(data):
        if (text := _try(data, encoding)) is not None:
            return text
    try:
        return decode(name, data).text
    except UnreadableDocument:
        text = _mostly_read(data)
        if text is None:
            raise
        return text


def _declared(data: bytes) -> Sequence[str]:
    """Encodings to try for what the page says that it is in; none where it is valid UTF-8, whatever it says."""
    match = _CHARSET.search(data[:_HEAD])
    encodings = _JAPANESE.get(match[1].decode("ascii", "replace").lower(), ()) if match else ()
    if b"\0" in data or (_ESCAPE not in data and _try(data, "utf-8") is not None):
        return ()
    return encodings


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _mostly_read(data: bytes) -> str | None:
    """A page of which a few bytes are wrong, as programs leave them that cut a text at so many bytes."""
    for encoding in ("utf-8", *_declared(data)):
        text = data.decode(encoding, "replace")
        lost, kept = text.count("\ufffd"), sum(char > "\x7f" for char in text)
        if b"\0" not in data and lost <= min(_FEW, kept // 100) and not text.endswith("\ufffd"):
            return text
    return None


def _remarks(text: str, hidden: Sequence[str], dropped: int, page: PageParts) -> Iterator[str]:
    if lost := text.count("\ufffd"):
        yield f"{lost} characters could not be read; they are shown as \ufffd"
    if hidden:
        first = hidden[0] if len(hidden[0]) <= _SHOWN else f"{hidden[0][:_SHOWN]}…"
        yield f"{len(hidden)} texts that nobody sees were left out, being hidden, white or tiny; first 「{first}」"
    if dropped:
        yield f"{dropped} parts of the site around the page were left out: menus, header, footer, forms, links"
    if page.pictures:
        yield f"{page.pictures} pictures: what they show was not read"
    if _BEGIN.search(text) and not _END.search(text):
        yield "the page does not end with </html>; check that it was saved as a whole"
    if not page.parts:
        yield "the page shows no text of its own; save it in the browser as it is shown, frame by frame"
