"""A request of conditions alone after another request in; out, the earlier one with these conditions added."""

import re
from collections.abc import Iterable
from dataclasses import fields, replace

from assistant.understanding.requests import AskedField, Request
from assistant.understanding.several import merged
from vectorstore.item_filter import ItemFilter

# Whoever names items or all of them begins anew.
_ANEW = re.compile(
    r"取組|取り組み|項目|施策|事業|全部|すべて|全て|ぜんぶ|全体|\b(?:items?|measures?|all)\b", re.IGNORECASE
)
_OF_SEVERAL = re.compile(r"の(?:は|って|を)|もの|どれ|どこ|何件|いくつ|だけ|のみ")
_OUTCOME = re.compile(
    r"(?:で|それで|もう|ちゃんと)?、?(?:目標|計画|目標値)?(?:に|は|を|には)?(?:もう|ちゃんと)?(?:達成|届|達し|終わ|完了)"
    r"(?:い|き|っ|し|でき)?(?:た|ました|て(?:い)?る|て(?:い)?ます)?(?:の|か|んですか|のですか)?[?？。\s]*"
)
_WHY = re.compile(r"なぜ|どうして|なんで|何で|理由|原因|\bwhy\b", re.IGNORECASE)


def names_only_conditions(request: Request) -> bool:
    """Tell whether nothing but conditions is said: 「新規は？」, 「遅れているのは？」, 「市民課は？」."""
    says_more = request.subject or request.items or request.among_previous or request.municipalities
    is_list = request.intent in ("list", "count") and request.has_conditions and not request.manner.breakdown
    unknown = request.unknown_owner or request.unknown_section
    return is_list and not says_more and not unknown and not _ANEW.search(request.text)


def asks_outcome(request: Request) -> bool:
    """Tell whether only the outcome or its reason is asked for, of what was spoken of: 「目標に届いた？」."""
    if request.items or _ANEW.search(request.text):
        return False
    if _OUTCOME.fullmatch(request.text):
        return True
    of_progress = names_only_conditions(request) and _fields_of(request) == {"progress"}
    return of_progress and (_WHY.search(request.text) is not None or not _OF_SEVERAL.search(request.text))


def outcome_of(request: Request, before: Request, item: str) -> Request:
    """Ask for the outcome of one item, or for the reason of it."""
    outcome: AskedField = "issues" if _WHY.search(request.text) else "progress"
    return replace(
        request,
        intent="item",
        items=(item,),
        fields=tuple(dict.fromkeys((*request.fields, outcome))),
        filter=ItemFilter(),
        several=(),
        without=(),
        due=None,
        unread_progress=None,
        documents=before.documents,
        report_years=before.report_years,
    )


def narrowed(request: Request, before: Request) -> Request:
    """Add conditions to those of a list; one on the same field takes its place."""
    new = _fields_of(request)
    kept = replace(before.filter, **dict.fromkeys(new & _FILTER_FIELDS))
    return replace(
        before,
        text=request.text,
        intent=request.intent,
        fields=request.fields,
        manner=request.manner,
        filter=merged(kept, request.filter),
        several=(*(s for s in before.several if not _named(s.filters) & new), *request.several),
        without=(*(w for w in before.without if not _named((w,)) & new), *request.without),
        due=request.due or before.due,
        report_years=request.report_years or before.report_years,
    )


_FILTER_FIELDS = frozenset(entry.name for entry in fields(ItemFilter))


def _fields_of(request: Request) -> set[str]:
    alternatives = (one for several in request.several for one in several.filters)
    due = {"fiscal_year"} if request.due else set()
    return _named((request.filter, *request.without, *alternatives)) | due


def _named(filters: Iterable[ItemFilter]) -> set[str]:
    return {name for one in filters for name in one.conditions}
