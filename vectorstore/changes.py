"""The items of two versions of a plan in, what was added, removed, moved and changed between them out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from ingest.normalize import squeeze
from ingest.plan_items import PlanItem

ChangedField: TypeAlias = Literal[
    "title", "section", "status", "content", "goal", "schedule", "owner", "progress", "result", "issues",
    "next_steps",
]  # fmt: skip

Scores: TypeAlias = NDArray[np.float64]

# Percentages of rapidfuzz, found on renamed items of made-up plans: below them, two titles are two things.
_EQUAL, _SAME_TITLE = 100.0, 80.0
_LIKE_TITLE, _SAME_CONTENT, _LIKE_CONTENT = 45.0, 85.0, 60.0
_SHORTEST_CONTENT = 15
_LIKEST = 30

_FIELDS: dict[ChangedField, Callable[[PlanItem], str]] = {
    "title": lambda item: item.title,
    "status": lambda item: item.status or "",
    "content": lambda item: item.content or "",
    "goal": lambda item: "" if item.goals_are_described else "\n".join(item.goals),
    "schedule": lambda item: item.schedule or "",
    "owner": lambda item: "、".join(item.owners),
    "progress": lambda item: item.progress or "",
    "result": lambda item: item.result or "",
    "issues": lambda item: item.issues or "",
    "next_steps": lambda item: item.next_steps or "",
}
# Order in which departments are printed says nothing.
_UNORDERED = frozenset({"owner"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an item, as it was and as it is; empty where nothing is printed."""

    field: ChangedField
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item that differs: `old` is None if it was added, `new` if it was removed."""

    old: PlanItem | None
    new: PlanItem | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def item(self) -> PlanItem:
        """The item as it is, or as it was if it was removed."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def is_moved(self) -> bool:
        """Tell whether it stands in another section than before."""
        return any(change.field == "section" for change in self.fields)

    @property
    def kind(self) -> Literal["added", "removed", "moved", "changed"]:
        """What happened to it; one that is moved and changed counts as changed."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        return "moved" if all(change.field == "section" for change in self.fields) else "changed"


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs, in the new version's order, removed items last; and how many items are as they were."""

    items: tuple[ItemChange, ...]
    unchanged: int

    def of_kind(self, kind: str) -> tuple[ItemChange, ...]:
        """Return the changes of one kind."""
        return tuple(change for change in self.items if change.kind == kind)


def changes_between(old: Sequence[PlanItem], new: Sequence[PlanItem]) -> Changes:
    """Match the items of two versions, by title and then by likeness, and tell how they differ."""
    pairs = _matched(old, new)
    kept = set(pairs.values())
    silent = _fields_of_one_only(old, new)
    found = []
    for at, item in enumerate(new):
        before = old[pairs[at]] if at in pairs else None
        fields = _changed_fields(before, item, silent) if before else ()
        if before is None or fields:
            found.append(ItemChange(before, item, fields))
    removed = [ItemChange(item, None) for at, item in enumerate(old) if at not in kept]
    return Changes((*found, *removed), len(pairs) - sum(change.old is not None for change in found))


def change_of(item: PlanItem, old: Sequence[PlanItem], new: Sequence[PlanItem]) -> ItemChange:
    """Tell how one item of a new version differs from what it was: without fields where it does not."""
    before = _counterpart(item, old)
    if before is None or (before.id != item.id and _counterpart(before, new) is not item):
        return ItemChange(None, item)
    return ItemChange(before, item, _changed_fields(before, item, _fields_of_one_only(old, new)))


def _counterpart(item: PlanItem, others: Sequence[PlanItem]) -> PlanItem | None:
    """The item of another version that is the same one; only those of the likest titles and contents are compared."""
    same = next((other for other in others if other.id == item.id), None)
    if same is not None:
        return same
    places: set[int] = set()
    for text, texts in (
        (item.title, [other.title for other in others]),
        (_body(item), [_body(other) for other in others]),
    ):
        places |= {place for _, _, place in process.extract(text, texts, scorer=fuzz.ratio, limit=_LIKEST)}
    likest = [others[place] for place in sorted(places)]
    pairs = _matched(likest, [item]) if likest else {}
    return likest[pairs[0]] if pairs else None


def _fields_of_one_only(old: Sequence[PlanItem], new: Sequence[PlanItem]) -> frozenset[str]:
    """Fields that one of the versions has no column for: that a whole column is new says nothing about an item."""
    return frozenset(name for name, value in _FIELDS.items() if not any(map(value, old)) or not any(map(value, new)))


def _changed_fields(old: PlanItem, new: PlanItem, silent: frozenset[str]) -> tuple[FieldChange, ...]:
    found: list[FieldChange] = []
    if tuple(map(_key, old.section)) != tuple(map(_key, new.section)):
        found.append(FieldChange("section", " > ".join(old.section), " > ".join(new.section)))
    for name, value in _FIELDS.items():
        before, after = value(old), value(new)
        if name not in silent and _compared(name, before) != _compared(name, after):
            found.append(FieldChange(name, before, after))
    return tuple(found)


def _compared(name: str, text: str) -> object:
    return frozenset(map(_key, text.split("、"))) if name in _UNORDERED else _key(text)


def _key(text: str) -> str:
    return squeeze(text).casefold()


def _matched(old: Sequence[PlanItem], new: Sequence[PlanItem]) -> dict[int, int]:
    """Places in `new` with those in `old` that are the same item."""
    pairs: dict[int, int] = {}
    for likeness in (_same_titles, _same_contents):
        left_new = [at for at in range(len(new)) if at not in pairs]
        left_old = sorted(set(range(len(old))) - set(pairs.values()))
        if left_new and left_old:
            scores = likeness([new[at] for at in left_new], [old[at] for at in left_old])
            pairs |= {left_new[row]: left_old[column] for row, column in _best_pairs(scores)}
    return pairs


def _same_titles(new: Sequence[PlanItem], old: Sequence[PlanItem]) -> Scores:
    """How alike the titles are, 0 where they are not; of equal titles the nearer section and number win."""
    scores = _alike(_titles(new), _titles(old), _SAME_TITLE)
    sections = _alike(_sections(new), _sections(old), 0.0)
    numbers = _where_equal(new, old, lambda item: item.number)
    likely = numbers | _where_equal(new, old, _owners) | (_alike(_contents(new), _contents(old), _LIKE_CONTENT) > 0)
    # Titles that differ by a letter or two (小学校, 中学校) may be two things: something else must agree.
    return np.where((scores >= _EQUAL) | ((scores > 0) & likely), scores * 10 + sections / 100 + numbers / 2, 0.0)


def _same_contents(new: Sequence[PlanItem], old: Sequence[PlanItem]) -> Scores:
    """How alike the contents are of items that were given another name."""
    titles = _alike(_titles(new), _titles(old), _LIKE_TITLE)
    contents = _alike(_contents(new), _contents(old), _SAME_CONTENT)
    long_enough = np.array([len(text) >= _SHORTEST_CONTENT for text in _contents(new)])
    likely = (titles > 0) | _where_equal(new, old, _owners)
    return np.where(long_enough[:, None] & likely, contents, 0.0)


def _alike(new: Sequence[str], old: Sequence[str], least: float) -> Scores:
    return process.cdist(new, old, scorer=fuzz.ratio, score_cutoff=least, dtype=np.float32).astype(np.float64)


def _where_equal(
    new: Sequence[PlanItem], old: Sequence[PlanItem], value: Callable[[PlanItem], object]
) -> NDArray[np.bool_]:
    """Where both print the same; nothing printed is not the same."""
    before = [value(item) for item in old]
    return np.array([[bool(mine) and mine == other for other in before] for mine in map(value, new)])


def _best_pairs(scores: Scores) -> Iterable[tuple[int, int]]:
    """Take the best pair, then the best of what is left, until nothing is alike."""
    taken_rows, taken_columns = set[int](), set[int]()
    for place in np.argsort(-scores, axis=None, kind="stable"):
        row, column = divmod(int(place), scores.shape[1])
        if scores[row, column] <= 0:
            return
        if row not in taken_rows and column not in taken_columns:
            taken_rows.add(row)
            taken_columns.add(column)
            yield row, column


def _owners(item: PlanItem) -> frozenset[str]:
    return frozenset(map(_key, item.owners))


def _titles(items: Sequence[PlanItem]) -> list[str]:
    return [_key(item.title) for item in items]


def _sections(items: Sequence[PlanItem]) -> list[str]:
    return [_key("/".join(item.section)) for item in items]


def _contents(items: Sequence[PlanItem]) -> list[str]:
    return [_key(_body(item)) for item in items]


def _body(item: PlanItem) -> str:
    return item.content or "\n".join(item.goals)
