"""A question in, the exact conditions it sets on items out, and the question with those words masked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from assistant.column_values import named_values
from assistant.knowledge import Knowledge
from assistant.understanding.departments import NamedDepartment, named_departments
from assistant.understanding.masking import MASK, mask, mask_name
from assistant.understanding.named_sections import named_sections
from assistant.understanding.plan_titles import prints_part
from assistant.understanding.progress_named import named_progress
from assistant.understanding.requests import Several
from assistant.understanding.several import Name, are_joined, choose, merged, negation_after
from assistant.understanding.words import question_words
from assistant.understanding.years import NamedYears, read_years
from assistant.united import rows_of
from ingest.plan_items import ScheduleKind
from vectorstore.item_filter import ItemFilter

_EVERY = re.compile(r"各|全|関係")
_OF_ITEMS = re.compile(r"の?(?:取組|取り組み|項目|事業|施策|もの)(?!です|か|なの|だ)")
_ASKED_STATUS = re.compile(r"(?:新規|継続|拡充)(?:の?(?:取組|項目))?(?:だっけ|でしたっけ|ですか|なの|か)[?？。]*$")
_ALL_KINDS: tuple[ScheduleKind, ...] = ("every_year", "by", "from", "range", "single", "several", "other")
_MISSABLE = ("owner", "progress", "status", "schedule", "goal", "result", "issues", "next_steps")


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions found: a filter, what else restricts it, and `rest`, the question with their words masked.

    `several` are conditions with alternatives; `without` what is excluded; `years` are not yet told apart into
    schedules and reports.
    """

    filter: ItemFilter
    rest: str
    without: tuple[ItemFilter, ...] = ()
    several: tuple[Several, ...] = ()
    unknown_owner: str | None = None
    unknown_section: str | None = None
    unread_progress: str | None = None
    years: NamedYears = field(default_factory=NamedYears)

    @property
    def any(self) -> bool:
        """Tell whether there is any condition."""
        return self.filter != ItemFilter() or bool(self.without or self.several or self.years.due)

    def are_on(self, name: str) -> bool:
        """Tell whether anything is asked of the field `name`."""
        alternatives = (one for several in self.several for one in several.filters)
        return any(name in one.conditions for one in (self.filter, *alternatives))


def find_conditions(text: str, knowledge: Knowledge, documents: frozenset[str] | None) -> Conditions:
    """Read the owners, sections, years, statuses, progress, gaps and schedule kinds that a question names."""
    found = Conditions(ItemFilter(), re.sub(r"(支所|支庁|センター)の(?=[^\s]{2,8}課)", r"\1", text))
    found = _with_sections(found, knowledge, documents)
    found = _with_missing(found)
    found = _with_owners(found, knowledge, documents)
    found = _with_schedule_kind(found)
    found = _with_years(found)
    found = _with_statuses(found)
    found = _with_progress(found, knowledge, documents)
    return _with_columns(found, knowledge, documents)


def _with_names(found: Conditions, names: Iterable[Name]) -> Conditions:
    """Add the conditions of names of one kind, and mask them."""
    told = tuple(names)
    chosen = choose(found.rest, told, found.filter)
    rest = found.rest
    for name in told:
        rest = mask(rest, name.start, name.end)
        if negation := negation_after(found.rest, name.end):
            rest = mask(rest, *negation)
    return replace(
        found,
        filter=chosen.filter,
        several=(*found.several, *chosen.several),
        without=(*found.without, *chosen.without),
        rest=rest,
    )


def _with_sections(found: Conditions, knowledge: Knowledge, documents: frozenset[str] | None) -> Conditions:
    labels = [s for s in knowledge.sections if documents is None or s.document_id in documents]
    sections = named_sections(found.rest, labels)
    known = _with_names(replace(found, rest=sections.rest), sections.names)
    unknown = sections.unknown
    titled = unknown and any(prints_part(knowledge.title_of(d), unknown) for d in documents or ())
    return replace(known, unknown_section=None if titled else unknown)


def _with_owners(found: Conditions, knowledge: Knowledge, documents: frozenset[str] | None) -> Conditions:
    named = named_departments(found.rest, tuple(knowledge.owners_in(documents)))
    known_owners = [Name(d.start, d.end, ItemFilter(owner=d.owner)) for d in named if d.owner is not None]
    names = [name for name in known_owners if _is_one_department(name, known_owners, found.rest)]
    unknown = [d for d in named if d.owner is None and _is_meant(d, names, found.rest)][:1]
    known = _with_names(found, names)
    for department in unknown:
        rest = mask(known.rest, department.start, department.end)
        known = replace(known, unknown_owner=department.text, rest=rest)
    return known


def _is_one_department(name: Name, named: list[Name], text: str) -> bool:
    """Tell whether a name means a department: 各課 beside another does so only if joined to it."""
    others = [other for other in named if other is not name]
    is_every = _EVERY.match(name.condition.owner or "") is not None
    return not is_every or not others or any(are_joined(text, name, other) for other in others)


def _is_meant(department: NamedDepartment, known: list[Name], text: str) -> bool:
    """Beside a known department another is meant only if it is joined to it: 財務課と水道課."""
    place = Name(department.start, department.end, ItemFilter())
    return not known or any(are_joined(text, place, other) for other in known)


def _with_years(found: Conditions) -> Conditions:
    years = read_years(found.rest)
    without = found.without if years.not_in is None else (*found.without, ItemFilter(fiscal_year=years.not_in))
    wanted = found.filter if years.goal_year is None else replace(found.filter, goal_year=years.goal_year)
    found = replace(found, filter=wanted, without=without, years=years, rest=years.rest)
    return _every_year_or(years.due.years, found) if years.due and years.due.relation == "during" else found


def _every_year_or(years: tuple[int, ...], found: Conditions) -> Conditions:
    """毎年度 and a year beside it are alternatives: no schedule is both."""
    if found.filter.schedule_kinds != ("every_year",):
        return found
    either = (ItemFilter(schedule_kinds=("every_year",)), *(ItemFilter(fiscal_year=year) for year in years))
    wanted = replace(found.filter, schedule_kinds=None)
    return replace(found, filter=wanted, several=(*found.several, Several(either)), years=NamedYears(found.rest))


def _with_schedule_kind(found: Conditions) -> Conditions:
    words = question_words()
    for kind, pattern in words.schedule_kinds.items():
        match = pattern.search(found.rest)
        if not match:
            continue
        chosen: tuple[ScheduleKind, ...] = (kind,)  # type: ignore[assignment]
        if words.meanings["negation"].search(found.rest[match.end() : match.end() + 8]):
            chosen = tuple(k for k in _ALL_KINDS if k != kind)
        rest = mask(found.rest, *match.span()) if kind == "every_year" else found.rest
        if kind == "from":
            rest = re.sub(r"(令和|平成|R|H)?[○〇◯x]年度?[～]?", MASK, rest)
        return replace(found, filter=replace(found.filter, schedule_kinds=chosen), rest=rest)
    return found


def _with_statuses(found: Conditions) -> Conditions:
    words = question_words()
    named = [
        Name(*match.span(), ItemFilter(status=status))
        for status, wording in words.statuses.items()
        if (match := wording.search(found.rest))
    ]
    last = max((name.end for name in named), default=0)
    if len(named) == 1 and _ASKED_STATUS.search(found.rest):
        return found
    # 「この取組は新規ですか、継続ですか」 sets no condition, 「新規と継続の取組」 does.
    if len(named) > 1 and words.fields["status"].search(found.rest) and not _OF_ITEMS.match(found.rest, last):
        return found
    return _with_names(found, named)


def _with_progress(found: Conditions, knowledge: Knowledge, documents: frozenset[str] | None) -> Conditions:
    if found.filter.missing == "progress":
        return found
    rows = (row for item in knowledge.items_in(documents) for row in rows_of(item))
    named = named_progress(found.rest, {row.progress for row in rows if row.progress})
    found = replace(found, rest=named.rest, unread_progress=named.unread)
    if named.prints:
        return _with_names(found, named.prints)
    if named.negated:
        return replace(found, without=(*found.without, *named.meant))
    if len(named.meant) > 1:
        return replace(found, several=(*found.several, Several(named.meant)))
    return replace(found, filter=merged(found.filter, *named.meant))


def _with_columns(found: Conditions, knowledge: Knowledge, documents: frozenset[str] | None) -> Conditions:
    values = named_values(found.rest, knowledge.column_values_in(documents))
    if found.are_on("status"):
        values = tuple(named for named in values if named.label != "status")
    rest = found.rest
    for named in values:
        rest = mask_name(rest, named.value)
    return replace(found, filter=replace(found.filter, columns=values), rest=rest) if values else found


def _with_missing(found: Conditions) -> Conditions:
    words = question_words()
    match = words.meanings["missing"].search(found.rest)
    if not match:
        return found
    for missable in _MISSABLE:
        named = words.fields[missable].search(found.rest)
        if named:
            rest = mask(mask(found.rest, *match.span()), *named.span())
            rest = re.sub(rf"進捗区分|{words.meanings['missing'].ja.pattern}", MASK, rest)
            return replace(found, filter=replace(found.filter, missing=missable), rest=rest)
    return found
