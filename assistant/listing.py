"""Selected plan items in, one page of them out, in an order that stays put while items come and go."""

import base64
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.errors import AssistantError
from ingest.plan_items import PlanItem

# Sorts after every value: an item without the value comes last.
_LAST = "\U0010ffff"
_SORT_VALUES: dict[str, Callable[[PlanItem], str | float]] = {
    "document": lambda item: item.municipality or _LAST,
    "municipality": lambda item: item.municipality or _LAST,
    "plan": lambda item: item.plan,
    "section": lambda item: _counted(" / ".join(item.section)) or _LAST,
    "number": lambda item: _counted(item.number or "") or _LAST,
    "title": lambda item: item.title,
    "owner": lambda item: item.owners[0] if item.owners else _LAST,
    "fiscal_year": lambda item: min(item.target_fiscal_years, default=9999),
    "status": lambda item: item.status or _LAST,
    "progress": lambda item: item.progress or _LAST,
    "confidence": lambda item: item.confidence,
}
SORTS = (*_SORT_VALUES, *(f"-{name}" for name in _SORT_VALUES))


class BadCursor(AssistantError):
    """A cursor that was not given out for this order."""


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Some of the selected items, and the cursor of the next page (None: this is the last)."""

    items: tuple[PlanItem, ...]
    total: int
    next_cursor: str | None


def sorted_items(items: Sequence[PlanItem], sort: str = "document") -> list[PlanItem]:
    """Return the items in the order named `sort` (one of SORTS); a leading "-" reverses it."""
    return sorted(items, key=lambda item: _key(item, sort), reverse=sort.startswith("-"))


def page_of_items(items: Sequence[PlanItem], sort: str, limit: int, cursor: str | None) -> ItemPage:
    """Return up to `limit` of the items that follow `cursor`.

    Raises:
        BadCursor: the cursor is damaged, or belongs to another order.

    """
    rest = sorted_items(items, sort)
    if cursor is not None:
        rest = _after(rest, sort, _decode(cursor, sort))
    page = rest[:limit]
    more = len(rest) > limit
    return ItemPage(tuple(page), len(items), _encode(_key(page[-1], sort), sort) if more else None)


def _counted(text: str) -> str:
    """The text with its numbers as long as each other: 2 comes before 10."""
    return re.sub(r"\d{1,8}", lambda digits: digits[0].zfill(8), text)


def _key(item: PlanItem, sort: str) -> list[str | float]:
    value = _SORT_VALUES[sort.removeprefix("-")](item)
    return [value, item.source, item.line_start, item.id]


def _after(ordered: list[PlanItem], sort: str, last: list[str | float]) -> list[PlanItem]:
    try:
        if sort.startswith("-"):
            return [item for item in ordered if _key(item, sort) < last]
        return [item for item in ordered if _key(item, sort) > last]
    except TypeError:
        raise BadCursor("cursor: not one of this service's; start again without a cursor") from None


def _encode(key: list[str | float], sort: str) -> str:
    text = json.dumps([sort, *key], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str, sort: str) -> list[str | float]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        given = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True).decode())
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, list) or len(given) != 5 or given[0] != sort:
        raise BadCursor(f"cursor: not given out for sort={sort}; start again without a cursor")
    return given[1:]
