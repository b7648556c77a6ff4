"""The fixed sentences of prompts/replies.yaml, filled in by name and language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from assistant.errors import AssistantError


class ReplyError(AssistantError):
    """A reply is missing, or its {names} differ between languages."""


@dataclass(frozen=True, slots=True)
class Replies:
    """Fixed sentences in one language."""

    language: str
    sentences: Mapping[str, str]
    tables: Mapping[str, Mapping[str, str]]

    def say(self, name: str, /, **values: object) -> str:
        """Return the sentence `name` with its {names} filled."""
        return self.sentences[name].format(**values)

    def label(self, field: str) -> str:
        """Return what a field is called in front of users."""
        return self.tables["field_label"].get(field, field)

    def term(self, table: str, word: str) -> str:
        """Return the wording of `word` in one of the small tables (schedule_kind, status_gloss)."""
        return self.tables[table].get(word, word)


@cache
def load_replies(language: str) -> Replies:
    """Load the replies of a language; both languages must use the same {names}."""
    data: dict[str, dict[str, Any]] = yaml.safe_load((files("prompts") / "replies.yaml").read_text(encoding="utf-8"))
    for name, entry in data.items():
        if not {"ja", "en"} <= entry.keys():
            raise ReplyError(f"prompts/replies.yaml: {name!r} lacks ja or en; add the missing language")
        if isinstance(entry["ja"], str) and not _names(entry["en"]) <= _names(entry["ja"]) | {"gloss", "pairs"}:
            raise ReplyError(f"prompts/replies.yaml: {name!r} uses other {{names}} in en than in ja; make them agree")
    sentences = {name: entry[language] for name, entry in data.items() if isinstance(entry[language], str)}
    tables = {name: entry[language] for name, entry in data.items() if isinstance(entry[language], dict)}
    return Replies(language, sentences, tables)


def _names(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))
