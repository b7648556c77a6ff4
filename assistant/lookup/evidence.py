"""What was found in, whether it is evidence enough to answer from out: below that the plans do not say."""

import re

from rapidfuzz import fuzz

from assistant.knowledge import Knowledge
from assistant.lookup.sentences import SentenceRanker
from assistant.lookup.subjects import Found
from assistant.names import bare
from assistant.terms import Term
from assistant.understanding.requests import Request
from assistant.understanding.words import question_words
from ingest.plan_items import Passage

# Fused scores (bench/README.md, Retrieval): off-topic questions seldom reach the first, and never with covered words.
NOT_FOUND_BELOW = 0.27
COVERED_NOT_FOUND_BELOW = 0.21
CHANGE_NOT_FOUND_BELOW, UNKNOWN_NOT_FOUND_BELOW = 0.25, 0.36
_COVERED, _MOSTLY_COVERED, _WHOLLY_COVERED = 0.35, 0.45, 0.99
SURELY = 0.42
# In a question of few words every one counts; a long story may hold some that no plan prints.
_FEW_WORDS = 3
_NEAR = 66
_STANDING_OUT, _CLEAR_LEAD = 0.32, 0.09
# What follows the thing that is asked for: 「リース会社は？」, 「住所を教えて」.
_ASKED = r"(?:の予定)?(?:は|って|を教え|が知り|も教え|の名前|名は|はどこ|[?]|$)"
# Asked for as anything may be: 「駐車場の予定は？」 wants to hear of 駐車場, not any next step.
_OPEN_FIELDS = frozenset({"title", "content", "next_steps"})
_MONEY = "料費代賃"
_PLANS_FOR = re.compile(r"の予定(?:は|って|を教え|[?]|$)")
_ENDS_IN_KANA = re.compile(r"[一-龠][ぁ-ん]{2}$")
_LONG_NAME = re.compile(r"[一-龠]{4}")
_NAMES = re.compile(r"[一-龠ァ-ヶA-Za-z]")


def is_evidence(request: Request, found: Found, knowledge: Knowledge) -> bool:
    """Tell whether the best that was found is about the question and not merely the least unlike it."""
    if len(request.unknown_words) > len(found.terms):
        return False
    if asks_for_service(request) and not _prints_the_detail(request, found, knowledge):
        return False
    if found.certainty == "named":
        return True
    if _asks_for_what_is_nowhere(request, found, knowledge):
        return False
    if found.best_score >= SURELY:
        return True
    things = _things(request, found, knowledge)
    title = knowledge.titles[found.items[0].id] if found.items else ""
    unknown = [
        term
        for term in things
        if not _is_known(term, request, knowledge) and not _is_slip(term, title, request, knowledge)
    ]
    if unknown and _is_near_enough(request, found):
        return not any(map(_is_a_name, unknown)) and (len(unknown) < len(things) or leads_clearly(found))
    if unknown and len(things) <= _FEW_WORDS:
        if len(things) > 1 and leads_clearly(found) and asked_in_vain(request, found, knowledge) is None:
            return True
        return len(things) - len(unknown) > 1 and _coverage(request, found, knowledge) >= _MOSTLY_COVERED
    if found.best_score >= NOT_FOUND_BELOW:
        return True
    if found.best_score < COVERED_NOT_FOUND_BELOW:
        return False
    covered = _coverage(request, found, knowledge)
    few_will_do = len(things) > 1 or (things and "owner" in request.fields)
    return covered >= (_COVERED if few_will_do else _WHOLLY_COVERED)


def is_about_item(request: Request, found: Found, knowledge: Knowledge) -> bool:
    """Tell whether the best item holds what the question names; a question of few words must be held whole."""
    if found.certainty != "likely" or not found.items:
        return bool(found.items)
    things = _things(request, found, knowledge)
    item = found.items[0]
    text, title = knowledge.text_of(item), knowledge.titles[item.id]
    held = sum(_is_held(term, text) or _is_slip(term, title, request, knowledge) for term in things)
    if found.best_score >= SURELY:
        return held > 0 or not things
    if held > 0 and _is_near_enough(request, found) and not any(_is_a_name(t) for t in things if not _is_held(t, text)):
        return True
    return _is_enough(held, len(things)) or leads_clearly(found)


def _is_near_enough(request: Request, found: Found) -> bool:
    """Tell whether what was found is near enough for some words of the question to be said otherwise."""
    return found.best_score >= (CHANGE_NOT_FOUND_BELOW if asks_of_change(request) else UNKNOWN_NOT_FOUND_BELOW)


def _is_a_name(term: Term) -> bool:
    """Tell whether a word is long enough to be the name of one thing only, which then must be printed."""
    return _LONG_NAME.search(term.word) is not None


def asks_of_change(request: Request) -> bool:
    """Tell whether a question asks whether or how something changes: that is of the plans, whatever its words."""
    return question_words().means("change", request.text)


def asks_for_service(request: Request) -> bool:
    """Tell whether somebody wants something done or to know how it is done: that no plan answers."""
    return not request.items and "owner" not in request.fields and question_words().means("service", request.text)


def _prints_the_detail(request: Request, found: Found, knowledge: Knowledge) -> bool:
    """Tell whether an item that is named prints what a counter would be asked for: the hours, where these change."""
    if found.certainty != "named" or not found.items or not request.manner.needs:
        return False
    text = knowledge.text_of(found.items[0])
    return all(re.search(needed, text) for needed in request.manner.needs)


def leads_clearly(found: Found) -> bool:
    """Tell whether one item stands out among all: it is meant, though the question uses other words for it."""
    scores: dict[str | None, float] = {}
    for hit in found.item_hits:
        scores.setdefault(hit.passage.item_id, hit.score)
    first, second = [*scores.values(), 0.0, 0.0][:2]
    return bool(found.items) and first >= _STANDING_OUT and first - second >= _CLEAR_LEAD


def asked_in_vain(request: Request, found: Found, knowledge: Knowledge) -> str | None:
    """Return the detail that the question asks for itself, where neither a field nor the item's text has it."""
    if set(request.fields) - _OPEN_FIELDS or request.manner.number or not found.items:
        return None
    things = _things(request, found, knowledge)
    heads = [term for term in things if re.search(rf"{re.escape(term.word)}{_ASKED}", request.text)]
    if not heads:
        return None
    head, title = heads[-1], knowledge.titles.get(found.items[0].id, "")
    if _is_held(head, knowledge.text_of(found.items[0])) or _is_slip(head, title, request, knowledge):
        return None
    # What changes may be said in other words, but not what no plan has any word of.
    in_other_words = asks_of_change(request) and not _PLANS_FOR.search(request.text)
    return None if in_other_words and _is_known(head, request, knowledge) else head.word


def _asks_for_what_is_nowhere(request: Request, found: Found, knowledge: Knowledge) -> bool:
    """Tell whether the thing that is asked for is in no plan, or has no plans in the item that comes nearest."""
    word = asked_in_vain(request, found, knowledge)
    term = next((term for term in found.terms if term.word == word), None)
    if term is None:
        return False
    if _PLANS_FOR.search(request.text):
        return True
    return found.best_score < SURELY and not _is_known(term, request, knowledge)


def tells_as_much(request: Request, passage: Passage, found: Found, knowledge: Knowledge) -> bool:
    """Tell whether a passage holds as many of the things that the question names as the best item does."""
    if not found.items:
        return True
    things = _things(request, found, knowledge)
    printed, item = bare(f"{''.join(passage.section)}{passage.text}"), knowledge.text_of(found.items[0])
    return sum(_is_held(t, printed) for t in things) >= sum(_is_held(t, item) for t in things)


def words_in_plans(request: Request, found: Found, knowledge: Knowledge) -> tuple[str, ...]:
    """The words of a question that the plans print: by these it was searched."""
    text = knowledge.text_in(request.documents)
    return tuple(term.word for term in _things(request, found, knowledge) if term.itself_stands_in(text))[:3]


def is_about_passage(request: Request, passage: Passage, found: Found, knowledge: Knowledge) -> bool:
    """Tell whether a passage, with its headings and its plan's title, holds what the question names."""
    text = bare(f"{knowledge.title_of(passage.document_id)}{''.join(passage.section)}{passage.text}")
    things = _things(request, found, knowledge)
    return _is_enough(sum(_is_held(term, text) for term in things), len(things))


def _is_enough(held: int, things: int) -> bool:
    if things < _FEW_WORDS:
        return held == things
    return 2 * held >= things or (things > _FEW_WORDS and held > 0)


def _is_held(term: Term, text: str) -> bool:
    """Tell whether a text prints a word, its synonym, or both ends of a compound: 水道料金 is not any 料金."""
    if len(bare(term.word)) == 1:
        return _stands_alone(term, text)
    if term.stands_in(text):
        return True
    if len(term.parts) < 2 or not all(part.itself_stands_in(text) for part in term.parts):
        return False
    return _ends_one_word(term, text)


def _stands_alone(term: Term, text: str) -> bool:
    """Tell whether a word of one character is printed as a word: 便 of a bus is not that of 郵便."""
    forms = (rf"(?<![一-龠]){re.escape(form)}(?![一-龠])" if len(form) == 1 else re.escape(form) for form in term.forms)
    return re.search("|".join(forms), text) is not None


def _ends_one_word(term: Term, text: str) -> bool:
    """Tell whether a last part of one character stands in one word with those before it: 料 of 保育料 is not any 料."""
    *first, last = term.parts
    return len(last.word) > 1 or any(
        re.search(rf"{re.escape(form)}[一-龠ァ-ヶー]{{0,4}}{re.escape(last.word)}", text) for form in first[-1].own
    )


def _is_slip(term: Term, title: str, request: Request, knowledge: Knowledge) -> bool:
    """Tell whether a word that no plan prints nearly stands in the title: 敬老祝い金 for 敬老祝金."""
    if len(term.word) < _FEW_WORDS or term.stands_in(knowledge.text_in(request.documents)):
        return False
    # 保育料 is no slip of 保育所: another kind of thing is asked for.
    of_that_kind = term.word[-1] not in _MONEY or term.word[-1] in title
    return of_that_kind and fuzz.partial_ratio(bare(term.word), title) >= _NEAR


def _things(request: Request, found: Found, knowledge: Knowledge) -> tuple[Term, ...]:
    """The words that name something; what ends in kana and no plan prints is a doing rather (変わり, 下がり)."""
    everyday, printed = question_words().everyday, knowledge.text_in(request.documents)
    names = (t for t in found.terms if t.is_noun and t.word not in everyday and _NAMES.search(t.word))
    return tuple(term for term in names if not _ENDS_IN_KANA.search(term.word) or term.stands_in(printed))


def _is_known(term: Term, request: Request, knowledge: Knowledge) -> bool:
    """Tell whether the documents print a word, a synonym of it, or, of a compound, all its parts."""
    text = knowledge.text_in(request.documents)
    if len(bare(term.word)) == 1:
        return _stands_alone(term, text)
    if term.stands_in(text) or any(bare(word) in text for word in knowledge.corpus.words.of_dictionary(term.word)):
        return True
    parts = [part for part in term.parts if len(part.word) > 1 or re.match("[一-龠]", part.word)]
    return bool(parts) and all(part.stands_in(text) for part in parts) and _ends_one_word(term, text)


def _coverage(request: Request, found: Found, knowledge: Knowledge) -> float:
    """The share of the question's words that the best passages hold, their section included."""
    ranker = SentenceRanker(request, found.terms, knowledge)
    texts = [f"{' '.join(hit.passage.section)} {hit.passage.search_text}" for hit in found.hits[:3]]
    return max((ranker.coverage(text) for text in texts), default=0.0)
