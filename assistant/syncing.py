"""Folders and what is stored in, how they differ out; and the catalogue made to hold what the folders hold."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from assistant.ingesting import Ingested, Ingesting, find_files, open_described
from ingest.errors import IngestError
from ingest.plans_file import PlansFile, plans_files
from ingest.reading import PlanFile, open_plan
from vectorstore.catalogue import Catalogue
from vectorstore.contents import StoredDocument

State = Literal["unchanged", "new", "changed", "gone", "refused"]


@dataclass(frozen=True, slots=True)
class Difference:
    """How one file of a folder, or one document that came from there, stands to the catalogue; `why` it is refused."""

    state: State
    source: str
    path: Path
    document_id: str = ""
    why: str = ""


def compare(folders: Sequence[Path], catalogue: Catalogue) -> tuple[Difference, ...]:
    """Compare the plan files below the folders with the stored documents; nothing is changed.

    A document is gone when it was read from below one of the folders and its file is no longer there.
    """
    stored = {document.id: document for document in catalogue.documents()}
    found: dict[str, Difference] = {}
    refused: list[Difference] = []
    paths = find_files(folders)
    told = plans_files(paths)
    for path in paths:
        difference = _of_file(path, told, folders, stored, found, catalogue)
        if difference.state == "refused":
            refused.append(difference)
        else:
            found.setdefault(difference.document_id, difference)
    there = found.keys() | {one.document_id for one in refused}
    gone = tuple(_gone(document) for document in stored.values() if _is_gone(document, folders, there))
    return (*sorted((*found.values(), *refused), key=lambda one: one.path), *gone)


def bring_up_to_date(differences: Iterable[Difference], ingesting: Ingesting) -> Iterator[Ingested]:
    """Delete what is gone, then ingest what is new or changed; tell what became of each."""
    differences = tuple(differences)
    for one in differences:
        if one.state == "gone" and ingesting.catalogue.delete(one.document_id):
            yield Ingested(one.source, "deleted", one.document_id)
    # Files of the same name elsewhere are refused already: what is left may replace.
    replacing = replace(ingesting, replace=True)
    yield from replacing.add_files(one.path for one in differences if one.state in ("new", "changed"))
    for one in differences:
        if one.state == "refused":
            yield Ingested(one.source, "failed", remarks=(one.why,))


def _of_file(
    path: Path,
    told: Mapping[Path, PlansFile],
    folders: Sequence[Path],
    stored: dict[str, StoredDocument],
    found: dict[str, Difference],
    catalogue: Catalogue,
) -> Difference:
    try:
        file = open_described(path, told)
    except IngestError as error:
        return Difference("refused", _printable(path.name), path, why=str(error))
    if catalogue.holds(file.document_id, file.content_hash, file.told):
        return Difference("unchanged", file.name, path, file.document_id)
    known = stored.get(file.document_id)
    if namesake := _namesake(file, found.get(file.document_id), known, folders):
        why = f"{path}: a different file of this name is {namesake}; rename one of the two"
        return Difference("refused", file.name, path, file.document_id, why)
    return Difference("changed" if known else "new", file.name, path, file.document_id)


def _namesake(
    file: PlanFile, before: Difference | None, known: StoredDocument | None, folders: Sequence[Path]
) -> str | None:
    """Where another file of the same name stands, which this one must not replace."""
    if before is not None:
        return None if open_plan(before.path).content_hash == file.content_hash else str(before.path)
    if known is None or known.origin is None or _is_below(known.origin, folders):
        return None
    return known.origin if Path(known.origin).is_file() else None


def _gone(document: StoredDocument) -> Difference:
    return Difference("gone", document.source, Path(document.origin or ""), document.id)


def _is_gone(document: StoredDocument, folders: Sequence[Path], there: Iterable[str]) -> bool:
    if document.origin is None or document.id in there or not _is_below(document.origin, folders):
        return False
    return not Path(document.origin).is_file()


def _is_below(origin: str, folders: Iterable[Path]) -> bool:
    """Tell whether a path lies below a folder, as it is written or with its links followed."""
    forms = (os.path.abspath, os.path.realpath)
    return any(Path(form(origin)).is_relative_to(form(folder)) for folder in folders for form in forms)


def _printable(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()
