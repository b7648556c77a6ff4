"""A question and the progress classes 進捗区分 that plans print in, the classes it means out.

「遅れている項目」 means every class that is behind; 「進捗区分が遅れの項目」 and 「「遅れ」の項目」 the one printed so.
"""

import re
import unicodedata
from collections.abc import Set
from dataclasses import dataclass

from assistant.understanding.masking import mask
from assistant.understanding.several import Name, are_joined
from assistant.understanding.words import question_words
from vectorstore.item_filter import ItemFilter

# What classes are printed for what a question means, tried in this order: 「計画どおりに進んでいない」 is behind.
_CLASSES = {
    "behind": re.compile(r"未満|遅れ|遅延|下回|未達|未着手|[CDＣＤ△×▲]$"),
    "not_started": re.compile(r"未着手|未実施|未開始|着手前"),
    "done": re.compile(r"目標達成|^達成|完了|終了|◎$"),
    "on_track": re.compile(r"順調|(?:計画|予定|目標)(?:どおり|通り)|[○〇◯]$"),
}
_NOT = re.compile(r"(?:て|に)?(?:は)?(?:い|お)?(?:ない|ません|らず|らない|りません)")
_ASKED = re.compile(r"(?:です|でしょう|なの|の)?か?[?？。\s]*$")
_OF_ITEMS = re.compile(r"(?:て(?:い)?る|の|な)?(?:取組|取り組み|項目|事業|施策|もの)|(?: (?:items?|measures?))")
_BESIDE = r"(?:評価|区分|状況|達成度|ランク|判定|rated|grade)"


@dataclass(frozen=True, slots=True)
class NamedProgress:
    """What a question says of progress: classes it `prints`, or the classes `meant`; `negated` leaves these out.

    `unread` is a word of progress that no printed class answers to; `rest` is the question without what was read.
    """

    rest: str
    prints: tuple[Name, ...] = ()
    meant: tuple[ItemFilter, ...] = ()
    negated: bool = False
    unread: str | None = None


def named_progress(text: str, values: Set[str]) -> NamedProgress:
    """Read the classes of progress that a question prints or means."""
    text = text.replace("計画通り", "計画どおり").replace("予定通り", "予定どおり")
    names = _printed(text, values)
    words = question_words()
    unread = None
    for meaning, classes in _CLASSES.items():
        match = words.meanings[meaning].search(text)
        if not match or any(not _is_inside(name, match, text) for name in names):
            continue
        # 順調 is what is printed, 遅れて is what people say; 「…の取組は予定どおりですか」 asks, and sets no condition.
        if meaning == "on_track" and (names or _ASKED.match(text, match.end())):
            continue
        fitting = tuple(ItemFilter(progress=value) for value in sorted(values) if classes.search(value))
        if fitting:
            negation = _NOT.match(text, match.end())
            rest = mask(text, match.start(), negation.end() if negation else match.end())
            return NamedProgress(rest, meant=fitting, negated=negation is not None)
        unread = unread or (match if _OF_ITEMS.match(text, match.end()) else None)
    if unread is None or names:
        return NamedProgress(text, prints=tuple(names))
    return NamedProgress(mask(text, *unread.span()), unread=unread[0])


def _is_inside(name: Name, meaning: re.Match[str], text: str) -> bool:
    """Tell whether a class is printed only as part of a plain phrase, neither quoted nor beside 区分."""
    if name.start < meaning.start() or name.end > meaning.end() or len(meaning[0]) < name.end - name.start:
        return False
    around = text[max(0, name.start - 8) : name.end + 4]
    printed = re.escape(text[name.start : name.end])
    return not re.search(rf"「{printed}」|『{printed}』|{_BESIDE}.{{0,3}}{printed}|{printed}評価", around)


def _printed(text: str, values: Set[str]) -> list[Name]:
    """The progress values that a question prints, the longest first; further ones only if joined to one found."""
    rest, named = text, list[Name]()
    for value in sorted(values, key=lambda v: (-len(v), v)):
        if match := re.search(_shape_of(value), rest):
            name = Name(*match.span(), ItemFilter(progress=value))
            rest = mask(rest, *match.span())
            if not named or any(are_joined(text, name, other) for other in named):
                named.append(name)
    return named


def _shape_of(progress: str) -> str:
    """How a question writes a progress value: a single letter only beside 評価 or in brackets, in any width."""
    printed = re.escape(unicodedata.normalize("NFKC", progress))
    if len(progress) > 1:
        return printed
    return rf"「{printed}」|{_BESIDE}\s*(?:が|は|で)?\s*「?{printed}(?![A-Za-z])|(?<![A-Za-z]){printed}評価"
