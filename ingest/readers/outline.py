"""The headings of a plan in printed order in, the depth of each out."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.numbering import mark_value, read_marker
from ingest.readers.lines import GLYPHS, HeadingForm

# A mark found for the first time takes this rank; smaller is higher. Markdown levels come before all others.
_RANKS = {
    "編": 10.0,
    "章": 11.0,
    "節": 12.0,
    "第": 12.5,
    "roman": 13.0,
    "1": 16.0,
    "一": 16.0,
    "d2": 16.5,
    "d3": 16.7,
    "(1)": 17.0,
    "1)": 17.5,
    "①": 18.0,
    "no": 18.0,
    "ア": 19.0,
    "(ア)": 19.5,
    "plain": 40.0,
}
_LABEL_RANK = 14.0
_PREFIXED_BRACKET_RANK = 14.0
_NUMBERED_GLYPH_RANK = 15.0
_DECORATED_RANK = 30.0
_STEP = 0.01


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading that the next one may stand inside of."""

    rank: float
    kinds: frozenset[str]
    form: HeadingForm


class Outline:
    """Ranks headings one after another: the same kind of mark stands on the same level as before."""

    def __init__(self, forms: Sequence[HeadingForm]) -> None:
        self._forms = forms
        self._places: dict[str, list[int]] = {}
        for at, form in enumerate(forms):
            for kind in set(_kinds(form)):
                self._places.setdefault(kind, []).append(at)
        self._at = -1
        self._open: list[_Open] = []
        self._enumerating = False

    def level(self, follows_heading: bool) -> int:
        """The depth of the next heading, 1 = top; `follows_heading` when nothing stands between it and the last."""
        self._at += 1
        form = self._forms[self._at]
        rank = self._rank(form.kind, follows_heading)
        last_kinds = self._open[-1].kinds if self._open else frozenset()
        # Headings of one kind without text between them only enumerate: the next kind is not inside the last of them.
        self._enumerating = follows_heading and form.kind in last_kinds
        while self._open and self._open[-1].rank >= rank:
            self._open.pop()
        self._open.append(_Open(rank, frozenset(_kinds(form)), form))
        return len(self._open)

    def _rank(self, kind: str, follows_heading: bool) -> float:
        for entry in reversed(self._open):
            if kind in entry.kinds:
                return entry.rank
        if kind.startswith("md"):
            return float(kind[2:])
        rank = _static_rank(kind)
        if not self._open:
            return rank
        last = self._open[-1]
        directly_below = follows_heading and not self._enumerating and "plain" not in last.kinds
        if last.rank >= rank and (directly_below or _same_family(kind, last.kinds)):
            return last.rank + _STEP
        around = next((entry.rank for entry in reversed(self._open) if self._encloses(entry, kind)), None)
        return max(rank, around + _STEP) if around is not None else rank

    def _encloses(self, entry: _Open, kind: str) -> bool:
        """Between 3 and 4 of one series all headings of `kind` are printed: they stand inside 3."""
        number = _number(entry.form)
        following = self._next(entry.form.kind)
        if number is None or following is None or _number(self._forms[following]) != number + 1:
            return False
        outer = [kind for other in self._open if other.rank < entry.rank for kind in other.kinds]
        closing = (self._next(kind) for kind in outer)
        return self._places[kind][-1] < following and all(at is None or at > following for at in closing)

    def _next(self, kind: str) -> int | None:
        """The next heading of a kind behind the present one."""
        places = self._places.get(kind, [])
        at = bisect_right(places, self._at)
        return places[at] if at < len(places) else None


def _number(form: HeadingForm) -> int | None:
    marker = read_marker(form.text)
    return mark_value(marker.printed) if marker and marker.kind == form.kind else None


def _kinds(form: HeadingForm) -> Iterable[str]:
    yield form.kind
    if form.kind.startswith("md") and (marker := read_marker(form.text)):
        yield marker.kind


def _static_rank(kind: str) -> float:
    if kind.startswith("label:"):
        return _LABEL_RANK
    if kind.endswith("…"):
        return _PREFIXED_BRACKET_RANK
    if len(kind) == 2 and kind[1] == "1":
        return _NUMBERED_GLYPH_RANK
    return _RANKS.get(kind, _DECORATED_RANK)


def _is_decorated(kind: str) -> bool:
    return kind[0] in GLYPHS + "【<＜〈《≪〔［" and not kind.endswith(("1", "…"))


def _same_family(kind: str, open_kinds: frozenset[str]) -> bool:
    """Two different glyphs, or two different labels (基本目標1, 施策1): the later one is the inner one."""
    if kind.startswith("label:"):
        return any(other.startswith("label:") for other in open_kinds)
    return _is_decorated(kind) and any(_is_decorated(other) for other in open_kinds)
