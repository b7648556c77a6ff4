"""Plan files in; each read, extracted, embedded and stored on its own; what became of every one out."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.documents import Document
from ingest.errors import IngestError
from ingest.extract import extract
from ingest.plan_items import Extraction, Passage
from ingest.readers import SUFFIXES, read_document
from vectorstore.catalogue import Catalogue
from vectorstore.contents import Vectors
from vectorstore.errors import DuplicateSource

Embed = Callable[[tuple[Passage, ...]], Vectors | None]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file; `remarks` are for the person who ingests, the last says what to do about a failure."""

    source: str
    result: Literal["added", "replaced", "unchanged", "failed"]
    document_id: str = ""
    extraction: Extraction | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ingesting:
    """Ingest into one catalogue; with `replace`, a file of a known name from another folder replaces the known one."""

    catalogue: Catalogue
    embed: Embed
    replace: bool = False

    def add_file(self, file: Path) -> Ingested:
        """Ingest one file; a bad file is told of in the result, so that it does not stop the next one."""
        try:
            return self.add_document(read_document(file), str(file.absolute()))
        except (IngestError, DuplicateSource) as error:
            reason = str(error)
        except (ValueError, LookupError, TypeError, ArithmeticError, RecursionError, AssertionError):
            # A defect of ours, met in one document: the others are still worth having.
            logger.exception("%s: could not be understood", file.name)
            reason = f"{file}: could not be understood, which is a defect of this program; please report the file"
        return Ingested(file.name, "failed", remarks=(reason,))

    def add_document(self, document: Document, origin: str | None = None) -> Ingested:
        """Extract one read document, embed its passages and store all of it.

        Raises:
            DuplicateSource: another file of this name is stored, and is not to be replaced.

        """
        if self.catalogue.holds(document):
            return Ingested(document.source, "unchanged", document.id)
        extraction = extract(document)
        vectors = self.embed(extraction.passages)
        added = self.catalogue.add(document, extraction, vectors, origin=origin, replace=self.replace)
        return Ingested(document.source, added.kind, document.id, extraction, added.remarks)


def find_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the named files, and the files with a known ending below the named folders, each once."""
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _below(path) if path.is_dir() else (path,):
            found.setdefault(file.resolve(), file)
    return tuple(found.values())


def _below(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES and _is_plain(file))


def _is_plain(file: Path) -> bool:
    return file.is_file() and not file.name.startswith((".", "~$"))
