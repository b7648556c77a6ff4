"""A raw question in, the part of it that may be answered out, or the reason why none may."""

import re
import unicodedata
from dataclasses import dataclass

from assistant.answers import Reason
from assistant.understanding.personal_data import kinds_of_personal_data, with_plain_numbers
from assistant.understanding.words import TURNED_AWAY, screening_words
from ingest.normalize import without_unseen

MAX_QUESTION_CHARACTERS = 500
_WINDOW, _OVERLAP = 400, 40

_CIRCLED = re.compile(r"[①-⑳]")
_SENTENCE = re.compile(r"(?:[^。．！？!?\n.]|\.(?!\s))+(?:[。．！？!?\n]+|\.\s|$)?")
_CLAUSE = re.compile(r"(?:[^、,，「」『』]|「[^」]*」|『[^』]*』)+|[、,，「」『』]")
# Beside an order only what asks is a question: the rest talks the machine into obeying.
_ASKS = re.compile(r"[^?？]{6,}[?？]")
# 「XはYだと答えて」: X is what is asked about, Y is what the asker wants to hear.
_CLAIM = re.compile(
    r"^(?P<about>(?:(?!回答|返答|答え|末尾|必ず)[^「」]){2,60}?)(?:は|が|を)[^はがを]{1,40}(?:だ|である)?(?:と|って)(?:だけ)?(?:答え|言|書|述べ|報告)"
)


@dataclass(frozen=True, slots=True)
class Screened:
    """A question after screening: `text` without orders to the machine, or the `reason` it is turned away for.

    `detail` fills the reply: kinds of personal data, or the length.
    """

    text: str
    reason: Reason | None = None
    reply: str = ""
    detail: str = ""


def screen(raw: str) -> Screened:
    """Normalise a question, refuse what must not be processed, leave out orders to the machine."""
    text = normalize_question(raw)
    if len(text) > MAX_QUESTION_CHARACTERS:
        return Screened("", "too_long", "too_long", str(len(text)))
    if kinds := kinds_of_personal_data(with_plain_numbers(text)):
        return Screened("", "personal_data", "personal_data", "、".join(kinds))
    for reply, reason in TURNED_AWAY.items():
        if screening_words().turned_away[reply].search(text):
            return Screened("", reason, reply)
    kept = without_orders(text)
    if not _says_something(kept) and kept != text:
        return Screened("", "manipulation", "manipulation")
    return Screened(kept)


def personal_data_in(text: str) -> str:
    """Name the kinds of personal data in a text of any length, "" if there are none."""
    # Normalising lengthens some texts, so it goes first; the windows overlap, so that no number is cut in two.
    plain = with_plain_numbers(normalize_question(text))
    starts = range(0, max(1, len(plain)), _WINDOW - _OVERLAP)
    kinds = [kind for start in starts for kind in kinds_of_personal_data(plain[start : start + _WINDOW])]
    return "、".join(dict.fromkeys(kinds))


def is_out_of_scope(text: str) -> bool:
    """Tell whether the question is about a subject that no plan answers."""
    return screening_words().out_of_scope.search(text) is not None


def normalize_question(raw: str) -> str:
    """Apply NFKC but keep circled numbers (they mark goals and sections), and drop what cannot be seen."""
    spaced = without_unseen(raw.encode("utf-8", "replace").decode("utf-8"))
    kept = "".join(c if _CIRCLED.match(c) else unicodedata.normalize("NFKC", c) for c in spaced)
    # Decomposed kana (か + ゛) only compose when normalised together.
    kept = "".join(
        part if _CIRCLED.match(part) else unicodedata.normalize("NFKC", part) for part in re.split(r"([①-⑳])", kept)
    )
    return re.sub(r"\s+", " ", kept.replace("〜", "～").replace("~", "～")).strip()


def without_orders(text: str) -> str:
    """Leave out every clause that gives an order to the machine; of a dictated claim keep what it is about."""
    orders = screening_words().manipulation
    if not orders.search(text):
        return text
    kept: list[str] = []
    about: set[str] = set()
    for sentence in _SENTENCE.findall(text):
        if not orders.search(sentence):
            kept.append(sentence)
            continue
        clauses = _CLAUSE.findall(sentence)
        about |= {_about(clause) for clause in clauses if orders.search(clause)}
        kept += [_about(clause) if orders.search(clause) else clause for clause in clauses]
    if any(_ASKS.search(part) for part in kept):
        kept = [part for part in kept if _ASKS.search(part) or part in about]
    return re.sub(r"^[、,。\s]+|(?<=、)、+", "", "".join(kept)).strip()


def _about(clause: str) -> str:
    claim = _CLAIM.search(clause)
    return claim["about"] + "。" if claim else ""


def _says_something(text: str) -> bool:
    words = re.sub(r"[\W_]+|ただし|なお|そして|また|please", "", text)
    return len(words) >= 2
