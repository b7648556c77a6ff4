"""Names that a question prints for one kind of condition in, one condition, alternatives and exclusions out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.understanding.masking import MASK
from assistant.understanding.requests import Several
from assistant.understanding.words import question_words
from vectorstore.item_filter import ItemFilter

_JOINT = re.compile(
    rf"[」』】）)\s{MASK}]*(?:の(?:取組|取り組み|項目|件数|もの|担当))?"
    r"(?:とも?|や|、|,|・|／|/|または|又は|もしくは|あるいは|か|及び|および|並びに|それに|or|and"
    r"|(?:の(?:取組|取り組み|項目))?は(?:全部で)?(?:何件|何項目|いくつ|どう)[^。?？、]{0,6}[?？、。]?(?:では|じゃあ)?)"
    rf"[「『【（(\s{MASK}]*"
)
_NEAR = 4
_READ = 10


@dataclass(frozen=True, slots=True)
class Name:
    """A name and where it stands, and the condition it stands for."""

    start: int
    end: int
    condition: ItemFilter


@dataclass(frozen=True, slots=True)
class Chosen:
    """What names come to: a filter that all must meet, alternatives, and what is excluded."""

    filter: ItemFilter
    several: tuple[Several, ...] = ()
    without: tuple[ItemFilter, ...] = ()


def are_joined(text: str, one: Name, other: Name) -> bool:
    """Tell whether nothing but a joining word stands between two names: 「AとB」, 「Aは何件？B」."""
    first, second = sorted((one, other), key=lambda name: name.start)
    return _JOINT.fullmatch(text, first.end, second.start) is not None


def choose(text: str, names: Sequence[Name], before: ItemFilter) -> Chosen:
    """Join conditions of one kind: one more condition, alternatives (AとB), or exclusions (A以外, AとB以外)."""
    ordered = sorted(names, key=lambda name: name.start)
    negated: list[bool] = []
    for place in reversed(range(len(ordered))):
        follows = negated and negated[-1] and are_joined(text, ordered[place], ordered[place + 1])
        negated.append(is_negated(text, ordered[place].end) or bool(follows))
    wanted = [name.condition for name, left_out in zip(ordered, reversed(negated), strict=True) if not left_out]
    without = [name.condition for name, left_out in zip(ordered, reversed(negated), strict=True) if left_out]
    wanted, without = list(dict.fromkeys(wanted)), list(dict.fromkeys(without))
    if len(wanted) < 2:
        return Chosen(merged(before, *wanted), without=tuple(without))
    every = question_words().means("together", text)
    return Chosen(before, (Several(tuple(wanted), every),), tuple(without))


def merged(one: ItemFilter, *others: ItemFilter) -> ItemFilter:
    """Return a filter with the conditions of all; later ones win."""
    for other in others:
        one = replace(one, **other.conditions)
    return one


def is_negated(text: str, end: int) -> bool:
    """Tell whether what ends here is excluded: 「新規ではない」, 「施設課以外」."""
    return negation_after(text, end) is not None


def negation_after(text: str, end: int) -> tuple[int, int] | None:
    """Find the word that excludes what ends here."""
    match = question_words().meanings["negation"].search(text[end : end + _READ])
    return (end + match.start(), end + match.end()) if match and match.start() <= _NEAR else None
