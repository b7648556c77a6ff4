"""Questions that were not answered in, groups of those that are likely about one thing out, the most asked first."""

import math
from collections.abc import Callable, Sequence
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
    rows = _rows([_nouns(one.question) for one in questions], is_known)
    free = np.ones(len(questions), dtype=bool)
    groups = []
    for place, question in enumerate(questions):
        if free[place]:
            alike = free & (rows @ rows[place] >= _ALIKE)
            alike[place] = False
            free &= ~alike
            free[place] = False
            groups.append(_group(question, [questions[member] for member in np.flatnonzero(alike).tolist()]))
    return tuple(sorted(groups, key=lambda group: (group.count, group.last), reverse=True))


def _group(lead: AskedOften, others: Sequence[AskedOften]) -> QuestionGroup:
    every = (lead, *others)
    return QuestionGroup(lead, tuple(others), sum(one.count for one in every), max(one.last for one in every))


def _rows(texts: Sequence[frozenset[str]], is_known: Callable[[str], bool]) -> NDArray[np.float32]:
    """One row of length 1 for each question over the words of all; a question without nouns is like no other."""
    words = sorted(frozenset().union(*texts))
    places = {word: place for place, word in enumerate(words)}
    weights = {word: _KNOWN if is_known(word) else _NEW for word in words}
    rows = np.zeros((len(texts), len(words)), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        length = math.sqrt(sum(weights[word] ** 2 for word in text)) or 1.0
        for word in text:
            row[places[word]] = weights[word] / length
    return rows


@lru_cache(maxsize=2**14)
def _nouns(question: str) -> frozenset[str]:
    everyday = question_words().everyday
    named = [w.surface for w in content_words(question) if w.pos.startswith("名詞") and w.surface not in everyday]
    return frozenset(token for token in index_tokens(" ".join(named)) if len(token) >= _SHORTEST)
