"""An answer in, the same in easy Japanese or another language out: line by line, every fact of each still there.

A line whose facts are no longer the same stays as it was. Lines of lists and marks like [1] never reach the model.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from assistant.generating.calls import Call, Model, Patience, Spent, whole_reply
from assistant.generating.facts import Fact, facts_in
from assistant.generating.prompts import Prompt
from assistant.generating.schemas import parse_as
from assistant.understanding.screening import without_orders
from ingest.normalize import fold_width, squeeze

_MARKS = re.compile(r"(?:\[\d+\])+\s*$")
_OF_A_LIST = re.compile(r"^(?:- |\d+\. |\|)")
_NAME = re.compile(r"「([^「」]{1,40})」")
_ADDRESS = re.compile(r"https?:|www\.|\]\(|[<>`]")
_SHORTEST, _LONGEST = 0.2, 8
_SCRIPTS: Mapping[str, str] = {
    "ja-easy": r"[ぁ-んァ-ヶ]", "en": r"[A-Za-z]", "pt": r"[A-Za-zÀ-ÿ]", "vi": r"[A-Za-zÀ-ỹ]", "ko": r"[가-힣]",
    "zh": r"[一-鿿]",
}  # fmt: skip
_MONTHS = {
    name: str(number)
    for number, names in enumerate(
        ("january janeiro", "february fevereiro", "march março", "april abril", "may maio", "june junho", "july julho",
         "august agosto", "september setembro", "october outubro", "november novembro", "december dezembro"), 1
    )
    for name in names.split()
}  # fmt: skip
_ANY_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b", re.IGNORECASE)
_AS_IN_JAPANESE = str.maketrans("만萬억亿", "万万億億")
_LARGE = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)\s?(thousand|million|billion|milhões|milhão|mil|nghìn|triệu|tỷ)\b", re.IGNORECASE
)
_WORDS = {"thousand": 10**3, "mil": 10**3, "nghìn": 10**3, "million": 10**6, "milhões": 10**6, "milhão": 10**6,
          "triệu": 10**6, "billion": 10**9, "tỷ": 10**9}  # fmt: skip


class Line(BaseModel):
    """One line and its number."""

    id: int
    text: str


class Lines(BaseModel):
    """The lines that the model has written."""

    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """An answer's text after rewriting; `removed` has an entry for every line whose facts came out different."""

    text: str
    outcome: str
    removed: tuple[str, ...] = ()


def rewrite(
    text: str, language: str, departments: Iterable[str], model: Model, prompt: Prompt, patience: Patience, spent: Spent
) -> Rewritten:
    """Let the model say a text in another language.

    Raises:
        ModelFault: there is no whole reply, or one of another form.

    """
    lines = text.split("\n")
    sent = {number: _MARKS.sub("", line) for number, line in enumerate(lines) if _is_prose(line)}
    if not sent:
        return Rewritten(text, "nothing_to_say")
    written = _written(sent, language, model, prompt, patience, spent)
    names = frozenset(departments)
    kept = 0
    for number, original in sent.items():
        new = " ".join(written.get(number, "").split())
        if is_same(original, new, language, names):
            lines[number] = new + _marks_of(lines[number])
        else:
            kept += 1
    return Rewritten("\n".join(lines), "used" if kept < len(sent) else "differs", ("differs",) * kept)


def is_same(original: str, written: str, language: str, departments: Iterable[str]) -> bool:
    """Tell whether a line states the facts of the original, no other, and is in the language."""
    if not _SHORTEST * len(original) <= len(written) <= _LONGEST * len(original) + 40:
        return False
    if _ADDRESS.search(written) or not _is_in(written, original, language):
        return False
    names = [squeeze(name) for name in (*departments, *_NAME.findall(original))]
    before, after = squeeze(original), squeeze(written)
    if any((name in before) != (name in after) for name in names):
        return False
    return _values(original) == _values(written) and _are_same_years(original, written)


def _written(
    sent: Mapping[int, str], language: str, model: Model, prompt: Prompt, patience: Patience, spent: Spent
) -> dict[int, str]:
    told = json.dumps([{"id": number, "text": line} for number, line in sent.items()], ensure_ascii=False)
    system, user = prompt.fill(language=prompt.languages[language], lines=told)
    said = whole_reply(model, Call(system, user, _schema(sent)), patience, spent)
    reply = parse_as(Lines, said)
    return {line.id: line.text for line in reply.lines}


def _schema(sent: Iterable[int]) -> dict[str, object]:
    line = {
        "type": "object",
        "properties": {"id": {"type": "integer", "enum": list(sent)}, "text": {"type": "string"}},
        "required": ["id", "text"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"lines": {"type": "array", "items": line}},
        "required": ["lines"],
        "additionalProperties": False,
    }


def _is_prose(line: str) -> bool:
    # A quoted line that orders the machine about is left as it is printed.
    return bool(line.strip()) and not _OF_A_LIST.match(line) and without_orders(line) == line


def _marks_of(line: str) -> str:
    found = _MARKS.search(line)
    return found[0] if found else ""


def _is_in(written: str, original: str, language: str) -> bool:
    """Tell whether a line is in the language, names that stay in Japanese aside."""
    plain = _NAME.sub("", written)
    if language == "zh" and re.search(r"[ぁ-ん]", re.sub(r"[（(][^（）()]*[）)]", "", plain)):
        return False
    letters = re.findall(r"\w", re.sub(r"[\d_]", "", plain))
    fitting = re.findall(_SCRIPTS[language], plain)
    return written != original and (not letters or len(fitting) >= 0.3 * len(letters))


def _are_same_years(original: str, written: str) -> bool:
    """Tell whether both lines name the same fiscal years; that of a date may be told by the calendar's year."""
    facts = (*facts_in(original), *facts_in(written))
    dated = {int(fact.value) for fact in facts if fact.kind == "year" and _is_of_date(fact, facts)}
    return not (_years(original) ^ _years(written)) - dated - {year + 1 for year in dated}


def _years(text: str) -> frozenset[int]:
    return frozenset(int(fact.value) for fact in facts_in(text) if fact.kind == "year")


def _is_of_date(year: Fact, facts: Iterable[Fact]) -> bool:
    return any(fact.kind == "date" and (fact.start, fact.end) == (year.start, year.end) for fact in facts)


def _values(text: str) -> frozenset[str]:
    shape = _LARGE.sub(_in_full, fold_width(text).translate(_AS_IN_JAPANESE))
    shape = _ANY_MONTH.sub(lambda month: _MONTHS[month[1].lower()], shape)
    facts = facts_in(shape)
    values = {fact.value for fact in facts if fact.kind == "number"}
    for fact in facts:
        if fact.kind == "date":
            values |= set(fact.value.split("-"))
    return frozenset(values)


def _in_full(match: re.Match[str]) -> str:
    return f"{float(match[1].replace(',', '')) * _WORDS[match[2].lower()]:.0f}"
