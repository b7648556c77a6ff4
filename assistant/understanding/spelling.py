"""A question written in kana in, the same question in the spelling of the plans out."""

import re

from assistant.answers import Scope
from assistant.knowledge import Knowledge
from assistant.sounds import sound

_KANA_RUN = re.compile(r"[ぁ-んー]{3,}")
_KATAKANA_RUN = re.compile(r"[ァ-ヶー]{4,}")
# Everyday endings that may sound like a word of the plans (でしょうか ≠ 消火).
_GRAMMAR = re.compile(
    r"でしょうか|ましょうか|でしたか|ですか|ますか|ました|ません|ください|おしえて|いただ\w*|ようにな\w*|について|という|どうなって|でき(?:ます|る)|なります|する|し(?:ない|なく|ません|ます|ました|ている|ています|てい?る)|され(?:る|ない|ます|て)|ですの|どこの|どこ|いつ"
)
_KANJI = re.compile("[一-龠]")
_PARTICLES = "のはをがにでとへもや"
_SHORTEST, _LONGEST = 3, 16


def respell(text: str, knowledge: Knowledge, scope: Scope) -> str:
    """Replace words written in kana by the plans' own spelling, longest readings first."""
    runs = [m[0] for m in (*_KANA_RUN.finditer(text), *_KATAKANA_RUN.finditer(text))]
    if not any(_could_be_words(run) for run in runs):
        return text
    inside = knowledge.documents_in(scope.municipality, scope.plan)
    spellings = knowledge.spellings(inside)
    # What the plans themselves print in kana needs no other spelling: くらし窓口課 is no 暮らし窓口課.
    printed = knowledge.text_in(inside)
    text = _KANA_RUN.sub(
        lambda m: m[0] if m[0] in printed else _respell_run(m[0], spellings, may_begin=not _ends_in_kanji(m)), text
    )
    return _KATAKANA_RUN.sub(
        lambda m: spellings.get(sound(m[0]), m[0]) if m[0] not in spellings.values() else m[0], text
    )


def _could_be_words(run: str) -> bool:
    return len(_GRAMMAR.sub("", run)) >= _SHORTEST


def _ends_in_kanji(run: re.Match[str]) -> bool:
    """Tell whether a kana run goes on from kanji: it begins with the end of their word (実施しない)."""
    return _KANJI.match(run.string, run.start() - 1) is not None if run.start() else False


def _respell_run(run: str, spellings: dict[str, str], *, may_begin: bool) -> str:
    """Respell the words of a kana run; a word begins and ends at particles, endings and other words."""
    out, at = "", 0
    while at < len(run):
        grammar = _GRAMMAR.match(run, at)
        length = _word_length(run, at, spellings) if may_begin and not grammar else 0
        if length:
            out += spellings[sound(run[at : at + length])]
            at, may_begin = at + length, True
        else:
            end = grammar.end() if grammar else at + 1
            out, at, may_begin = out + run[at:end], end, run[end - 1] in _PARTICLES
    return out


def _word_length(run: str, at: int, spellings: dict[str, str]) -> int:
    lengths = range(min(len(run) - at, _LONGEST), _SHORTEST - 1, -1)
    return next((n for n in lengths if sound(run[at : at + n]) in spellings and _may_end(run, at + n, spellings)), 0)


def _may_end(run: str, end: int, spellings: dict[str, str]) -> bool:
    if end == len(run) or run[end] in _PARTICLES or _GRAMMAR.match(run, end):
        return True
    return any(sound(run[end : end + n]) in spellings for n in range(_SHORTEST, _LONGEST))
