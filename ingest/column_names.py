"""The label of a table column in, the fields it can stand for out; the names are data in column_names.yaml."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from ingest.markup import strip_markup, unquoted

_YEAR = re.compile(
    r"(?:令和|平成|昭和|R|H|S)\s*(?:元|\d{1,2})\s*(?:年度|年|FY)?|(?:20|19)\d\d\s*(?:年度|年)?|\d{1,2}\s*年度|(?<![A-Za-z])FY\s*\d{2,4}"
)
_BRACKETED = re.compile(r"[(\[【〔<][^)\]】〕>]*[)\]】〕>]")
_SEPARATORS = re.compile(r"[・、/,&＆]|及び|または|又は")
_NAME_OF = re.compile("(?:の?名称|の名前)$")
_LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class Names:
    """The word lists of column_names.yaml."""

    exact: Mapping[str, tuple[tuple[str, int], ...]]
    contains: tuple[tuple[str, str], ...]
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Label:
    """A column label: as printed on one line, its years, what is left without them, and (field, tier) candidates.

    `lowest` is the last of the lines that it is printed on.
    """

    printed: str
    years: tuple[str, ...]
    name: str
    candidates: tuple[tuple[str, int], ...]
    lowest: str = ""


@cache
def names() -> Names:
    """Read the word lists once."""
    import yaml

    data = yaml.safe_load(files("ingest").joinpath("column_names.yaml").read_text(encoding="utf-8"))
    exact: dict[str, list[tuple[str, int]]] = {}
    contains: list[tuple[str, str]] = []
    words: dict[str, tuple[str, ...]] = {}
    for field, entry in data.items():
        if isinstance(entry, list):
            words[field] = tuple(str(word) for word in entry)
            continue
        tiers = entry["exact"] if isinstance(entry["exact"][0], list) else [entry["exact"]]
        for tier, labels in enumerate(tiers):
            for label in labels:
                found = exact.setdefault(_label_key(str(label)), [])
                if field not in (known for known, _ in found):
                    found.append((field, tier))
        contains += [(_label_key(part), field) for part in entry.get("contains", ())]
    return Names({label: tuple(found) for label, found in exact.items()}, tuple(contains), words)


def word_list(name: str) -> tuple[str, ...]:
    """One of the plain lists: statuses, progress_words, total_rows …"""
    return names().words[name]


@cache
def word_keys(name: str) -> frozenset[str]:
    """The same list in the form in which `key` compares."""
    return frozenset(_key(word) for word in word_list(name))


def key(text: str) -> str:
    """What is compared of a label: NFKC without blanks, tags, letter case."""
    return _key(strip_markup(text))


@lru_cache(maxsize=4096)
def read_label(cell: str) -> Label:
    """The fields that a header cell can stand for, best first; none for long or unknown text."""
    text = strip_markup(unquoted(cell)).strip()
    printed = re.sub(r"\s+", " ", text)
    plain = unicodedata.normalize("NFKC", printed)
    years = tuple(re.sub(r"\s", "", match.group()) for match in _YEAR.finditer(plain))
    bare = _label_key(_YEAR.sub("", _BRACKETED.sub("", plain)))
    bare = bare.removesuffix("欄") or bare
    if not bare and not years and plain:
        bare = _label_key(plain)
    lowest = text.split("\n")[-1].strip()
    candidates = _candidates(bare, plain, _label_key(lowest)) if len(plain) <= _LONGEST_LABEL else ()
    return Label(printed, years, bare, candidates, lowest)


def _candidates(bare: str, plain: str, lowest: str) -> tuple[tuple[str, int], ...]:
    """By the whole label, else by its lowest line: 基本情報 over 事業名 is 事業名."""
    known = names()
    forms = (bare, _label_key(plain), bare.removesuffix("名"), _NAME_OF.sub("", bare), lowest, bare.replace("の", ""))
    found = next((known.exact[form] for form in forms if form in known.exact), None)
    if found:
        return found
    parts = [part for part in _SEPARATORS.split(bare) if part]
    if len(parts) > 1 and all(part in known.exact for part in parts):
        return known.exact[parts[0]]
    return tuple((field, 1) for part, field in known.contains if part in bare)


def _label_key(text: str) -> str:
    """The same, 取り組み and 取組み being 取組."""
    return re.sub("取り?組み", "取組", _key(text))


def _key(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()
