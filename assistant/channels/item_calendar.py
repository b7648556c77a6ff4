"""Plan items in, an iCalendar out: the last day of each last target fiscal year, a 31 March, as an all-day event."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from assistant.channels.item_columns import last_target_day
from assistant.channels.readable import readable
from ingest.fiscal_year import format_fiscal_year
from ingest.plan_items import PlanItem

if TYPE_CHECKING:
    from icalendar import Event

_NAME = "行政改革の取組の目標年度末"
_UNKNOWN = datetime(2000, 1, 1, tzinfo=UTC)


def items_as_calendar(items: Iterable[PlanItem], base_url: str, stamps: Mapping[str, datetime]) -> bytes:
    """Return one event for every item that has a target year; `stamps` are the times of ingest by document id.

    An item keeps its UID, so that a calendar that is loaded again changes its events instead of adding others.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Kaikaku//items//JA")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _NAME)
    for item in items:
        if event := _event(item, base_url, stamps.get(item.document_id, _UNKNOWN)):
            calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def _event(item: PlanItem, base_url: str, stamp: datetime) -> "Event | None":
    from icalendar import Event

    day = last_target_day(item)
    if day is None:
        return None
    event = Event()
    event.add("uid", f"{item.id}@kaikaku")
    event.add("dtstamp", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{format_fiscal_year(day.year - 1)}末：{readable(item.title)}")
    event.add("description", readable("\n".join(_told(item))))
    event.add("url", f"{base_url}/items/{item.id}")
    event.add("transp", "TRANSPARENT")
    if item.owners:
        event.add("categories", list(map(readable, item.owners)))
    return event


def _told(item: PlanItem) -> list[str]:
    named = (
        ("計画", item.plan),
        ("所管課", "、".join(item.owners)),
        ("実施時期", item.schedule),
        ("目標", " / ".join(item.goals)),
    )
    return [f"{name}：{value}" for name, value in named if value]
