"""Items of several documents in, one item for each thing out, every field from where it stands.

Cities print an item in the plan (目標, 実施時期) and again in every progress report (進捗, 実績); asked is one thing.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields

from assistant.editions import Edition
from assistant.names import bare
from ingest.plan_items import PlanItem
from vectorstore.corrected_items import ATTRIBUTES

# What a report says newest of; everything else is the plan's to say.
REPORTED = frozenset({"progress", "result", "issues", "next_steps", "plan_summary"})
_TOGETHER = {
    "schedule": ("schedule", "schedule_kind", "target_fiscal_years"),
    "owners": ("owners", "owner_text", "owners_by_goal"),
    "goals": ("goals", "goal_fiscal_years"),
}
_SINGLE = ("status", "content", "footnotes", "section_statement", *sorted(REPORTED))
_UNDATED = Edition("plan", frozenset())


@dataclass(frozen=True, slots=True)
class UnitedItem(PlanItem):
    """An item that several documents print; `members` are their rows, the plan's first, then reports, newest first.

    Where all are reports of one series, the newest stands first for everything and there is no plan's row.
    """

    members: tuple[PlanItem, ...] = ()
    has_plan: bool = True

    def holder(self, names: Iterable[str]) -> PlanItem:
        """Return the member that prints, or has corrected, the first of the named fields which any member has."""
        for name in names:
            for member in self._asked_in_order(name):
                printed = member.printed.get(name, "").strip() or member.fields.get(name)
                if printed or any(one.field == name for one in member.corrections):
                    return member
        return self.members[0]

    def row_saying(self, field: str) -> PlanItem:
        """Return the member that a field's value is taken from."""
        attribute = ATTRIBUTES.get(field, field)
        return next((m for m in self._asked_in_order(field) if getattr(m, attribute, None)), self.holder((field,)))

    def _asked_in_order(self, name: str) -> tuple[PlanItem, ...]:
        return _in_order(name, self.members, self.has_plan)


def rows_of(item: PlanItem) -> tuple[PlanItem, ...]:
    """Return the printed rows of an item, the plan's first."""
    return item.members if isinstance(item, UnitedItem) else (item,)


def row_of(item: PlanItem, field: str) -> PlanItem:
    """Return the printed row that a field's value is taken from."""
    return item.row_saying(field) if isinstance(item, UnitedItem) else item


def versions(item: PlanItem, field: str) -> tuple[PlanItem, ...]:
    """Return one row for every different value that documents print of a plan's field, the plan's first.

    Reports follow from old to new; a value that an earlier row has said is left out.
    """
    first, *newest_first = rows_of(item)
    told: dict[object, PlanItem] = {}
    for row in (first, *reversed(newest_first)):
        value = _compared(row, field)
        if value and not any(_says_the_same(value, other) for other in told):
            told[value] = row
    return tuple(told.values())


def _compared(row: PlanItem, field: str) -> object:
    if field == "schedule" and row.target_fiscal_years:
        return row.schedule_kind, row.target_fiscal_years
    value = getattr(row, ATTRIBUTES.get(field, field))
    return frozenset(map(bare, value)) if field == "owner" else bare("".join(value or ()))


def _says_the_same(one: object, other: object) -> bool:
    """Tell whether two values are equal, or one text holds the other: a report prints a goal in short."""
    if isinstance(one, str) and isinstance(other, str):
        return one in other or other in one
    return one == other


def unite(
    items: Iterable[PlanItem], editions: Mapping[str, Edition], outdated: Collection[str] = frozenset()
) -> tuple[PlanItem, ...]:
    """Unite items of equal municipality and title from different documents.

    What `outdated` documents print counts only where no other prints it.
    """
    groups: dict[tuple[str | None, str], list[PlanItem]] = {}
    for item in items:
        groups.setdefault((item.municipality, bare(item.title)), []).append(item)
    united: list[PlanItem] = []
    for members in groups.values():
        documents = {member.document_id for member in members}
        united += [_united(members, editions, outdated)] if 1 < len(documents) == len(members) else members
    return tuple(united)


def _is_marked(name: str, edition: Edition) -> bool:
    """Tell whether a document marks progress: its blank is no reason to take an older mark for the newest."""
    return name == "progress" and edition.role == "report" and name in edition.columns


def _united(members: list[PlanItem], editions: Mapping[str, Edition], outdated: Collection[str]) -> UnitedItem:
    def edition(item: PlanItem) -> Edition:
        return editions.get(item.document_id, _UNDATED)

    newest_first = sorted(members, key=lambda item: -edition(item).newest)
    current = [item for item in newest_first if item.document_id not in outdated] or newest_first
    plan = next((item for item in current if edition(item).role == "plan"), current[-1])
    ordered = (plan, *(item for item in newest_first if item is not plan))
    has_plan = len(current) > 1
    values = {field.name: getattr(plan, field.name) for field in fields(PlanItem)}
    for name in ("schedule", "owners", "goals", *_SINGLE):
        candidates = _in_order(name, ordered, has_plan)
        holder = next((item for item in candidates if getattr(item, name) or _is_marked(name, edition(item))), plan)
        values |= {part: getattr(holder, part) for part in _TOGETHER.get(name, (name,))}
    values["fields"] = {label: text for item in reversed(ordered) for label, text in item.fields.items()}
    values["corrections"] = tuple(one for item in ordered for one in item.corrections)
    return UnitedItem(**values, members=ordered, has_plan=has_plan)


def _in_order(name: str, members: tuple[PlanItem, ...], has_plan: bool) -> tuple[PlanItem, ...]:
    """The rows in the order in which they are asked for a field: what is reported stands in the reports."""
    return (*members[1:], members[0]) if has_plan and name in REPORTED else members
