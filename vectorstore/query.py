"""A question in, the weighted tokens that the lexical index is asked for out."""

from dataclasses import replace

from vectorstore.lexical import LexicalIndex, QueryToken
from vectorstore.synonyms import english_phrases, phrases_in, synonyms_of
from vectorstore.tokens import content_words, index_tokens
from vectorstore.words import NO_WORDS, Words


def query_tokens(question: str, index: LexicalIndex, words: Words = NO_WORDS) -> list[QueryToken]:
    """Tokenise a question; each token brings the synonyms that the index holds, English terms their Japanese.

    What `words` has for a token comes as more distant ways to say it.
    """
    tokens = {token: QueryToken(token, _expansions((token,), index)) for token in index_tokens(question)}
    for word in content_words(question):
        for token in index_tokens(word.surface)[:1]:
            said = _expansions((word.surface, word.normalized), index)
            tokens[token] = QueryToken(
                token, tuple(dict.fromkeys((*tokens.get(token, QueryToken(token)).expansions, *said)))
            )
    for phrase in phrases_in(question):
        said = _expansions((phrase,), index)
        if said:
            tokens[phrase] = QueryToken(phrase, said)
    for term, japanese in english_phrases(question):
        token = term.split()[-1]
        tokens[token] = QueryToken(token, tuple(run for word in japanese if (run := _held(word, index))))
    for compound in _compounds(question):
        if (compound not in tokens) and (said := _distant(compound, index, words)):
            tokens[compound] = QueryToken(compound, distant=said)
    return [replace(token, distant=token.distant or _distant(token.token, index, words)) for token in tokens.values()]


def _compounds(question: str) -> list[str]:
    """Nouns that stand side by side, two or three together: 花束 + 贈呈."""
    surfaces = [word.surface for word in content_words(question)]
    runs = ("".join(surfaces[at : at + length]) for length in (2, 3) for at in range(len(surfaces) - length + 1))
    return [run for run in runs if run in question]


def _distant(word: str, index: LexicalIndex, words: Words) -> tuple[tuple[str, ...], ...]:
    runs = (_held(other, index) for other in words.of_dictionary(word))
    return tuple(dict.fromkeys(run for run in runs if run))


def _expansions(words: tuple[str, ...], index: LexicalIndex) -> tuple[tuple[str, ...], ...]:
    runs = (_held(synonym, index) for word in words for synonym in synonyms_of(word))
    return tuple(dict.fromkeys(run for run in runs if run))


def _held(word: str, index: LexicalIndex) -> tuple[str, ...]:
    """The index tokens of a word, () unless the index holds every one of them."""
    run = tuple(dict.fromkeys(index_tokens(word)))
    return run if run and all(token in index for token in run) else ()
