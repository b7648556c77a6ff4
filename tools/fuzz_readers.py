"""Read spoilt plan files of every format until the time is up, and keep those that a reader fails on.

Run `python -m tools.fuzz_readers [--minutes 10] [--seed 1] [--format pdf] [--keep FOLDER]`, best with `nice`. A find
is a file that ends in anything but a sound extraction or an error of our own that names it. What reads in a way not
seen before is spoilt further.
"""

import argparse
import copy
import io
import logging
import random
import re
import sys
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ingest.errors import IngestError, ReaderDefect, ReadingStopped
from ingest.plan_items import Passage, PlanItem
from ingest.reading import PlanFile, ReadPlan, read_plan
from ingest.sandbox import Limits, Sandbox
from tests.plan_files import MAKERS
from tests.unit.ingest.readers.fuzz_seeds import seeds

LIMITS = Limits(seconds=20, memory_bytes=1_500_000_000)
MOST_BYTES = 300_000
MOST_KEPT = 400
_RESHAPED, _FEW_CHILDREN = 0.7, 20
_FIGURES = (b"0", b"-1", b"1", b"2", b"255", b"65536", b"2147483647", b"2147483648", b"99999999999", b"1e309", b"NaN")
_WORDS = re.compile(rb"[A-Za-z_:]{2,}|-?[0-9]+(?:\.[0-9]+)?|<[^<>]{1,200}>|[^\x00-\x7f]{2,30}")
_FIGURE = re.compile(rb"-?[0-9]+(?:\.[0-9]+)?")
_TOLD = re.compile(r"[0-9０-９]+")


@dataclass
class Tried:
    """What the run has seen so far."""

    inputs: dict[str, list[bytes]]
    ways: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    ends: Counter[str] = field(default_factory=Counter)
    finds: dict[str, int] = field(default_factory=dict)


class Trace(logging.Handler):
    """Remembers the last trace that the sandbox logged."""

    text = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.text = record.getMessage()


def main() -> None:
    """Fuzz for so many minutes, and tell what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=[name.rpartition(".")[2] for name in MAKERS])
    parser.add_argument("--keep", type=Path, default=Path("finds"))
    given = parser.parse_args()
    names = [name for name in MAKERS if given.format is None or name.endswith(f".{given.format}")]
    tried = fuzz(random.Random(given.seed), names, given.minutes * 60, given.keep)
    for end, count in sorted(tried.ends.items()):
        sys.stdout.write(f"{end:30} {count:8,}\n")
    sys.stdout.write(f"{len(tried.finds)} different finds, kept in {given.keep}\n")


def fuzz(chance: random.Random, names: Sequence[str], seconds: float, keep: Path) -> Tried:
    """Spoil and read files until the time is up."""
    tried = Tried({name: seeds(name) for name in names})
    trace, end = Trace(), time.monotonic() + seconds
    logging.getLogger("ingest.sandbox").addHandler(trace)
    logging.getLogger("ingest.sandbox").propagate = False
    sandbox = Sandbox(LIMITS)
    try:
        while time.monotonic() < end:
            name = chance.choice(list(names))
            try_one(name, spoilt(tried.inputs[name], chance), sandbox, trace, tried, keep)
    finally:
        sandbox.close()
    return tried


def try_one(name: str, data: bytes, sandbox: Sandbox, trace: Trace, tried: Tried, keep: Path) -> None:
    """Read one file, and note how it ended."""
    try:
        plan = sandbox.run(name, read_plan, PlanFile(name, data))
        assert_sound(plan)
    except (ReaderDefect, ReadingStopped, AssertionError) as error:
        where = trace.text if isinstance(error, ReaderDefect) else f"{type(error).__name__} {error}"
        note_find(name, data, where, tried, keep)
        return
    except IngestError as error:
        way = str(error)
        if not way.startswith(name):
            note_find(name, data, f"names no file: {way}", tried, keep)
        tried.ends[f"{name} refused"] += 1
    else:
        way = way_of(plan)
        tried.ends[f"{name} read"] += 1
    note_way(name, data, _TOLD.sub("#", way), tried)


def way_of(plan: ReadPlan) -> str:
    """What a file was read as, roughly."""
    kinds = {block.kind for block in plan.document.blocks}
    fields = {field for item in plan.extraction.items for field in item.printed}
    counted = min(len(plan.extraction.items), 9)
    return f"{counted} {sorted(kinds)} {sorted(fields)} {plan.document.remarks} {sorted(plan.document.facts)}"


def assert_sound(plan: ReadPlan) -> None:
    """What holds for every extraction: it lies inside the document, and its text can be stored."""
    lines = len(plan.document.lines)
    parts: list[PlanItem | Passage] = [*plan.extraction.items, *plan.extraction.passages]
    for part in parts:
        assert 1 <= part.line_start <= part.line_end <= lines, "a place outside the document"
    ids = [part.id for part in parts]
    assert len(ids) == len(set(ids)), "an id twice"
    assert all(item.title.strip() for item in plan.extraction.items), "an item without title"
    "\n".join((*plan.document.lines, plan.document.title)).encode()


def note_way(name: str, data: bytes, way: str, tried: Tried) -> None:
    """Keep what is read or refused in a new way, to be spoilt further."""
    if way not in tried.ways[name] and len(data) <= MOST_BYTES:
        tried.ways[name].add(way)
        tried.inputs[name].append(data)
        del tried.inputs[name][8:-MOST_KEPT]


def note_find(name: str, data: bytes, where: str, tried: Tried, keep: Path) -> None:
    """Keep the first file of every different failure, and say so."""
    last = where.strip().splitlines()
    place = next((line.strip() for line in reversed(last) if line.strip().startswith("File ")), "")
    key = _TOLD.sub("#", f"{name} {place} {last[-1].strip()[:120]}")
    tried.ends[f"{name} FOUND"] += 1
    tried.finds[key] = tried.finds.get(key, 0) + 1
    if tried.finds[key] == 1:
        keep.mkdir(parents=True, exist_ok=True)
        path = keep / f"{sha256(data).hexdigest()[:12]}{name[4:]}"
        path.write_bytes(data)
        path.with_suffix(path.suffix + ".why").write_text(where, encoding="utf-8")
        sys.stdout.write(f"{path.name}: {key}\n")
        sys.stdout.flush()


def spoilt(inputs: Sequence[bytes], chance: random.Random) -> bytes:
    """Take a file, and change it in one to six places; what is packed is unpacked for it."""
    data, other = chance.choice(inputs), chance.choice(inputs)
    if zipfile.is_zipfile(io.BytesIO(data)) and chance.random() < 0.85:
        return spoilt_archive(data, other, chance)
    return changed(data, other, chance)[:MOST_BYTES]


def spoilt_archive(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Change one or two parts of an archive, which stays whole."""
    parts = _parts(data)
    donor = _parts(other) if zipfile.is_zipfile(io.BytesIO(other)) else parts
    for _ in range(chance.randint(1, 2)):
        part = chance.choice([one for one in parts if one.endswith((".xml", ".rels"))] or list(parts))
        kind = chance.random()
        if kind < 0.04:
            del parts[part]
        elif kind < 0.08:
            parts[part] = chance.choice(list(parts.values()))
        else:
            change = reshaped if chance.random() < _RESHAPED else changed
            parts[part] = change(parts[part], donor.get(part, parts[part]), chance)
        if not parts:
            return data
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return file.getvalue()


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {part: archive.read(part) for part in archive.namelist()}
    except Exception:  # An archive that was spoilt before.
        return {"x.xml": data}


def reshaped(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Change the elements of an XML part, which stays well-formed."""
    try:
        root, donor = etree.fromstring(data), etree.fromstring(other)
    except (etree.XMLSyntaxError, ValueError):
        return changed(data, other, chance)
    for _ in range(chance.choice((1, 1, 2, 4))):
        element, another = (chance.choice(list(tree.iter(etree.Element))) for tree in (root, donor))
        _reshape(element, another, chance)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written


def _reshape(element: Any, another: Any, chance: random.Random) -> None:
    match chance.randrange(7), element.getparent():
        case 0, parent if parent is not None:
            parent.remove(element)
        case 1, parent if parent is not None:
            element.addnext(copy.deepcopy(another))
        case 2, parent if parent is not None:
            for _ in range(chance.choice((1, 40, 400)) if len(element) < _FEW_CHILDREN else 1):
                element.addnext(copy.deepcopy(element))
        case 3, _:
            element.append(copy.deepcopy(another))
        case 4, _:
            element.text = chance.choice((another.text, "", chance.choice(_FIGURES).decode() * chance.choice((1, 99))))
        case _ if element.attrib:
            at = chance.choice(list(element.attrib))
            values = (chance.choice(_FIGURES).decode(), *another.attrib.values(), "", "A1:XFD1048576")
            element.set(at, chance.choice(values))


def changed(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Change bytes, words and figures."""
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        data = chance.choice(CHANGES)(data or b"0", other or b"0", chance)
    return data


def _refigure_in_place(data: bytes, _: bytes, chance: random.Random) -> bytes:
    """Other figures of the same length: the offsets in a PDF stay right."""
    place = _pick(_FIGURE.finditer(data), chance)
    return _replaced(data, place, bytes(chance.choice(b"0123456789") for _ in place.group()) if place else b"")


def _flip(data: bytes, _: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _at in range(chance.choice((1, 4, 16))):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def _cut(data: bytes, _: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _end_early(data: bytes, _: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data)) + 1]


def _repeat(data: bytes, _: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _splice(data: bytes, other: bytes, chance: random.Random) -> bytes:
    (start, end), at = _span(other, chance), chance.randrange(len(data) + 1)
    return data[:at] + other[start:end] + data[at + chance.choice((0, end - start)) :]


def _refigure(data: bytes, _: bytes, chance: random.Random) -> bytes:
    return _replaced(data, _pick(_FIGURE.finditer(data), chance), chance.choice(_FIGURES))


def _reword(data: bytes, other: bytes, chance: random.Random) -> bytes:
    word = _pick(_WORDS.finditer(other), chance)
    return _replaced(data, _pick(_WORDS.finditer(data), chance), word.group() if word else b"")


def _nest(data: bytes, _: bytes, chance: random.Random) -> bytes:
    word = _pick(_WORDS.finditer(data), chance)
    return _replaced(data, word, word.group() * chance.choice((2, 30, 3000))) if word else data


CHANGES: tuple[Callable[[bytes, bytes, random.Random], bytes], ...] = (
    _flip, _cut, _end_early, _repeat, _splice, _refigure, _refigure, _reword, _reword, _reword, _nest,
    _refigure_in_place, _refigure_in_place, _refigure_in_place,
)  # fmt: skip


def _span(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice((1, 2, 8, 40, 300, 3000)))


def _pick(found: Iterator[re.Match[bytes]], chance: random.Random) -> re.Match[bytes] | None:
    every = list(found)
    return chance.choice(every) if every else None


def _replaced(data: bytes, place: re.Match[bytes] | None, by: bytes) -> bytes:
    return data if place is None else data[: place.start()] + by + data[place.end() :]


if __name__ == "__main__":
    main()
