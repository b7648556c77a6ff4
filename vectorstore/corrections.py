"""Corrections 訂正 by staff in, kept in SQL: one of a field is in force at a time, and undone ones stay to be seen."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, insert, or_, select, update

from vectorstore.corpus_version import count_version_up, lock_corpus
from vectorstore.corrected_items import StoredCorrection
from vectorstore.database import reading, writing
from vectorstore.schema import corrections
from vectorstore.serialization import from_json, moment_text, to_json


class Corrections:
    """The corrections in one database; safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, new: StoredCorrection, replaced: Collection[int] = ()) -> int:
        """Keep a correction in place of the `replaced` ones and of any other of the same item's field.

        It is a new version of the corpus; the correction's number is returned.
        """
        same = (corrections.c.item_id == new.item_id) & (corrections.c.field == new.field)
        with writing(self._engine) as connection:
            lock_corpus(connection)
            _undo(connection, or_(same, corrections.c.id.in_(replaced)))
            number = connection.scalar(insert(corrections).values(_values(new)).returning(corrections.c.id))
            count_version_up(connection)
        assert number is not None
        return int(number)

    def undo(self, number: int) -> bool:
        """Take a correction back; False if none of this number is in force."""
        with writing(self._engine) as connection:
            lock_corpus(connection)
            undone = _undo(connection, corrections.c.id == number)
            if undone:
                count_version_up(connection)
            return undone

    def all(self) -> tuple[StoredCorrection, ...]:
        """Return all corrections ever made, the oldest first."""
        with reading(self._engine) as connection:
            return fetch_corrections(connection, undone=True)


def fetch_corrections(connection: Connection, *, undone: bool) -> tuple[StoredCorrection, ...]:
    """Fetch the corrections in force, the oldest first, and the `undone` ones with them where these are wanted."""
    query = select(corrections).order_by(corrections.c.id)
    rows = connection.execute(query if undone else query.where(corrections.c.undone_at.is_(None)))
    return tuple(map(_to_correction, rows))


def _undo(connection: Connection, chosen: ColumnElement[bool]) -> bool:
    """Undo the chosen ones that are in force; False if none was."""
    in_force = update(corrections).where(chosen, corrections.c.undone_at.is_(None))
    return connection.execute(in_force.values(undone_at=moment_text(datetime.now(UTC)))).rowcount > 0


def _values(new: StoredCorrection) -> dict[str, str | None]:
    return {
        "document_id": new.document_id, "source": new.source, "item_id": new.item_id, "section": to_json(new.section),
        "number": new.number, "title": new.title, "field": new.field, "raw": new.raw, "value": new.value,
        "reason": new.reason, "created_at": moment_text(new.created_at),
    }  # fmt: skip


def _to_correction(row: Row[Any]) -> StoredCorrection:
    values = dict(row._mapping)
    section = from_json(tuple[str, ...], [values.pop("section")])[0]
    undone = values.pop("undone_at")
    made = datetime.fromisoformat(values.pop("created_at"))
    return StoredCorrection(
        **values, section=section, created_at=made, undone_at=undone and datetime.fromisoformat(undone)
    )
