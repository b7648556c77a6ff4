"""An English question in, its words in Japanese and those without any out."""

import re
from collections.abc import Iterable

from assistant.understanding.words import question_words
from vectorstore.synonyms import english_phrases

_DEPARTMENT = re.compile(r"(?:[A-Za-z][\w'-]* ){1,5}(?:division|department|section|office|bureau)\b", re.IGNORECASE)
_JAPANESE_RUN = re.compile(r"[ぁ-んァ-ヶー一-龠]{2,}")


def is_english(text: str, language: str | None) -> bool:
    """Tell whether to answer in English: as told by the client, else by the letters of the question."""
    if language:
        return not language.startswith("ja")
    return len(re.findall(r"[A-Za-z]{2,}", text)) >= 3 and not re.search(r"[ぁ-ん]", text)


def with_departments(text: str, owners: Iterable[str]) -> str:
    """Put the plans' own name for each department that an English question names: 「Personnel Division」 → 人事課."""
    known = tuple(owners)
    return _DEPARTMENT.sub(lambda match: _with_owner(match[0], known), text)


def _with_owner(words: str, owners: tuple[str, ...]) -> str:
    """Replace the longest name at the end of some words that is a department's."""
    *before, _ = words.split()
    for start in range(len(before)):
        if owner := _owner_called(" ".join(before[start:]), owners):
            return " ".join([*before[:start], owner])
    return words


def _owner_called(name: str, owners: tuple[str, ...]) -> str | None:
    """The only department whose name begins with, or else holds, the Japanese of every English word of `name`."""
    terms = [japanese for _, japanese in english_phrases(name)]
    stems = [tuple(re.sub(r"[課室部局係]$", "", word) for word in japanese) for japanese in terms]
    held = [o for o in owners if stems and all(any(stem and stem in o for stem in words) for words in stems)]
    begun = [owner for owner in held if any(stem and owner.startswith(stem) for stem in stems[0])]
    for found in (held, begun, [owner for owner in begun if len(owner) == min(map(len, begun))]):
        if len(found) == 1:
            return found[0]
    return None


def in_japanese(text: str) -> str:
    """Give the Japanese words of an English question: those it holds, and those the glossary has for its terms."""
    words = question_words()
    asking = (*words.fields.values(), words.meanings["item_nouns"])
    # 「in charge」 asks for the department and is no charge.
    rest = text
    for wording in words.fields.values():
        rest = wording.en.sub(" ; ", rest)
    terms = [
        japanese[0]
        for term, japanese in english_phrases(rest)
        if not any(wording.en.fullmatch(term) for wording in asking)
    ]
    acronyms = re.findall(r"\b[A-Z]{2,}\b", text)
    return " ".join(dict.fromkeys((*_JAPANESE_RUN.findall(text), *terms, *acronyms)))


def unknown_english(text: str) -> tuple[str, ...]:
    """The English words of a question that neither the glossary nor everyday grammar knows."""
    beginnings = tuple(word[:4] for term, _ in english_phrases(text) for word in term.split())
    words = re.findall(r"[A-Za-z]{3,}", re.sub(r"[^\x00-\x7f]+", " ", text))
    everyday = question_words().english
    unknown = [
        w for w in dict.fromkeys(words) if w.lower() not in everyday and not w.lower().startswith(beginnings or ("\0",))
    ]
    # A name that the glossary lacks weighs double: the question is about that very thing.
    return tuple(w for word in unknown for w in ([word, word] if word[0].isupper() else [word]))
