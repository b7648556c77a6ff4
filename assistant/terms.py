"""The words of a subject in, every form under which a plan may print them out."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.names import bare
from vectorstore.synonyms import synonyms_of
from vectorstore.tokens import Word, content_words


@dataclass(frozen=True, slots=True)
class Term:
    """One subject word or compound and the forms it may take in print; `is_noun` tells names of things from doings.

    `parts` are the words of a compound: 指定管理 = 指定 + 管理.
    """

    word: str
    forms: tuple[str, ...]
    is_noun: bool
    parts: tuple["Term", ...] = ()
    own: tuple[str, ...] = ()

    def itself_stands_in(self, text: str) -> bool:
        """Tell whether the word itself occurs in `text`, no synonym."""
        return any(form in text for form in self.own)

    def stands_in(self, text: str) -> bool:
        """Tell whether any form occurs in `text`, which must be bare()."""
        return any(form in text for form in self.forms)

    def is_held_by(self, text: str) -> bool:
        """Tell whether `text` holds the term whole or, of a compound, every part of it."""
        return self.stands_in(text) or bool(self.parts and all(part.stands_in(text) for part in self.parts))


@lru_cache(maxsize=512)
def terms_of(subject: str) -> tuple[Term, ...]:
    """Turn the blank-separated words and compounds of a subject into terms with their printed variants."""
    terms: dict[str, Term] = {}
    for compound in subject.split():
        parts = tuple(term for word in content_words(compound) if (term := _term(word)))
        if len(parts) > 1:
            whole = bare(compound)
            terms.setdefault(whole, Term(compound, (whole, *map(bare, synonyms_of(compound))), True, parts, (whole,)))
        elif parts:
            terms.setdefault(parts[0].word, parts[0])
    return tuple(terms.values())


def nouns(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The terms that name things; single characters say too little to choose an item by."""
    return tuple(t for t in terms if t.is_noun and len(bare(t.word)) >= 2)


def _term(word: Word) -> Term | None:
    is_noun = word.pos.startswith(("名詞", "接尾辞", "接頭辞", "形状詞"))
    own = [bare(word.surface), bare(word.normalized)]
    forms = [*own, *(bare(s) for s in synonyms_of(word.normalized))]
    if not is_noun:
        # Of verbs the stem is compared: 減らす, 減らし and 減らさない share 減ら.
        forms = [stem for form in forms if (stem := re.sub(r"[ぁ-ん]$", "", form)) and re.search("[一-龠ァ-ヶ]", stem)]
    forms = [form for form in dict.fromkeys(forms) if form]
    return Term(word.surface, tuple(forms), is_noun, own=tuple(form for form in own if form)) if forms else None
