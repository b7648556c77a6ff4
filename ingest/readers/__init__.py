"""A plan file in, a Document out."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from ingest.dates import find_as_of
from ingest.decoding import check_size, decode
from ingest.documents import Block, Document, Fact
from ingest.errors import IngestError, UnreadableDocument
from ingest.identity import identify
from ingest.places import Place
from ingest.readers.formats import SUFFIXES, Format, format_of
from ingest.readers.layout import Layout, assemble
from ingest.readers.text import read_blocks

__all__ = ["SUFFIXES", "document_id", "load_bytes", "read_bytes", "read_document"]


@dataclass(frozen=True, slots=True)
class _Read:
    """A file as lines and blocks, whatever its format was."""

    encoding: str
    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    places: Mapping[int, Place] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    facts: Mapping[Fact, int] = field(default_factory=dict)


def read_document(path: Path) -> Document:
    """Read the plan at `path`; raises IngestError naming the file and what to do."""
    return read_bytes(path.name, load_bytes(path))


def load_bytes(path: Path) -> bytes:
    """Return the bytes of the plan file at `path`; raises IngestError naming the file and what to do."""
    try:
        check_size(path.name, path.stat().st_size)
        return path.read_bytes()
    except IngestError:
        raise
    except OSError as error:
        raise UnreadableDocument(
            f"{path}: {error.strerror or error}; check that the file exists and may be read"
        ) from error


def read_bytes(name: str, data: bytes) -> Document:
    """Read the bytes of a plan called `name`, the name under which it is known from then on."""
    read = _read(name, data)
    identity = identify(read.blocks, read.lines, name)
    return Document(
        id=document_id(name),
        source=name,
        content_hash=hashlib.sha256(data).hexdigest(),
        encoding=read.encoding,
        lines=read.lines,
        blocks=read.blocks,
        title=identity.title,
        municipality=identity.municipality,
        period=identity.period,
        title_is_printed=identity.title_is_printed,
        places=read.places,
        remarks=read.remarks,
        as_of=find_as_of(read.lines),
        facts=read.facts,
    )


def document_id(source: str) -> str:
    """The same for every revision of a file: it depends on the name alone."""
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _read(name: str, data: bytes) -> _Read:
    kind = format_of(name, data)
    if kind == "text":
        decoded = decode(name, data)
        lines = tuple(decoded.text.removesuffix("\n").split("\n"))
        return _Read(decoded.encoding, lines, read_blocks(lines))
    layout = _layout(kind, name, data)
    if not layout.parts:
        raise UnreadableDocument(f"{name}: no text was found in it; {' '.join(layout.remarks) or 'save it as text'}")
    assembled = assemble(layout.parts)
    return _Read(kind, assembled.lines, assembled.blocks, assembled.places, layout.remarks, layout.facts)


def _layout(kind: Format, name: str, data: bytes) -> Layout:
    """Let the format's reader read it; its library is loaded only now."""
    layout: Layout = import_module(f"ingest.readers.{kind}").read_layout(name, data)
    return layout
