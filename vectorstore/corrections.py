"""Corrections 訂正 by staff in, kept in SQL: one of a field is in force at a time, and undone ones stay to be seen."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from vectorstore.corrected_items import StoredCorrection
from vectorstore.schema import corrections
from vectorstore.serialization import from_json, to_json


def write_correction(connection: Connection, new: StoredCorrection, replaced: Collection[int] = ()) -> int:
    """Keep a correction in place of the `replaced` ones and of any other of the same item's field; return its id."""
    same = (corrections.c.item_id == new.item_id) & (corrections.c.field == new.field)
    undo_corrections(connection, or_(same, corrections.c.id.in_(replaced)))
    values = {
        "document_id": new.document_id, "source": new.source, "item_id": new.item_id, "section": to_json(new.section),
        "number": new.number, "title": new.title, "field": new.field, "raw": new.raw, "value": new.value,
        "reason": new.reason, "created_at": _moment(new.created_at),
    }  # fmt: skip
    stored = connection.scalar(insert(corrections).values(values).returning(corrections.c.id))
    assert stored is not None
    return int(stored)


def undo_corrections(connection: Connection, chosen: Any) -> bool:
    """Undo the chosen corrections that are in force; False if none was."""
    now = _moment(datetime.now(UTC))
    changed = connection.execute(
        update(corrections).where(chosen, corrections.c.undone_at.is_(None)).values(undone_at=now)
    )
    return changed.rowcount > 0


def undo_correction(connection: Connection, correction_id: int) -> bool:
    """Undo one correction; False if it is not in force."""
    return undo_corrections(connection, corrections.c.id == correction_id)


def fetch_corrections(connection: Connection, *, undone: bool) -> tuple[StoredCorrection, ...]:
    """Fetch the corrections in force, the oldest first, and the `undone` ones with them where these are wanted."""
    query = select(corrections).order_by(corrections.c.id)
    rows = connection.execute(query if undone else query.where(corrections.c.undone_at.is_(None)))
    return tuple(map(_to_correction, rows))


def _to_correction(row: Row[Any]) -> StoredCorrection:
    values = dict(row._mapping)
    section = from_json(tuple[str, ...], [values.pop("section")])[0]
    undone = values.pop("undone_at")
    made = datetime.fromisoformat(values.pop("created_at"))
    return StoredCorrection(
        **values, section=section, created_at=made, undone_at=undone and datetime.fromisoformat(undone)
    )


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
