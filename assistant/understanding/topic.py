"""A question whose names and conditions are masked in, the words that say what it is about out."""

import re

from assistant.knowledge import Knowledge
from assistant.names import bare
from assistant.terms import terms_of
from assistant.understanding.masking import MASK
from assistant.understanding.wanted import COUNTER
from assistant.understanding.words import QuestionWords
from vectorstore.tokens import Word, content_words

_ONLY_SIGNS = re.compile(r"[\W\d①-⑳_]+")
_WRITTEN = re.compile(r"[一-龠ァ-ヶA-Za-z]")


def subject_of(rest: str, words: QuestionWords) -> str:
    """Return the words and compounds that say what the question is about, blanks between them."""
    rest = _blank(COUNTER, rest)
    for name in ("list", "count", "summary", "verbatim", "confirm", "compare", "by_group"):
        rest = _blank(words.meanings[name].ja, rest)
    for wording in words.fields.values():
        rest = _blank(wording.ja, rest)
    kept = [word for word in content_words(rest.replace(MASK, " ")) if not _is_empty(word, words)]
    return " ".join(_compounds(rest, kept))


def without_plan_words(subject: str, knowledge: Knowledge, documents: frozenset[str] | None) -> str:
    """Take out the words that only say which plan is meant: those of its title."""
    titles = bare("\n".join(knowledge.title_of(document) for document in documents or ()))
    return " ".join(term.word for term in terms_of(subject) if not term.is_held_by(titles))


def _compounds(text: str, kept: list[Word]) -> list[str]:
    """Join nouns that stand side by side in `text`: 指定 + 管理 → 指定管理."""
    joined: list[str] = []
    at, noun_before = 0, False
    for word in kept:
        start = text.find(word.surface, at)
        is_noun = word.pos.startswith(("名詞", "接尾辞", "接頭辞")) and _WRITTEN.search(word.surface) is not None
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
