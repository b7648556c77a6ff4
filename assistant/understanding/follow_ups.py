"""A request and the turns before it in, the stand-alone request it means out."""

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.answers import Scope, Turn
from assistant.knowledge import Knowledge
from assistant.understanding.requests import Request
from assistant.understanding.screening import screen
from assistant.understanding.understand import understand
from assistant.understanding.words import question_words
from vectorstore.item_filter import ItemFilter

Resolve = Callable[[Request], tuple[str, ...]]

_TURNS_READ = 6
_NTH = re.compile(r"(\d{1,2}|[一二三四五六七八九十])\s*(?:番目|つ目|個目)")
_CORRECTION = re.compile(r"^(?:いや|いえ|違(?:う|い)|ちが(?:う|い)|そうじゃなく|じゃなくて|no[, ])")
_THAT_DEPARTMENT = re.compile(r"(?:その|この|同じ|あの)(?:担当)?課")
_KANJI_DIGITS = "一二三四五六七八九十"


def follow(
    request: Request, history: tuple[Turn, ...], scope: Scope, knowledge: Knowledge, resolve: Resolve
) -> Request:
    """Fill what the request leaves out from the last question that was about something."""
    asked_before = [turn.content for turn in history if turn.role == "user"][-_TURNS_READ:]
    if not asked_before or not _leans_back(request):
        return request
    before = _last_request(asked_before, scope, knowledge, resolve)
    if before is None:
        return request
    settled = resolve(before)
    if _moves_elsewhere(request):
        return replace(before, documents=request.documents, municipalities=request.municipalities, items=())
    if _CORRECTION.search(request.text):
        return replace(request, fields=request.fields or before.fields)
    nth = _nth(request.text)
    if nth is not None and nth < len(settled):
        return replace(request, intent="item", items=(settled[nth],), fields=request.fields or before.fields)
    if request.among_previous or (
        request.intent in ("list", "count") and not _THAT_DEPARTMENT.search(request.text) and len(settled) > 1
    ):
        return replace(request, intent="list", items=settled, filter=request.filter)
    if _THAT_DEPARTMENT.search(request.text) and "owner" not in request.fields:
        return _about_its_department(request, settled, knowledge)
    return replace(
        request,
        intent="item" if request.intent in ("unclear", "definition") else request.intent,
        items=settled,
        filter=ItemFilter() if settled else before.filter,
        subject=f"{request.subject} {before.subject}" if not settled else request.subject,
        text=request.text if settled else f"{before.text} {request.text}",
        query=request.query if settled else f"{before.query} {request.query}",
    )


def _leans_back(request: Request) -> bool:
    """Tell whether a request points back, or asks for a field of nothing in particular."""
    if request.items and request.intent != "compare":
        return False
    words = question_words()
    points = words.means("reference", request.text) or words.means("among_those", request.text)
    bare_field = not request.subject and request.filter == ItemFilter() and not request.unknown_owner
    thin = len(request.subject.split()) <= 1 and len(request.text) <= 20 and request.filter == ItemFilter()
    return points or bare_field or thin or bool(_CORRECTION.search(request.text))


def _last_request(asked: list[str], scope: Scope, knowledge: Knowledge, resolve: Resolve) -> Request | None:
    """Understand the newest earlier question, itself in the light of those before it; refused ones are passed over."""
    for place in range(len(asked) - 1, -1, -1):
        screened = screen(asked[place])
        if screened.reason is not None:
            continue
        request = understand(screened.text, scope, knowledge)
        earlier = tuple(Turn("user", text) for text in asked[:place])
        return follow(request, earlier, scope, knowledge, resolve)
    return None


def _moves_elsewhere(request: Request) -> bool:
    """Tell whether only another municipality is named: 「見本市の方は？」."""
    named = [place for place in request.municipalities if place.known]
    return len(named) == 1 and not request.subject and not request.fields


def _about_its_department(request: Request, settled: tuple[str, ...], knowledge: Knowledge) -> Request:
    owners = [owner for i in settled for owner in getattr(knowledge.item(i, request.documents), "owners", ())]
    if not owners:
        return replace(request, items=settled)
    others = settled if question_words().means("other_one", request.text) else ()
    return replace(
        request,
        intent="list",
        filter=replace(request.filter, owner=owners[0]),
        excluded_items=others,
        unknown_owner=None,
        items=(),
    )


def _nth(text: str) -> int | None:
    match = _NTH.search(text)
    if match is None:
        return None
    return int(match[1]) - 1 if match[1].isdigit() else _KANJI_DIGITS.index(match[1])
