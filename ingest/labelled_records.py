"""Placed blocks in, drafts of items that are printed as lines of labels and values, the first of them a name, out."""

import re
from collections.abc import Iterator, Sequence

from ingest.column_names import read_label
from ingest.columns import is_status
from ingest.documents import Block
from ingest.drafts import Draft
from ingest.entry_fields import read_fields
from ingest.entry_labels import label_fields
from ingest.markup import strip_markup
from ingest.sections import Placed
from ingest.title_columns import INDICATOR
from ingest.titles import read_title

_LINE = re.compile(
    r"\s*(?:[-*・○●◆■◇]\s*)*[【［〔]?(?P<label>[^\s:：。、【】［］〔〕]{2,12})\s*[】］〕]?\s*[:：]\s*(?P<value>\S.*)"
)
_LEAST_FIELDS = 2
_LONGEST_NAME = 60


def draft_records(placed: Sequence[Placed]) -> dict[int, tuple[Draft, ...]]:
    """The items of every block whose lines say 施設名：甲, 所管課：乙課 …, by the block's first line."""
    found = (
        (entry.block.line_start, tuple(_drafts(entry)))
        for entry in placed
        if entry.block.kind in ("paragraph", "list") and _names(strip_markup(entry.block.text).split("\n")[0])
    )
    return {line: drafts for line, drafts in found if drafts}


def _drafts(entry: Placed) -> Iterator[Draft]:
    lines = strip_markup(entry.block.text).split("\n")
    starts = [at for at, line in enumerate(lines) if _names(line)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        if draft := _draft(entry, lines[start:end], entry.block.line_start + start):
            yield draft


def _draft(entry: Placed, lines: Sequence[str], first: int) -> Draft | None:
    known = [line for line in lines[1:] if not _kept(line)]
    kept = dict(pair for line in lines[1:] if (pair := _kept(line)))
    fields = read_fields([Block("paragraph", "\n".join(known), first, first + len(lines) - 1)])
    if len(fields) < _LEAST_FIELDS:
        return None
    printed = _names(lines[0])
    reading = read_title(printed)
    decided = next((value for value in kept.values() if is_status(value)), None)
    return Draft(
        section=entry.section,
        title=reading.title,
        line_start=first,
        line_end=first + len(lines) - 1,
        row="\n".join(lines),
        number=reading.number,
        status=fields.get("status") or decided or reading.status,
        cells={"title": printed, **fields},
        extra={label: value for label, value in kept.items() if value != decided},
    )


def _names(line: str) -> str:
    """The name behind 施設名：, 取組名：, 事業名： …"""
    match = _LINE.fullmatch(line)
    candidates = read_label(match["label"]).candidates if match else ()
    is_name = any(field == "title" and (field, tier) != INDICATOR for field, tier in candidates[:1])
    return match["value"].strip() if match and is_name and len(match["value"]) <= _LONGEST_NAME else ""


def _kept(line: str) -> tuple[str, str] | None:
    """A label of no field of its own, with its value."""
    match = _LINE.fullmatch(line)
    return (match["label"], match["value"].strip()) if match and not label_fields(match["label"]) else None
