"""The citations of an answer in; the numbered sources below its message, and what each [n] leads to, out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answers import Answer, Citation
from assistant.channels.slack.blocks import Block, context, cut
from assistant.channels.slack.body import Mark
from assistant.channels.slack.escaping import link
from assistant.channels.slack.links import Links
from assistant.channels.slack.wording import say

MOST_SOURCES = 8


@dataclass(frozen=True, slots=True)
class Source:
    """One place that an answer cites, once or several times; its number counts places."""

    number: int
    citations: tuple[Citation, ...]


def sources_of(answer: Answer) -> tuple[Source, ...]:
    """Return the cited places in the order of their first mention: items, and of lists the documents."""
    place = _document if answer.total is not None else _item
    found = [tuple(group) for _, group in groupby(sorted(answer.citations, key=place), key=place)]
    ordered = sorted(found, key=lambda citations: min(map(_number, citations)))
    return tuple(Source(n, tuple(sorted(citations, key=_number))) for n, citations in enumerate(ordered, 1))


def marks_of(sources: Iterable[Source], links: Links) -> Mapping[int, Mark]:
    """Return what stands for each citation's number."""
    return {
        citation.number: Mark(source.number, links.citation(citation))
        for source in sources
        for citation in source.citations
    }


def source_blocks(sources: Sequence[Source], links: Links) -> Iterable[Block]:
    """Yield the sources in small print."""
    if not sources:
        return
    more = [say("more_sources", count=len(sources) - MOST_SOURCES)] if len(sources) > MOST_SOURCES else []
    lines = [_line(source, links) for source in sources[:MOST_SOURCES]]
    yield context("\n".join([say("sources"), *lines, *more]))


def _line(source: Source, links: Links) -> str:
    first = source.citations[0]
    page = say("page", number=first.page) if first.page else ""
    told = f"{cut(first.title, 80)}{page}{_about(source.citations)}"
    return f"[{source.number}] {link(links.citation(first), told)}"


def _about(citations: Sequence[Citation]) -> str:
    titles = {citation.item_title for citation in citations}
    if len(titles) > 1:
        return ""
    first = citations[0]
    if first.item_title:
        return f"「{cut(first.item_title, 60)}」"
    return f"　{cut(' '.join(first.section), 60)}" if first.section else ""


def _item(citation: Citation) -> tuple[str, str, int]:
    return citation.document_id, citation.item_id or "", citation.line_start if citation.item_id is None else 0


def _document(citation: Citation) -> tuple[str, str, int]:
    return citation.document_id, "", 0


def _number(citation: Citation) -> int:
    return citation.number
