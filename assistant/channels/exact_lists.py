"""An answer that lists items in; the conditions that alone select the same items, and their address, out."""

from collections.abc import Iterable
from urllib.parse import urlencode

from assistant.answers import Answer
from assistant.channels.item_query import ItemQuery
from assistant.service import Service
from assistant.united import rows_of
from ingest.plan_items import PlanItem

_CONDITIONS = ("municipality", "plan", "owner", "fiscal_year", "status", "progress", "missing")


def conditions_of(answer: Answer) -> dict[str, str]:
    """Return the conditions of a list as the API and the board take them."""
    given = {name: answer.filters.get(name) for name in _CONDITIONS}
    return {name: str(value) for name, value in given.items() if isinstance(value, str | int)}


def is_exact(service: Service, answer: Answer) -> bool:
    """Tell whether the conditions of a list alone select the rows that its items are printed in."""
    if not answer.items:
        return False
    chosen = service.items(ItemQuery.model_validate(conditions_of(answer)).to_filter())
    return _row_ids(chosen) == _row_ids(answer.items)


def list_address(service: Service, answer: Answer) -> str | None:
    """Return the address of the board with the same rows; None where conditions alone do not select them."""
    if answer.outcome != "answered" or not is_exact(service, answer):
        return None
    conditions = urlencode(conditions_of(answer))
    return f"/items?{conditions}" if conditions else "/items"


def _row_ids(items: Iterable[PlanItem]) -> frozenset[str]:
    return frozenset(row.id for item in items for row in rows_of(item))
