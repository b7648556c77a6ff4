"""Titles and section labels torn by a scan in, as the document's own words support them out; every change is a Repair.

Nothing is guessed: a character is moved, added or replaced only where the completed word stands elsewhere in the
document, in the same surroundings, and the torn one does not.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.department_names import confusions
from ingest.drafts import Draft
from ingest.normalize import squeeze
from ingest.numbering import read_marker
from ingest.owners import departments_in, read_owners
from ingest.plan_items import Repair

_KANJI = "[一-鿿々]"
_ANCHOR = 3
_WITNESSES = 2
_LONG_VOWEL = re.compile(r"(?<=[ァ-ヶ])\s?一(?=\s?[ァ-ヶ]|[のをにはがとでやへも)）・、。]|$)")
_BEFORE_KANJI = re.compile(
    r"(?<=[ァ-ヶ])一(?=[一-鿿])(?![覧括元本部体時定般律連貫斉方致度番日月年人種級次切挙環新層応校棟階歩助因員面端流式組])"
)
_SET_APART = re.compile(r"[ァ-ヶ]\s*一\s+[一-鿿]")
_COMMON_WORD = 3
_MENDED_CONFIDENCE = 0.8
# What may stand before a word: behind it, a lone character is a word cut short (並びに指に → 指針に, but 目指すに).
_AFTER_PARTICLE = rf"(?<=[にをはがとや、・])({_KANJI})(?=[にをのはがで])"


@dataclass(frozen=True, slots=True)
class Mended:
    """A text after repair, and what was repaired."""

    text: str
    repairs: tuple[Repair, ...] = ()


def mend_drafts(drafts: Sequence[Draft], context: str) -> tuple[Draft, ...]:
    """Mend the titles and section labels of all drafts of one document; `context` is its whole text."""
    departments = departments_in((draft.cells.get("owner", "") for draft in drafts), context)
    text = squeezed_cells(context)
    labels = tuple({label for draft in drafts for label in (draft.title, *draft.section)})
    ends = {
        label: complete_end(label, labels, text) for label in {label for draft in drafts for label in draft.section}
    }
    return tuple(_mended(draft, ends, departments, text) for draft in drafts)


def squeezed_cells(text: str) -> str:
    """Squeeze a text but keep its cells and lines apart, so that no word reaches from one into the next."""
    return "\n".join(squeeze(cell) for cell in re.split(r"[\t\n]", text))


def mend_title(title: str, stray: str, context: str) -> Mended:
    """Put a character that slipped from a title into the neighbouring cell back into its gap.

    `stray` is what stood before the first owner's name; `context` are the document's squeezed cells.
    """
    squeezed = squeeze(title)
    if not squeezed or not re.fullmatch(rf"{_KANJI}|[ぁ-んァ-ヶー]", stray):
        return Mended(title)
    best = max(range(1, len(squeezed) + 1), key=lambda at: _support(squeezed, at, stray, context))
    if _support(squeezed, best, stray, context) <= 0:
        return Mended(title)
    return _repaired(title, squeezed[:best] + stray + squeezed[best:], "title")


def mend_words(title: str, printed: str, row: str, context: str) -> Mended:
    """Mend a misread word and one cut short in a title, by the words of its own row in the same surroundings.

    `printed` is the title's cell, whose blanks show where the scan tore it; `row` are all other cells of the item.
    """
    squeezed = squeeze(title)
    mended = _with_word_replaced(squeezed, printed, row, context)
    mended = _with_word_completed(mended, row, context)
    return _repaired(title, mended, "title") if mended != squeezed else Mended(title)


def mend_long_vowel(text: str, printed: str, field: str) -> Mended:
    """Read 一 as the long vowel ー of the katakana before it: センタ一 is センター, サービス一覧 is no such word.

    Before a kanji only a 一 that `printed` sets apart is one: センタ 一 灯台荘.
    """
    mended = _LONG_VOWEL.sub("ー", text)
    if _SET_APART.search(printed):
        mended = _BEFORE_KANJI.sub("ー", mended)
    return _repaired(text, mended, field) if mended != text else Mended(text)


def complete_start(label: str, context: str) -> Mended:
    """Give a cut label its first character, if its beginning always follows that one elsewhere.

    That one must itself begin a word: to 施設 cut from 公共施設 no single character is given back.
    """
    squeezed = squeeze(label)
    beginning = squeezed[:2]
    if not re.fullmatch(rf"(?:{_KANJI}|[ァ-ヶー]){{2}}", beginning):
        return Mended(label)
    before = [context[at.start() - 1] for at in re.finditer(re.escape(beginning), context) if at.start()]
    others = [character for character in before if re.match(rf"{_KANJI}|[ァ-ヶ]", character)]
    if len(others) < _WITNESSES or len(set(others)) > 1 or len(before) - len(others) > 1:
        return Mended(label)
    further = {context[at.start() - 1] for at in re.finditer(others[0] + beginning[0], context) if at.start()}
    return _repaired(label, others[0] + squeezed, "title") if len(further) > 1 else Mended(label)


def complete_end(label: str, labels: Iterable[str], context: str) -> Mended:
    """Give a label the kana that the scan cut off its end, if labels of this document all end in that kana there."""
    squeezed = squeeze(label)
    tail = re.search(rf"{_KANJI}{{2}}$", squeezed)
    if tail is None:
        return Mended(label)
    others = {squeeze(other) for other in labels} - {squeezed}
    ends = [match[1] for other in others if (match := re.search(rf"{tail[0]}([ぁ-ん]?)$", other))]
    if len(ends) < _WITNESSES or len(set(ends)) > 1 or not ends[0]:
        return Mended(label)
    if len(re.findall(rf"{tail[0]}(?![ぁ-ん])", context)) > max(1, context.count(squeezed)):
        return Mended(label)
    return _repaired(label, label.rstrip() + ends[0], "section")


def _mended(draft: Draft, ends: dict[str, Mended], departments: frozenset[str], context: str) -> Draft:
    owners = read_owners(draft.cells.get("owner", ""), departments)
    title = mend_title(draft.title, owners.strays[0], context) if owners.strays else Mended(draft.title)
    if draft.title_is_printed:
        row = squeezed_cells(
            "\n".join((*draft.section, *(draft.cells[field] for field in draft.cells if field != "title")))
        )
        words = mend_words(title.text, draft.cells.get("title", draft.title), row, context)
        title = Mended(words.text, (*title.repairs, *words.repairs))
        long = mend_long_vowel(title.text, draft.cells.get("title", draft.title), "title")
        title = Mended(long.text, (*title.repairs, *long.repairs))
    section, repairs = _mended_section(draft, ends, context)
    if not draft.title_is_printed and repairs:
        title = _as_its_section(draft, section)
    if not title.repairs and not repairs:
        return draft
    confidence = min(draft.confidence, _MENDED_CONFIDENCE) if title.repairs else draft.confidence
    repairs = (*draft.repairs, *title.repairs, *repairs)
    return replace(draft, title=title.text, section=section, repairs=repairs, confidence=confidence)


def _mended_section(draft: Draft, ends: dict[str, Mended], context: str) -> tuple[tuple[str, ...], tuple[Repair, ...]]:
    """A label is known to be cut at its start when its number had to be inferred."""
    mended = [_with_long_vowel(ends[label]) for label in draft.section]
    if draft.section and any(repair.field == "section" and draft.title in repair.raw for repair in draft.repairs):
        mended[-1] = _started(mended[-1], context)
    return tuple(label.text for label in mended), tuple(repair for label in mended for repair in label.repairs)


def _with_long_vowel(label: Mended) -> Mended:
    long = mend_long_vowel(label.text, label.text, "section")
    return Mended(long.text, (*label.repairs, *long.repairs))


def _started(label: Mended, context: str) -> Mended:
    marker = read_marker(label.text)
    rest = marker.rest if marker else label.text
    start = complete_start(rest, context)
    if not start.repairs:
        return label
    whole = label.text[: len(label.text) - len(rest)] + start.text
    return Mended(whole, (*label.repairs, Repair("section", label.text, whole)))


def _as_its_section(draft: Draft, section: tuple[str, ...]) -> Mended:
    """A title that was taken from the section's label is mended as that was."""
    for before, after in zip(draft.section, section, strict=True):
        if before != after and before.endswith(draft.title):
            start = len(before) - len(draft.title)
            return _repaired(draft.title, after[start:], "title")
    return Mended(draft.title)


def _repaired(text: str, mended: str, field: str) -> Mended:
    return Mended(mended, (Repair(field, text, mended),))


def _support(title: str, at: int, stray: str, context: str) -> int:
    """How often the word that the insertion completes stands elsewhere; 0 if the torn one does too.

    歩道整|計画 with 備 between: 整備計 stands in the document, 整計 does not.
    """
    own = max(1, context.count(title))
    left, right = title[at - 1 : at], title[at : at + 1]
    completed = (left if right else title[at - 2 : at]) + stray + right
    if right and context.count(left + right) > max(own, context.count(completed)):
        return 0
    if right and re.match("[ぁ-ん]", stray) and not context.count(completed):
        # A verb's ending moved: 交流を深|催し with める is completed by what stands before it alone.
        completed = title[max(0, at - 2) : at] + stray
    return context.count(completed) - title.count(completed) * own


def _with_word_replaced(title: str, printed: str, row: str, context: str) -> str:
    """Where a blank tears two characters that stand nowhere else, take those that follow the same ones in its row."""
    for torn in re.finditer(rf"({_KANJI})\s+(?=({_KANJI}))", printed):
        word = torn[1] + torn[2]
        at = title.find(word)
        anchor = re.escape(title[at - _ANCHOR : at]) if at >= _ANCHOR else r"(?!)"
        meant = set(re.findall(rf"{anchor}({_KANJI}{{2}})", row)) - {word}
        other = meant.pop() if len(meant) == 1 else ""
        if other and _is_misread(word, other) and context.count(word) <= 1 and context.count(other) >= _COMMON_WORD:
            return title[:at] + other + title[at + 2 :]
    return title


def _is_misread(word: str, other: str) -> bool:
    """One of the two characters is one that scanners take for the other."""
    return any(b in confusions(a) for a, b in zip(word, other, strict=True))


def _with_word_completed(title: str, row: str, context: str) -> str:
    """Complete a lone character to the word of two that title or row use: 並びに指に with 指針 → 並びに指針に."""
    for lone in re.finditer(_AFTER_PARTICLE, title):
        before, first, after = title[lone.start() - 1], lone[1], title[lone.end()]
        seconds = _seconds(first, after, title, context) or _seconds(first, after, row, context)
        if len(seconds) != 1 or context.count(before + first + after) > 1:
            continue
        second = seconds.pop()
        if len(re.findall(rf"{before}{first}(?!{second})", context)) <= 1:
            return title[: lone.end()] + second + title[lone.end() :]
    return title


def _seconds(first: str, after: str, text: str, context: str) -> set[str]:
    """The second characters of the words in `text` that the document also prints with `after` behind them."""
    seconds = set(re.findall(rf"{first}({_KANJI})", text))
    return {second for second in seconds if context.count(first + second + after) >= _WITNESSES}
