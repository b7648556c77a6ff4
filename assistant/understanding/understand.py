"""A screened question and what the corpus knows in, a stand-alone Request out."""

import re
from dataclasses import dataclass, replace

from assistant.answers import Scope
from assistant.knowledge import Knowledge
from assistant.lookup.version_pairs import version_pairs
from assistant.names import bare
from assistant.understanding.conditions import Conditions, find_conditions
from assistant.understanding.english import in_japanese, is_english, unknown_english, with_departments
from assistant.understanding.masking import mask_name
from assistant.understanding.places import named_places, without_places
from assistant.understanding.plan_titles import plans_named
from assistant.understanding.requests import AskedField, Intent, NamedPlace, Request
from assistant.understanding.topic import subject_of, without_plan_words
from assistant.understanding.wanted import COUNTER, asked_fields, manner_of
from assistant.understanding.words import QuestionWords, question_words
from assistant.understanding.years import MeantYears, YearMeaning
from assistant.united import REPORTED
from vectorstore.item_filter import ItemFilter

_NUMBER_ALONE = re.compile(r"^(?:[①-⑳]番?|\d{1,2}番)(?:の|は|って)")
_ITEMS = re.compile(r"項目|取組|取り組み|施策|事業|もの|やつ|持ち分|items?|measures?")
_SHORTEST_TITLE = 4
_ITEM_NUMBER = re.compile(r"(?:番号|項目番号|No\.?)\s*(\d{1,3}(?:[-.]\d{1,3})*)(?!\d)", re.IGNORECASE)
_VERSION = re.compile(
    r"(?:(?:この|その|[前旧新]の?|以前の|最新の)?(?:計画|プラン|改訂版|版|素案|案)|前回|前年度|昨年度|去年|(?:と|に)?比べ(?:て|ると)?)"
    r"|\b(?:since|from|in|the|this|last|previous|earlier|version|draft|plan)\b",
    re.IGNORECASE,
)
_EDITION = re.compile(r"第\s*[0-9一二三四五六七八九十]{1,2}\s*[次期]")


@dataclass(frozen=True, slots=True)
class _Reading:
    """The parts of a question that its intent is told from; `rest` is it with names and conditions masked."""

    text: str
    rest: str
    conditions: Conditions
    named: tuple[str, ...]
    subject: str
    words: QuestionWords
    other_edition: bool = False


def understand(text: str, scope: Scope, knowledge: Knowledge, language: str | None = None) -> Request:
    """Read one question by itself; the conversation is added by follow_ups."""
    words = question_words()
    places = named_places(text, knowledge.municipalities, _text_of(knowledge, scope))
    documents = plans_named(text, _documents(scope, places, knowledge), knowledge)
    if is_english(text, language):
        text = with_departments(text, knowledge.owners_in(documents))
    reading = _read(without_places(text, knowledge.municipalities), knowledge, documents)
    fields = asked_fields(reading.rest, words)
    intent: Intent = "changes" if _asks_what_changed(reading, documents, knowledge) else _intent(reading, fields)
    if intent in ("list", "count") and not knowledge.items_in(documents):
        intent = "item"
    fields = _with_outcome(fields, reading) if intent == "item" else fields
    lists = intent in ("list", "count")
    meant = _meant_years(reading, fields, lists, knowledge, documents)
    request = Request(
        text=text,
        intent=intent,
        language="ja",
        subject=reading.subject,
        query=reading.text.strip() or text,
        fields=fields,
        filter=_filter(reading.conditions, intent),
        without=reading.conditions.without if lists else (),
        several=reading.conditions.several if lists else (),
        due=meant.due if lists else None,
        report_years=meant.reports,
        municipalities=places,
        documents=_with_reports(meant, documents, knowledge),
        items=reading.named if not lists else (),
        among_previous=words.means("among_those", text),
        manner=manner_of(text, reading.rest, words),
        claimed_owner=_claimed_owner(reading) if words.means("confirm", text) else None,
        claimed_year=_claimed_year(reading) if words.means("confirm", text) else None,
        unknown_owner=reading.conditions.unknown_owner,
        unknown_section=reading.conditions.unknown_section,
        unread_progress=reading.conditions.unread_progress if lists else None,
        unknown_plan=scope.plan if scope.plan and not documents else None,
    )
    return _englished(request, reading.text) if is_english(text, language) else request


def _meant_years(
    reading: _Reading,
    fields: tuple[AskedField, ...],
    lists: bool,
    knowledge: Knowledge,
    documents: frozenset[str],
) -> MeantYears:
    conditions = reading.conditions
    restricts = any(conditions.are_on(name) for name in ("progress", "missing")) and not (
        conditions.filter.missing and conditions.filter.missing not in REPORTED
    )
    meaning = YearMeaning(conditions.years, reading.rest, fields, restricts, knowledge, documents)
    return meaning.of_list() if lists else meaning.of_item()


def _with_reports(meant: MeantYears, documents: frozenset[str], knowledge: Knowledge) -> frozenset[str]:
    """Leave out the reports on other years than those asked for, if there are any on these."""
    if not set(meant.reports) & knowledge.reported_years(documents):
        return documents
    return knowledge.with_reports_on(meant.reports, documents)


def _claimed_owner(reading: _Reading) -> str | None:
    return reading.conditions.filter.owner or reading.conditions.unknown_owner


def _claimed_year(reading: _Reading) -> int | None:
    years = {mention.year for mention in reading.conditions.years.mentions}
    return years.pop() if len(years) == 1 else None


def titles_in(text: str, knowledge: Knowledge, documents: frozenset[str] | None) -> tuple[str, ...]:
    """Ids of the items whose whole title stands in `text`, the longer title winning over one inside it."""
    asked = bare(text)
    found = [
        (title, item.id)
        for item in knowledge.items_in(documents)
        if len(title := knowledge.titles[item.id]) >= _SHORTEST_TITLE and title in asked
    ]
    longest = [(t, i) for t, i in found if not any(t != other and t in other for other, _ in found)]
    return tuple(i for t, i in sorted(longest, key=lambda entry: asked.index(entry[0])))


def _numbered(text: str, knowledge: Knowledge, documents: frozenset[str] | None) -> tuple[str, ...]:
    """The only item that bears the number which a question names: 「番号4の取組は？」."""
    match = _ITEM_NUMBER.search(text)
    found = [item.id for item in knowledge.items_in(documents) if match and item.number == match[1]]
    return tuple(found) if len(found) == 1 else ()


def _read(text: str, knowledge: Knowledge, documents: frozenset[str] | None) -> _Reading:
    words = question_words()
    named = titles_in(text, knowledge, documents)
    named = named or _numbered(text, knowledge, documents)
    lists = words.means("list", text) or words.means("count", text)
    untitled = text
    # In a list question a title may also be a section's name, which then is the condition.
    for item in () if lists and not _asks_about_one(named, text) else named:
        untitled = mask_name(untitled, knowledge.titles[item])
    conditions = find_conditions(untitled, knowledge, documents)
    subject = subject_of(conditions.rest, words)
    if lists:
        subject = without_plan_words(subject, knowledge, documents)
    return _Reading(
        text, conditions.rest, conditions, named, subject, words, _names_other_edition(text, knowledge, documents)
    )


def _names_other_edition(text: str, knowledge: Knowledge, documents: frozenset[str] | None) -> bool:
    """Tell whether a question is about an edition that no document is: 「第1次プラン」, told of in the second one's."""
    titles = bare("".join(knowledge.title_of(document) for document in documents or ()))
    return any(bare(edition) not in titles for edition in _EDITION.findall(text))


def _with_outcome(fields: tuple[AskedField, ...], reading: _Reading) -> tuple[AskedField, ...]:
    """「目標は達成した？」 asks for the progress, too, though in a list it would be a condition."""
    reached = reading.words.means("done", reading.text) and "progress" not in fields
    return (*fields, "progress") if fields and reached else fields


def _englished(request: Request, text: str) -> Request:
    japanese = in_japanese(text)
    return replace(
        request,
        language="en",
        subject=japanese or request.subject,
        query=japanese or request.query,
        unknown_words=unknown_english(text),
    )


def _documents(scope: Scope, places: tuple[NamedPlace, ...], knowledge: Knowledge) -> frozenset[str]:
    inside = knowledge.documents_in(scope.municipality, scope.plan)
    known = [place.name for place in places if place.known]
    if not known:
        return inside
    named = frozenset().union(*(knowledge.documents_in(name, None) for name in known))
    # A place outside the selected scope does not widen it.
    return inside & named or inside


def _text_of(knowledge: Knowledge, scope: Scope) -> str:
    inside = knowledge.documents_in(scope.municipality, scope.plan)
    return "".join(knowledge.source_text.get(document, "") for document in inside)


def _asks_what_changed(reading: _Reading, documents: frozenset[str] | None, knowledge: Knowledge) -> bool:
    if not reading.words.means("changes", reading.text):
        return False
    return bool(version_pairs(reading.text, documents, knowledge)) or _names_versions_alone(
        reading, documents, knowledge
    )


def _names_versions_alone(reading: _Reading, documents: frozenset[str] | None, knowledge: Knowledge) -> bool:
    """Tell whether nothing is left of a question but what changed, and in which plan or version."""
    wording = reading.words.meanings["changes"]
    # The Japanese wordings begin at a version's name, too: its words go first.
    rest = wording.ja.sub(" ", _VERSION.sub(" ", wording.en.sub(" ", reading.rest)))
    left = without_plan_words(subject_of(rest, reading.words), knowledge, documents)
    return not (left or reading.named or reading.conditions.filter.owner or reading.conditions.filter.section)


def _filter(conditions: Conditions, intent: Intent) -> ItemFilter:
    if intent == "changes":
        # Its years tell which versions are meant.
        return ItemFilter(owner=conditions.filter.owner, section=conditions.filter.section)
    return conditions.filter if intent in ("list", "count") else ItemFilter()


def _asks_about_one(named: tuple[str, ...], text: str) -> bool:
    return len(named) == 1 and not re.search(r"項目|取組|取り組み|施策|事業", text)


def _intent(reading: _Reading, fields: tuple[AskedField, ...]) -> Intent:
    words, rest, conditions = reading.words, reading.rest, reading.conditions
    if words.means("greeting", reading.text.strip()):
        return "greeting"
    if _NUMBER_ALONE.match(rest) and not reading.named:
        return "unclear"
    if reading.other_edition:
        return "prose"
    if _counts_parts(reading):
        return "count"
    if conditions.several and words.means("list", rest) and not reading.named:
        return "list"
    if words.means("compare", reading.text) and not conditions.unknown_owner:
        return "compare"
    if words.means("definition", reading.text) and not conditions.are_on("owner") and not (reading.named and fields):
        return "definition"
    among = words.means("among_those", reading.text) and conditions.any
    if words.means("count", rest) and (among or (not _asks_of_named(reading) and _counts_items(reading))):
        return "count"
    if among:
        return "list"
    if words.means("plan_level", rest) and not reading.named:
        return "prose"
    return "list" if _lists_items(reading) else "item"


def _asks_of_named(reading: _Reading) -> bool:
    """Tell whether a figure of a named item is asked for: 「…の創設の目標値はいくつですか」."""
    return bool(reading.named) and not reading.conditions.any


def _counts_parts(reading: _Reading) -> bool:
    """Tell whether items are counted apart: of several sections or departments, by year, by progress."""
    words, text = reading.words, reading.text
    if reading.named:
        return False
    if reading.conditions.several:
        return words.means("count", reading.rest) or words.means("more_or_less", text)
    return words.means("by_group", text) and (
        words.means("count", reading.rest) or words.means("more_or_less", text) or not reading.subject
    )


def _lists_items(reading: _Reading) -> bool:
    if reading.named:
        return False
    lists = reading.words.means("list", reading.rest)
    about_items = _ITEMS.search(reading.rest) is not None
    alone = not reading.subject
    if reading.conditions.any or reading.conditions.unknown_owner or reading.conditions.unknown_section:
        return lists or alone or about_items
    return lists and alone and about_items


def _counts_items(reading: _Reading) -> bool:
    """Tell whether items are counted, and not people, places or money named in one of them."""
    counter = COUNTER.search(reading.rest)
    if counter and counter[1] not in ("件", "項目", "個", "つ"):
        return False
    nouns = reading.words.meanings["item_nouns"].search(reading.rest)
    counted = (nouns and reading.conditions.any) or not reading.subject
    return bool(counted)
