"""The JSON of what changed between two versions of a plan, and how our values become it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.channels.schemas import ItemOut
from assistant.plan_changes import PlanChanges
from vectorstore.changes import ItemChange
from vectorstore.contents import StoredDocument
from vectorstore.series import date_of_version


class _Value(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True)


class VersionOut(_Value):
    """One version of a plan; `date` is as printed, or the day of its ingest."""

    document_id: str
    source: str
    title: str
    revision: int
    date: str
    date_is_printed: bool


class FieldChangeOut(_Value):
    """One field that differs; "" where nothing is printed."""

    field: str
    old: str
    new: str


class ItemChangeOut(_Value):
    """One item that differs: `old` is null if it was added, `new` if it was removed."""

    kind: Literal["added", "removed", "moved", "changed"]
    is_moved: bool
    old: ItemOut | None
    new: ItemOut | None
    fields: list[FieldChangeOut]


class ChangesResponse(_Value):
    """All that differs between two versions, and how many items do not."""

    old: VersionOut
    new: VersionOut
    changes: list[ItemChangeOut]
    total: int
    unchanged: int


def changes_response(found: PlanChanges) -> ChangesResponse:
    """Return what changed."""
    return ChangesResponse(
        old=_version_out(found.old),
        new=_version_out(found.new),
        changes=[_change_out(change) for change in found.changes.items],
        total=len(found.changes.items),
        unchanged=found.changes.unchanged,
    )


def _version_out(document: StoredDocument) -> VersionOut:
    date, is_printed = date_of_version(document)
    return VersionOut(
        document_id=document.id,
        source=document.source,
        title=document.title,
        revision=document.revision,
        date=date,
        date_is_printed=is_printed,
    )


def _change_out(change: ItemChange) -> ItemChangeOut:
    old, new = (None if item is None else ItemOut.model_validate(item) for item in (change.old, change.new))
    fields = [FieldChangeOut.model_validate(one) for one in change.fields]
    return ItemChangeOut(kind=change.kind, is_moved=change.is_moved, old=old, new=new, fields=fields)
