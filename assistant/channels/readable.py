"""Text as stored in; text out that files and pages can hold: valid Unicode, nothing that turns or ends what follows."""

import re

# Control characters but tab and line break, and what turns the direction of all text that follows.
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")


def readable(text: str) -> str:
    """Return the text with every harmful character replaced: places stay those of `text`."""
    return _HARMFUL.sub("\ufffd", text).encode("utf-8", "replace").decode()
