"""The sentences of prompts/web*.yaml, by name and language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from assistant.replies import ReplyError

LANGUAGES = ("ja", "en")
# やさしい日本語 says what it has words of its own for, and the rest as 日本語 does.
EASY = "ja-easy"


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language."""

    language: str
    sentences: Mapping[str, str]

    def say(self, name: str, /, **values: object) -> str:
        """Return the sentence `name` with its {names} filled."""
        return self.sentences[name].format(**values)

    def part(self, prefix: str) -> Mapping[str, str]:
        """Return all sentences whose names begin so, without the beginning."""
        return {
            name.removeprefix(prefix): sentence for name, sentence in self.sentences.items() if name.startswith(prefix)
        }


@cache
def load_wording(language: str) -> Wording:
    """Load the wording of ja, ja-easy or en."""
    return Wording(language, {name: _choose(name, entry, language) for name, entry in _entries().items()})


def _choose(name: str, entry: Mapping[str, str], language: str) -> str:
    if not set(LANGUAGES) <= entry.keys():
        raise ReplyError(f"prompts/web*.yaml: {name!r} lacks ja or en; add the missing language")
    return (entry.get(EASY) or entry["ja"] if language == EASY else entry[language]).strip()


def _entries() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for file in sorted(files("prompts").iterdir(), key=lambda file: file.name):
        if file.name.startswith("web") and file.name.endswith(".yaml"):
            entries = yaml.safe_load(file.read_text(encoding="utf-8"))
            if twice := found.keys() & entries.keys():
                raise ReplyError(f"prompts/{file.name}: {sorted(twice)} is in another web*.yaml too; rename it")
            found.update(entries)
    return found
