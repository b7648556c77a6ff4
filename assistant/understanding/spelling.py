"""A question written in kana in, the same question in the spelling of the plans out."""

import re

from assistant.answers import Scope
from assistant.knowledge import Knowledge
from assistant.sounds import sound

_KANA_RUN = re.compile(r"[ぁ-んー]{3,}")
_KATAKANA_RUN = re.compile(r"[ァ-ヶー]{4,}")
# Everyday endings that may sound like a word of the plans (でしょうか ≠ 消火).
_GRAMMAR = re.compile(
    r"でしょうか|ましょうか|でしたか|ですか|ますか|ました|ません|ください|おしえて|いただ\w*|ようにな\w*|について|という|どうなって|でき(?:ます|る)|なります|するの|ですの|どこの|どこ|いつ"
)
_SHORTEST = 3


def respell(text: str, knowledge: Knowledge, scope: Scope) -> str:
    """Replace words written in kana by the plans' own spelling, longest readings first."""
    runs = [m[0] for m in (*_KANA_RUN.finditer(text), *_KATAKANA_RUN.finditer(text))]
    if not any(_could_be_words(run) for run in runs):
        return text
    spellings = knowledge.spellings(knowledge.documents_in(scope.municipality, scope.plan))
    text = _KANA_RUN.sub(lambda m: _respell_run(m[0], spellings), text)
    return _KATAKANA_RUN.sub(
        lambda m: spellings.get(sound(m[0]), m[0]) if m[0] not in spellings.values() else m[0], text
    )


def _could_be_words(run: str) -> bool:
    return len(_GRAMMAR.sub("", run)) >= _SHORTEST


def _respell_run(run: str, spellings: dict[str, str]) -> str:
    out, at = "", 0
    while at < len(run):
        grammar = _GRAMMAR.match(run, at)
        if grammar:
            out, at = out + grammar[0], grammar.end()
            continue
        length = next(
            (n for n in range(min(len(run) - at, 16), _SHORTEST - 1, -1) if sound(run[at : at + n]) in spellings), 0
        )
        out += spellings[sound(run[at : at + length])] if length else run[at]
        at += length or 1
    return out
