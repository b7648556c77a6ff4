"""A Draft in, the same Draft without anything its sources do not prove out.

A quote must occur verbatim in its document; every number and department of a statement must occur in what it cites, in
the listed records, or be their count. A statement that fails is removed; an answer with no proven statement is none.
"""

import re
from dataclasses import replace

from assistant.composing.drafts import Draft, Source, Statement
from assistant.knowledge import Knowledge
from ingest.fiscal_year import find_years
from ingest.normalize import squeeze

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
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
    if not statement.sources:
        return True
    evidence = _evidence(statement, draft, knowledge)
    numbers = {n.replace(",", "") for n in _NUMBER.findall(_plain(_ORDER_MARK.sub("", statement.text)))}
    return numbers <= evidence


def _evidence(statement: Statement, draft: Draft, knowledge: Knowledge) -> set[str]:
    """The numbers that the cited records print, with every year in its western and era forms, and the counts."""
    texts = [source.quote for source in statement.sources]
    for source in statement.sources:
        item = knowledge.items.get(source.item_id or "")
        if item is not None:
            texts += [*item.printed.values(), item.title]
    plain = _plain("\n".join(texts))
    numbers = set(_NUMBER.findall(plain))
    for mention in find_years("\n".join(texts)):
        numbers |= {str(mention.year), str(mention.year - 2018), str(mention.year - 1988)}
    asked = [draft.filters.get("fiscal_year"), draft.filters.get("goal_year")]
    for year in (y for y in asked if isinstance(y, int)):
        numbers |= {str(year), str(year - 2018), str(year - 1988)}
    return numbers | {str(draft.total), str(len(draft.items))} | set(_NUMBER.findall(_plain(str(draft.filters))))


def _plain(text: str) -> str:
    return squeeze(text).replace(",", "")
