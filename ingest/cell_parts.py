"""A content cell in; its text and the parts it labels itself (【目標】 …) out, and goals as a list."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ingest.column_names import read_label, word_list
from ingest.markup import paragraphs

_PART_FIELDS = frozenset({"goal", "content", "issues", "result", "next_steps", "plan_summary", "schedule", "owner"})
_BRACKETED = re.compile(r"[【〔［≪《]\s*([^【】〔〕［］≪≫《》\n]{2,14}?)\s*[】〕］≫》]")
_CONTINUES = re.compile(r"[・･※＊●○■□◆▶➢⇒→(（]|[-–]\s")
_LIST_ENTRY = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_NEW_GOAL = "\ue000"
_ENTRY = re.compile(r"(?:(?<=^)|(?<=[\s\u3000>。]))(?=[①-⑳])")


@dataclass(frozen=True, slots=True)
class CellParts:
    """The verbatim parts of a cell by field; the text before any label belongs to `content`."""

    content: str
    labelled: Mapping[str, str]


def split_parts(cell: str) -> CellParts:
    """Split a content cell at the labels in it that name other fields, 【目標】 above all."""
    places = [(match.start(), match.end(), field) for match in _labels(cell) if (field := _part_field(match))]
    if not places:
        return CellParts(cell, {})
    content, labelled = cell[: places[0][0]], dict[str, str]()
    for (_, end, field), following in zip(places, [*places[1:], None], strict=True):
        text = cell[end : following[0] if following else len(cell)]
        if field == "content":
            content += f"\n{text}"
        else:
            labelled[field] = f"{labelled[field]}\n{text}" if field in labelled else text
    return CellParts(content, labelled)


def read_goals(text: str) -> tuple[str, ...]:
    """One string per printed paragraph; entries ①② one by one; bullets and ※ notes stay with the goal above."""
    goals: list[str] = []
    for paragraph in paragraphs(_LIST_ENTRY.sub(f"\n{_NEW_GOAL}", text)):
        for entry in _entries(paragraph.lstrip(_NEW_GOAL)):
            if goals and _CONTINUES.match(entry) and not paragraph.startswith(_NEW_GOAL):
                goals[-1] = f"{goals[-1]}\n{entry}"
            else:
                goals.append(entry)
    return tuple(goals)


def _entries(paragraph: str) -> list[str]:
    return [entry.strip() for entry in _ENTRY.split(paragraph) if entry.strip()]


def _labels(cell: str) -> list[re.Match[str]]:
    found = list(_BRACKETED.finditer(cell)) + list(_goal_line().finditer(cell))
    return sorted(found, key=lambda match: match.start())


def _part_field(match: re.Match[str]) -> str | None:
    label = next(group for group in match.groups() if group)
    return next((field for field, _ in read_label(label).candidates if field in _PART_FIELDS), None)


@cache
def _goal_line() -> re.Pattern[str]:
    """「目標：」, 「■目標」 or 「<目標>」 at the beginning of a line or paragraph."""
    words = "|".join(re.escape(word) for word in sorted(word_list("goal_labels"), key=len, reverse=True))
    start = r"(?:^|(?<=[>\n。])|(?<=[>\n。]\s))\s*"
    return re.compile(rf"{start}(?:[■◆●○▼★<＜(（]\s*({words})\s*[>＞)）]?(?:\s*[:：]|\s|(?=<))|({words})\s*[:：])")
