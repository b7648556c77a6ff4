"""A file of words that mean the same in, its groups out: the Sudachi synonym dictionary, or the city's own list."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from vectorstore.errors import WordsUnreadable
from vectorstore.words import WordFile

_FORMATS = (
    "use Sudachi's synonyms (JSON or CSV), or a list of your own: YAML `groups: [[旧課, 新課]]`, or CSV 旧課,新課"
)
_LARGEST_BYTES = 60_000_000
_FEWEST_SUDACHI_COLUMNS = 9
_NEVER_EXPANDED = 2
# A group of many words mixes senses; a word of one letter has too many.
LARGEST_GROUP = 40
_SHORTEST = 2


def read_words(path: Path) -> WordFile:
    """Read a file of words.

    Raises:
        WordsUnreadable: it is none, or holds no group of two words.

    """
    text = _text_of(path)
    try:
        kind, groups = _groups_of(path.suffix.lower(), text)
        kept = tuple(clean for group in groups if len(clean := _clean(group)) > 1)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, csv.Error, yaml.YAMLError) as error:
        raise WordsUnreadable(f"{path}: {type(error).__name__}{_told(error)}; {_FORMATS}") from None
    if not kept:
        raise WordsUnreadable(f"{path}: holds no two words that mean the same; {_FORMATS}")
    return WordFile(path.name, kind, kept)  # type: ignore[arg-type]


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise WordsUnreadable(f"{path}: larger than {_LARGEST_BYTES} bytes; {_FORMATS}")
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WordsUnreadable(f"{path}: {error}; name a UTF-8 file") from None


def _groups_of(suffix: str, text: str) -> tuple[str, Iterable[Sequence[str]]]:
    if suffix == ".json":
        given = json.loads(text)
        return ("dictionary", _of_sudachi_json(given)) if isinstance(given, list) else ("own", given["groups"])
    if suffix in (".yaml", ".yml"):
        return "own", yaml.load(text, _NoAliases)["groups"]
    rows = list(csv.reader(io.StringIO(text)))
    if any(len(row) >= _FEWEST_SUDACHI_COLUMNS and row[0].isdigit() for row in rows[:50]):
        return "dictionary", _of_sudachi_csv(rows)
    return "own", rows


def _of_sudachi_json(given: list[Mapping[str, Any]]) -> Iterator[list[str]]:
    for group in given:
        yield from _by_class(
            (item["taigenYogen"], int(item["expandControl"]), str(item["midashi"])) for item in group["items"]
        )


def _of_sudachi_csv(rows: list[list[str]]) -> Iterator[list[str]]:
    """Groups have a number in the first column; then come word class, expansion flag and, in the ninth, the word."""
    groups: dict[str, list[tuple[str, int, str]]] = {}
    for row in rows:
        if len(row) >= _FEWEST_SUDACHI_COLUMNS:
            groups.setdefault(row[0], []).append((row[1], int(row[2]), row[8]))
    for entries in groups.values():
        yield from _by_class(entries)


def _by_class(entries: Iterable[tuple[str, int, str]]) -> Iterator[list[str]]:
    """Split a group by word class, without the words that are never to be expanded."""
    classes: dict[str, list[str]] = {}
    for word_class, control, word in entries:
        if control != _NEVER_EXPANDED:
            classes.setdefault(word_class, []).append(word)
    yield from classes.values()


class _Refused(ValueError):
    """What a file may not hold; the message says what to do."""


class _NoAliases(yaml.SafeLoader):
    """Refuses what stands for something said before: a few lines of it can fill the memory."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise _Refused("has an alias (*name); write the words out")
        return super().compose_node(parent, index)


def _told(error: Exception) -> str:
    return f" {error}" if isinstance(error, _Refused) else ""


def _clean(group: object) -> tuple[str, ...]:
    given = group if isinstance(group, Sequence) and not isinstance(group, str) else ()
    if odd := next((word for word in given if not isinstance(word, str)), None):
        raise _Refused(f"has a word that is no text but a {type(odd).__name__}; quote it")
    words = [word.strip() for word in given]
    return tuple(dict.fromkeys(word for word in words if len(word) >= _SHORTEST))[:LARGEST_GROUP]
