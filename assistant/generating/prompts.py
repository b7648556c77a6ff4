"""Prompt files in, checked prompts out: every mistake is named with its file and line before a model sees anything.

A file is YAML with `version`, `variables`, `system`, `user` and, for rewriting, `languages`. Only {declared_names} are
filled, in one pass: nothing that a question or a document says is ever taken for a part of the prompt.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import AssistantError

LANGUAGES = ("ja-easy", "en", "zh", "ko", "pt", "vi")
# What code fills into each prompt; all of it must be used.
OFFERED: Mapping[str, frozenset[str]] = {
    "understanding": frozenset({"question", "conversation", "departments"}),
    "composing": frozenset({"question", "passages"}),
    "rewriting": frozenset({"language", "lines"}),
}
_TEXTS = ("system", "user")
_VARIABLE = re.compile(r"\{(\w+)\}")


class PromptError(AssistantError):
    """A prompt file cannot be used; the message names file and line and what to change."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt: `version` is the file's, with the beginning of its hash, so that every edit shows."""

    name: str
    version: str
    system: str
    user: str
    languages: Mapping[str, str]

    def fill(self, **values: str) -> tuple[str, str]:
        """Return the system and the user message with every variable filled."""
        return _filled(self.system, values), _filled(self.user, values)


@dataclass(frozen=True, slots=True)
class Prompts:
    """The prompts of all steps."""

    understanding: Prompt
    composing: Prompt
    rewriting: Prompt


def load_prompts(folder: Path | None = None) -> Prompts:
    """Load every prompt, from `folder` where it has a file of that name.

    Raises:
        PromptError: the folder is not there, or a file of it cannot be used.

    """
    if folder is not None and not folder.is_dir():
        raise PromptError(f"{folder}: no such folder; correct KAIKAKU_PROMPTS")
    if folder is not None:
        _refuse_others(folder)
    return Prompts(**{name: _load(_place(name, folder), name) for name in OFFERED})


def _place(name: str, folder: Path | None) -> Traversable:
    own = folder / f"{name}.yaml" if folder is not None else None
    return own if own is not None and own.exists() else files("prompts") / "model" / f"{name}.yaml"


def _refuse_others(folder: Path) -> None:
    for file in sorted(folder.glob("*.y*ml")):
        if file.suffix != ".yaml" or file.stem not in OFFERED:
            names = ", ".join(f"{name}.yaml" for name in OFFERED)
            raise PromptError(f"{file}: no prompt is called so; the prompts are {names}")


def _load(file: Traversable, name: str) -> Prompt:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"{file}: {error}; the file must be readable text in UTF-8") from None
    given = _parse(text, str(file))
    for problem in _problems(given, text, name):
        raise PromptError(f"{file}:{problem}")
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    version = f"{given['version']}-{digest}"
    return Prompt(name, version, given["system"].strip(), given["user"].strip(), given.get("languages") or {})


def _parse(text: str, file: str) -> dict[str, Any]:
    try:
        given = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise PromptError(f"{file}:{line}: no YAML: {getattr(error, 'problem', None) or error}") from None
    if not isinstance(given, dict):
        raise PromptError(f"{file}:1: no YAML mapping; it needs version, variables, system and user")
    return given


def _problems(given: Mapping[str, Any], text: str, name: str) -> Iterator[str]:
    """Yield every problem as `LINE: what is wrong and what to do`."""
    yield from _wrong_entries(given, text, name)
    declared, lines = set(given["variables"]), text.splitlines()
    used = {variable for part in _TEXTS for variable in _VARIABLE.findall(given[part])}
    at = _line_of(lines, "variables")
    for variable in sorted(used - declared):
        yield f"{_line_with(lines, f'{{{variable}}}')}: {{{variable}}} is not declared; add it to variables"
    for variable in sorted(declared - OFFERED[name]):
        yield f"{at}: nothing fills {{{variable}}}; there are {', '.join(sorted(OFFERED[name]))}"
    for variable in sorted(declared - used):
        yield f"{at}: {{{variable}}} is declared, but not used; use it or take it out of variables"
    for variable in sorted(OFFERED[name] - declared):
        yield f"{at}: {{{variable}}} is missing; without it the model cannot do its work"


def _wrong_entries(given: Mapping[str, Any], text: str, name: str) -> Iterator[str]:
    lines = text.splitlines()
    kinds: dict[str, type] = {"version": int, "variables": list, "system": str, "user": str}
    kinds |= {"languages": dict} if name == "rewriting" else {}
    for entry, kind in kinds.items():
        if entry not in given:
            yield f"1: {entry} is missing; add it"
        elif not _is_a(kind, given[entry]):
            yield f"{_line_of(lines, entry)}: {entry} must be a {_KINDS[kind]}"
    for entry in given.keys() - kinds.keys():
        yield f"{_line_of(lines, str(entry))}: {entry} means nothing here; take it out"
    if name == "rewriting":
        yield from _wrong_languages(given, lines)


def _is_a(kind: type, value: object) -> bool:
    if isinstance(value, list):
        return kind is list and all(isinstance(one, str) for one in value)
    return isinstance(value, kind) and (not isinstance(value, str) or bool(value.strip()))


_KINDS = {int: "whole number", list: "list of names", str: "text", dict: "mapping of languages to texts"}


def _wrong_languages(given: Mapping[str, Any], lines: list[str]) -> Iterator[str]:
    at = _line_of(lines, "languages")
    for language in LANGUAGES:
        if not isinstance(given["languages"].get(language), str):
            yield f"{at}: the language {language} is missing; say there how to write it"
    for language in given["languages"].keys() - set(LANGUAGES):
        yield f"{at}: the language {language} is not known; there are {', '.join(LANGUAGES)}"


def _line_of(lines: list[str], entry: str) -> int:
    return next((number for number, line in enumerate(lines, 1) if re.match(rf"{re.escape(entry)}\s*:", line)), 1)


def _line_with(lines: list[str], text: str) -> int:
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda match: values[match[1]], text)
