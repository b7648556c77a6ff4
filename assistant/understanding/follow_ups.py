"""A request and the turns before it in, the stand-alone request it means out."""

import re
from collections.abc import Callable
from dataclasses import replace

from rapidfuzz import fuzz

from assistant.answers import Scope, Turn
from assistant.knowledge import Knowledge
from assistant.names import bare
from assistant.terms import nouns, terms_of
from assistant.understanding.filters import filters_of
from assistant.understanding.narrowing import asks_outcome, names_only_conditions, narrowed, outcome_of
from assistant.understanding.requests import Request
from assistant.understanding.screening import screen
from assistant.understanding.understand import understand
from assistant.understanding.words import question_words
from vectorstore.item_filter import ItemFilter

Resolve = Callable[[Request], tuple[str, ...]]

_TURNS_READ = 6
_CLEARLY_LIKER = 10.0
_NTH = re.compile(r"(\d{1,2}|[一二三四五六七八九十])\s*(?:番目|つ目|個目)")
_THAT_DEPARTMENT = re.compile(
    r"(?:その|この|同じ|あの|さっきの|先ほどの|今の)(?:担当)?課|(?:そこ|あそこ)の(?:他|ほか|別|取組|取り組み|項目)|(?:そこ|あそこ)が(?:持|担当|やって)"
)
_OTHERS = re.compile(r"(?:その)?(?:他|ほか)(?:に|の(?:取組|項目|もの)?)?[はも]?(?:あるか?|ありますか)?[?？。\s]*")
_ITEMS = re.compile("取組|取り組み|項目|施策|事業|何件|いくつ|一覧|items?|measures?", re.IGNORECASE)
_SAME_YEAR = re.compile("(?:同じ|その)(?:年度?|時期)の")
_LEAST_WORDS = 2
_KIND = 2
_INSTEAD = re.compile(r"^(?:いや|いえ|違う|では|じゃあ?)?[、,\s]*(.{2,20}?)の(?:方|ほう)(?:は|が|です|の|$)")
_SHORTEST_PART = 3
_KANJI_DIGITS = "一二三四五六七八九十"


def follow(
    request: Request, history: tuple[Turn, ...], scope: Scope, knowledge: Knowledge, resolve: Resolve
) -> Request:
    """Fill what the request leaves out from the last question that was about something."""
    asked_before = [turn.content for turn in history if turn.role == "user"][-_TURNS_READ:]
    if request.intent == "greeting" or not asked_before or not _is_unfinished(request):
        return request
    before = _last_request(asked_before, scope, knowledge, resolve)
    if before is None:
        return request
    if _moves_elsewhere(request):
        return _same_question_elsewhere(request, before, knowledge)
    if (continued := _continued(request, before, knowledge, resolve)) is not None:
        return continued
    if question_words().means("correction", request.text) or _turns_to_another(request):
        return replace(request, fields=request.fields or before.fields)
    if not request.municipalities and before.municipalities:
        request = replace(request, documents=before.documents, municipalities=before.municipalities)
    if _SAME_YEAR.search(request.text) and not request.due:
        return replace(request, due=before.due, report_years=request.report_years or before.report_years)
    if question_words().means("turn", request.text) and (instead := _in_place_of(request, before)):
        return instead
    settled = resolve(before)
    if named := _named_instead(request, settled, knowledge):
        return replace(request, intent="item", items=named, fields=request.fields or before.fields)
    if _names_an_item_alone(request):
        return _asked_of(request, before) if len(settled) > 1 and request.items[0] in settled else request
    if request.subject and not _points_back(request) and not _is_told_of(settled, request, knowledge):
        return _about_its_own(request, before, settled, knowledge, resolve)
    return _about_settled(request, before, settled, knowledge)


def _continued(request: Request, before: Request, knowledge: Knowledge, resolve: Resolve) -> Request | None:
    """Ask of other years, ask the outcome of the one item before, or narrow the list before by further conditions."""
    if _names_only_years(request):
        return _same_question_of_years(request, before, knowledge)
    if asks_outcome(request) and before.intent == "item":
        of = resolve(before)
        return outcome_of(request, before, of[0]) if len(of) == 1 else request
    turns = _points_back(request) or question_words().means("turn", request.text)
    if names_only_conditions(request) and not turns:
        return narrowed(request, before) if before.intent in ("list", "count") else request
    return None


def _is_unfinished(request: Request) -> bool:
    return (
        _SAME_YEAR.search(request.text) is not None
        or _leans_back(request)
        or _turns_to_another(request)
        or _names_only_years(request)
        or _names_an_item_alone(request)
        or names_only_conditions(request)
        or asks_outcome(request)
    )


def _names_an_item_alone(request: Request) -> bool:
    """Tell whether nothing but a title is said, as when one of several is clicked on after asking back."""
    says_more = request.subject or request.fields or request.has_conditions or request.manner.number
    return request.intent == "item" and len(request.items) == 1 and not says_more


def _asked_of(request: Request, before: Request) -> Request:
    """Ask of the item that was chosen what was asked of several."""
    return replace(
        request,
        fields=before.fields,
        manner=before.manner,
        subject=before.subject,
        report_years=before.report_years,
        documents=before.documents,
    )


def _names_only_years(request: Request) -> bool:
    """Tell whether nothing but years is named: 「令和6年度は？」."""
    said = request.subject or request.fields or request.filter != ItemFilter() or request.several or request.without
    points = said or request.among_previous
    return bool(request.due or request.report_years) and not points and not _ITEMS.search(request.text)


def _same_question_of_years(request: Request, before: Request, knowledge: Knowledge) -> Request:
    """Ask the question before of other years: of their reports, or, of a list without progress, of their schedules."""
    if before.intent in ("list", "count") and not before.is_on("progress") and request.due:
        return replace(before, due=request.due)
    years = request.report_years or (request.due.years if request.due else ())
    inside = request.documents
    documents = knowledge.with_reports_on(years, inside) if set(years) & knowledge.reported_years(inside) else inside
    return replace(before, report_years=years, documents=documents)


def _points_back(request: Request) -> bool:
    words = question_words()
    return words.means("reference", request.text) or words.means("among_those", request.text)


def _is_told_of(settled: tuple[str, ...], request: Request, knowledge: Knowledge) -> bool:
    """Tell whether what was asked about before holds the words of the new question: 「その中に分室はありますか」."""
    named = nouns(terms_of(request.subject))
    items = [item for i in settled if (item := knowledge.item(i, request.documents))]
    return bool(named) and any(all(term.is_held_by(knowledge.text_of(item)) for term in named) for item in items)


def _named_instead(request: Request, settled: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    """The only other item whose title holds what is named in 「…の方は？」."""
    match = _INSTEAD.search(request.text)
    part = bare(match[1]) if match else ""
    if len(part) < _SHORTEST_PART:
        return ()
    held = [i.id for i in knowledge.items_in(request.documents) if part in knowledge.titles[i.id]]
    found = tuple(item for item in held if item not in settled)
    return found if len(found) == 1 else ()


def _about_its_own(
    request: Request, before: Request, settled: tuple[str, ...], knowledge: Knowledge, resolve: Resolve
) -> Request:
    """Ask about a subject of its own; 「…の方は？」 keeps the field, and of several items means the like one."""
    if not question_words().means("turn", request.text):
        return request
    kept = replace(request, fields=request.fields or before.fields)
    likenesses = _likenesses(resolve(kept), settled, knowledge)
    if len(likenesses) > 1 and likenesses[0][0] - likenesses[1][0] >= _CLEARLY_LIKER:
        return replace(kept, items=(likenesses[0][1],))
    return kept


def _in_place_of(request: Request, before: Request) -> Request | None:
    """Ask the question before of a thing of the same kind: 「じゃあ中学校のほうは？」 after 「小学校の…費は？」."""
    named = request.subject.split()
    replaced = [word for word in before.subject.split() if len(named) == 1 and _is_kind_of(word, named[0])]
    if len(replaced) != 1 or len(before.subject.split()) < _LEAST_WORDS:
        return None
    told = {name: getattr(before, name).replace(replaced[0], named[0]) for name in ("subject", "query", "text")}
    return replace(before, **told, fields=request.fields or before.fields, manner=request.manner, items=())


def _is_kind_of(word: str, other: str) -> bool:
    """Tell whether two words name things of one kind: their last two characters do (小学校, 中学校)."""
    return word != other and len(word) > _KIND and word[-_KIND:] == other[-_KIND:]


def _likenesses(found: tuple[str, ...], settled: tuple[str, ...], knowledge: Knowledge) -> list[tuple[float, str]]:
    """How like the title of each found item is to what was asked about before, the likest first."""
    titles = [knowledge.titles[item] for item in settled if item in knowledge.titles]
    likenesses = (
        (max((fuzz.ratio(knowledge.titles[item], title) for title in titles), default=0.0), item) for item in found
    )
    return sorted(likenesses, reverse=True)


def _same_question_elsewhere(request: Request, before: Request, knowledge: Knowledge) -> Request:
    """Ask of the newly named municipality what was asked before; items of another one are sought by their titles."""
    titles = " ".join(knowledge.items[item].title for item in before.items if item in knowledge.items)
    return replace(
        before,
        documents=request.documents,
        municipalities=request.municipalities,
        items=(),
        subject=before.subject or titles,
        query=f"{before.query} {titles}",
    )


def _about_settled(request: Request, before: Request, settled: tuple[str, ...], knowledge: Knowledge) -> Request:
    """Ask about what the request before settled: one of it, some of it, its department, or all of it."""
    nth = _nth(request.text)
    if nth is not None and settled:
        if nth >= len(settled):
            return replace(request, intent="unclear")
        return replace(request, intent="item", items=(settled[nth],), fields=request.fields or before.fields)
    if len(settled) == 1 and _OTHERS.fullmatch(request.text):
        return _about_its_department(request, settled, knowledge)
    its_department = _THAT_DEPARTMENT.search(request.text) is not None
    lists = request.intent in ("list", "count")
    if lists and question_words().means("turn", request.text) and not request.among_previous:
        return request
    if request.among_previous or (lists and not its_department and len(settled) > 1):
        return replace(request, intent=request.intent if lists else "list", items=settled, carried=filters_of(before))
    if its_department and ("owner" not in request.fields or request.has_conditions):
        return _about_its_department(request, settled, knowledge)
    intent = "item" if request.intent in ("unclear", "definition") else request.intent
    if settled:
        return replace(request, intent=intent, items=settled, filter=ItemFilter())
    return replace(
        request,
        intent=intent,
        items=(),
        filter=before.filter,
        subject=f"{request.subject} {before.subject}",
        text=f"{before.text} {request.text}",
        query=f"{before.query} {request.query}",
    )


def _leans_back(request: Request) -> bool:
    """Tell whether a request points back, or asks for a field of nothing in particular."""
    if request.items and request.intent != "compare":
        return False
    words = question_words()
    points = _points_back(request) or words.means("turn", request.text)
    if _asks_for_all_of_a_place(request):
        return points
    bare_field = not request.subject and not request.has_conditions and not request.unknown_owner
    thin = len(request.subject.split()) <= 1 and len(request.text) <= 20 and not request.has_conditions
    return points or bare_field or thin or words.means("correction", request.text)


def _asks_for_all_of_a_place(request: Request) -> bool:
    """Tell whether a list of everything of a municipality is asked for, which needs no question before it."""
    names_a_place = any(place.known for place in request.municipalities)
    return request.intent in ("list", "count") and names_a_place and _ITEMS.search(request.text) is not None


def _turns_to_another(request: Request) -> bool:
    """Tell whether a request names another item and leaves the field to what was asked before: 「では…は？」."""
    return bool(request.items) and not request.fields and question_words().means("turn", request.text)


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
    others = settled if question_words().means("other_one", request.text) or _OTHERS.fullmatch(request.text) else ()
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
