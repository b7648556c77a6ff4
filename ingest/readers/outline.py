"""The headings of a plan in printed order in, the depth of each out."""

from collections.abc import Iterable

from ingest.numbering import read_marker
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
    "ア": 19.0,
    "(ア)": 19.5,
    "plain": 40.0,
}
_LABEL_RANK = 14.0
_PREFIXED_BRACKET_RANK = 14.0
_NUMBERED_GLYPH_RANK = 15.0
_DECORATED_RANK = 30.0
_STEP = 0.01


class Outline:
    """Ranks headings one after another: the same kind of mark stands on the same level as before."""

    def __init__(self) -> None:
        self._open: list[tuple[float, frozenset[str]]] = []
        self._enumerating = False

    def level(self, form: HeadingForm, follows_heading: bool) -> int:
        """The depth of the next heading, 1 = top; `follows_heading` when nothing stands between it and the last."""
        rank = self._rank(form.kind, follows_heading)
        last_kinds = self._open[-1][1] if self._open else frozenset()
        # Headings of one kind without text between them only enumerate: the next kind is not inside the last of them.
        self._enumerating = follows_heading and form.kind in last_kinds
        while self._open and self._open[-1][0] >= rank:
            self._open.pop()
        self._open.append((rank, frozenset(_kinds(form))))
        return len(self._open)

    def _rank(self, kind: str, follows_heading: bool) -> float:
        for rank, open_kinds in reversed(self._open):
            if kind in open_kinds:
                return rank
        if kind.startswith("md"):
            return float(kind[2:])
        rank = _static_rank(kind)
        if not self._open:
            return rank
        last_rank, last_kinds = self._open[-1]
        directly_below = follows_heading and not self._enumerating and "plain" not in last_kinds
        if last_rank >= rank and (directly_below or _same_family(kind, last_kinds)):
            return last_rank + _STEP
        return rank


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
