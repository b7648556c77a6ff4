"""A printed sentence of an item in, the line of an answer that quotes it out."""

from assistant.composing.drafts import Source, Statement
from ingest.plan_items import PlanItem


def quote(text: str, item: PlanItem, field: str) -> Statement:
    """Quote a sentence as a list entry, its own bullet taken off."""
    return Statement(f"- {text.lstrip('・- ')}", (Source.of_item(item, field, sentence=text),), is_quote=True)
