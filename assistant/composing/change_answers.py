"""A question what changed in, the differences of two versions of a plan out, each with its place in both."""

import re

from assistant.composing.declining import plain_not_found
from assistant.composing.drafts import Draft, Source, Statement
from assistant.knowledge import Knowledge
from assistant.lookup.version_pairs import VersionPair, version_pairs
from assistant.replies import Replies
from assistant.understanding.requests import Request
from ingest.plan_items import PlanItem
from vectorstore.changes import ItemChange, changes_between
from vectorstore.item_filter import select

_LONGEST_VALUE = 60
_MOST_VERSIONS = 4
_KINDS_ASKED = {
    "added": re.compile("追加|新設|新しく|増え|加わ|added|new item", re.IGNORECASE),
    "removed": re.compile("削除|廃止|なくな|無くな|消え|減った|removed|dropped", re.IGNORECASE),
    "moved": re.compile("移動|移った|moved", re.IGNORECASE),
}
_KINDS = ("added", "removed", "moved", "changed")


def compose_changes(request: Request, knowledge: Knowledge, replies: Replies) -> Draft:
    """Tell what differs between the versions that are asked about; where there are no two, which the only ones are."""
    pairs = version_pairs(request.text, request.documents, knowledge)
    if not pairs:
        return plain_not_found("changes_one_version", replies, versions=_versions(request, knowledge, replies))
    statements = tuple(one for pair in pairs for one in _compared(pair, request, knowledge, replies))
    return Draft("answered", statements)


def _versions(request: Request, knowledge: Knowledge, replies: Replies) -> str:
    stored = [one for one in knowledge.corpus.documents if request.documents is None or one.id in request.documents]
    versions = knowledge.corpus.versions
    told = [replies.say("version_told", title=one.title, date=versions[one.id].date) for one in stored]
    return "、".join(told[:_MOST_VERSIONS]) + ("ほか" if len(told) > _MOST_VERSIONS else "")


def _compared(pair: VersionPair, request: Request, knowledge: Knowledge, replies: Replies) -> list[Statement]:
    old, new = (_items_of(document.id, knowledge) for document in (pair.old, pair.new))
    found = changes_between(old, new)
    asked = _asked(found.items, request, knowledge)
    counts = {kind: sum(change.kind == kind for change in asked) for kind in _KINDS}
    lead = Statement(
        replies.say(
            "changes_between",
            old=pair.old.title,
            old_date=pair.old_version.date,
            new=pair.new.title,
            new_date=pair.new_version.date,
            **counts,
        )
    )
    if asked:
        return [lead, *(_statement(change, replies) for kind in _KINDS for change in asked if change.kind == kind)]
    return [lead, *_unchanged(old, new, replies)]


def _items_of(document_id: str, knowledge: Knowledge) -> tuple[PlanItem, ...]:
    return tuple(item for item in knowledge.corpus.items if item.document_id == document_id)


def _asked(changes: tuple[ItemChange, ...], request: Request, knowledge: Knowledge) -> list[ItemChange]:
    """The changes of the kinds, fields and items that the question asks about, its conditions met before or after."""
    kinds = [kind for kind, words in _KINDS_ASKED.items() if words.search(request.text)]
    fields = set(request.fields) - {"content", "title"}
    titles = {knowledge.titles[item] for item in request.items if item in knowledge.titles}
    return [
        change
        for change in changes
        if (not kinds or change.kind in kinds)
        and (kinds or not fields or any(one.field in fields for one in change.fields))
        and (not titles or any(knowledge.titles[item.id] in titles for item in _both(change)))
        and select(_both(change), request.filter)
    ]


def _both(change: ItemChange) -> tuple[PlanItem, ...]:
    return tuple(item for item in (change.old, change.new) if item is not None)


def _statement(change: ItemChange, replies: Replies) -> Statement:
    parts = [
        replies.say(
            "change_part", label=replies.label(one.field), old=_shown(one.old, replies), new=_shown(one.new, replies)
        )
        for one in change.fields
    ]
    told = replies.say(f"change_{change.kind}", title=change.item.title, parts="、".join(parts))
    fields = tuple(one.field for one in change.fields)
    return Statement(f"- {told}", tuple(Source.of_item(item, *fields) for item in _both(change)))


def _shown(value: str, replies: Replies) -> str:
    flat = " ".join(value.split())
    if len(flat) > _LONGEST_VALUE:
        # A number that is cut in two would be another number.
        flat = re.sub(r"[\d０-９,，.．]+$", "", flat[:_LONGEST_VALUE]) + "…"
    return f"「{flat}」" if flat else replies.say("not_printed")


def _unchanged(old: tuple[PlanItem, ...], new: tuple[PlanItem, ...], replies: Replies) -> list[Statement]:
    if not old or not new:
        return []
    told = replies.say("changes_none", title=new[0].title)
    return [Statement(told, (Source.of_item(old[0], "title"), Source.of_item(new[0], "title")))]
