"""The place of a quote in, its address in the source viewer out: /documents/…?lines=…&quote=…#L…."""

from urllib.parse import quote as quoted
from urllib.parse import urlencode

# A longer quote is named by its beginning and its end: addresses must fit into messages.
_LONGEST_QUOTE, _ENDS = 60, 25
_MOST_CITED = 60


def source_address(
    document_id: str, line_start: int, line_end: int, quote: str = "", cited: tuple[str, ...] = ()
) -> str:
    """Return the address at which some lines are shown, the quote in them marked.

    `cited` are the places that the same answer cites, this one among them, as made by `place_of`.
    """
    known: dict[str, str] = {"lines": f"{line_start}-{line_end}"}
    text = " ".join(quote.split())
    if len(text) > _LONGEST_QUOTE:
        known |= {"quote": text[:_ENDS], "until": text[-_ENDS:]}
    elif text:
        known["quote"] = text
    near = cited[:_MOST_CITED]
    if len(near) > 1 and place_of(document_id, line_start, line_end) in near:
        known["cited"] = ",".join(place.removeprefix(document_id) for place in near)
    query = urlencode(known, safe=":,", errors="replace")
    return f"/documents/{quoted(document_id, safe='')}?{query}#L{line_start}"


def place_of(document_id: str, line_start: int, line_end: int) -> str:
    """Return a place as it stands in `cited`: DOCUMENT:FIRST-LAST; the document is left out where it is this one."""
    return f"{document_id}:{line_start}-{line_end}"
