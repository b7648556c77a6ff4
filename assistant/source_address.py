"""The place of a quote in, its address in the source viewer out: /documents/…?lines=…&quote=…#L…."""

from urllib.parse import quote as quoted
from urllib.parse import urlencode

# A longer quote is named by its beginning and its end: addresses must fit into messages.
_LONGEST_QUOTE, _ENDS = 60, 25


def source_address(
    document_id: str, line_start: int, line_end: int, quote: str = "", cited: tuple[str, ...] = ()
) -> str:
    """Return the address at which some lines are shown, the quote in them marked.

    `cited` are the places that the same answer cites, as made by `place_of`.
    """
    known: dict[str, str] = {"lines": f"{line_start}-{line_end}"}
    text = " ".join(quote.split())
    if len(text) > _LONGEST_QUOTE:
        known |= {"quote": text[:_ENDS], "until": text[-_ENDS:]}
    elif text:
        known["quote"] = text
    if len(cited) > 1:
        known["cited"] = ",".join(cited)
    query = urlencode(known, errors="replace")
    return f"/documents/{quoted(document_id, safe='')}?{query}#L{line_start}"


def place_of(document_id: str, line_start: int, line_end: int) -> str:
    """Return a place as it stands in `cited`: DOCUMENT:FIRST-LAST."""
    return f"{document_id}:{line_start}-{line_end}"
