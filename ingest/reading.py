"""A plan file as it came in, everything that it says out: the whole way from bytes to items and passages."""

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ingest.documents import Document
from ingest.errors import UnreadableDocument
from ingest.extract import extract
from ingest.plan_items import Extraction
from ingest.readers import document_id, load_bytes, read_bytes
from ingest.told import NOTHING_TOLD, Told


@dataclass(frozen=True)
class PlanFile:
    """The bytes of a plan file, the name under which they are known, and what was told about them."""

    name: str
    data: bytes
    told: Told = NOTHING_TOLD

    @property
    def document_id(self) -> str:
        """The id of the document that it is a revision of."""
        return document_id(self.name)

    @cached_property
    def content_hash(self) -> str:
        """The SHA-256 of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A read plan file with all that was found in it."""

    document: Document
    extraction: Extraction


def open_plan(path: Path, told: Told = NOTHING_TOLD) -> PlanFile:
    """Load a plan file of which this was told.

    Raises:
        IngestError: it cannot be opened, is too large, or its name cannot be stored.

    """
    try:
        path.name.encode()
    except UnicodeEncodeError:
        shown = path.name.encode("utf-8", "backslashreplace").decode()
        raise UnreadableDocument(f"{shown}: the file's name is no UTF-8; rename the file") from None
    return PlanFile(path.name, load_bytes(path), told)


def read_plan(file: PlanFile) -> ReadPlan:
    """Read and extract a plan file; raises IngestError naming the file and what to do."""
    document = _with_told(read_bytes(file.name, file.data), file.told)
    return ReadPlan(document, extract(document))


def _with_told(document: Document, told: Told) -> Document:
    """What was told wins over what was read."""
    said = told.said()
    if told.title is not None:
        said |= {"title_is_printed": True, "printed_title": document.title if document.title_is_printed else ""}
    return replace(document, told=told, **said)
