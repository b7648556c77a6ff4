"""Bytes to text: encodings in a fixed order, and errors that say what to do."""

import pytest

from ingest.decoding import SIZE_LIMIT, check_size, decode
from ingest.errors import DocumentTooLarge, UnreadableDocument

TEXT = "見本市の行政改革プラン\n窓口の見直しを行います。\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("cp932"), "cp932"),
        (TEXT.encode("euc_jp"), "euc_jp"),
        ("見本市".encode("euc_jp"), "euc_jp"),
        (TEXT.encode("utf-16"), "utf-16"),
    ],
)
def test_text_is_the_same_in_every_encoding(data: bytes, encoding: str) -> None:
    decoded = decode("plan.txt", data)
    assert decoded.encoding == encoding
    assert decoded.text.startswith("見本市")


def test_line_ends_become_plain() -> None:
    assert decode("plan.txt", "甲\r\n乙\r丙\n".encode()).text == "甲\n乙\n丙\n"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\t", "empty"),
        ("見本市".encode() + b"\0" + "計画".encode(), "NUL"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(1, 9)) * 40, "no text"),
        ("見本市の行政改革".encode() * 3 + b"\xe6\x94", "cut off"),
        (b"\xff\xff\xff\xff plan", "neither UTF-8 nor CP932 nor EUC-JP"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableDocument, match=says) as caught:
        decode("plan.txt", data)
    assert str(caught.value).startswith("plan.txt")
    assert "again" in str(caught.value) or "save" in str(caught.value)


def test_the_line_of_a_wrong_byte_is_named() -> None:
    with pytest.raises(UnreadableDocument, match=r"plan\.txt:3: byte"):
        decode("plan.txt", b"one\ntwo\n\xff\xff\xff\nfour and more text\n")


def test_a_file_above_the_limit_is_refused_unread() -> None:
    with pytest.raises(DocumentTooLarge, match="split the plan"):
        check_size("plan.txt", SIZE_LIMIT + 1)
