"""Judged answers in, one run with its settings as a JSON file out; and back."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.errors import WrongUsage
from assistant.settings import Settings

# Named one by one, so that no secret of a later setting is ever kept.
_TOLD = (
    "embedding",
    "model",
    "model_context_tokens",
    "model_output_tokens",
    "model_silence_seconds",
    "model_call_seconds",
    "model_total_seconds",
    "model_concurrency",
    "model_retries",
    "model_thinking",
    "prompts",
)
_NAME = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One citation of an answer, and whether its quote stands where it says."""

    source: str
    line: int
    quote: str
    is_printed: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """One question, what came of it, and what is wrong with that; `tokens` are read and written by a model."""

    id: str
    kind: str
    audience: str
    question: str
    is_answerable: bool
    outcome: str
    reason: str | None
    mode: str
    answer: str
    problems: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    milliseconds: float = 0.0
    tokens: tuple[int, int] = (0, 0)

    @property
    def is_right(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.problems

    @property
    def is_declined(self) -> bool:
        """Tell whether the question was not answered."""
        return self.outcome in ("not_found", "refused")


@dataclass(frozen=True, slots=True)
class Run:
    """One evaluation: under which settings, of which files, and every question's answer."""

    name: str
    at: str
    files: tuple[str, ...]
    answers: tuple[Judged, ...]
    settings: Mapping[str, str] = field(default_factory=dict)
    corpus_version: int = 0


def new_name() -> str:
    """Name a run by its moment, so that names sort by time."""
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")[:-3]


def told_settings(settings: Settings) -> dict[str, str]:
    """Return the settings that may have changed the answers; none of them is a secret or an address."""
    values = settings.model_dump(mode="json", include=set(_TOLD))
    return {name: str(values[name]) for name in _TOLD if values[name] is not None}


def checked_name(name: str, folder: Path) -> str:
    """Return the name that a new run may have.

    Raises:
        WrongUsage: it is no plain name, or an earlier run has it.

    """
    if not _NAME.fullmatch(name):
        raise WrongUsage(f"--name {name!r}: use letters, digits, dots, - and _ only")
    if (folder / f"{name}.json").exists():
        raise WrongUsage(f"--name {name}: {folder} holds a run of that name; take another")
    return name


def folder_of(settings: Settings) -> Path:
    """Name the folder that runs are kept in."""
    return settings.data / "evaluations"


def record(run: Run, folder: Path) -> Path:
    """Keep a run and return its file.

    Raises:
        WrongUsage: the folder cannot be written.

    """
    file = folder / f"{run.name}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(run), ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as error:
        raise WrongUsage(f"{file}: {error.strerror}; set KAIKAKU_DATA to a folder that can be written") from None
    return file


def load(name: str, folder: Path) -> Run:
    """Read a run by its name or its file.

    Raises:
        WrongUsage: there is none, or it is no run.

    """
    file = next((one for one in (Path(name), folder / f"{name}.json") if one.is_file()), None)
    if file is None:
        known = ", ".join(sorted(one.stem for one in folder.glob("*.json"))[-5:]) or "none"
        raise WrongUsage(f"{name}: no such run; the newest in {folder}: {known}")
    try:
        return _from_json(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WrongUsage(f"{file}: {type(error).__name__} {error}; name a run that `kaikaku evaluate` wrote") from None


def _from_json(given: dict[str, Any]) -> Run:
    answers = tuple(_judged(one) for one in given["answers"])
    return Run(**{**given, "files": tuple(given["files"]), "answers": answers})


def _judged(given: dict[str, Any]) -> Judged:
    read, written = given["tokens"]
    evidence = tuple(Evidence(**one) for one in given["evidence"])
    return Judged(**{**given, "problems": tuple(given["problems"]), "evidence": evidence, "tokens": (read, written)})
