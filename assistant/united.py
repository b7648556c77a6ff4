"""Items of several documents in, one item for each thing out, every field from where it stands.

Cities print an item in the plan (目標, 実施時期) and again in every progress report (進捗, 実績); asked is one thing.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields

from assistant.names import bare
from ingest.plan_items import PlanItem

# What a report says newest of; everything else is the plan's to say.
_REPORTED = frozenset({"progress", "result", "issues", "next_steps", "plan_summary"})
_TOGETHER = {
    "schedule": ("schedule", "schedule_kind", "target_fiscal_years"),
    "owners": ("owners", "owner_text", "owners_by_goal"),
    "goals": ("goals", "goal_fiscal_years"),
}
_SINGLE = ("status", "content", "footnotes", "section_statement", *sorted(_REPORTED))


@dataclass(frozen=True, slots=True)
class UnitedItem(PlanItem):
    """An item that several documents print; `members` are their rows, the plan's first, then reports, newest first.

    Where all are reports of one series, the newest stands first for everything and there is no plan's row.
    """

    members: tuple[PlanItem, ...] = ()
    has_plan: bool = True

    def holder(self, names: Iterable[str]) -> PlanItem:
        """Return the member that prints the first of the named fields which any member prints."""
        for name in names:
            for member in self._asked_in_order(name):
                if member.printed.get(name, "").strip():
                    return member
        return self.members[0]

    def _asked_in_order(self, name: str) -> tuple[PlanItem, ...]:
        return _in_order(name, self.members, self.has_plan)


def unite(
    items: Iterable[PlanItem], years: Mapping[str, int], outdated: Collection[str] = frozenset()
) -> tuple[PlanItem, ...]:
    """Unite items of equal municipality and title from different documents.

    `years` are the documents' years; what `outdated` ones print counts only where no other prints it.
    """
    groups: dict[tuple[str | None, str], list[PlanItem]] = {}
    for item in items:
        groups.setdefault((item.municipality, bare(item.title)), []).append(item)
    united: list[PlanItem] = []
    for members in groups.values():
        documents = {member.document_id for member in members}
        united += [_united(members, years, outdated)] if 1 < len(documents) == len(members) else members
    return tuple(united)


def _united(members: list[PlanItem], years: Mapping[str, int], outdated: Collection[str]) -> UnitedItem:
    newest_first = sorted(members, key=lambda item: -years.get(item.document_id, 0))
    current = [item for item in newest_first if item.document_id not in outdated] or newest_first
    plan = next((item for item in current if item.goals or item.schedule), current[-1])
    ordered = (plan, *(item for item in newest_first if item is not plan))
    has_plan = len(current) > 1
    values = {field.name: getattr(plan, field.name) for field in fields(PlanItem)}
    for name in ("schedule", "owners", "goals", *_SINGLE):
        holder = next((item for item in _in_order(name, ordered, has_plan) if getattr(item, name)), plan)
        values |= {part: getattr(holder, part) for part in _TOGETHER.get(name, (name,))}
    values["fields"] = {label: text for item in reversed(ordered) for label, text in item.fields.items()}
    return UnitedItem(**values, members=ordered, has_plan=has_plan)


def _in_order(name: str, members: tuple[PlanItem, ...], has_plan: bool) -> tuple[PlanItem, ...]:
    """The rows in the order in which they are asked for a field: what is reported stands in the reports."""
    return (*members[1:], members[0]) if has_plan and name in _REPORTED else members
