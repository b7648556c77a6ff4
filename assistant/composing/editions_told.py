"""A printed row and a field in, how readers are told which document says it out: its name, its year, its own label."""

import re

from assistant.composing.drafts import Source, Statement
from assistant.knowledge import Knowledge
from assistant.names import bare
from assistant.replies import Replies
from assistant.united import REPORTED, row_of, rows_of, versions
from ingest.fiscal_year import era_year, find_years
from ingest.plan_items import PlanItem

_WHITE = re.compile(r"\s")
_BRACKETS = re.compile(r"\(.*\)")


def edition_name(document_id: str, knowledge: Knowledge, replies: Replies) -> str:
    """Name a document by what it is: 計画, 令和6年度の報告."""
    edition = knowledge.editions[document_id]
    if edition.role == "plan":
        return replies.say("edition_plan")
    return report_name(edition.newest, replies) if edition.years else replies.say("edition_report_undated")


def report_name(year: int, replies: Replies) -> str:
    """Name the report on a year: 令和6年度の報告."""
    return replies.say("edition_report", year=era_year(year))


def as_of(item: PlanItem, field: str, knowledge: Knowledge, replies: Replies) -> str:
    """Say which report a reported value is from; nothing for what a plan says."""
    row = row_of(item, field)
    if field not in REPORTED or not knowledge.editions[row.document_id].is_dated_report:
        return ""
    return replies.say("in_edition", edition=edition_name(row.document_id, knowledge, replies))


def label_of(item: PlanItem, field: str, knowledge: Knowledge, replies: Replies) -> str:
    """Call a field what its own column is called, where that is not what we call it: 令和6年度の計画."""
    label, printed = replies.label(field), _WHITE.sub("", knowledge.label_printed(row_of(item, field), field) or "")
    if not printed or (bare(label) in bare(printed) and not find_years(printed)):
        return label
    return _BRACKETS.sub(f"({printed})", label) if replies.language == "en" and "(" in label else printed


def field_lead(item: PlanItem, field: str, knowledge: Knowledge, replies: Replies) -> str:
    """Lead a quoted field in, with its report's year: 「令和6年度の報告では、「…」の実施内容は、次のとおりです。」."""
    label = label_of(item, field, knowledge, replies)
    told = replies.say("field_is", title=item.title, label=label)
    return told if find_years(label) else as_of(item, field, knowledge, replies) + told


def dated_label(item: PlanItem, field: str, knowledge: Knowledge, replies: Replies) -> str:
    """Call a field by its label, and by its report's year unless the label prints it: 実施内容（令和6年度）."""
    label = label_of(item, field, knowledge, replies)
    if not as_of(item, field, knowledge, replies) or find_years(label):
        return label
    year = knowledge.editions[row_of(item, field).document_id].newest
    return replies.say("label_in_year", label=label, year=era_year(year))


def older_progress(item: PlanItem, knowledge: Knowledge, replies: Replies) -> list[Statement]:
    """Say that the newest report leaves the mark blank, and what the last one that does not says."""
    older = next((row for row in rows_of(item)[1:] if row.progress), None)
    if item.progress or older is None:
        return []
    name = edition_name(older.document_id, knowledge, replies)
    text = replies.say("older_progress", title=item.title, edition=name, value=older.progress)
    return [Statement(text, (Source.of_item(older, "progress"),))]


def told_versions(item: PlanItem, field: str, knowledge: Knowledge, replies: Replies) -> str:
    """Say a plan's value, each different one with its document: 「計画では契約課、令和7年度の報告ではデジタル課」."""
    rows = versions(item, field)
    if len(rows) < 2:
        return row_value(rows[0] if rows else item, field)
    return replies.say("joint").join(
        replies.say("version", edition=_distinct_name(row, rows, knowledge, replies), value=row_value(row, field))
        for row in rows
    )


def owner_line(item: PlanItem, knowledge: Knowledge, replies: Replies) -> Statement:
    """List the owners behind their label."""
    owners = told_versions(item, "owner", knowledge, replies)
    return Statement(f"- {replies.label('owner')}：{owners}", version_sources(item, "owner"))


def version_sources(item: PlanItem, field: str) -> tuple[Source, ...]:
    """Cite every document whose value `told_versions` says."""
    rows = versions(item, field)
    return tuple(Source.of_item(row, field) for row in rows) if len(rows) > 1 else (Source.of_item(item, field),)


def other_versions(item: PlanItem, field: str, knowledge: Knowledge, replies: Replies) -> list[Statement]:
    """Say what other documents print instead of the value already told."""
    said, rows = row_of(item, field), versions(item, field)
    lines = []
    for row in rows if len(rows) > 1 else ():
        if row.id != said.id:
            name = _distinct_name(row, rows, knowledge, replies)
            text = replies.say("other_version", edition=name, label=replies.label(field), value=row_value(row, field))
            lines.append(Statement(text, (Source.of_item(row, field),)))
    return lines


def _distinct_name(row: PlanItem, rows: tuple[PlanItem, ...], knowledge: Knowledge, replies: Replies) -> str:
    """Name a document by what it is, or by its title where another one is called the same."""
    names = [edition_name(other.document_id, knowledge, replies) for other in rows]
    name = edition_name(row.document_id, knowledge, replies)
    return name if names.count(name) == 1 else f"「{knowledge.title_of(row.document_id)}」"


def row_value(item: PlanItem, field: str) -> str:
    """Write the value of a field in one line."""
    values = {"owner": "、".join(item.owners), "goal": " ".join(item.goals)}
    return values[field] if field in values else str(getattr(item, field) or "")
