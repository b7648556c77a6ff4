"""A document's blocks in, its footnotes 注 with the word each explains and the items and passages that use it out."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from ingest.documents import Block
from ingest.normalize import fold_width, squeeze
from ingest.plan_items import Footnote

_SIGN = r"(?:※|[*＊](?![*＊])|(?<![一-鿿])注|(?<=[ァ-ヶー])注)"
_DIGITS = r"[0-9０-９]{1,3}"
# Blanks are taken possessively: a line of nothing else must not be tried in every way.
_DEFINITION = re.compile(
    rf"\s*+(?:[-・]\s*+)?(?P<mark>[(（\[［]?\s*+{_SIGN}\s*+(?:{_DIGITS})?+\s*+[)）\]］]?+)\s*+[:：.．]?+\s*+(?P<text>\S.*)",
    re.DOTALL,
)
_NEXT_DEFINITION = re.compile(
    rf"(?:(?<=[\s。])|\n)(?=[(（\[［]?{_SIGN}\s{{0,3}}{_DIGITS}\s{{0,3}}[)）\]］]?(?:[:：.．\s]|\s[:：]))"
)
_REFERENCE = re.compile(
    rf"(?:[(（\[［]\s{{0,3}})?(?:※|(?<![\d*])\*|＊|(?<![受発外特傾])注)\s{{0,3}}(?P<number>{_DIGITS})(?:\s{{0,3}}[)）\]］])?"
    rf"|(?:[(（\[［]※[)）\]］]|※)(?!\s*+[0-9０-９])"
)
_OWN_TERM = re.compile(r"(?P<term>[^。、:：\n]{2,40}?)(?:とは、?|[:：]|\s*…+\s*|\s+[-－―—]\s+|[:：]?\s*⇒\s*)")
# 「Ａ Ｂ Ｃ (Full Name)：…」, perhaps with a line of its reading above.
_SPELT_OUT = re.compile(
    r"(?:[ァ-ヶー・ 　]{4,}+\n)?\s*+(?P<term>[A-Za-z][A-Za-z0-9 \-]{1,20}?)\s*[(（][^)）]{3,}[)）]\s*[:：]"
)
_PHRASE = re.compile(r"[^、。，,\n\t：:；;]{2,40}$")
_QUOTED = re.compile(r"「([^「」]{2,40})」(?:への?\S{1,6}|の\S{1,6})?$")
_PARTICLE = re.compile(
    r"(?<=[ぁ-ん])[をはが](?=\S)|(?<=\S)(?:を|は|が|及び|または|又は|並びに|へ|から|により|における|ための)"
)
# 「灯台守の育成(※6)」 explains 灯台守: what is done with it is no part of the word.
_DOING = re.compile(
    r"(?:への?|の|に(?:よる|係る|関する))?(?:向上|活用|推進|対応|見直し|改定|実施|整備|導入|強化|充実|促進|検討|策定|運用|確保|拡充|構築|縮減|削減|育成|支援|開催|設置|展開)$"
)
_TRIMMED = " 　-・①②③④⑤⑥⑦⑧⑨⑩"
_LONGEST_TERM = 80
_LONG_ENOUGH_TO_DIFFER = 5


@dataclass(frozen=True, slots=True)
class FootnoteIndex:
    """The footnotes of one document, found by the marks and words that use them.

    `continued` are the lines of those that go on under the mark of the one before, explaining a further word.
    """

    footnotes: tuple[Footnote, ...] = ()
    continued: frozenset[int] = frozenset()

    def of(self, text: str, line: int) -> tuple[Footnote, ...]:
        """Return the footnotes that `text`, printed at `line`, refers to: by number, or by the word before a bare ※."""
        found: dict[Footnote, None] = {}
        for use in _uses(text, line):
            notes = self._numbered(use.number, line) if use.number is not None else self._explaining(use.word)
            found |= dict.fromkeys(notes)
        return tuple(found)

    def at(self, line: int) -> Footnote | None:
        """Return the footnote printed at a line."""
        return next((note for note in self.footnotes if note.line == line), None)

    def _numbered(self, number: int, line: int) -> list[Footnote]:
        """The nearest footnote of that number at or behind the line: some documents number anew on every page."""
        same = [at for at, note in enumerate(self.footnotes) if _number_of(note.mark) == number]
        heads = [at for at in same if self.footnotes[at].line not in self.continued]
        lines = {at: self.footnotes[at].line or 0 for at in heads}
        behind = [at for at in heads if lines[at] >= line]
        nearest = min(behind or heads, key=lambda at: abs(lines[at] - line), default=None)
        if nearest is None:
            return []
        further = takewhile(lambda note: note.line in self.continued, self.footnotes[nearest + 1 :])
        return [self.footnotes[nearest], *further]

    def _explaining(self, word: str | None) -> list[Footnote]:
        return [note for note in self.footnotes if word and note.term and _same_word(note.term, word)][:1]


@dataclass(frozen=True, slots=True)
class _Use:
    """A mark in running text: its number, the word before it, its line."""

    number: int | None
    word: str | None
    line: int


def index_footnotes(blocks: Sequence[Block]) -> FootnoteIndex:
    """Collect the footnotes of a document; the word that one does not name itself is taken from where it is used."""
    uses = [use for block in blocks if block.kind != "footnote" for use in _uses(block.text, block.line_start)]
    notes: list[Footnote] = []
    continued: set[int] = set()
    for block in blocks:
        if block.kind != "footnote":
            continue
        defined = list(_definitions(block))
        if not defined and notes and read_term(block.text):
            defined = [Footnote(notes[-1].mark, block.text.strip(), read_term(block.text), block.line_start)]
            continued.add(block.line_start)
        notes += defined
    return FootnoteIndex(tuple(_with_terms(notes, uses)), frozenset(continued))


def read_term(text: str) -> str | None:
    """Return the word that a footnote names itself: 「※用語とは、…」, 「※5 用語：…」, 「ＡＢＣ(Full Name)：…」."""
    match = _DEFINITION.match(text)
    body = match["text"] if match else text
    spelt_out = _SPELT_OUT.match(body)
    if spelt_out:
        return squeeze(spelt_out["term"])
    named = _OWN_TERM.match(body)
    if named is None:
        return None
    term = re.sub(r"\s*[(（][A-Za-z .\-]+[)）]\s*$", "", named["term"]).strip(" 　「」")
    return term if len(term) >= 2 and not re.search(r"[。は]$", term) else None


def _definitions(block: Block) -> Iterator[Footnote]:
    """The footnotes of a block: several may stand on one line."""
    at = 0
    for part in _NEXT_DEFINITION.split(block.text):
        line = block.line_start + block.text.count("\n", 0, block.text.find(part, at))
        at = block.text.find(part, at) + len(part)
        match = _DEFINITION.match(part)
        if match:
            mark = fold_width(re.sub(r"[\s()（）\[\]［］]", "", match["mark"]))
            yield Footnote(mark, match["text"].strip(), read_term(part), line)


def _with_terms(notes: Sequence[Footnote], uses: Iterable[_Use]) -> Iterator[Footnote]:
    """Take the word that a footnote does not name from the nearest use before it, and behind the last of its mark."""
    by_number: dict[int | None, list[_Use]] = {}
    for use in uses:
        by_number.setdefault(use.number, []).append(use)
    named = {_key(note.term) for note in notes if note.term}
    last: dict[str, int] = {}
    for note in notes:
        number, line = _number_of(note.mark), note.line or 0
        same = by_number.get(number, [])
        start, end = (bisect_right(same, at, key=lambda use: use.line) for at in (last.get(note.mark, 0), line))
        near = same[start:end] or (same[end : end + 1] if number is not None else [])
        yield replace(note, term=_term(note.term, [use.word for use in near if use.word], named))
        last[note.mark] = line


def _term(own: str | None, words: Sequence[str], named: Set[str]) -> str | None:
    """The footnote's own word, as the text prints it with its translation: ABC（花の会）."""
    if own:
        return next((word for word in words if re.match(rf"{re.escape(own)}[(（]", word)), own)
    return next((word for word in words if _key(word) not in named), None)


def _uses(text: str, line: int) -> Iterator[_Use]:
    for mark in _REFERENCE.finditer(text):
        number = int(fold_width(mark["number"])) if mark["number"] else None
        word = _word_before(text[max(0, mark.start() - _LONGEST_TERM) : mark.start()])
        yield _Use(number, word, line + text.count("\n", 0, mark.start()))


def _word_before(text: str) -> str | None:
    """The phrase that ends where a mark stands: the quoted word, or the words back to the last comma or particle."""
    text = re.sub(r"(?:等|など)?\s*$", "", text)
    quoted = _QUOTED.search(text)
    if quoted:
        return quoted[1]
    phrase = _PHRASE.search(text)
    if phrase is None:
        return None
    word = _DOING.sub("", _PARTICLE.split(phrase[0])[-1].strip(_TRIMMED))
    word = re.sub(r"^(?:[\d０-９]+[\s.．)）]+|[(（「『])", "", word)
    return word if len(word) >= 2 else None


@lru_cache(maxsize=1024)
def _number_of(mark: str) -> int | None:
    digits = re.search(r"\d+", fold_width(mark))
    return int(digits[0]) if digits else None


def _same_word(one: str, other: str) -> bool:
    """Equal, one the end of the other, or long and printed with one different character."""
    a, b = _key(one), _key(other)
    if len(a) == len(b) >= _LONG_ENOUGH_TO_DIFFER:
        return sum(x != y for x, y in zip(a, b, strict=True)) <= 1
    return a == b or (min(len(a), len(b)) >= 3 and (a.endswith(b) or b.endswith(a)))


@lru_cache(maxsize=4096)
def _key(word: str) -> str:
    return re.sub(r"[・()（）]", "", squeeze(word)).casefold()
