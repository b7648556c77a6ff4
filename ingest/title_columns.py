"""The labels of a table's columns and the rows below in, the column that names its items out."""

from collections.abc import Sequence

from ingest.column_bodies import Rows, holds_for_several, mostly, names_every_row, names_things
from ingest.column_names import Label, word_keys
from ingest.numbering import is_number

GROUP_OR_TITLE = 3
INDICATOR = ("title", 4)
FACILITY = ("title", 5)


def title_index(labels: Sequence[Label], body: Rows) -> int | None:
    """The column of the best name; of two, the inner one when the outer one's cells hold for several rows of it."""
    tiers = sorted(
        (tier, index) for index, label in enumerate(labels) for field, tier in label.candidates if field == "title"
    )
    if not tiers:
        return _untitled_index(labels, body)
    best_tier, best = tiers[0]
    inner = [index for tier, index in tiers[1:] if index > best and _names_sub_items(labels, index, tier, best_tier)]
    if best_tier >= GROUP_OR_TITLE:
        inner += [index for index, label in enumerate(labels) if index > best and ("content", 0) in label.candidates]
    return next((i for i in inner if holds_for_several(body, best) and names_every_row(body, i)), best)


def beside_numbers(labels: Sequence[Label], title: int, body: Rows) -> tuple[int | None, int]:
    """A title label printed over two columns: the number column and the title column under it."""
    following = title + 1
    if following < len(labels) and _shares(labels, following, title) and mostly(body, title, is_number):
        return title, following
    if title and _shares(labels, title - 1, title) and mostly(body, title - 1, is_number):
        return title - 1, title
    return None, title


def _shares(labels: Sequence[Label], index: int, title: int) -> bool:
    return labels[index].printed in ("", labels[title].printed)


def _names_sub_items(labels: Sequence[Label], index: int, tier: int, outer: int) -> bool:
    """指標 names the items below 施策, but only says more about a 取組 or 事業."""
    if tier != INDICATOR[1]:
        return tier < INDICATOR[1]
    others = (field for at, label in enumerate(labels) if at != index for field, _ in label.candidates)
    return outer == GROUP_OR_TITLE and "goal" in others


def _untitled_index(labels: Sequence[Label], body: Rows) -> int | None:
    """Without a title column the innermost group, a column of names or the content names the item somebody owns."""
    fields = [{field for field, _ in label.candidates} for label in labels]
    if not any({"owner", "progress"} & candidates for candidates in fields):
        return None
    groups = [index for index, candidates in enumerate(fields) if "section" in candidates]
    contents = [index for index, candidates in enumerate(fields) if "content" in candidates]
    innermost = [index for index in groups if labels[index].name in word_keys("innermost_groups")]
    names = [index for index, label in enumerate(labels) if is_unknown_name(label) and names_things(body, index)]
    return next(iter([*innermost, *names[:1], *contents, *groups[-1:]]), None)


def is_unknown_name(label: Label) -> bool:
    """A label of no known meaning, which may stand over the names of the items."""
    others = word_keys("names_of_others") | word_keys("rarely_items")
    return bool(label.printed) and not label.candidates and not label.years and label.name not in others
