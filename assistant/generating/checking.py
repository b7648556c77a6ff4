"""A sentence of a model and the passages it cites in, the reason why it must not be shown out; None if it may be.

Every fact must be printed in what is cited: in the record of the item that the sentence names, under the label it uses.
Every other word must be, too, or be one that says nothing (plain_words.yaml): what is left is the plan's own words in
another order, and of these no negated or merely considered thing may come out as done.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

import yaml

from assistant.generating.evidence import Shown
from assistant.generating.facts import Fact, facts_in
from assistant.generating.relations import keeps_relations
from assistant.names import bare
from ingest.normalize import squeeze
from vectorstore.tokens import content_words

Problem = Literal[
    "no_citation", "language", "address", "absence", "assent", "quote", "title", "fact", "field", "pair", "word",
    "negation",
]  # fmt: skip

_QUOTED = re.compile(r"「([^「」]+)」|『([^『』]+)』")
_ADDRESS = re.compile(r"https?:|www\.|\]\(|[<>`|]|\*\*|^#")
_ABSENCE = re.compile(
    r"(?:記載|記述|書かれ|載って|示され|定め|情報|分か|わか|不明|見当たり|読み取れ)[^。]{0,8}(?:ません|ない|なく|ず)|不明です|記載なし"
)
_ASSENT = re.compile(r"^(はい|ええ|いいえ|いや|そのとおり|違います)")
_NEGATION = re.compile(r"ません|ない(?!部|容)|なく|なかっ|なし|(?<=[かせれ])ず|未定|不要")
_PRINTED_NEGATION = re.compile(r"ません|ない(?!部|容)|なく|なかっ|なし|ず[、にと]|無|未|不|非|休|廃")
# What takes back or weakens the word before it: 実施しない, 導入を検討, 統合の是非.
_TAKEN_BACK = re.compile(
    r"^[^、。|\n]{0,10}(?:ない(?!部|容)|ません|なかった|ず(?=[、。に]))"
    r"|^(?:を|の|に向け|について|など|等)?(?:導入|実施)?[をの]?(?:検討|研究|見送|中止|廃止|休止|断念|延期|是非|可否)"
)
_LABELLED: Mapping[str, tuple[str, ...]] = {
    r"所管|担当|受け持|主管": ("owner",),
    r"実施時期|実施期間|スケジュール|期限": ("schedule",),
    r"目標|目指": ("goal", "schedule"),
    r"進捗|進み具合": ("progress",),
    r"区分は|区分が|として載": ("status", "progress"),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a sentence is checked against besides its passages: the words that code itself gave as states of items."""

    states: frozenset[str]
    opening: str


def problem_of(sentence: str, cited: Sequence[Shown], shown: Sequence[Shown], checked: Checked) -> Problem | None:
    """Return the first reason against showing a sentence; marks like [1] must have been taken out of it."""
    if not cited:
        return "no_citation"
    if not re.search(r"[ぁ-ん]", sentence) or len(re.findall(r"[A-Za-z]", sentence)) > len(sentence) / 2:
        return "language"
    if _ADDRESS.search(sentence):
        return "address"
    if _ABSENCE.search(sentence):
        return "absence"
    assent = _ASSENT.match(sentence)
    if assent and not checked.opening.startswith(assent[1]):
        return "assent"
    return _unproven(sentence, cited, shown, checked)


def _unproven(sentence: str, cited: Sequence[Shown], shown: Sequence[Shown], checked: Checked) -> Problem | None:
    text = "\n".join(one.text for one in cited)
    if any(not _is_quoted_from(match, [text]) for match in _QUOTED.finditer(sentence)):
        return "quote"
    for clause, records in _clauses(sentence, cited, shown):
        if not records:
            return "title"
        if problem := _unproven_clause(clause, records, checked):
            return problem
    if _NEGATION.search(sentence) and not _PRINTED_NEGATION.search(text):
        return "negation"
    return _unprinted_word(sentence, text)


def _clauses(
    sentence: str, cited: Sequence[Shown], shown: Sequence[Shown]
) -> Iterable[tuple[str, tuple[tuple[Shown, ...], ...]]]:
    """Split a sentence where it names items: each part with, for every item it is about, the records of that item.

    Names side by side (A と B) share what follows; what stands before the first name is said of all of them. A sentence
    without a name is about the item that was found first, or about prose.
    """
    named = _named(sentence, shown)
    if not named:
        yield sentence, _records_of([_first_title(shown)], cited)
        return
    groups = _side_by_side(sentence, named)
    ends = [starts for starts, _, _ in groups[1:]] + [len(sentence)]
    yield sentence[: groups[0][0]], _records_of([t for _, _, titles in groups for t in titles], cited)
    for (_, after, titles), end in zip(groups, ends, strict=True):
        yield sentence[after:end], _records_of(titles, cited)


def _named(sentence: str, shown: Sequence[Shown]) -> list[tuple[int, int, str]]:
    """Where the sentence names items that were shown, the longest name at each place."""
    found: list[tuple[int, int, str]] = []
    for title in sorted({one.title for one in shown if one.title}, key=len, reverse=True):
        for match in re.finditer(re.escape(title), sentence):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), title))
    return sorted(found)


def _side_by_side(sentence: str, named: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, list[str]]]:
    groups: list[tuple[int, int, list[str]]] = []
    for start, end, title in named:
        if groups and re.fullmatch(r"[」』]?(?:と|、|・|及び|や|も)*[「『]?", sentence[groups[-1][1] : start]):
            groups[-1] = (groups[-1][0], end, [*groups[-1][2], title])
        else:
            groups.append((start, end, [title]))
    return groups


def _first_title(shown: Sequence[Shown]) -> str:
    return next((one.title for one in shown), "")


def _records_of(titles: Iterable[str], cited: Sequence[Shown]) -> tuple[tuple[Shown, ...], ...]:
    """For each title its cited records, prose counting for none of them but for itself; () if one has none."""
    records = tuple(tuple(one for one in cited if bare(one.title) == bare(title)) for title in dict.fromkeys(titles))
    return records if all(records) else ()


def _unproven_clause(clause: str, records: Sequence[Sequence[Shown]], checked: Checked) -> Problem | None:
    for of_one in records:
        fields = _fields_meant(clause, of_one)
        if any(not _is_quoted_from(match, fields) for match in _QUOTED.finditer(clause)):
            return "quote"
        clause = _QUOTED.sub("、", clause)
        printed = facts_in("\n".join(fields))
        if any(not _is_printed(fact, printed, fields) for fact in facts_in(clause)):
            return "fact"
        if any(state in clause and not any(state in field for field in fields) for state in checked.states):
            return "field"
        if not keeps_relations(clause, of_one):
            return "pair"
    return None


def _is_quoted_from(quote: re.Match[str], fields: Iterable[str]) -> bool:
    text = squeeze(quote[1] or quote[2])
    return any(text in squeeze(field) for field in fields)


def _fields_meant(clause: str, records: Sequence[Shown]) -> tuple[str, ...]:
    """The texts that a clause may rest on: those of the one label it uses, or all."""
    labels = [names for pattern, names in _LABELLED.items() if re.search(pattern, clause)]
    if len(labels) == 1:
        meant = tuple(one.fields[name] for one in records for name in labels[0] if name in one.fields)
        if meant:
            return meant
    return tuple(text for one in records for text in one.fields.values())


def _is_printed(fact: Fact, printed: Sequence[Fact], fields: Iterable[str]) -> bool:
    if fact.kind == "department":
        return any(_names_department(squeeze(field), fact.value) for field in fields)
    return fact.is_stated_by(printed)


def _names_department(field: str, name: str) -> bool:
    """Tell whether a field prints a department by itself: 総務課 is not in 行政総務課."""
    return re.search(rf"(?<![一-龠ァ-ヶ]){re.escape(name)}", field) is not None or f"部{name}" in field


def _unprinted_word(sentence: str, text: str) -> Problem | None:
    """Look for a word that is not printed, or only printed as denied or considered."""
    printed, known = squeeze(text), _words_of(text)
    for word in content_words(_without_facts(sentence)):
        surface = squeeze(word.surface)
        if word.normalized in known or surface in printed:
            places = [printed[match.end() : match.end() + 14] for match in re.finditer(re.escape(surface), printed)]
            is_never_done = places and all(_TAKEN_BACK.match(place) for place in places)
            if is_never_done and not _is_taken_back_in(sentence, word.surface):
                return "negation"
        elif word.normalized not in _plain_words() and not word.pos.startswith("感動詞"):
            return "word"
    return None


def _is_taken_back_in(sentence: str, surface: str) -> bool:
    return any(_TAKEN_BACK.match(sentence[match.end() :]) for match in re.finditer(re.escape(surface), sentence))


def _without_facts(sentence: str) -> str:
    for fact in reversed(facts_in(sentence)):
        sentence = sentence[: fact.start] + "、" + sentence[fact.end :]
    return sentence


@lru_cache(maxsize=256)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(word.normalized for word in content_words(text))


@cache
def _plain_words() -> frozenset[str]:
    text = (files("assistant") / "generating" / "plain_words.yaml").read_text(encoding="utf-8")
    return frozenset(yaml.safe_load(text)["words"].split())
