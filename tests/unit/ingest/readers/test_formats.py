"""The bytes of a file to its format: content decides, the ending only between kinds of text."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import DocumentTooLarge, IngestError, UnreadableDocument, UnsupportedFormat
from ingest.readers.formats import SUFFIXES, format_of

PAGE = b"<!DOCTYPE html><html><body><p>plan</p></body></html>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def archive(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return packed.getvalue()


def old_office(*streams: str) -> bytes:
    return OLE + b"\0".join(stream.encode("utf-16-le") for stream in streams)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("plan.txt", b"%PDF-1.7\n", "pdf"),
        ("plan.xlsx", b"junk before it\n%PDF-1.4\n", "pdf"),
        ("plan.pdf", archive("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        ("plan.xlsx", archive("word/document.xml"), "docx"),
        ("plan.docx", archive("word/document2.xml"), "docx"),
        ("plan.docx", archive("word\\document.xml"), "docx"),
        ("plan", archive("/ppt/presentation.xml"), "pptx"),
        ("plan.xls", PAGE, "html"),
        ("plan.csv", PAGE, "html"),
        ("plan.php", b"\xef\xbb\xbf\r\n" + PAGE, "html"),
        ("plan.pdf", b'<?xml version="1.0"?>\n<!-- saved -->' + PAGE, "html"),
        ("plan.html", PAGE.decode().encode("utf-16"), "html"),
        ("plan.html", b"<h1>plan</h1>", "html"),
        ("plan.htm", "計画\n".encode(), "text"),
        ("plan.HTML", b"1 < 2", "text"),
        ("plan.xls", old_office("Workbook"), "xls"),
        ("plan.doc", old_office("Book"), "xls"),
        ("plan.xls", OLE, "xls"),
        ("plan.xls", old_office("Workbook", "WordDocument"), "xls"),
    ],
)
def test_content_decides_against_the_ending(name: str, data: bytes, expected: str) -> None:
    assert format_of(name, data) == expected


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("plan.md", b"# Plan\n\n<table><tr><td>x</td></tr></table>\n", "text"),
        ("plan.txt", "見出しは <html> で囲む。".encode(), "text"),
        ("plan.csv", b"item,note\na,<html>\n", "csv"),
        ("plan.txt", b"A file that begins with %PDF- is a PDF.", "text"),
        ("plan.tsv", b"item\tnote\n", "text"),
    ],
)
def test_a_text_that_mentions_another_format_stays_text(name: str, data: bytes, expected: str) -> None:
    assert format_of(name, data) == expected


@pytest.mark.parametrize(
    ("name", "data", "error", "says"),
    [
        ("plan.xyz", b"plan", UnsupportedFormat, r"no reader for \.xyz"),
        ("plan", b"plan", UnsupportedFormat, "without a suffix"),
        ("plan.zip", archive("plan.txt"), UnsupportedFormat, "archive"),
        ("plan.xlsx", archive("xl/workbook.bin"), UnsupportedFormat, "archive"),
        ("plan.docx", archive("word/document.xml")[:60], UnreadableDocument, "cut off"),
        ("plan.docx", archive(*(f"{n}" for n in range(10_001))), DocumentTooLarge, "10,000 files"),
        ("plan.xlsx", old_office("EncryptedPackage"), UnreadableDocument, "password"),
        ("plan.doc", old_office("WordDocument", "Workbook"), UnsupportedFormat, "old Word files"),
        ("plan.xls", old_office("WordDocument"), UnsupportedFormat, "old Word files"),
        ("plan.ppt", old_office("PowerPoint Document"), UnsupportedFormat, "old PowerPoint files"),
        ("plan.msg", OLE, UnsupportedFormat, "old Office format"),
        ("plan.xlsx", b"item,note\n", UnreadableDocument, "no XLSX file"),
        ("plan.pdf", b"", UnreadableDocument, "no PDF file"),
    ],
)
def test_what_no_reader_reads_is_refused_with_what_to_do(
    name: str, data: bytes, error: type[IngestError], says: str
) -> None:
    with pytest.raises(error, match=says) as caught:
        format_of(name, data)
    assert str(caught.value).startswith(f"{name}:")
    assert "save" in str(caught.value) or "copy" in str(caught.value)


def test_a_page_behind_a_thousand_comments_is_looked_for_once() -> None:
    with pytest.raises(UnsupportedFormat):
        format_of("plan.xyz", b"<!---->" * 1_000)


@given(
    st.sampled_from([*SUFFIXES, ".xyz", ""]),
    st.sampled_from([b"", b"%PDF-", b"PK\x03\x04", OLE[:8], b"<html>", b"\xff\xfe", archive("xl/workbook.xml")]),
    st.binary(max_size=200),
)
def test_any_bytes_have_a_format_or_a_reason(suffix: str, start: bytes, rest: bytes) -> None:
    refused = ""
    try:
        format_of(f"plan{suffix}", start + rest)
    except IngestError as error:
        refused = str(error)
    assert not refused or refused.startswith("plan")
