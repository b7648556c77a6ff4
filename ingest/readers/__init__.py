"""A plan file in, a Document out."""

import hashlib
from pathlib import Path

from ingest.decoding import check_size, decode
from ingest.documents import Document
from ingest.errors import IngestError, UnreadableDocument, UnsupportedFormat
from ingest.identity import identify
from ingest.readers.text import read_blocks

TEXT_SUFFIXES = frozenset({".txt", ".md", ".tsv"})

__all__ = ["TEXT_SUFFIXES", "document_id", "read_bytes", "read_document"]


def read_document(path: Path) -> Document:
    """Read the plan at `path`; raises IngestError naming the file and what to do."""
    _check_suffix(path.name)
    try:
        check_size(path.name, path.stat().st_size)
        data = path.read_bytes()
    except IngestError:
        raise
    except OSError as error:
        raise UnreadableDocument(
            f"{path}: {error.strerror or error}; check that the file exists and may be read"
        ) from error
    return read_bytes(path.name, data)


def read_bytes(name: str, data: bytes) -> Document:
    """Read the bytes of a plan called `name`, the name under which it is known from then on."""
    _check_suffix(name)
    decoded = decode(name, data)
    lines = tuple(decoded.text.removesuffix("\n").split("\n"))
    blocks = read_blocks(lines)
    identity = identify(blocks, lines, name)
    return Document(
        id=document_id(name),
        source=name,
        content_hash=hashlib.sha256(data).hexdigest(),
        encoding=decoded.encoding,
        lines=lines,
        blocks=blocks,
        title=identity.title,
        municipality=identity.municipality,
        period=identity.period,
        title_is_printed=identity.title_is_printed,
    )


def document_id(source: str) -> str:
    """The same for every revision of a file: it depends on the name alone."""
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _check_suffix(name: str) -> None:
    suffix = Path(name).suffix.lower()
    if suffix not in TEXT_SUFFIXES:
        known = ", ".join(sorted(TEXT_SUFFIXES))
        raise UnsupportedFormat(f"{name}: no reader for {suffix or 'files without a suffix'}; save the plan as {known}")
