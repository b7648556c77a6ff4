"""Conditions in, the items of current documents that meet them out: a plan that came in twice is counted once."""

from collections.abc import Mapping, Sequence

from ingest.plan_items import PlanItem
from vectorstore.item_filter import ItemFilter, TextOf, select
from vectorstore.series import Version, without_outdated


def select_current(
    items: Sequence[PlanItem], wanted: ItemFilter, versions: Mapping[str, Version], text_of: TextOf | None = None
) -> tuple[PlanItem, ...]:
    """Select items, none of a document that another one replaces; one that is asked for by name is not left out."""
    selected = select(items, wanted, text_of)
    is_named = wanted.plan is not None or wanted.document_id is not None
    current = without_outdated({item.document_id for item in selected} if is_named else versions, versions)
    return tuple(item for item in selected if item.document_id in current)
