"""Sheets whose labels name no title in, what names their items out: one label of all of them, or their headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.column_names import key, read_label
from ingest.department_names import ends_like_owner
from ingest.documents import Block
from ingest.markup import plain_cell
from ingest.numbering import is_number
from ingest.sections import announces_items, heading_title

_LEAST_SHEETS = 2
_LEAST_KNOWN = 2
_LONGEST_NAME = 40
_SENTENCE_END = re.compile(r"[。、]|(?:ます|です|する|した)$")
_SHEET_NUMBER = re.compile(
    r"[【\[［〔<＜〈《■◆●□○]?\s*"
    r"(?:(?:個別|進捗|管理|評価|取組)*(?:シート|個票|調書|管理表|評価表|様式|票|表|取組|項目|事業|整理|番号|No\.?|№)+)?"
    r"\s*(?:その)?\s*[\d０-９①-⑳][\d０-９\-－]*\s*(?:号|枚目)?\s*[】\]］〕>＞〉》]?"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of labels beside values, and the heading directly above it."""

    block: Block
    heading: Block | None
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NamedSheet:
    """A sheet and the label that names its item; None where its heading does."""

    sheet: Sheet
    label: str | None


def name_sheets(sheets: Sequence[Sheet]) -> Iterator[NamedSheet]:
    """Name the sheets of every run of equal labels, of which at least two are known."""
    for labels, run in groupby(sheets, key=lambda sheet: tuple(key(label) for label, _ in sheet.pairs)):
        members = list(run)
        known = {field for label in labels for field, _ in read_label(label).candidates[:1]}
        if len(members) < _LEAST_SHEETS or len(known) < _LEAST_KNOWN:
            continue
        label = _naming_label(members)
        if label or all(_names_an_item(sheet.heading) for sheet in members):
            yield from (NamedSheet(sheet, label) for sheet in members)


def is_sheet_number(heading: str) -> bool:
    """【シート1】, 個票No.3: a heading that only counts sheets."""
    return len(heading) <= _LONGEST_NAME and _SHEET_NUMBER.fullmatch(heading) is not None


def _naming_label(sheets: Sequence[Sheet]) -> str | None:
    """The first unknown label, from the number on, whose values are different names."""
    labels = [label for label, _ in sheets[0].pairs]
    fields = [{field for field, _ in read_label(label).candidates} for label in labels]
    first = next((at for at, found in enumerate(fields) if "number" in found), 0)
    for at in (*range(first, len(labels)), *range(first)):
        values = [plain_cell(sheet.pairs[at][1]) for sheet in sheets]
        if not fields[at] and len(set(values)) == len(values) and all(map(_is_name, values)):
            return read_label(labels[at]).printed
    return None


def _is_name(text: str) -> bool:
    return (
        2 < len(text) <= _LONGEST_NAME
        and not _SENTENCE_END.search(text)
        and not is_number(text)
        and not re.match(r"[\d０-９令平RＲ]", text)
        and not (ends_like_owner(text) and len(text) <= 12)
    )


def _names_an_item(heading: Block | None) -> bool:
    if heading is None or announces_items(heading.text):
        return False
    return not is_sheet_number(heading_title(heading.text))
