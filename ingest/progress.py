"""The progress cells of a document in, the progress class 進捗区分 of one cell out; None where it cannot be read."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ingest.column_names import word_list
from ingest.markup import close_up, paragraphs

_LONGEST = 20
_REPEATED = 2
_STRAY = re.compile(r"[ぁ-ん]?|[\W\d_a-z]{0,3}")
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-鿿]")
_PERCENT = re.compile(r"[\d.]+\s*[%％](?:\s*(?:以上|未満|達成))?")


@dataclass(frozen=True, slots=True)
class ProgressWords:
    """Words and marks that are progress classes: known ones, and those that a document's own column repeats."""

    repeated: frozenset[str]

    def read(self, cell: str) -> str | None:
        """The class printed in `cell`, noise around a known word removed; None for blanks and unreadable cells."""
        text = _text(cell)
        plain = _plain(text)
        if not plain or len(plain) > _LONGEST:
            return None
        if plain in self.repeated or plain in _known() or _PERCENT.fullmatch(plain):
            return text
        inside = [word for word in _known() if len(word) > 1 and _is_word_in_noise(word, plain)]
        if inside:
            return max(inside, key=len)
        return text if len(_JAPANESE.findall(plain)) > 2 else None


def progress_words(cells: Iterable[str]) -> ProgressWords:
    """Learn the classes of a document from all cells of its progress columns."""
    counts = Counter(_plain(_text(cell)) for cell in cells)
    enough = max(_REPEATED, sum(counts.values()) // 50)
    return ProgressWords(frozenset(word for word, count in counts.items() if word and count >= enough))


def _text(cell: str) -> str:
    return close_up(" ".join(paragraphs(cell)))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _is_word_in_noise(word: str, text: str) -> bool:
    """「て順調」 and 「順調 ;」 are 順調; 「ほぼ順調」 and 「未完了」 are other classes."""
    before, found, after = text.partition(word)
    return bool(found) and all(_STRAY.fullmatch(noise) for noise in (before, after))


@cache
def _known() -> frozenset[str]:
    return frozenset(_plain(word) for word in word_list("progress_words") + word_list("progress_marks"))
