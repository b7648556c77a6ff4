"""The first rows of a table in, its possible headers out: one label per column, joined from one to three rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.column_names import key, read_label
from ingest.documents import Row
from ingest.markup import close_up, strip_markup, unquoted

_SEARCHED_ROWS = 8
_MOST_ROWS = 3
_LONGEST_INNER_LABEL = 24
_BRACKETED = re.compile(r"[(（\[［〔].{1,16}[)）\]］〕]")


@dataclass(frozen=True, slots=True)
class Header:
    """The labels of a table's columns, the rows they are printed on, and what is printed above those."""

    labels: tuple[str, ...]
    rows: tuple[Row, ...]
    above: tuple[Row, ...]

    @property
    def end(self) -> int:
        """How many rows of the table come before its body."""
        return len(self.above) + len(self.rows)


def possible_headers(rows: Sequence[Row]) -> Iterator[Header]:
    """Every row that could begin the header, from the top; with it as many further rows as belong to it, then fewer."""
    searched = [at for at, row in enumerate(rows) if any(cell.strip() for cell in row.cells)][:_SEARCHED_ROWS]
    for at in searched:
        if is_caption(rows[at].cells):
            continue
        for depth in range(_depth(rows, at), 0, -1):
            taken = tuple(rows[at : at + depth])
            yield Header(_joined([row.cells for row in taken]), taken, tuple(rows[:at]))
        if _is_timeline(rows[at].cells):
            return  # what stands under years is no header of its own


def _is_timeline(cells: Sequence[str]) -> bool:
    """Years and nothing else, but for one label."""
    labels = {label.printed: label for cell in cells if cell.strip() and (label := read_label(cell))}
    years = sum(bool(label.years) and not label.name for label in labels.values())
    return years > 1 and len(labels) - years <= 1


def is_caption(cells: Sequence[str]) -> bool:
    """One text and nothing else, in one cell or merged over several."""
    return len({key(cell) for cell in cells if cell.strip()}) < 2


def _depth(rows: Sequence[Row], at: int) -> int:
    depth = 1
    while depth < _MOST_ROWS and at + depth < len(rows):
        if not _goes_on(rows[at + depth - 1].cells, rows[at + depth].cells):
            break
        depth += 1
    return depth


def _goes_on(above: Sequence[str], below: Sequence[str]) -> bool:
    """Labels, years or units under labels that span them, blanks or the merged labels themselves under the others."""
    filled = [at for at, cell in enumerate(below) if cell.strip()]
    repeated = [at for at in filled if at < len(above) and key(above[at]) == key(below[at])]
    fresh = [at for at in filled if at not in repeated]
    if not fresh or any(len(below[at].strip()) > _LONGEST_INNER_LABEL for at in fresh):
        return False
    if all(_BRACKETED.fullmatch(strip_markup(below[at]).strip()) for at in fresh):
        return True
    if repeated:
        spanned = {key(below[at]) for at in fresh if _is_spanned(above, at)}
        return all(key(below[at]) in spanned or _is_label(below[at]) for at in fresh)
    if len(filled) == len(below) == len(above):
        known = sum(_is_label(below[at]) for at in fresh)
        return known * 2 >= len(fresh) and all(_is_spanned(above, at) or not above[at].strip() for at in fresh)
    return all(_is_label(below[at]) for at in fresh)


def _is_spanned(above: Sequence[str], at: int) -> bool:
    """The label over a column is merged with its neighbour's."""
    around = [above[i] for i in (at - 1, at + 1) if 0 <= i < len(above)]
    return at < len(above) and bool(above[at].strip()) and above[at] in around


def _is_label(cell: str) -> bool:
    label = read_label(cell)
    return bool(label.years or label.candidates)


def _joined(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The parts of every column's label, one under the other; a blank cell is spanned by the label left of it."""
    width = max(len(row) for row in rows)
    grid = [
        [close_up(unquoted(row[at]).replace("\n", " ")) if at < len(row) else "" for at in range(width)] for row in rows
    ]
    for upper, lower in pairwise(grid):
        spanning = ""
        for at in range(width):
            spanning = upper[at] or (spanning if lower[at] else "")
            upper[at] = spanning
    return tuple("\n".join(_distinct([row[at] for row in grid])) for at in range(width))


def _distinct(parts: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for part in parts:
        if part and (not kept or key(part) != key(kept[-1])):
            kept.append(part)
    return kept
