"""Text in, the same text with a span or name blanked out: what was understood must not be read twice."""

import re

MASK = "＿"


def mask(text: str, start: int, end: int) -> str:
    """Blank a span of `text` out, keeping its length."""
    return text[:start] + MASK * (end - start) + text[end:]


def mask_name(text: str, name: str) -> str:
    """Blank out every place where `text` prints `name`, whatever its width, blanks and punctuation."""
    if not name:
        return text
    pattern = re.compile(r"[\s・･、,。.()（）「」『』【】\-]*".join(map(re.escape, name)), re.IGNORECASE)
    return pattern.sub(lambda m: MASK * len(m[0]), text)
