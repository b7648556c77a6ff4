"""A document's footnotes 注 in, which item or passage uses which of them, and what word each explains, out."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.documents import Block
from ingest.plan_items import Footnote

_MARK = r"(?:※\s*\d{0,3}|\*\s*\d{1,3}|注\s*\d{1,3}|[(（]\s*注\s*\d{0,3}\s*[)）]|[(（]\s*[※*]\s*\d{0,3}\s*[)）])"
_DEFINITION = re.compile(rf"^\s*(?:[-・]\s*)?(?P<mark>{_MARK})\s*[:：]?\s*(?P<text>\S.*)", re.DOTALL)
_REFERENCE = re.compile(r"[(（\[［]?\s*(?:※|\*|注)\s*(?P<number>\d{1,3})\s*[)）\]］]?|(?P<plain>[(（\[［]※[)）\]］]|※)(?!\s*\d)")
_OWN_TERM = re.compile(r"^(?P<term>[^。、:：\n]{2,40}?)(?:とは、?|[:：]|\s*[…]+\s*|\s+[-－―—]\s+)")
_PHRASE_BEFORE = re.compile(r"[^、。，,\n\t：:；;]{2,40}$")
# 「経費回収率の向上(※6)」 explains 経費回収率: what is done with it is no part of the term.
_DOING = re.compile(
    r"(?:への?|の|に(?:よる|係る|関する))?(?:向上|活用|推進|対応|見直し|改定|実施|整備|導入|強化|充実|促進|検討|策定|運用|確保|拡充|構築|縮減|削減)$"
)
_LEADING_PARTICLE = re.compile(r"^[・\-]+")


@dataclass(frozen=True, slots=True)
class FootnoteIndex:
    """The footnotes of one document, found by the marks and words that use them."""

    footnotes: tuple[Footnote, ...] = ()

    def of(self, text: str, line: int) -> tuple[Footnote, ...]:
        """Return the footnotes that `text`, printed at `line`, refers to: by number, or by the word before a bare ※."""
        found: list[Footnote] = []
        for reference in _REFERENCE.finditer(text):
            word = _word_before(text[max(0, reference.start() - 80) : reference.start()])
            note = self._numbered(reference["number"], line) if reference["number"] else self._explaining(word)
            if note is not None and note not in found:
                found.append(note)
        return tuple(found)

    def at(self, line: int) -> Footnote | None:
        """Return the footnote printed at a line."""
        return next((note for note in self.footnotes if note.line == line), None)

    def _numbered(self, number: str, line: int) -> Footnote | None:
        """The nearest footnote of that number at or behind the line; some documents number anew on every page."""
        same = [note for note in self.footnotes if _number_of(note.mark) == int(number)]
        behind = [note for note in same if (note.line or 0) >= line]
        return min(behind or same, key=lambda note: abs((note.line or 0) - line), default=None)

    def _explaining(self, word: str | None) -> Footnote | None:
        return next((note for note in self.footnotes if word and note.term and _same_word(note.term, word)), None)


def index_footnotes(blocks: Sequence[Block]) -> FootnoteIndex:
    """Collect the footnotes of a document; the word a numbered one explains is taken from where it is used."""
    definitions = [block for block in blocks if block.kind == "footnote"]
    used = _words_used("\n".join(block.text for block in blocks if block.kind != "footnote"))
    notes = []
    for block in definitions:
        match = _DEFINITION.match(block.text)
        if match is None:
            continue
        mark = unicodedata.normalize("NFKC", re.sub(r"[\s()（）]", "", match["mark"]))
        text = match["text"].strip()
        number = _number_of(mark)
        term = read_term(block.text) or (used.get(number) if number is not None else None)
        notes.append(Footnote(mark, text, term, block.line_start))
    return FootnoteIndex(tuple(notes))


def read_term(text: str) -> str | None:
    """Return the word that a footnote names itself: 「※用語とは、…」, 「※5 用語：…」."""
    match = _DEFINITION.match(text)
    named = _OWN_TERM.match(match["text"] if match else text)
    if named is None:
        return None
    term = re.sub(r"\s*[(（][A-Za-z .\-]+[)）]\s*$", "", named["term"]).strip(" 　「」")
    return term if len(term) >= 2 and not re.search(r"[。は]$", term) else None


def _words_used(text: str) -> dict[int, str]:
    """The word before each numbered mark, where it is first used."""
    words: dict[int, str] = {}
    for reference in _REFERENCE.finditer(text):
        word = _word_before(text[max(0, reference.start() - 80) : reference.start()]) if reference["number"] else None
        if word:
            words.setdefault(int(unicodedata.normalize("NFKC", reference["number"])), word)
    return words


def _word_before(text: str) -> str | None:
    """The phrase that ends where a mark stands: the quoted word, or the words back to the last comma or particle."""
    open_bracket = re.sub(r"\s*[(（\[［]?\s*$", "", text[-80:])
    quoted = re.search(r"「([^「」]{2,40})」(?:への?\S{1,6}|の\S{1,6})?$", open_bracket)
    if quoted:
        return quoted[1]
    phrase = _PHRASE_BEFORE.search(open_bracket)
    if phrase is None:
        return None
    word = re.split(r"(?<=[ぁ-ん])[をはが](?=\S)|(?<=\S)(?:を|は|が|及び|または|又は)", phrase[0])[-1]
    word = _LEADING_PARTICLE.sub("", _DOING.sub("", word.strip(" 　-・①②③④⑤⑥⑦⑧⑨⑩")))
    word = re.sub(r"^[\d０-９]+\s+", "", word)
    return word if len(word) >= 2 else None


def _number_of(mark: str) -> int | None:
    digits = re.search(r"\d+", unicodedata.normalize("NFKC", mark))
    return int(digits[0]) if digits else None


def _same_word(one: str, other: str) -> bool:
    a, b = (re.sub(r"[\s・()（）]", "", unicodedata.normalize("NFKC", word)).casefold() for word in (one, other))
    return a == b or (min(len(a), len(b)) >= 3 and (a.endswith(b) or b.endswith(a)))
