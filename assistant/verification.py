"""A Draft in, the same Draft without anything its sources do not prove out.

A quote must occur verbatim in its document; every number and department of a statement must occur in what it cites, in
the listed records, or be their count. A statement that fails is removed; an answer with no proven statement is none.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from assistant.composing.drafts import Draft, Source, Statement
from assistant.knowledge import Knowledge
from ingest.fiscal_year import find_years
from ingest.normalize import squeeze
from ingest.plan_items import PlanItem

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# White space is taken out before numbers are read: what two records print must not run together.
_BETWEEN = "\n|\n"
_ORDER_MARK = re.compile(r"^\d+\. |^- ")


def verify(draft: Draft, knowledge: Knowledge) -> Draft:
    """Remove unproven sources and statements."""
    if draft.outcome not in ("answered", "clarify"):
        return replace(draft, statements=tuple(_with_true_sources(s, knowledge) for s in draft.statements))
    checked = [_with_true_sources(statement, knowledge) for statement in draft.statements]
    lost = [
        before for before, after in zip(draft.statements, checked, strict=True) if before.sources and not after.sources
    ]
    kept = tuple(
        s
        for s, before in zip(checked, draft.statements, strict=True)
        if before not in lost and _is_proven(s, draft, knowledge)
    )
    return replace(draft, statements=kept)


def has_proof(draft: Draft) -> bool:
    """Tell whether any statement of the draft cites something."""
    return any(statement.sources for statement in draft.statements)


def _with_true_sources(statement: Statement, knowledge: Knowledge) -> Statement:
    return replace(statement, sources=tuple(source for source in statement.sources if _is_printed(source, knowledge)))


def _is_printed(source: Source, knowledge: Knowledge) -> bool:
    quote = squeeze(source.quote)
    return bool(quote) and quote in knowledge.source_text.get(source.document_id, "")


def _is_proven(statement: Statement, draft: Draft, knowledge: Knowledge) -> bool:
    """Tell whether what a statement cites prints its numbers and its departments."""
    if not statement.sources:
        return True
    evidence = _evidence(statement, knowledge)
    numbers = set(_NUMBER.findall(_plain(_ORDER_MARK.sub("", statement.text))))
    if not numbers <= _numbers_in(evidence) | _computed_numbers(draft):
        return False
    said = squeeze(statement.text)
    known = squeeze(evidence + str(draft.filters))
    return all(name in known for name in knowledge.department_names if name in said)


def _evidence(statement: Statement, knowledge: Knowledge) -> str:
    """All that the cited records print, what their cells were read as or corrected to, and their documents' years."""
    texts = [text for source in statement.sources for text in (source.quote, source.header, *source.section)]
    for source in statement.sources:
        texts += [correction.value for correction in source.corrections]
        texts += [f"{year}年度" for year in sorted(knowledge.editions[source.document_id].years)]
        item = knowledge.items.get(source.item_id or "")
        if item is not None:
            # Years and labels of columns stand in the header, not in the row that is quoted.
            headed = [item.schedule or "", *item.fields, *(f"{year}年度" for year in item.target_fiscal_years)]
            texts += [*item.printed.values(), item.title, *item.owners, *headed, _header_over(item, knowledge)]
    return _BETWEEN.join(texts)


def _header_over(item: PlanItem, knowledge: Knowledge) -> str:
    header = knowledge.header_of(item)
    return header.text if header else ""


def _numbers_in(evidence: str) -> set[str]:
    """The printed numbers, and every printed year in its western and era forms."""
    numbers = set(_NUMBER.findall(_plain(evidence)))
    for mention in find_years(evidence):
        numbers |= _forms(mention.year)
    return numbers


def _computed_numbers(draft: Draft) -> set[str]:
    """The counts of what is listed, and the years and numbers that were asked for."""
    places = Counter(item.municipality for item in draft.items)
    numbers = {
        str(draft.total),
        str(len(draft.items)),
        *map(str, places.values()),
        *_NUMBER.findall(_plain(str(draft.filters))),
    }
    for year in _years_in(draft.filters):
        numbers |= _forms(year)
    return numbers


def _years_in(value: object) -> Iterator[int]:
    """The years among conditions, however deep they stand."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _years_in(one)
    elif isinstance(value, int):
        yield value


def _forms(year: int) -> set[str]:
    return {str(year), str(year - 2018), str(year - 1988)}


def _plain(text: str) -> str:
    return squeeze(text).replace(",", "")
