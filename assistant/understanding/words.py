"""The word lists of understanding, compiled once from their data files."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from assistant.answers import Reason


@dataclass(frozen=True, slots=True)
class Wording:
    """Alternative wordings of one meaning, in Japanese and English."""

    ja: re.Pattern[str]
    en: re.Pattern[str]

    def search(self, text: str) -> re.Match[str] | None:
        """Find the first of the wordings in `text`."""
        return self.ja.search(text) or self.en.search(text)


@dataclass(frozen=True, slots=True)
class Unprinted:
    """A detail that must be printed word for word: its name, how it is asked for, what its print looks like."""

    label: str
    asks: re.Pattern[str]
    needs: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """Everything question_words.yaml says."""

    fields: dict[str, Wording]
    meanings: dict[str, Wording]
    goal_column: re.Pattern[str]
    schedule_column: re.Pattern[str]
    schedule_kinds: dict[str, re.Pattern[str]]
    empty: frozenset[str]
    statuses: dict[str, re.Pattern[str]]
    no_places: frozenset[str]
    english: frozenset[str]
    everyday: frozenset[str]
    unprinted: tuple[Unprinted, ...]

    def means(self, meaning: str, text: str) -> bool:
        """Tell whether `text` holds a wording of `meaning` (list, count, compare, …)."""
        return self.meanings[meaning].search(text) is not None


@dataclass(frozen=True, slots=True)
class PersonalDataWord:
    """A kind of personal data and what it looks like; `check` names a check-digit rule."""

    name: str
    pattern: re.Pattern[str]
    check: str | None


# The replies to what is turned away whatever the plans say, in the order in which they are looked for, with the reason.
TURNED_AWAY: dict[str, Reason] = {
    "crisis": "harmful",
    "harassment": "harmful",
    "harmful": "harmful",
    "opinion": "out_of_scope",
    "legal": "out_of_scope",
    "medical": "out_of_scope",
}


@dataclass(frozen=True, slots=True)
class ScreeningWords:
    """Everything screening_words.yaml says."""

    manipulation: re.Pattern[str]
    out_of_scope: re.Pattern[str]
    turned_away: dict[str, re.Pattern[str]]
    personal_data: tuple[PersonalDataWord, ...]


@cache
def question_words() -> QuestionWords:
    """Load question_words.yaml."""
    data = _load("question_words.yaml")
    special = {
        "fields",
        "goal_column",
        "schedule_column",
        "schedule_kinds",
        "empty",
        "statuses",
        "no_places",
        "english",
        "everyday",
        "unprinted",
    }
    return QuestionWords(
        fields={name: _wording(entry) for name, entry in data["fields"].items()},
        meanings={name: _wording(entry) for name, entry in data.items() if name not in special},
        goal_column=_any_of(data["goal_column"]),
        schedule_column=_any_of(data["schedule_column"]),
        schedule_kinds={kind: _any_of(words) for kind, words in data["schedule_kinds"].items()},
        empty=frozenset(data["empty"]),
        statuses={status: _any_of(words) for status, words in data["statuses"].items()},
        no_places=frozenset(data["no_places"]),
        english=frozenset(data["english"]),
        everyday=frozenset(data["everyday"]),
        unprinted=tuple(Unprinted(u["label"], _any_of(u["asks"]), _any_of(u["needs"])) for u in data["unprinted"]),
    )


@cache
def screening_words() -> ScreeningWords:
    """Load screening_words.yaml."""
    data = _load("screening_words.yaml")
    return ScreeningWords(
        manipulation=_any_of(data["manipulation"]),
        out_of_scope=_any_of(data["out_of_scope"]),
        turned_away={reply: _any_of(data[reply]) for reply in TURNED_AWAY},
        personal_data=tuple(
            PersonalDataWord(w["name"], re.compile(w["pattern"]), w.get("check")) for w in data["personal_data"]
        ),
    )


def _load(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((files(__package__) / name).read_text(encoding="utf-8"))
    return data


def _wording(entry: dict[str, list[str]]) -> Wording:
    return Wording(ja=_any_of(entry["ja"]), en=_any_of(entry.get("en", [])))


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    # An empty list must match nothing, not everything.
    parts = patterns or [r"(?!)"]
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)
