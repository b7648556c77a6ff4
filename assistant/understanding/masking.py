"""Text in, the same text with a span or name blanked out: what was understood must not be read twice."""

import re
from functools import cache

MASK = "＿"


def mask(text: str, start: int, end: int) -> str:
    """Blank a span of `text` out, keeping its length."""
    return text[:start] + MASK * (end - start) + text[end:]


def mask_name(text: str, name: str) -> str:
    """Blank out every place where `text` prints `name`, whatever its width, blanks and punctuation."""
    if not name:
        return text
    return _spaced(name).sub(lambda m: MASK * len(m[0]), text)


def span_of(text: str, name: str) -> tuple[int, int] | None:
    """Find where `text` prints `name`, whatever its width, blanks and punctuation; 柱1 is not printed by 柱12."""
    match = re.search(_spaced(name).pattern + (r"(?!\d)" if name[-1:].isdigit() else ""), text, re.IGNORECASE)
    return match.span() if match and name else None


@cache
def _spaced(name: str) -> re.Pattern[str]:
    return re.compile(r"[\s・･、,。.()（）「」『』【】\-]*".join(map(re.escape, name)), re.IGNORECASE)
