"""A title torn by a scan in, the title as the document's own words support it out; every change is a Repair.

Nothing is guessed: a character is only moved or added where the completed word occurs elsewhere in the document and
the torn one does not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.drafts import Draft
from ingest.normalize import squeeze
from ingest.owners import departments_in, read_owners
from ingest.plan_items import Repair

_STRAY_LENGTH = 2
_PREFIX = 3
_WINDOW = 2
_WITNESSES = 2
_MENDED_CONFIDENCE = 0.8


@dataclass(frozen=True, slots=True)
class Mended:
    """A title after repair, and what was repaired."""

    title: str
    repairs: tuple[Repair, ...] = ()


def mend_drafts(drafts: Sequence[Draft], context: str) -> tuple[Draft, ...]:
    """Mend the titles of all drafts of one document; `context` is its whole text."""
    departments = departments_in((draft.cells.get("owner", "") for draft in drafts), context)
    return tuple(_mended(draft, departments, context) for draft in drafts)


def mend_title(title: str, stray: str, context: str) -> Mended:
    """Put the characters that slipped from a title into the neighbouring cell back into their gap.

    `stray` is what stood before the first owner's name; `context` is the document's text.
    """
    squeezed, text = squeeze(title), _cells(context)
    if not 1 <= len(stray) <= _STRAY_LENGTH or not squeezed:
        return Mended(title)
    best = max(range(1, len(squeezed) + 1), key=lambda at: _support(squeezed, at, stray, text))
    if _support(squeezed, best, stray, text) <= 0:
        return Mended(title)
    mended = squeezed[:best] + stray + squeezed[best:]
    return Mended(mended, (Repair("title", title, mended),))


def complete_start(label: str, context: str) -> Mended:
    """Give a label the first character that the scan cut off, if its beginning always follows that one elsewhere."""
    squeezed, text = squeeze(label), _cells(context)
    beginning = squeezed[:_PREFIX]
    if len(beginning) < _PREFIX or not re.fullmatch(r"[一-龠ァ-ヶー]+", beginning):
        return Mended(label)
    before = [text[match.start() - 1] for match in re.finditer(re.escape(beginning), text) if match.start()]
    # The torn label itself is one of the places; where it stands, anything may come before it.
    others = [character for character in before if re.match(r"[一-龠ァ-ヶ]", character)]
    if len(others) < _WITNESSES or len(set(others)) > 1 or len(before) - len(others) > 1:
        return Mended(label)
    mended = others[0] + squeezed
    return Mended(mended, (Repair("title", label, mended),))


def stray_before(raw_owner: str, clean_owner: str) -> str:
    """Return what a repair took off the front of an owner's name: 「全保険年金課」 → 「全」."""
    raw, clean = squeeze(raw_owner), squeeze(clean_owner)
    return raw[: -len(clean)] if clean and raw.endswith(clean) and raw != clean else ""


def _mended(draft: Draft, departments: frozenset[str], context: str) -> Draft:
    if not draft.title_is_printed:
        mended = complete_start(draft.title, context)
    else:
        owners = read_owners(draft.cells.get("owner", ""), departments)
        strays = [stray for repair in owners.repairs if (stray := stray_before(repair.raw, repair.clean))]
        mended = mend_title(draft.title, strays[0], context) if strays else Mended(draft.title)
    if not mended.repairs:
        return draft
    confidence = min(draft.confidence, _MENDED_CONFIDENCE)
    return replace(draft, title=mended.title, repairs=(*draft.repairs, *mended.repairs), confidence=confidence)


def _support(title: str, at: int, stray: str, context: str) -> int:
    """How often the word that the insertion completes occurs elsewhere; 0 if the torn one does too.

    健|化 with 全 between: 健全化 is a word of the document, 健化 is none.
    """
    own = max(1, context.count(title))
    left, right = title[at - 1 : at], title[at : at + 1]
    completed = (left if right else title[at - _WINDOW : at]) + stray + right
    if right and context.count(left + right) > max(own, context.count(completed)):
        return 0
    if right and not context.count(completed):
        # A particle moved: 効率化を図|体制 with る between.
        completed = title[max(0, at - _WINDOW) : at] + stray
    return context.count(completed) - title.count(completed) * own


def _cells(text: str) -> str:
    """Squeeze a text but keep its cells and lines apart, so that no word reaches from one into the next."""
    return "\n".join(squeeze(cell) for cell in re.split(r"[\t\n]", text))
