"""The first bytes of a file in, its format out: an ending may lie, content does not."""

import io
import re
import zipfile
from pathlib import PurePath
from typing import Literal, TypeAlias

from ingest.errors import DocumentTooLarge, UnreadableDocument, UnsupportedFormat

Format: TypeAlias = Literal["text", "csv", "html", "pdf", "xlsx", "xls", "docx", "pptx"]

# The endings that `kaikaku ingest` picks out of a folder.
SUFFIXES: dict[str, Format] = {
    ".txt": "text",
    ".md": "text",
    ".tsv": "text",
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
    ".docx": "docx",
    ".docm": "docx",
    ".pptx": "pptx",
    ".pptm": "pptx",
}
# Some programs number the main part: word/document2.xml.
_OFFICE: dict[re.Pattern[str], Format] = {
    re.compile(r"[\\/]?xl[\\/]workbook\d*\.xml", re.IGNORECASE): "xlsx",
    re.compile(r"[\\/]?word[\\/]document\d*\.xml", re.IGNORECASE): "docx",
    re.compile(r"[\\/]?ppt[\\/]presentation\d*\.xml", re.IGNORECASE): "pptx",
}
_ZIP_ENTRY = b"PK\x01\x02"
_MOST_ENTRIES = 10_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_OFFICE = {"WordDocument": "Word", "PowerPoint Document": "PowerPoint"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# Atomic: a thousand comments must not be tried in every combination.
_BEFORE_HTML = rb"(?:\xef\xbb\xbf|\s|<\?xml[^>]{0,200}\?>|(?><!--.{0,1000}?-->))*+"
_HTML = re.compile(_BEFORE_HTML + rb"<(?:!doctype\s+html|html|head|body|table)\b", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rb"<[a-z][a-z0-9]*[\s/>]", re.IGNORECASE)
_HEAD = 4096
_TAGS_WITHIN = 65536


def format_of(name: str, data: bytes) -> Format:
    """Tell what a file is by its content; its ending decides only between kinds of text.

    Raises:
        UnsupportedFormat: no reader reads it.
        UnreadableDocument: it is a damaged archive, or protected by a password.
        DocumentTooLarge: it is an archive of more files than any plan has.

    """
    suffix = PurePath(name).suffix.lower()
    if _is_pdf(data, SUFFIXES.get(suffix)):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _office_format(name, data)
    if data.startswith(_OLE):
        return _ole_format(name, suffix, data)
    if _HTML.match(_ascii(data[:_HEAD])):
        return "html"
    if suffix not in SUFFIXES:
        raise UnsupportedFormat(
            f"{name}: no reader for {suffix or 'files without a suffix'}; save the plan as {_known()}"
        )
    return _claimed_format(name, SUFFIXES[suffix], data)


def _is_pdf(data: bytes, claimed: Format | None) -> bool:
    """Bytes before its mark are allowed in a PDF; a text may mention the mark."""
    return data.startswith(b"%PDF-") or (claimed not in ("text", "csv", "html") and b"%PDF-" in data[:1024])


def _claimed_format(name: str, claimed: Format, data: bytes) -> Format:
    if claimed in ("text", "csv"):
        return claimed
    if claimed == "html":
        return "html" if _TAG.search(_ascii(data[:_TAGS_WITHIN])) else "text"
    raise UnreadableDocument(
        f"{name}: this is no {claimed.upper()} file; open it and save it as {claimed.upper()} again"
    )


def _ascii(head: bytes) -> bytes:
    """Mark-up is ASCII in all encodings but UTF-16."""
    return head.decode("utf-16", "ignore").encode("ascii", "ignore") if head.startswith(_UTF16) else head


def _office_format(name: str, data: bytes) -> Format:
    # Opening an archive of a million files would take a gigabyte.
    if data.count(_ZIP_ENTRY) > _MOST_ENTRIES:
        raise DocumentTooLarge(f"{name}: an archive of more than {_MOST_ENTRIES:,} files; save the plan anew")
    try:
        inside = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableDocument(f"{name}: the file is cut off or damaged; copy it again") from error
    found = next((kind for part, kind in _OFFICE.items() if any(map(part.fullmatch, inside))), None)
    if found is None:
        raise UnsupportedFormat(
            f"{name}: no reader for this archive; take the plan out of it and save it as {_known()}"
        )
    return found


def _ole_format(name: str, suffix: str, data: bytes) -> Format:
    if _has_stream("EncryptedPackage", data):
        raise UnreadableDocument(f"{name}: the file is protected by a password; save it without one")
    # A sheet pasted into a document is a workbook inside it: then the ending tells which is the plan.
    old = next((program for stream, program in _OLD_OFFICE.items() if _has_stream(stream, data)), None)
    is_workbook = _has_stream("Workbook", data) or _has_stream("Book", data)
    if (is_workbook and old is None) or (suffix == ".xls" and (is_workbook or old is None)):
        return "xls"
    raise UnsupportedFormat(
        f"{name}: no reader for {f'old {old} files' if old else 'this old Office format'}; save the plan as {_known()}"
    )


def _has_stream(stream: str, data: bytes) -> bool:
    return stream.encode("utf-16-le") in data


def _known() -> str:
    return ", ".join(sorted(SUFFIXES))
