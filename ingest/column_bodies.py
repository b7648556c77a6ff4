"""The rows below a header in, what a column of them holds out: prose, marks, numbers, merged cells."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeAlias

Rows: TypeAlias = Sequence[Sequence[str]]

_PROSE_LENGTH = 18
_DEPARTMENT = re.compile(r"(?:[課局係室]|[^全一内外]部)(?:長|等)?$")
# Begins with no digit and no year, holds letters, ends like no sentence.
_NAME = re.compile(
    r"(?!.*[。、])(?![\d０-９○〇◯●◎△▲×-]|[RＲ令平][\d０-９和成])(?=.*[ぁ-んァ-ヶ一-鿿]).{2,40}(?<!ます)(?<!です)(?<!する)",
    re.DOTALL,
)


def is_filled(body: Rows, index: int) -> bool:
    """Anything stands in the column."""
    return bool(_printed(body, index))


def mostly(body: Rows, index: int, holds: Callable[[str], object]) -> bool:
    """More than half of the cells that are not blank are such."""
    cells = _printed(body, index)
    return bool(cells) and sum(bool(holds(cell)) for cell in cells) * 2 > len(cells)


def is_prose(body: Rows, index: int) -> bool:
    """Sentences, or texts as long as sentences."""
    return mostly(body, index, lambda cell: len(cell) > _PROSE_LENGTH or cell.endswith("。"))


def holds_for_several(body: Rows, index: int) -> bool:
    """Merged cells: the text of the row above again, or blank below it, in a third of the rows."""
    cells = _all(body, index)
    merged = sum(not below or below == above for above, below in pairwise(cells))
    return merged * 3 >= len(cells) > 1 and merged > 0


def names_every_row(body: Rows, index: int) -> bool:
    """Short texts in nearly all rows, hardly ever the same as above."""
    cells = _all(body, index)
    repeated = sum(below == above for above, below in pairwise(cells))
    return sum(map(bool, cells)) * 5 >= len(cells) * 4 and repeated * 5 <= len(cells) and not is_prose(body, index)


def names_things(body: Rows, index: int) -> bool:
    """Different short names in nearly all rows: no figures, dates, departments or sentences."""
    cells = _printed(body, index)
    named = sum(bool(_NAME.fullmatch(cell)) and not _DEPARTMENT.search(cell) for cell in cells)
    different = len(set(cells)) * 10 >= len(cells) * 9
    return len(cells) > 1 and different and named * 5 >= len(cells) * 4 and names_every_row(body, index)


def repeats_left(body: Rows, index: int) -> bool:
    """The column only continues cells that are merged with those left of it."""
    return index > 0 and is_filled(body, index) and _all(body, index) == _all(body, index - 1)


def kinds(body: Rows, index: int) -> frozenset[str]:
    """The different texts of the column."""
    return frozenset(_printed(body, index))


def _all(body: Rows, index: int) -> list[str]:
    return [row[index].strip() if index < len(row) else "" for row in body]


def _printed(body: Rows, index: int) -> list[str]:
    return [cell for cell in _all(body, index) if cell]
