"""The folder in which `kaikaku evaluate` keeps its runs in, how many answers of each were right out, newest last."""

import json
import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

logger = logging.getLogger(__name__)

_MOST_RUNS = 20


@dataclass(frozen=True, slots=True)
class EvaluationTold:
    """One run: its name, its moment as 2026-04-01T09:00, how many questions it asked and how many it found right."""

    name: str
    at: str
    right: int
    total: int

    @property
    def rate(self) -> float:
        """回答正答率, 0 to 1."""
        return self.right / self.total if self.total else 0.0


def evaluation_history(folder: Path) -> tuple[EvaluationTold, ...]:
    """Return the last runs; a file that is none is left out, with a warning."""
    files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime)[-_MOST_RUNS:]
    found = (_read(file, file.stat().st_mtime_ns) for file in files)
    return tuple(sorted((run for run in found if run), key=lambda run: run.at))


@lru_cache(maxsize=4 * _MOST_RUNS)
def _read(file: Path, _changed: int) -> EvaluationTold | None:
    # A run holds every answer and is long: it is read once, as long as it does not change.
    try:
        run = json.loads(file.read_text(encoding="utf-8"))
        right = sum(not answer["problems"] for answer in run["answers"])
        return EvaluationTold(str(run["name"]), str(run["at"]), right, len(run["answers"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        logger.warning("%s is no run of `kaikaku evaluate`: %s", file, error)
        return None
