"""Items as read and what staff corrected in; the items with their corrections, and what became of each of these, out.

A correction is bound to its document and to the number and title of its item, so that it outlives a new reading.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, TypeAlias

from rapidfuzz import fuzz

from ingest.fiscal_year import era_year, find_years, goal_years, parse_schedule
from ingest.normalize import squeeze
from ingest.passages import item_text
from ingest.plan_items import Correction, Passage, PlanItem
from ingest.today import JAPAN
from vectorstore.errors import BadCorrection

State: TypeAlias = Literal["applied", "print_changed", "in_print", "lost"]

# Percentage of rapidfuzz: below it, two titles of one number are two things.
_SAME_TITLE = 80.0
_OWNERS = re.compile(r"[、，,\n]")
# What repairs of a field are noted under, and the attribute that holds it, where these are not its name.
REPAIRS_OF = {"owner": ("owner", "owners")}
ATTRIBUTES = {"owner": "owners", "goal": "goals"}


@dataclass(frozen=True, slots=True)
class StoredCorrection:
    """A correction 訂正 as kept: whose item it is, what was printed when it was made, what staff say, and why."""

    id: int
    document_id: str
    source: str
    item_id: str
    section: tuple[str, ...]
    number: str | None
    title: str
    field: str
    raw: str
    value: str
    reason: str
    created_at: datetime
    undone_at: datetime | None = None

    @property
    def date(self) -> str:
        """The day in Japan on which it was made, as 2026-04-01."""
        return self.created_at.astimezone(JAPAN).date().isoformat()


@dataclass(frozen=True, slots=True)
class PlacedCorrection:
    """What became of a correction in the current documents, and the item that it belongs to, None if it is lost.

    "applied" and "print_changed" are in force; "in_print": the document itself says so by now.
    """

    correction: StoredCorrection
    state: State
    item: PlanItem | None = None


@dataclass(frozen=True, slots=True)
class CorrectedItems:
    """All items, corrected ones in their places, and what became of each correction."""

    items: tuple[PlanItem, ...]
    placed: tuple[PlacedCorrection, ...]


def corrected(items: tuple[PlanItem, ...], corrections: Sequence[StoredCorrection]) -> CorrectedItems:
    """Put the corrections, the oldest first, into the items they were made for."""
    if not corrections:
        return CorrectedItems(items, ())
    concerned = {correction.document_id for correction in corrections}
    held: dict[str, list[PlanItem]] = {}
    for item in items:
        if item.document_id in concerned:
            held.setdefault(item.document_id, []).append(item)
    known = {document_id: _Known(found) for document_id, found in held.items()}
    placed = [_placed(one, known.get(one.document_id, _Known(()))) for one in corrections]
    changed: dict[str, PlanItem] = {}
    for one in placed:
        if one.item is not None and one.state != "in_print":
            changed[one.item.id] = _with_correction(changed.get(one.item.id, one.item), one)
    now = tuple(changed.get(item.id, item) for item in items)
    return CorrectedItems(now, tuple(replace(p, item=p.item and changed.get(p.item.id, p.item)) for p in placed))


def with_corrected_texts(
    passages: tuple[Passage, ...], read: Iterable[PlanItem], now: Iterable[PlanItem]
) -> tuple[Passage, ...]:
    """Let the passages of corrected items be found by what they say now; what they print stays."""
    found = {new.id: (old, new) for old, new in zip(read, now, strict=True) if new.corrections}
    if not found:
        return passages
    return tuple(_found_anew(p, *found[p.item_id]) if p.item_id in found else p for p in passages)


def new_correction(item: PlanItem, field: str, value: str, reason: str) -> StoredCorrection:
    """Return the correction of an item's field, to be stored; of one corrected before, the print stays what it was.

    Raises:
        BadCorrection: the field cannot be corrected, the value cannot be read, or the item says so already.

    """
    value = value.strip()
    check_value(field, value)
    before = correction_of(item, field)
    if squeeze(text_of(item, field)) == squeeze(value) and not (before and before.print_changed):
        raise BadCorrection(f"{field}: the item says {value!r} already; give the right value", "same")
    raw = before.raw if before else printed_text(item, field)
    title = correction_of(item, "title")
    return StoredCorrection(
        0, item.document_id, item.source, item.id, item.section, item.number, title.raw if title else item.title,
        field, raw, value, reason.strip(), datetime.now().astimezone(),
    )  # fmt: skip


def correction_of(item: PlanItem, field: str) -> Correction | None:
    """Return the correction of a field that is in force."""
    return next((one for one in item.corrections if one.field == field), None)


def check_value(field: str, value: str) -> None:
    """Refuse what cannot stand in a field.

    Raises:
        BadCorrection: the field cannot be corrected, or the value cannot be read.

    """
    if field not in _CHANGES:
        raise BadCorrection(f"{field}: cannot be corrected; use one of {', '.join(_CHANGES)}", "field")
    if field == "title" and not squeeze(value):
        raise BadCorrection("title: empty; give the item's title", "no_title")
    if field == "target_fiscal_years" and value and not _years(value):
        raise BadCorrection(f"target_fiscal_years: {value!r} names no year; write it as 令和8年度 or 2026", "no_year")


def text_of(item: PlanItem, field: str) -> str:
    """Return a field's value as one text, as a correction of it is written."""
    value = getattr(item, ATTRIBUTES.get(field, field))
    if field == "target_fiscal_years":
        return "、".join(map(era_year, value))
    return {"owner": "、", "goal": "\n"}[field].join(value) if field in ("owner", "goal") else value or ""


def printed_text(item: PlanItem, field: str) -> str:
    """Return what the document prints for a field, "" where it prints nothing."""
    if field == "title" and not item.title_is_printed:
        return ""
    return item.owner_text or "" if field == "owner" else text_of(item, field)


class _Known:
    """The items of one document by what a correction knows them again by."""

    def __init__(self, items: Iterable[PlanItem]) -> None:
        self.by_id: dict[str, list[PlanItem]] = {}
        self.by_title: dict[str, list[PlanItem]] = {}
        self.by_number: dict[str, list[PlanItem]] = {}
        for item in items:
            self.by_id.setdefault(item.id, []).append(item)
            self.by_title.setdefault(squeeze(item.title), []).append(item)
            self.by_number.setdefault(item.number or "", []).append(item)

    def item_of(self, correction: StoredCorrection) -> PlanItem | None:
        """The item of the same id, else the only one of the same title, or of the same number and a like title."""
        title, number = squeeze(correction.title), correction.number
        numbered = self.by_number.get(number, []) if number else []
        like = [item for item in numbered if fuzz.ratio(squeeze(item.title), title) >= _SAME_TITLE]
        found = self.by_id.get(correction.item_id) or self.by_title.get(title) or like
        if len(found) > 1:
            found = [item for item in found if item.number == number]
        if len(found) > 1:
            found = [item for item in found if item.section == correction.section]
        return found[0] if len(found) == 1 else None


def _placed(correction: StoredCorrection, known: _Known) -> PlacedCorrection:
    item = known.item_of(correction)
    # A newer version of the program may have corrected a field that this one does not know.
    if item is None or correction.field not in _CHANGES:
        return PlacedCorrection(correction, "lost")
    if squeeze(text_of(item, correction.field)) == squeeze(correction.value):
        return PlacedCorrection(correction, "in_print", item)
    same = squeeze(printed_text(item, correction.field)) == squeeze(correction.raw)
    return PlacedCorrection(correction, "applied" if same else "print_changed", item)


def _with_correction(item: PlanItem, placed: PlacedCorrection) -> PlanItem:
    stored, field = placed.correction, placed.correction.field
    assert placed.item is not None
    told = Correction(
        field, printed_text(placed.item, field), stored.value, stored.reason, stored.date, stored.id,
        placed.state == "print_changed",
    )  # fmt: skip
    repairs = tuple(r for r in item.repairs if r.field not in REPAIRS_OF.get(field, (field,)))
    others = tuple(one for one in item.corrections if one.field != field)
    return replace(item, **_CHANGES[field](stored.value, item), repairs=repairs, corrections=(*others, told))


def _found_anew(passage: Passage, old: PlanItem, new: PlanItem) -> Passage:
    # Who has the document before them asks by the title that it prints.
    printed = f"\n{old.title}" if old.title != new.title else ""
    context = passage.search_text.removesuffix(item_text(old))
    return replace(passage, search_text=f"{context}{item_text(new)}{printed}")


def _years(text: str) -> tuple[int, ...]:
    plain = {int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", squeeze(text))}
    return tuple(sorted(plain | {mention.year for mention in find_years(text)}))


def _dated(value: str, item: PlanItem) -> dict[str, Any]:
    years = _years(value)
    ends = item.schedule_kind in ("by", "from") and len(years) == 1
    is_run = len(years) > 1 and years[-1] - years[0] == len(years) - 1
    kind = item.schedule_kind if ends else "range" if is_run else "several" if len(years) > 1 else "single"
    told = item.schedule or "、".join(map(era_year, years)) or None
    return {"target_fiscal_years": years, "schedule_kind": kind if years else item.schedule_kind, "schedule": told}


def _scheduled(value: str, _: PlanItem) -> dict[str, Any]:
    if not value:
        return {"schedule": None, "schedule_kind": None, "target_fiscal_years": ()}
    schedule = parse_schedule(value)
    return {"schedule": value, "schedule_kind": schedule.kind, "target_fiscal_years": schedule.years}


def _owned(value: str, _: PlanItem) -> dict[str, Any]:
    return {"owners": tuple(_parts(_OWNERS.split(value))), "owners_by_goal": {}}


def _aimed(value: str, _: PlanItem) -> dict[str, Any]:
    return {"goals": tuple(_parts(value.split("\n"))), "goal_fiscal_years": goal_years(value).targets}


def _parts(texts: Iterable[str]) -> Iterator[str]:
    yield from dict.fromkeys(text.strip() for text in texts if text.strip())


def _text(field: str) -> Callable[[str, PlanItem], dict[str, Any]]:
    return lambda value, _: {field: value or None}


_CHANGES: Mapping[str, Callable[[str, PlanItem], dict[str, Any]]] = {
    "title": lambda value, _: {"title": value, "title_is_printed": True},
    "owner": _owned,
    "schedule": _scheduled,
    "target_fiscal_years": _dated,
    "goal": _aimed,
    **{field: _text(field) for field in ("status", "progress", "content", "result", "issues", "next_steps")},
}

CORRECTABLE = tuple(_CHANGES)
