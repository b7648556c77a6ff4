"""The labels in the group columns of an item table in, the section path of every row out, torn labels mended."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.markup import close_up, paragraphs
from ingest.numbering import mark_value, read_marker
from ingest.plan_items import Repair

_ROMANS = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "Ⅵ", "Ⅶ", "Ⅷ", "Ⅸ", "Ⅹ", "Ⅺ", "Ⅻ")
_COMPOUND = re.compile(
    r"(?P<a>[Ⅰ-Ⅻ]|I{1,3}|IV|VI{0,3}|IX|X)\s*[-－‐・.．]?\s*(?P<b>\d{1,2})\s*[-－‐・.．]?\s*(?P<c>[(（]\s*\d{1,2}\s*[)）])\s*(?P<title>.*)"
)
_PARTICLES = "のをにはがとでへや・、）)"


@dataclass(frozen=True, slots=True)
class GroupPath:
    """The section elements of one row, the last one titled; `title` is the innermost label without its number."""

    elements: tuple[str, ...]
    title: str | None
    repairs: tuple[Repair, ...] = ()


@dataclass(slots=True)
class _Label:
    """A compound label Ⅱ 1 (2) … while its neighbours are compared."""

    printed: str
    numbers: tuple[int, int, int] | None
    title: str
    repairs: tuple[Repair, ...] = ()


def group_paths(labels: Sequence[tuple[str, ...]], continues: Sequence[bool]) -> tuple[GroupPath, ...]:
    """Section paths of rows in printed order.

    `labels` are the rows' labels, outer first, carried down; `continues[i]` tells that row i goes on counting in the
    group of the row above, so that a fresh label without number there is the torn end of the group's label.
    """
    if any(_COMPOUND.fullmatch(_text(row[-1])) for row in labels if row):
        return _compound_paths(labels, continues)
    return tuple(_plain_path(row) for row in _from_their_first_row(labels, continues))


def _from_their_first_row(labels: Sequence[tuple[str, ...]], continues: Sequence[bool]) -> list[tuple[str, ...]]:
    """A label printed in the middle of its group holds from the row where the group's numbers begin."""
    spread = list(labels)
    begin = 0
    for at, row in enumerate(labels):
        begin = at if not continues[at] else begin
        is_fresh = at > 0 and row != labels[at - 1]
        begins_unlabelled = not labels[0] if begin == 0 else labels[begin] == labels[begin - 1]
        if is_fresh and begin < at and begins_unlabelled and len(set(labels[begin:at])) == 1:
            spread[begin:at] = [row] * (at - begin)
    return spread


def _plain_path(row: tuple[str, ...]) -> GroupPath:
    elements = tuple(_text(label) for label in row)
    marker = read_marker(elements[-1]) if elements else None
    title = (marker.rest if marker and marker.rest else elements[-1]) if elements else None
    return GroupPath(elements, title)


def _compound_paths(labels: Sequence[tuple[str, ...]], continues: Sequence[bool]) -> tuple[GroupPath, ...]:
    runs: list[_Label] = []
    of_row: list[int | None] = []
    last = ""
    for row, goes_on in zip(labels, continues, strict=True):
        printed = row[-1] if row else ""
        if printed and printed != last:
            last = printed
            if goes_on and runs and not _COMPOUND.fullmatch(_text(printed)) and _text(printed)[:1] in _PARTICLES:
                runs[-1] = _lengthened(runs[-1], _text(printed))
            else:
                runs.append(_read_label(printed))
        of_row.append(len(runs) - 1 if runs else None)
    _mend_order(runs)
    paths = [_path(run) for run in runs]
    return tuple(paths[index] if index is not None else GroupPath((), None) for index in of_row)


def _text(label: str) -> str:
    return close_up(" ".join(paragraphs(label)))


def _read_label(printed: str) -> _Label:
    match = _COMPOUND.fullmatch(_text(printed))
    if not match:
        return _Label(printed, None, _text(printed))
    numbers = (mark_value(match["a"]) or 0, int(match["b"]), mark_value(re.sub(r"\s", "", match["c"])) or 0)
    return _Label(printed, numbers, match["title"])


def _lengthened(label: _Label, rest: str) -> _Label:
    title = close_up(f"{label.title} {rest}")
    return replace(label, title=title, repairs=(*label.repairs, Repair("section", label.title, title)))


def _mend_order(runs: list[_Label]) -> None:
    """A part number that breaks the order, and would keep it with the part of the label before, is misread."""
    for at, run in enumerate(runs):
        before = next((r.numbers for r in reversed(runs[max(0, at - 3) : at]) if r.numbers), None)
        after = next((r.numbers for r in runs[at + 1 : at + 4] if r.numbers), None)
        mended = _number_between(run.numbers, before, after)
        if mended != run.numbers and mended:
            run.repairs = (*run.repairs, Repair("section", _text(run.printed), f"{_numbers(mended)} {run.title}"))
            run.numbers = mended


def _number_between(
    own: tuple[int, int, int] | None, before: tuple[int, int, int] | None, after: tuple[int, int, int] | None
) -> tuple[int, int, int] | None:
    if own is None:
        return _missing_number(before, after)
    if before is None or (own > before and (after is None or own < after or after < before)):
        return own
    guess = (before[0], own[1], own[2])
    return guess if before < guess and (after is None or guess < after) else own


def _missing_number(
    before: tuple[int, int, int] | None, after: tuple[int, int, int] | None
) -> tuple[int, int, int] | None:
    """The only number that fits between its neighbours, when there is exactly one."""
    if before is None or after is None:
        return None
    if after[:2] == before[:2] and after[2] == before[2] + 2:
        return (*before[:2], before[2] + 1)
    if after[:2] != before[:2] and after[2] == 2:
        return (*after[:2], 1)
    return None


def _path(label: _Label) -> GroupPath:
    if label.numbers is None:
        return GroupPath((label.title,), label.title, label.repairs)
    part, chapter, section = label.numbers
    roman = _ROMANS[part - 1] if 0 < part <= len(_ROMANS) else str(part)
    return GroupPath((roman, str(chapter), f"({section}) {label.title}".strip()), label.title or None, label.repairs)


def _numbers(numbers: tuple[int, int, int]) -> str:
    part, chapter, section = numbers
    return f"{_ROMANS[part - 1] if 0 < part <= len(_ROMANS) else part}{chapter}({section})"
