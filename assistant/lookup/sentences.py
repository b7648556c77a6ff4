"""Items and passages in, their sentences ranked by how well they answer a request out."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.knowledge import Knowledge
from assistant.names import bare
from assistant.terms import Term
from assistant.understanding.requests import Request
from ingest.fiscal_year import find_years
from ingest.plan_items import Passage, PlanItem

# Where an item says something in sentences, in the order in which an answer gives it.
TEXT_FIELDS = ("content", "goal", "plan_summary", "result", "issues", "next_steps")

_SENTENCE = re.compile(r"[^。\n]+(?:。(?:」)?|\n|$)")
_NUMBER = re.compile(r"\d")
_VALUE = re.compile(r"約?[△▲]?\s*[\d０-９][\d０-９,，.．]*\s*[一-龠ァ-ヶ%％㎡]{0,4}")
_DATE = re.compile(r"\d{1,2}月|\d{1,2}年|\d{4}年|年度|[RH]\d")
_REASON = re.compile(r"ため|ことから|により|による|よって|ので|原因|理由|影響")
_PERSON = re.compile(r"長(?![期さい時])|委員|職員|担当者|代表")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One printed sentence, where it stands, and how much of the request it covers (0 to about 2)."""

    text: str
    field: str
    order: int
    score: float
    passage: Passage | None = None


def field_texts(item: PlanItem) -> dict[str, str]:
    """The texts of an item by field name, blank ones left out."""
    texts = {
        "content": item.content,
        "goal": "\n".join(item.goals),
        "plan_summary": item.plan_summary,
        "result": item.result,
        "issues": item.issues,
        "next_steps": item.next_steps,
        **item.fields,
    }
    return {name: text for name, text in texts.items() if text}


def split_sentences(text: str) -> list[str]:
    """Split printed text at full stops and line ends."""
    return [part.strip() for part in _SENTENCE.findall(text) if part.strip()]


class SentenceRanker:
    """Scores sentences by the weight of the request's terms they hold and by the kind of answer that is wanted."""

    def __init__(self, request: Request, terms: tuple[Term, ...], knowledge: Knowledge) -> None:
        self.request = request
        self.weights = {term: _weight(term, knowledge) for term in terms}

    def of_item(self, item: PlanItem, fields: Iterable[str] | None = None) -> list[Sentence]:
        """Rank the sentences of an item, in print order."""
        texts = field_texts(item)
        if fields is None and item.goals_are_described:
            texts.pop("goal")
        chosen = [name for name in (fields or (*TEXT_FIELDS, *item.fields)) if name in texts]
        parts = [(name, part) for name in chosen for part in split_sentences(texts[name])]
        return [Sentence(part, name, order, self.score(part)) for order, (name, part) in enumerate(parts)]

    def of_passage(self, passage: Passage) -> list[Sentence]:
        """Rank the sentences of a passage, in print order."""
        return [
            Sentence(part, passage.kind, order, self.score(part), passage)
            for order, part in enumerate(_with_values(split_sentences(passage.text)))
        ]

    def score(self, sentence: str) -> float:
        """Share of the request's term weight that the sentence holds, plus what kind of answer it could be."""
        return self.coverage(sentence) + self._kind_bonus(sentence)

    def coverage(self, text: str) -> float:
        """Share of the request's term weight that `text` holds, 0 to 1."""
        compared = bare(text)
        total = sum(self.weights.values()) or 1.0
        return sum(weight * _share(term, compared) for term, weight in self.weights.items()) / total

    def _kind_bonus(self, sentence: str) -> float:
        request, bonus = self.request, 0.0
        if request.manner.units:
            bonus += 0.5 if has_unit(sentence, request.manner.units) else 0.0
        elif request.manner.number:
            bonus += 0.3 if _NUMBER.search(sentence) else 0.0
        if "schedule" in request.fields:
            bonus += 0.4 if _DATE.search(sentence) or find_years(sentence) else 0.0
        if "issues" in request.fields:
            bonus += 0.2 if _REASON.search(sentence) else 0.0
        if request.manner.person:
            bonus += 0.2 if _PERSON.search(sentence) else 0.0
        return bonus


def has_unit(text: str, units: tuple[str, ...]) -> bool:
    """Tell whether a number with one of the wanted units stands in `text`."""
    same = {
        "人": "[人名]",
        "円": "円",
        "%": r"(?:[%％]|パーセント|割)",
        "件": "件",
        "か所": "[かカヶヵ個箇]所",
        "㎡": "(?:㎡|平方メートル|m2)",
        # What people count by the wrong counter, or the plan by another one.
        "台": "[台基両機]",
        "社": "(?:社|者|事業者|団体|法人)",
        "枠": "(?:枠|人|名)",
    }
    return any(
        re.search(rf"[\d０-９一二三四五六七八九十百]\s*(?:千|万|億|百万)?{same.get(unit, re.escape(unit))}", text)
        for unit in units
    )


def with_units(chosen: list[Sentence], sentences: list[Sentence], units: tuple[str, ...]) -> list[Sentence]:
    """Of chosen sentences keep those that print a wanted number, and add the best for each further unit."""
    best = [max((s for s in sentences if has_unit(s.text, (u,))), key=lambda s: s.score, default=None) for u in units]
    if not any(best):
        return chosen
    stating = [s for s in chosen if has_unit(s.text, units)]
    return sorted({*stating, *(s for s in best if s)}, key=lambda s: s.order)


def _with_values(lines: list[str]) -> list[str]:
    """Put a line that is a bare figure behind the entry that it is the value of: 「②利用状況」, 「2,655件」."""
    joined: list[str] = []
    for line in lines:
        if joined and _VALUE.fullmatch(line):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return joined


def pick(sentences: list[Sentence], budget: int, floor: float = 0.0) -> list[Sentence]:
    """Take the best sentences that fit `budget` characters, back in print order."""
    chosen: list[Sentence] = []
    left = budget
    for sentence in sorted(sentences, key=lambda s: (-s.score, s.order)):
        if sentence.score >= floor and (len(sentence.text) <= left or not chosen):
            chosen.append(sentence)
            left -= len(sentence.text)
    return sorted(chosen, key=lambda s: s.order)


def _share(term: Term, text: str) -> float:
    """1 for a term that stands in `text`, for a compound at least the share of its parts that do."""
    if term.stands_in(text):
        return 1.0
    return 0.8 * sum(part.stands_in(text) for part in term.parts) / len(term.parts) if term.parts else 0.0


def _weight(term: Term, knowledge: Knowledge) -> float:
    texts = knowledge.texts.values()
    holding = sum(1 for text in texts if term.stands_in(text))
    weight = math.log(1 + (len(texts) + 1) / (holding + 0.5))
    return weight if term.is_noun else weight * 0.5
