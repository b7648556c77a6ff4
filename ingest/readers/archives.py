"""The bytes of an Office file in, its XML parts out; one made to do harm is refused before a part is unpacked."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from lxml import etree  # type: ignore[import-untyped]

from ingest.errors import DocumentTooLarge, IngestError, UnreadableDocument

MOST_UNPACKED = 500_000_000
# As a tree, an XML part takes up to ten times its size in memory.
LARGEST_TREE = 64_000_000
_MOST_PARTS = 10_000
# A sheet of blank formatted rows packs to a twentieth; bombs reach a thousandth.
_LARGE_PART, _HIGHEST_RATIO = 16_000_000, 200
_ENCRYPTED_FLAG = 0x1
_XML = (".xml", ".rels")
_WHOLE = re.compile("-?[0-9]{1,9}")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What the XML libraries raise is a SyntaxError to Python.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    expat.ExpatError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    RuntimeError,
    NotImplementedError,
)
# Office writes either; files saved as strict differ in nothing else that is read here.
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"presentationml/main": b"http://schemas.openxmlformats.org/presentationml/2006/main",
    b"drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}


@dataclass(frozen=True, slots=True)
class Relation:
    """How a part refers to another one: under an id, as something (`kind` is "worksheet", "styles", "footnotes" …)."""

    id: str
    kind: str
    part: str


class Package:
    """An Office file: XML parts that refer to each other. Raises IngestError naming the file for all that is wrong."""

    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self.name = name
        self._archive = archive
        self._parts = {_plain(info.filename): info for info in archive.infolist()}

    def has(self, part: str) -> bool:
        """Tell whether there is such a part."""
        return _plain(part) in self._parts

    def has_macros(self) -> bool:
        """Tell whether the file carries a program; it is never run."""
        return any(part.endswith("vbaproject.bin") for part in self._parts)

    def tree(self, part: str) -> Element:
        """Parse a part as a whole."""
        with self.stream(part) as unpacked:
            if self._parts[_plain(part)].file_size > LARGEST_TREE:
                raise DocumentTooLarge(f"{self.name}: {part} is too large to be read; split the file into several")
            data = unpacked.read()
            for name, usual in _TRANSITIONAL.items():
                data = data.replace(_STRICT + name, usual)
            return ElementTree.fromstring(data)

    @contextmanager
    def stream(self, part: str) -> Iterator[IO[bytes]]:
        """Unpack a part while it is read; what is wrong with it shows as an IngestError."""
        info = self._parts.get(_plain(part))
        if info is None:
            raise self.damage(f"its part {part} is missing")
        # A part that is used may have any name.
        _refuse_bomb(self.name, info)
        try:
            with self._archive.open(info) as unpacked:
                self._check_prolog(part, unpacked)
            with self._archive.open(info) as unpacked:
                yield unpacked
        except IngestError:
            raise
        except _BROKEN as error:
            raise self.damage(f"its part {part} cannot be read: {error}") from error

    def elements(self, part: str, *names: str) -> Iterator[Element]:
        """Yield the elements of a part that have these names, each gone when the next one is read: for large parts."""
        with self.stream(part) as unpacked:
            # Events for these elements only, which the standard library has not: a sheet has millions of others.
            safely = {"resolve_entities": False, "no_network": True, "remove_comments": True, "remove_pis": True}
            for _, element in etree.iterparse(unpacked, tag=[f"{{*}}{name}" for name in names], **safely):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]

    def relations(self, part: str = "") -> tuple[Relation, ...]:
        """Return the parts that `part` refers to; by default those that the file as a whole refers to."""
        folder, base = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(path):
            return ()
        return tuple(
            Relation(
                one.get("Id", ""), one.get("Type", "").rpartition("/")[2], _resolved(folder, one.get("Target", ""))
            )
            for one in self.tree(path)
            if one.get("TargetMode") != "External"
        )

    def related(self, part: str, kind: str) -> str | None:
        """Return the first part that `part` refers to as a `kind`, if the archive has it."""
        return next((one.part for one in self.relations(part) if one.kind == kind and self.has(one.part)), None)

    def main_part(self) -> str:
        """Return the part that the others hang on."""
        main = self.related("", "officeDocument")
        if main is None:
            raise self.damage("it does not say which part is the document")
        return main

    def damage(self, what: str) -> UnreadableDocument:
        """Return the error for a part that is not what an Office program writes."""
        return UnreadableDocument(
            f"{self.name}: {what}; the file is damaged: open it in the program it came from, and save it anew"
        )

    def _check_prolog(self, part: str, unpacked: IO[bytes]) -> None:
        """Refuse a document type before the root: only there could entities be declared."""
        parser, is_root_reached = expat.ParserCreate(), False

        def reach(*_: object) -> None:
            nonlocal is_root_reached
            is_root_reached = True

        def refuse(*_: object) -> None:
            raise UnreadableDocument(
                f"{self.name}: {part} declares a document type, which no Office program writes and which can do harm;"
                " open the file in the program it came from, and save it anew"
            )

        parser.StartElementHandler, parser.StartDoctypeDeclHandler = reach, refuse
        while not is_root_reached and (chunk := unpacked.read(4096)):
            parser.Parse(chunk)


def open_package(name: str, data: bytes) -> Package:
    """Open an Office file.

    Raises:
        UnreadableDocument: it is damaged, encrypted, or unpacks to far more than it can hold.
        DocumentTooLarge: it unpacks to more than is read.

    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise UnreadableDocument(f"{name}: the file is cut off or damaged; copy it again") from error
    parts = archive.infolist()
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise UnreadableDocument(f"{name}: the file is protected by a password; save it without one")
    read = [part for part in parts if part.filename.lower().endswith(_XML)]
    for part in read:
        _refuse_bomb(name, part)
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in read) > MOST_UNPACKED:
        raise DocumentTooLarge(
            f"{name}: it unpacks to {sum(part.file_size for part in read):,} bytes in {len(parts):,} parts,"
            f" at most {MOST_UNPACKED:,} in {_MOST_PARTS:,} are read; delete blank rows, or split the file"
        )
    return Package(name, archive)


def _refuse_bomb(name: str, part: zipfile.ZipInfo) -> None:
    if part.compress_type not in _METHODS:
        raise UnreadableDocument(f"{name}: it is packed in a way that no Office program uses; save it anew")
    if part.file_size > max(_LARGE_PART, part.compress_size * _HIGHEST_RATIO):
        raise UnreadableDocument(f"{name}: it unpacks to hundreds of times its size and can do harm; save it anew")


def whole(text: str | None, default: int) -> int:
    """Read the whole number of an attribute; anything else, and what is too long to be meant, is the default."""
    return int(text) if text is not None and _WHOLE.fullmatch(text) else default


def _plain(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").casefold()


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(target if target.startswith("/") else posixpath.join(folder, target)).lstrip("/")
