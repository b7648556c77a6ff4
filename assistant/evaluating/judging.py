"""A question with what a right answer holds, and an answer, in; what is wrong with the answer out."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from assistant.answers import Answer, Citation
from assistant.evaluating.cases import Case
from ingest.normalize import squeeze

Lines = Callable[[str], tuple[str, ...]]


def check(case: Case, answer: Answer) -> tuple[str, ...]:
    """Return what is wrong with the answer; () if nothing is."""
    if answer.outcome not in case.outcomes:
        return (f"outcome {answer.outcome}, expected {' or '.join(case.outcomes)}",)
    if case.reason is not None and answer.reason != case.reason:
        return (f"reason {answer.reason}, expected {case.reason}",)
    text = _plain(" ".join([answer.text, *(item.title for item in answer.items)]))
    titles = {_plain(item.title) for item in answer.items}
    return (
        *(f"missing {fact}" for fact in case.facts if _plain(fact) not in text),
        *(f"none of {', '.join(group)}" for group in case.any_of if not any(_plain(one) in text for one in group)),
        *(f"says {wrong}" for wrong in case.forbidden if _plain(wrong) in text),
        *(f"item missing: {title}" for title in case.items or () if _plain(title) not in titles),
        *_count_problems(case, answer),
        *_citation_problems(case, answer),
    )


def _count_problems(case: Case, answer: Answer) -> Iterator[str]:
    expected = len(case.items) if case.items is not None else case.count
    if expected is not None and answer.total is not None and answer.total != expected:
        yield f"total {answer.total}, expected {expected}"


def _citation_problems(case: Case, answer: Answer) -> Iterator[str]:
    printed = [_plain(f"{citation.item_title or ''} {citation.quote}") for citation in answer.citations]
    if case.cited and not any(_plain(wanted) in place for wanted in case.cited for place in printed):
        yield "does not cite the right place"


def is_printed(citation: Citation, lines: tuple[str, ...]) -> bool:
    """Tell whether the quote stands word for word in the lines that the citation names."""
    place = squeeze("\n".join(lines[citation.line_start - 1 : citation.line_end]))
    return bool(squeeze(citation.quote)) and squeeze(citation.quote) in place


def _plain(text: str) -> str:
    return re.sub(r"[\s・･、,*_`|]+", "", unicodedata.normalize("NFKC", text)).casefold()
