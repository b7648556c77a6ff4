"""A line printed under an item's heading in, the fields that its label stands for and its value out."""

import re
from collections.abc import Iterator
from itertools import takewhile

from ingest.column_names import key, names, read_label
from ingest.numbering import read_marker
from ingest.title_columns import INDICATOR

_FIELDS = frozenset(
    {"owner", "schedule", "goal", "content", "status", "progress", "result", "issues", "next_steps", "plan_summary"}
)
_LABELLED = re.compile(
    r"^\s*+(?:[-*・○●◆■▪◇]\s*+)*+(?:[【［〔(（<＜]\s*([^】］〕)）>＞:：\n]{2,12})\s*[】］〕)）>＞]\s*[:：]?|([^:：。、\n]{2,12})\s*+[:：])\s*+(.*)$"
)
_BRACKETS = frozenset("【［〔(（<＜")
_LONGEST_STATUS = 10
_MOST_LETTERS = 4
_LONGEST_MARKED = 12
_NEXT_LABEL = re.compile(r"(?<=\S)[ \u3000]+(?=[^\s:：、。]{2,8}\s*[:：])")


def read_label_line(line: str) -> tuple[str, str] | None:
    """担当課：甲課, 【担当課】甲課 → owner, 甲課; a status is a word, a sentence under 方向性 is none."""
    match = _LABELLED.match(line)
    fields = label_fields(match[1] or match[2]) if match else []
    if match is None or not fields:
        return None
    told = [field for field in fields if field != "status" or len(match[3].strip()) <= _LONGEST_STATUS]
    return next(iter(told or fields)), match[3]


def read_marked_line(line: str) -> tuple[str, str] | None:
    """（３）目標 alone on its line."""
    marker = read_marker(line.strip())
    exact = marker is not None and 1 < len(marker.rest) <= _LONGEST_MARKED and _is_exact(marker.rest)
    return (label_fields(marker.rest)[0], "") if marker and exact else None


def split_pairs(line: str) -> list[str]:
    """担当課：甲課　　実施期間：毎年度, as two lines; other lines as they are."""
    parts = _NEXT_LABEL.split(line)
    return parts if len(parts) > 1 and all(read_label_line(part) for part in parts) else [line]


def read_spaced_line(line: str) -> tuple[str, str] | None:
    """「担　当　甲課」: a known label, perhaps with its letters spread, and its value behind a blank.

    An unknown label with spread letters is content with its value.
    """
    words = line.split()
    letters = list(takewhile(lambda word: len(word) == 1, words))
    spread = 1 < len(letters) <= _MOST_LETTERS and len(letters) < len(words)
    unknown = ("content", f"{''.join(letters)}\u3000{' '.join(words[len(letters) :])}") if spread else None
    return next(_spaced(words), unknown)


def label_fields(label: str) -> list[str]:
    """The fields that a label can stand for in prose, best first; what is measured (KPI：…) is told as the goal."""
    candidates = read_label(label).candidates
    fields = [field for field, _ in candidates if field in _FIELDS]
    return fields or (["goal"] if INDICATOR in candidates else [])


def is_label(text: str) -> bool:
    """【担当課】 alone on its line."""
    label = _bracketed(text)
    return label is not None and not label[1].strip()


def is_labelled_value(text: str) -> bool:
    """【担当課】甲課: a label in brackets with its value, which is no heading."""
    label = _bracketed(text)
    return label is not None and bool(label[1].strip())


def _is_exact(label: str) -> bool:
    """The whole label is known, not a word in it alone."""
    fields = label_fields(label)
    return bool(fields) and key(label) in names().exact


def _bracketed(text: str) -> tuple[str, str] | None:
    """【取組】甲の推進 names an item and tells nothing about one."""
    match = _LABELLED.match(text.strip()) if text.strip()[:1] in _BRACKETS else None
    label = read_label(match[1] or match[2]) if match else None
    names = label is not None and any(field == "title" and tier < INDICATOR[1] for field, tier in label.candidates)
    return read_label_line(text.strip()) if match and not names else None


def _spaced(words: list[str]) -> Iterator[tuple[str, str]]:
    for count in range(1, min(len(words), _MOST_LETTERS + 1)):
        letters = words[:count]
        if count == 1 or all(len(letter) == 1 for letter in letters):
            label = "".join(letters)
            fields = label_fields(label) if 2 <= len(label) <= 8 else []
            if fields:
                yield fields[0], " ".join(words[count:])
