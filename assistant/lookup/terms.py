"""The words of a subject in, every form under which a plan may print them out."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.names import bare
from vectorstore.synonyms import synonyms_of
from vectorstore.tokens import content_words


@dataclass(frozen=True, slots=True)
class Term:
    """One subject word and the forms it may take in print; `is_noun` tells names of things from doings."""

    word: str
    forms: tuple[str, ...]
    is_noun: bool

    def stands_in(self, text: str) -> bool:
        """Tell whether any form occurs in `text`, which must be bare()."""
        return any(form in text for form in self.forms)


@lru_cache(maxsize=512)
def terms_of(subject: str) -> tuple[Term, ...]:
    """Split a subject into terms, each with its printed variants and synonyms."""
    terms: dict[str, Term] = {}
    for word in content_words(subject):
        is_noun = word.pos.startswith("名詞") or word.pos.startswith("接尾辞")
        surface = bare(word.surface)
        if not surface or (is_noun and len(surface) == 1 and not re.match(r"[一-龠]", surface)):
            continue
        forms = [surface, bare(word.normalized), *(bare(s) for s in synonyms_of(word.normalized))]
        if not is_noun:
            forms = [stem for form in forms if len(stem := re.sub(r"[ぁ-ん]+$", "", form)) >= 1 and re.search("[一-龠ァ-ヶ]", stem)]
        if forms:
            terms.setdefault(surface, Term(word.surface, tuple(dict.fromkeys(f for f in forms if f)), is_noun))
    return tuple(terms.values())


def nouns(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The terms that name things; single characters say too little to choose an item by."""
    return tuple(t for t in terms if t.is_noun and len(bare(t.word)) >= 2)
