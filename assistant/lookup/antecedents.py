"""Chosen sentences in, the same behind the one that names what they only point at (同校, 同課) out."""

import re

from assistant.lookup.sentences import split_sentences
from ingest.plan_items import Passage

_POINTED_AT = re.compile(r"同(?P<kind>[校園館課室社所局会])")
_NAME = r"(?:[『「][^』」]{{2,30}}{kind}[』」]|[一-龠ァ-ヶーA-Za-z]{{3,}}{kind})"


def with_named(sentences: list[str], passage: Passage) -> list[str]:
    """Put before a first sentence that says 同校 the last one before it that names the school."""
    pointed = _POINTED_AT.search(sentences[0]) if sentences else None
    if pointed is None:
        return sentences
    name = re.compile(_NAME.format(kind=pointed["kind"]))
    printed = split_sentences(passage.text)
    if sentences[0] not in printed or name.search(sentences[0][: pointed.start()]):
        return sentences
    before = [s for s in printed[: printed.index(sentences[0])] if name.search(s)]
    return [*before[-1:], *sentences]
