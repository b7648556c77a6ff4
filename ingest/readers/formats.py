"""The first bytes of a file in, its format out: an ending may lie, content does not."""

import io
import re
import zipfile
from pathlib import PurePath
from typing import Literal, TypeAlias

from ingest.errors import UnreadableDocument, UnsupportedFormat

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
_OFFICE: dict[str, Format] = {"xl/workbook.xml": "xlsx", "word/document.xml": "docx", "ppt/presentation.xml": "pptx"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table)\b", re.IGNORECASE)
_HEAD = 2048


def format_of(name: str, data: bytes) -> Format:
    """Tell what a file is by its content; its ending decides only between kinds of text.

    Raises:
        UnsupportedFormat: no reader reads it.
        UnreadableDocument: it is a damaged archive, or protected by a password.

    """
    suffix = PurePath(name).suffix.lower()
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _office_format(name, data)
    if head.startswith(_OLE):
        return _ole_format(name, suffix, data)
    if suffix not in SUFFIXES:
        raise UnsupportedFormat(
            f"{name}: no reader for {suffix or 'files without a suffix'}; save the plan as {_known()}"
        )
    if _HTML.search(head):
        return "html"
    claimed = SUFFIXES[suffix]
    if claimed in ("text", "csv"):
        return claimed
    if claimed == "html":
        return "text"
    raise UnreadableDocument(
        f"{name}: this is no {claimed.upper()} file; open it and save it as {claimed.upper()} again"
    )


def _office_format(name: str, data: bytes) -> Format:
    try:
        inside = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableDocument(f"{name}: the file is cut off or damaged; copy it again") from error
    found = next((kind for part, kind in _OFFICE.items() if part in inside), None)
    if found is None:
        raise UnsupportedFormat(
            f"{name}: no reader for this archive; take the plan out of it and save it as {_known()}"
        )
    return found


def _ole_format(name: str, suffix: str, data: bytes) -> Format:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableDocument(f"{name}: the file is protected by a password; save it without one")
    if suffix == ".xls":
        return "xls"
    raise UnsupportedFormat(f"{name}: no reader for this old Office format; save the plan as {_known()}")


def _known() -> str:
    return ", ".join(sorted(SUFFIXES))
