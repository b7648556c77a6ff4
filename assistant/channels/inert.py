"""Text of an answer in, Markdown out in which no image, link or tag of a quoted plan is live."""

import re

_LIVE = re.compile(r"(\\*)(!\[|\](?=[(:])|<)")
_ESCAPED = {"![": r"!\[", "]": "]\\", "<": r"\<"}


def inert(text: str) -> str:
    """Escape what would become an image, a link or a tag, so that it is shown as printed: `![x](y)`, `<b>`."""
    # Backslashes that stand before are doubled, or they would take the escape away.
    return _LIVE.sub(lambda found: found[1] * 2 + _ESCAPED[found[2]], text)
