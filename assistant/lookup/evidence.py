"""What was found in, whether it is evidence enough to answer from out: below that the plans do not say."""

import re

from assistant.knowledge import Knowledge
from assistant.lookup.sentences import SentenceRanker
from assistant.lookup.subjects import Found
from assistant.terms import Term
from assistant.understanding.requests import Request
from assistant.understanding.words import question_words

# Fused scores (bench/README.md, Retrieval): off-topic questions seldom reach the first, and never with covered words.
NOT_FOUND_BELOW = 0.27
COVERED_NOT_FOUND_BELOW = 0.21
_COVERED, _MOSTLY_COVERED, _WHOLLY_COVERED = 0.35, 0.45, 0.99
SURELY = 0.42
# In a question of few words every one counts; a long story may hold some that no plan prints.
_FEW_WORDS = 3
_NAMES = re.compile(r"[一-龠ァ-ヶA-Za-z]")


def is_evidence(request: Request, found: Found, knowledge: Knowledge) -> bool:
    """Tell whether the best that was found is about the question and not merely the least unlike it."""
    if len(request.unknown_words) > len(found.terms):
        return False
    if found.certainty == "named" or found.best_score >= SURELY:
        return True
    words = question_words()
    things = tuple(
        term for term in found.terms if term.is_noun and term.word not in words.everyday and _NAMES.search(term.word)
    )
    unknown = [term for term in things if not _is_known(term, request, knowledge)]
    if unknown and len(things) <= _FEW_WORDS:
        return len(things) - len(unknown) > 1 and _coverage(request, found, knowledge) >= _MOSTLY_COVERED
    if found.best_score >= NOT_FOUND_BELOW:
        return True
    if found.best_score < COVERED_NOT_FOUND_BELOW:
        return False
    covered = _coverage(request, found, knowledge)
    return covered >= _COVERED if len(things) > 1 else covered >= _WHOLLY_COVERED


def _is_known(term: Term, request: Request, knowledge: Knowledge) -> bool:
    """Tell whether the documents print a word, a synonym of it, or, of a compound, all its parts."""
    text = knowledge.text_in(request.documents)
    if term.stands_in(text):
        return True
    parts = [part for part in term.parts if len(part.word) > 1 or re.match("[一-龠]", part.word)]
    return bool(parts) and all(part.stands_in(text) for part in parts)


def _coverage(request: Request, found: Found, knowledge: Knowledge) -> float:
    """The share of the question's words that the best passages hold, their section included."""
    ranker = SentenceRanker(request, found.terms, knowledge)
    texts = [f"{' '.join(hit.passage.section)} {hit.passage.search_text}" for hit in found.hits[:3]]
    return max((ranker.coverage(text) for text in texts), default=0.0)
