"""Questions that were not answered in, groups of those that are likely about one thing out, the most asked first."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.understanding.words import question_words
from vectorstore.answer_records import AskedOften
from vectorstore.tokens import content_words, index_tokens

# Cosine of weighted nouns, found on questions to a made-up city: below it two questions are about two things.
_ALIKE = 0.55
# A word that no plan holds says more of what was asked for in vain than one that they are full of.
_NEW, _KNOWN = 2.5, 1.0
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions about one thing: `lead` is the most asked of them, `count` how often all were asked together."""

    lead: AskedOften
    others: tuple[AskedOften, ...]
    count: int
    last: str


def grouped(questions: Sequence[AskedOften], is_known: Callable[[str], bool]) -> tuple[QuestionGroup, ...]:
    """Put each question to the first that it is like, those asked most first; `is_known` tells words of plans."""
    texts = [_weighted(_nouns(one.question), is_known) for one in questions]
    likeness = _likeness(texts)
    free = np.ones(len(questions), dtype=bool)
    groups = []
    for place, question in enumerate(questions):
        if free[place]:
            alike = free & (likeness(texts[place]) >= _ALIKE)
            alike[place] = False
            free &= ~alike
            free[place] = False
            groups.append(_group(question, [questions[member] for member in np.flatnonzero(alike).tolist()]))
    return tuple(sorted(groups, key=lambda group: (group.count, group.last), reverse=True))


def _group(lead: AskedOften, others: Sequence[AskedOften]) -> QuestionGroup:
    every = (lead, *others)
    return QuestionGroup(lead, tuple(others), sum(one.count for one in every), max(one.last for one in every))


def _weighted(words: frozenset[str], is_known: Callable[[str], bool]) -> Mapping[str, float]:
    """The words of a question with weights whose squares sum up to 1."""
    weights = {word: _KNOWN if is_known(word) else _NEW for word in words}
    length = math.sqrt(sum(weight**2 for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()}


def _likeness(texts: Sequence[Mapping[str, float]]) -> Callable[[Mapping[str, float]], NDArray[np.float64]]:
    """Return what gives the cosines of one text with all; a text without words is like no other."""
    holding: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        for word in text:
            holding.setdefault(word, []).append(place)
    postings = {
        word: (np.array(places), np.array([texts[place][word] for place in places])) for word, places in holding.items()
    }

    def cosines(text: Mapping[str, float]) -> NDArray[np.float64]:
        total = np.zeros(len(texts))
        for word, weight in text.items():
            places, weights = postings[word]
            total[places] += weight * weights
        return total

    return cosines


@lru_cache(maxsize=2**14)
def _nouns(question: str) -> frozenset[str]:
    everyday = question_words().everyday
    named = [w.surface for w in content_words(question) if w.pos.startswith("名詞") and w.surface not in everyday]
    return frozenset(token for token in index_tokens(" ".join(named)) if len(token) >= _SHORTEST)
