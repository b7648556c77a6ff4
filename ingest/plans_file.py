"""plans.yaml beside plan files in, what it tells about each of them out.

改革プラン.pdf: {title: 見本市改革プラン, municipality: 見本市, period: 令和6年度～令和10年度, as_of: 令和6年3月}
"*進捗*.xlsx": {municipality: 見本市, kind: report, series: 改革プランの進捗}
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

from ingest.errors import BadDescription
from ingest.fiscal_year import find_years
from ingest.told import NOTHING_TOLD, Told

NAMES = ("plans.yaml", "plans.yml")

_KEYS = tuple(field.name for field in fields(Told))
_KINDS = ("plan", "report")
_FIRST_YEAR, _LAST_YEAR = 1926, 2200


@dataclass(frozen=True, slots=True)
class PlansFile:
    """What one plans.yaml tells, by file name or glob, in its order."""

    path: Path
    entries: tuple[tuple[str, Told], ...]

    def about(self, name: str) -> Told:
        """Return what is told about a file: under its own name, else under globs, the later of them first."""
        composed = unicodedata.normalize("NFC", name)
        fitting = [entry for entry in self.entries if _fits(entry[0], composed)]
        told = NOTHING_TOLD
        for _, one in sorted(fitting, key=lambda entry: entry[0] == composed):
            told = one.over(told)
        return told

    def remarks(self) -> Iterator[str]:
        """Name the entries that no file beside it fits."""
        names = [unicodedata.normalize("NFC", file.name) for file in self.path.parent.iterdir() if file.is_file()]
        for pattern, _ in self.entries:
            if not any(_fits(pattern, name) for name in names):
                yield f"{self.path}: no file fits {pattern!r}; mend the name, or remove the entry"


def plans_files(paths: Iterable[Path]) -> dict[Path, PlansFile]:
    """Read the plans.yaml beside each of the files, by folder; raises BadDescription naming what is wrong."""
    folders = dict.fromkeys(path.parent for path in paths)
    found = ((folder, folder / name) for folder in folders for name in NAMES if (folder / name).is_file())
    return {folder: read_plans_file(path) for folder, path in found}


def read_plans_file(path: Path) -> PlansFile:
    """Read one plans.yaml.

    Raises:
        BadDescription: it is no YAML, or an entry or value of it is not understood.

    """
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError, ValueError) as error:
        raise BadDescription(f"{path}: {' '.join(str(error).split())}; write it as UTF-8 YAML") from error
    if not isinstance(data, dict) or not all(isinstance(entry, dict) for entry in data.values()):
        raise BadDescription(f"{path}: is no list of entries; write FILE NAME: {{title: …, municipality: …}}")
    entries = [(str(name), told_by(entry, f"{path}: {name}")) for name, entry in data.items()]
    return PlansFile(path, tuple((unicodedata.normalize("NFC", name), told) for name, told in entries))


def told_by(values: Mapping[object, object], where: str) -> Told:
    """Read what an entry of plans.yaml or the fields of an upload tell; blank values tell nothing.

    Raises:
        BadDescription: a key is unknown, or a value cannot be what its key says.

    """
    told: dict[str, object] = {}
    for key, value in values.items():
        if key not in _KEYS:
            near = get_close_matches(str(key), _KEYS, n=1)
            raise BadDescription(f"{where}: unknown key {str(key)!r}; {_advice(near)}")
        if value not in (None, ""):
            told[str(key)] = _value(str(key), value, where)
    return Told(**told)  # type: ignore[arg-type]


def _value(key: str, value: object, where: str) -> object:
    if key == "period":
        return _period(value, where)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    text = str(value).strip()
    if isinstance(value, dict | list) or not text:
        raise BadDescription(f"{where}: {key}: must be a text")
    if key == "kind" and text not in _KINDS:
        raise BadDescription(f"{where}: kind: must be {' or '.join(_KINDS)}, not {text!r}")
    return text


def _period(value: object, where: str) -> tuple[int, int]:
    """Read [2024, 2028], 2024, 2024-2028 or 令和6年度～令和10年度."""
    if isinstance(value, int):
        years = [value]
    elif isinstance(value, list):
        years = [year for year in value if isinstance(year, int)] if len(value) == 2 else []
    else:
        plain = [part.strip() for part in str(value).split("-")]
        western = [int(part) for part in plain] if all(part.isdecimal() for part in plain) else []
        years = western or [mention.year for mention in find_years(str(value))]
    if not 1 <= len(years) <= 2 or years[0] > years[-1] or not _FIRST_YEAR <= years[0] <= years[-1] <= _LAST_YEAR:
        raise BadDescription(
            f"{where}: period: {value!r} is no first and last fiscal year; write 2024-2028 or 令和6年度～令和10年度"
        )
    return years[0], years[-1]


def _fits(pattern: str, name: str) -> bool:
    return pattern == name or fnmatchcase(name, pattern)


def _advice(near: list[str]) -> str:
    return f"did you mean {near[0]}?" if near else f"use {', '.join(_KEYS)}"
