"""Words that mean the same, brought in by the city: what a word of a question also stands for."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

# A dictionary 辞書 is large and general; the city's own words are few, and mean exactly the same.
WordKind = Literal["dictionary", "own"]


@dataclass(frozen=True, slots=True)
class WordFile:
    """One brought-in file: its name, its kind, and its groups of words that mean the same."""

    name: str
    kind: WordKind
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Words:
    """All brought-in words."""

    files: tuple[WordFile, ...] = ()

    def of_dictionary(self, word: str) -> tuple[str, ...]:
        """The other words of the dictionary groups that hold `word`."""
        return tuple(other for group in self._by_word.get(word.casefold(), ()) for other in group if other != word)

    @cached_property
    def own(self) -> tuple[tuple[str, ...], ...]:
        """The groups of the city's own words: renamed departments, nicknames of facilities."""
        return tuple(group for file in self.files if file.kind == "own" for group in file.groups)

    @cached_property
    def _by_word(self) -> dict[str, list[tuple[str, ...]]]:
        found: dict[str, list[tuple[str, ...]]] = {}
        for group in _dictionary_groups(self.files):
            for word in group:
                found.setdefault(word.casefold(), []).append(group)
        return found


NO_WORDS = Words()


def _dictionary_groups(files: Iterable[WordFile]) -> Iterable[tuple[str, ...]]:
    return (group for file in files if file.kind == "dictionary" for group in file.groups)
