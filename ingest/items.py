"""Drafts of items in, PlanItems 取組項目 with cleaned values, stable ids and their printed cells out."""

import hashlib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.cell_parts import read_goals, split_parts
from ingest.documents import Document
from ingest.drafts import Draft
from ingest.fiscal_year import goal_years
from ingest.footnotes import FootnoteIndex
from ingest.markup import close_up, paragraphs, plain_cell
from ingest.owners import LONGEST_OWNERS, departments_in, read_owners
from ingest.plan_items import PlanItem, Repair
from ingest.progress import ProgressWords, progress_words
from ingest.schedules import (
    ScheduleReading,
    cells_by_year,
    dated_sentence,
    read_schedule,
    read_year_columns,
)
from ingest.year_checks import is_misprint, within

_PROSE_FIELDS = ("content", "result", "issues", "next_steps", "plan_summary")
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-鿿]")
_BRACKETED_DEPARTMENT = re.compile(r"[(（]\s*[^()（）。、\s]{1,14}[課室局部署所係]\s*[)）]")
_SHORTEST_WORD = 3
# What goes on since a year is no plan; a year that a text breaks off at is of a sentence nobody can read.
_UNDERWAY = re.compile(r"[^。\n]*年度?(?:から|より|以降)[^。\n]*てい(?:る|た)?(?=。|\n|$)")
_CUT_OFF = re.compile(r"(?<=[、，])[^、，。\n]{0,5}年度?$")
_NOTHING = frozenset({"", "-", "－", "―", "ー", "–", "—", "…", "〃", "/", "／"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What a document's items are read against: its departments, progress classes and footnotes."""

    document: Document
    departments: frozenset[str]
    progress: ProgressWords
    footnotes: FootnoteIndex


def build_items(drafts: Sequence[Draft], document: Document, footnotes: FootnoteIndex) -> tuple[PlanItem, ...]:
    """Clean every draft; items of equal section, number and title get different ids by their order."""
    setting = Setting(
        document,
        departments_in((draft.cells.get("owner", "")[:LONGEST_OWNERS] for draft in drafts), "\n".join(document.lines)),
        progress_words(draft.cells.get("progress", "") for draft in drafts),
        footnotes,
    )
    seen: Counter[tuple[object, ...]] = Counter()
    items = []
    for draft in drafts:
        identity = (draft.section, draft.number, draft.title)
        items.append(_build(draft, setting, seen[identity]))
        seen[identity] += 1
    return tuple(items)


def _build(draft: Draft, setting: Setting, ordinal: int) -> PlanItem:
    cells = _with_aim(_split_cells(draft.cells), draft.aim)
    prose, noise = _prose(cells)
    owners = read_owners(cells.get("owner", ""), setting.departments)
    schedule = _schedule(draft, cells)
    progress = setting.progress.read(cells.get("progress", ""))
    goals = tuple(goal for goal in read_goals(cells.get("goal", "")) if goal not in _NOTHING)
    located = _located(draft, setting.document, ordinal)
    certainty = located.place.certainty if located.place else 1.0
    return replace(
        located,
        content=prose["content"],
        goals=goals,
        goal_fiscal_years=tuple(sorted({*goal_years("\n".join(goals)).targets, *draft.goal_years})),
        schedule=schedule.text,
        schedule_kind=schedule.kind,
        target_fiscal_years=_target_years(draft, schedule, prose["content"], goals, setting.document.period),
        owners=owners.owners,
        owner_text=plain_cell(cells.get("owner", "")) or None,
        owners_by_goal=owners.by_goal,
        progress=progress,
        result=prose["result"],
        issues=prose["issues"],
        next_steps=prose["next_steps"],
        plan_summary=prose["plan_summary"],
        footnotes=setting.footnotes.of(_own_text(draft), draft.line_end),
        fields={**draft.extra, **schedule.cells},
        printed=_printed(draft, cells, schedule),
        repairs=(*draft.repairs, *owners.repairs, *noise, *_progress_repair(cells.get("progress", ""), progress)),
        confidence=round(draft.confidence * owners.confidence * certainty, 3),
    )


def _own_text(draft: Draft) -> str:
    """What is printed of this item alone: a row may hold several, and the label of a group above it."""
    years = (cell for _, cell in draft.years)
    return "\n".join((*draft.cells.values(), *draft.extra.values(), *years)) or draft.row


def _located(draft: Draft, document: Document, ordinal: int) -> PlanItem:
    """The item with its name and place, its fields still empty."""
    return PlanItem(
        id=_item_id(document.id, draft, ordinal),
        document_id=document.id,
        source=document.source,
        municipality=document.municipality,
        plan=document.title,
        section=draft.section,
        number=draft.number,
        title=draft.title,
        line_start=draft.line_start,
        line_end=draft.line_end,
        title_is_printed=draft.title_is_printed,
        section_statement=draft.statement,
        status=draft.status,
        place=document.place_of(draft.line_start, draft.line_end),
    )


def _split_cells(cells: Mapping[str, str]) -> dict[str, str]:
    """Parts that the content cell labels itself go to fields that have no column of their own."""
    parts = split_parts(cells.get("content", ""))
    split = {**cells, "content": parts.content} if parts.labelled else dict(cells)
    for field, text in parts.labelled.items():
        if not plain_cell(split.get(field, "")):
            split[field] = text
        else:
            split["content"] += f"\n{text}"
    return split


def _with_aim(cells: dict[str, str], aim: str) -> dict[str, str]:
    return {**cells, "goal": aim} if aim and not plain_cell(cells.get("goal", "")) else cells


def _prose(cells: Mapping[str, str]) -> tuple[dict[str, str | None], list[Repair]]:
    """The clean text of every prose field; what is noise becomes None and a recorded repair."""
    texts: dict[str, str | None] = {}
    repairs = []
    for field in _PROSE_FIELDS:
        text = "\n".join(paragraphs(cells.get(field, "")))
        if text in _NOTHING:
            text = ""
        elif _is_noise(text):
            repairs.append(Repair(field, text, ""))
            text = ""
        texts[field] = text or None
    return texts, repairs


def _is_noise(text: str) -> bool:
    """Stray characters of a misread print, or a department's name that slipped out of its own cell."""
    if _BRACKETED_DEPARTMENT.fullmatch(text):
        return True
    return (
        not _JAPANESE.search(text) and len(re.sub(r"[\W_]", "", text)) < _SHORTEST_WORD and not re.search(r"\d", text)
    )


def _schedule(draft: Draft, cells: Mapping[str, str]) -> ScheduleReading:
    """The schedule column or the year columns; without them the goal's year, or the sentence that gives a date."""
    if "schedule" in cells:
        return replace(read_schedule(cells["schedule"]), cells=cells_by_year(draft.years))
    reading = read_year_columns(draft.years, draft.plans_by_year) if draft.years else ScheduleReading()
    if reading.text or (draft.years and not draft.amount_years):
        return reading
    told = draft.measured_by or dated_sentence(cells.get("content", ""))
    return replace(read_schedule(told), cells=reading.cells) if told else reading


def _target_years(
    draft: Draft,
    schedule: ScheduleReading,
    content: str | None,
    goals: tuple[str, ...],
    period: tuple[int, int] | None,
) -> tuple[int, ...]:
    """The schedule column's years, blank or not; without one the goal column's year, the years money is planned for,
    or the text's milestones; for an indicator without any year the last year of the plan.
    """
    if "schedule" in draft.cells or (draft.years and not draft.amount_years):
        return () if all(is_misprint(year, period) for year in schedule.years) else schedule.years
    if draft.goal_years and goals:
        return draft.goal_years
    if draft.amount_years:
        return within(draft.amount_years, period)
    if draft.measured_by is not None and period:
        return period[1:]
    milestones = {*goal_years(_plans_of(content or "")).targets, *goal_years("\n".join(goals)).targets}
    return tuple(sorted(year for year in milestones if not is_misprint(year, period)))


def _plans_of(content: str) -> str:
    """The text without what has been going on since a year, and without a year that it breaks off at."""
    return _CUT_OFF.sub("", _UNDERWAY.sub("", content))


def _printed(draft: Draft, cells: Mapping[str, str], schedule: ScheduleReading) -> dict[str, str]:
    """Verbatim cells by field, for quotes: of a text printed in several places only what stands together."""
    texts = {field: cell for field, cell in cells.items() if plain_cell(cell)}
    if schedule.printed:
        texts["schedule"] = schedule.printed
    row = _squeezed(draft.row)
    printed = {field: together for field, text in texts.items() if (together := _printed_together(text, row))}
    return {**printed, "row": draft.row}


def _printed_together(text: str, row: str) -> str:
    lines = text.split("\n")
    apart = bisect_left(
        range(len(lines)), True, key=lambda n: _squeezed(plain_cell("\n".join(lines[: n + 1]))) not in row
    )
    return plain_cell("\n".join(lines[:apart]))


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _progress_repair(cell: str, progress: str | None) -> list[Repair]:
    printed = close_up(plain_cell(cell))
    return [Repair("progress", printed, progress or "")] if printed and printed != progress else []


def _item_id(document_id: str, draft: Draft, ordinal: int) -> str:
    parts = [document_id, *draft.section, draft.number or "", draft.title, str(ordinal)]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]
