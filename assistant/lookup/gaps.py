"""An item and a field in, the printed rows that leave the field's cell blank out."""

from assistant.knowledge import Knowledge
from assistant.united import UnitedItem
from ingest.plan_items import PlanItem
from vectorstore.item_filter import ItemFilter, select


def blank_rows(item: PlanItem, field: str, knowledge: Knowledge) -> tuple[PlanItem, ...]:
    """Return the rows of a united item that leave a field blank in a document which has the field's column."""
    if not isinstance(item, UnitedItem):
        return ()
    lacking = select(item.members, ItemFilter(missing=field))
    return tuple(row for row in lacking if field in knowledge.editions[row.document_id].columns)


def filled_rows(item: PlanItem, field: str) -> tuple[PlanItem, ...]:
    """Return the rows of a united item that fill a field."""
    if not isinstance(item, UnitedItem):
        return ()
    lacking = select(item.members, ItemFilter(missing=field))
    return tuple(row for row in item.members if row not in lacking)
