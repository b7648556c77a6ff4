"""A screened question and what the corpus knows in, a stand-alone Request out."""

import re
from dataclasses import replace

from assistant.answers import Scope
from assistant.knowledge import Knowledge
from assistant.names import bare
from assistant.terms import terms_of
from assistant.understanding.conditions import MASK, Conditions, find_conditions, mask_name
from assistant.understanding.places import named_places, without_places
from assistant.understanding.requests import AskedField, Intent, Language, NamedPlace, Request
from assistant.understanding.words import QuestionWords, question_words
from vectorstore.item_filter import ItemFilter
from vectorstore.synonyms import english_phrases
from vectorstore.tokens import Word, content_words

_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
_COUNTER = re.compile(
    r"(?:何|なん)(人|名|台|件|個|枚|回|本|校|園|社|店|棟|戸|世帯|施設|[かカヶケ個箇]所|路線|種類|業務|事業者|事業|団体|区分|区|割|円|時間|日間|週間"
    r"|年間|[かカヶケ]月|歳|部|冊|枠|基|株|頭|床|灯|橋|コース|学級|クラス|教室|言語|地区|地域|自治体|市町村|ヘクタール|法人|平方メートル|㎡|km|キロ|トン|%|パーセント|ポイント|項目|つ|システム|[ァ-ヶー]{2,8})"
)
_AMOUNT = re.compile(r"いくら|おいくら|how much", re.IGNORECASE)
_SOME_NUMBER = re.compile(
    r"いくつ|どれ(?:だけ|くらい|ぐらい|ほど)|どの(?:くらい|程度)|数値|目標値|how many|how much", re.IGNORECASE
)
_PERSON = re.compile(r"誰|だれ|どなた|氏名")
_BREAKDOWN = re.compile(r"内訳|それぞれ|別に|ごと")
_ORDINAL_ONLY = re.compile(r"^[①-⑳](?:番)?(?:の|は|って)")
_SAME_COUNTER = {
    "名": "人",
    "パーセント": "%",
    "平方メートル": "㎡",
    "平米": "㎡",
    "個所": "か所",
    "箇所": "か所",
    "ヶ所": "か所",
    "カ所": "か所",
}
_ONLY_BRANCHES = re.compile(r"支所(?:は|だけ|のみ|の[課所])|どの支所|どこの支所")
_ONLY_SIGNS = re.compile(r"[\W\d①-⑳_]+")
_DEADLINE = re.compile(r"期限|締め?切|までに(?:終|完了|達成)|due|deadline")
_COPIES = re.compile(r"部数|冊数")
_PLAIN_FIELDS: tuple[AskedField, ...] = ("content",)


def understand(text: str, scope: Scope, knowledge: Knowledge, language: str | None = None) -> Request:
    """Read one question by itself; the conversation is added by follow_ups."""
    words = question_words()
    places = named_places(text, knowledge.municipalities, _all_text(knowledge, scope))
    documents = _documents(scope, places, knowledge)
    told: Language = "en" if _is_english(text, language) else "ja"
    named = titles_in(text, knowledge, documents)
    placeless = without_places(text, knowledge.municipalities)
    lists = words.means("list", placeless) or words.means("count", placeless)
    untitled = placeless
    # In a list question a title may also be a section's name, which then is the condition.
    for item in () if lists and not _asks_about_one(named, placeless) else named:
        untitled = mask_name(untitled, knowledge.titles[item])
    conditions = find_conditions(untitled, knowledge, documents)
    rest = conditions.rest
    fields = _asked_fields(rest, words)
    subject = _without_plan_words(_subject(rest, words), knowledge, documents) if lists else _subject(rest, words)
    japanese = in_japanese(placeless) if told == "en" else ""
    subject = japanese or subject
    conditions = _without_context_year(conditions, knowledge, documents)
    intent = _intent(rest, placeless, conditions, named, fields, subject, words)
    request = Request(
        text=text,
        intent=intent,
        language=told,
        subject=subject,
        unknown_words=unknown_english(placeless) if told == "en" else (),
        query=japanese or placeless.strip() or text,
        fields=fields,
        filter=conditions.filter if intent in ("list", "count") else ItemFilter(),
        municipalities=places,
        documents=documents,
        items=named if intent in ("item", "compare") else (),
        summary=words.means("summary", text),
        verbatim=words.means("verbatim", text),
        confirm=words.means("confirm", text),
        among_previous=words.means("among_those", text),
        units=_units(rest),
        needs=tuple(u.needs.pattern for u in words.unprinted if u.asks.search(rest)),
        asks_person=_PERSON.search(rest) is not None,
        asks_number=bool(_units(rest) or _SOME_NUMBER.search(rest)),
        count_breakdown=_BREAKDOWN.search(text) is not None,
        claimed_owner=conditions.filter.owner if words.means("confirm", text) else None,
        unknown_owner=conditions.unknown_owner,
        goal_mark=tuple(re.findall(r"[①-⑳]", rest)),
        only_branches=_ONLY_BRANCHES.search(rest) is not None,
        is_deadline=_DEADLINE.search(rest) is not None,
        ordinal=rest[0] if _ORDINAL_ONLY.match(rest) else None,
        unknown_plan=scope.plan if scope.plan and not documents else None,
    )
    return replace(request, progresses=conditions.progresses) if conditions.progresses else request


def in_japanese(text: str) -> str:
    """Give the Japanese words of an English question: those it holds, and those the glossary has for its terms."""
    words = question_words()
    own = re.findall(r"[ぁ-んァ-ヶー一-龠]{2,}", text)
    acronyms = re.findall(r"\b[A-Z]{2,}\b", text)
    terms = [
        japanese[0]
        for term, japanese in english_phrases(text)
        if not any(wording.en.fullmatch(term) for wording in (*words.fields.values(), words.meanings["item_nouns"]))
    ]
    return " ".join(dict.fromkeys((*own, *terms, *acronyms)))


def unknown_english(text: str) -> tuple[str, ...]:
    """The English words of a question that neither the glossary nor everyday grammar knows."""
    known = {word for term, _ in english_phrases(text) for word in term.split()}
    words = re.findall(r"[a-z]{3,}", re.sub(r"[^\x00-\x7f]+", " ", text).casefold())
    return tuple(w for w in dict.fromkeys(words) if w not in question_words().english and not any(w.startswith(k[:4]) for k in known))


def titles_in(text: str, knowledge: Knowledge, documents: frozenset[str] | None) -> tuple[str, ...]:
    """Ids of the items whose whole title stands in `text`, the longer title winning over one inside it."""
    asked = bare(text)
    found = [
        (title, item.id)
        for item in knowledge.items_in(documents)
        if len(title := knowledge.titles[item.id]) >= 4 and title in asked
    ]
    longest = [(t, i) for t, i in found if not any(t != other and t in other for other, _ in found)]
    return tuple(i for t, i in sorted(longest, key=lambda entry: asked.index(entry[0])))


def _without_plan_words(subject: str, knowledge: Knowledge, documents: frozenset[str] | None) -> str:
    """Take out the words that only say which plan is meant: those of its title and of its own headings."""
    headings = bare("\n".join(knowledge.title_of(d) for d in documents or ()))
    headings += "".join({bare(part) for item in knowledge.items_in(documents) for part in item.section[:1]})
    return " ".join(term.word for term in terms_of(subject) if not term.is_held_by(headings))


def _without_context_year(conditions: Conditions, knowledge: Knowledge, documents: frozenset[str] | None) -> Conditions:
    """Drop a year that only says which report is meant (令和2年度に「目標達成」となった…) and not when something is due."""
    year = conditions.filter.fiscal_year
    if year is None or question_words().schedule_column.search(conditions.rest):
        return conditions
    others = replace(conditions.filter, fiscal_year=None)
    if year not in knowledge.years_of(documents):
        return conditions
    return replace(conditions, filter=others)


def _documents(scope: Scope, places: tuple[NamedPlace, ...], knowledge: Knowledge) -> frozenset[str] | None:
    inside = knowledge.documents_in(scope.municipality, scope.plan)
    known = [place.name for place in places if place.known]
    if known:
        named = frozenset().union(*(knowledge.documents_in(name, None) for name in known))
        # A place outside the selected scope does not widen it.
        inside = inside & named or inside
    return inside


def _all_text(knowledge: Knowledge, scope: Scope) -> str:
    return "".join(
        knowledge.source_text[d]
        for d in knowledge.documents_in(scope.municipality, scope.plan)
        if d in knowledge.source_text
    )


def _is_english(text: str, language: str | None) -> bool:
    if language:
        return not language.startswith("ja")
    latin = len(re.findall(r"[A-Za-z]{2,}", text))
    return latin >= 3 and not re.search(r"[ぁ-ん]", text)


def _asked_fields(rest: str, words: QuestionWords) -> tuple[AskedField, ...]:
    """Fields in the order in which they are asked for; the vague "tell me about" counts only when alone."""
    found = [(match.start(), field) for field, wording in words.fields.items() if (match := wording.search(rest))]
    ordered: list[AskedField] = [field for _, field in sorted(found)]  # type: ignore[misc]
    if _COPIES.search(rest):  # 何部 asks for copies, not for a division
        ordered = [field for field in ordered if field != "owner"]
    stated = tuple(field for field in ordered if field not in _PLAIN_FIELDS)
    if not stated and _ONLY_BRANCHES.search(rest) and re.search(r"どこ|どの|どちら|入って|含ま", rest):
        return ("owner",)
    if stated and _asks_something_else_too(rest, words):
        return ("content", *stated)
    return stated or tuple(ordered)


def _asks_something_else_too(rest: str, words: QuestionWords) -> bool:
    """Tell whether one of several questions in a row asks for no field: 「民間になるの？ いつまで？」."""
    questions = [part for part in re.findall(r"[^?。]+\?", rest) if part.strip(" ?")]
    return len(questions) > 1 and any(not any(w.search(q) for w in words.fields.values()) for q in questions)


def _asks_about_one(named: tuple[str, ...], text: str) -> bool:
    return len(named) == 1 and not re.search(r"項目|取組|取り組み|施策|事業", text)


def _intent(
    rest: str,
    text: str,
    conditions: Conditions,
    named: tuple[str, ...],
    fields: tuple[AskedField, ...],
    subject: str,
    words: QuestionWords,
) -> Intent:
    counts = words.means("count", rest) and _counts_items(rest, conditions, subject)
    lists = words.means("list", rest)
    if _ORDINAL_ONLY.match(rest) and not named:
        return "unclear"
    if words.means("compare", text) and not conditions.unknown_owner:
        return "compare"
    if words.means("definition", text) and not conditions.filter.owner:
        return "definition"
    if counts:
        return "count"
    holds = conditions.any or conditions.unknown_owner
    alone = not subject
    if holds and not named and (lists or alone or _names_items(rest)):
        return "list"
    if lists and alone and not named and _names_items(rest):
        return "list"
    return "item"


def _counts_items(rest: str, conditions: Conditions, subject: str) -> bool:
    """Tell whether items are counted, and not people, places or money named in one of them."""
    nouns = question_words().meanings["item_nouns"].search(rest)
    counter = _COUNTER.search(rest)
    if counter and counter[1] not in ("件", "項目", "個", "つ"):
        return False
    return bool((nouns and conditions.any) or not subject) or bool(counter and counter[1] == "項目")


def _names_items(rest: str) -> bool:
    return re.search(r"項目|取組|取り組み|施策|事業|もの|やつ|持ち分|items?|measures?", rest) is not None


def _subject(rest: str, words: QuestionWords) -> str:
    """The words that say what the question is about, blanks between them."""
    rest = _blank(_COUNTER, rest)
    for name in ("list", "count", "summary", "verbatim", "confirm", "compare"):
        rest = _blank(words.meanings[name].ja, rest)
    for wording in words.fields.values():
        rest = _blank(wording.ja, rest)
    return " ".join(_compounds(rest, [w for w in content_words(rest.replace(MASK, " ")) if not _is_empty(w, words)]))


def _compounds(text: str, kept: list[Word]) -> list[str]:
    """Join nouns that stand side by side in `text`: 指定 + 管理 → 指定管理."""
    joined: list[str] = []
    at, noun_before = 0, False
    for word in kept:
        start = text.find(word.surface, at)
        is_noun = word.pos.startswith(("名詞", "接尾辞", "接頭辞"))
        is_noun = is_noun and re.search("[一-龠ァ-ヶA-Za-z]", word.surface) is not None
        if joined and noun_before and is_noun and start == at:
            joined[-1] += word.surface
        else:
            joined.append(word.surface)
        at, noun_before = max(start, at) + len(word.surface), is_noun
    return list(dict.fromkeys(joined))


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda m: MASK * len(m[0]), text)


def _is_empty(word: Word, words: QuestionWords) -> bool:
    if word.pos.startswith(("代名詞", "接続詞", "感動詞", "連体詞", "フィラー")) or "数詞" in word.pos:
        return True
    return word.normalized in words.empty or word.surface in words.empty or bool(_ONLY_SIGNS.fullmatch(word.surface))


def _units(rest: str) -> tuple[str, ...]:
    found = [_SAME_COUNTER.get(unit, unit) for unit in _COUNTER.findall(rest)]
    if _AMOUNT.search(rest):
        found.append("円")
    if re.search(r"パーセント|割合|何%|percentage|percent", rest):
        found.append("%")
    return tuple(dict.fromkeys(found))
