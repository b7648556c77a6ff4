"""The bytes of a plan file in, its text and the name of its encoding out."""

import re
from dataclasses import dataclass

from ingest.errors import DocumentTooLarge, UnreadableDocument

SIZE_LIMIT = 50 * 1024 * 1024
# Strictly in this order: detectors guess wrong on short files.
ENCODINGS = ("utf-8", "cp932", "euc_jp")
MULTIBYTE_TAIL = 3
_MANY = 5
# Single bytes that Windows maps to nothing printable.
_NO_CP932 = re.compile("[\x80\xa0\uf8f0-\uf8f3]")


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a file, its line ends made plain, and the encoding it was read with."""

    text: str
    encoding: str


def decode(name: str, data: bytes) -> DecodedText:
    """Read `data` as UTF-8, CP932 or EUC-JP; `name` is only for the error's message."""
    _refuse_what_is_no_text(name, data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_as(name, data, "utf-16")
    _refuse_broken_utf8(name, data)
    readable = [(encoding, text) for encoding in ENCODINGS if (text := _try(data, encoding)) is not None]
    if not readable:
        raise UnreadableDocument(_why_undecodable(name, data))
    # EUC-JP can pass for CP932: it then is mostly half-width katakana, which plans hardly use.
    sound = [(encoding, text) for encoding, text in readable if encoding == "utf-8" or not _looks_garbled(text)]
    encoding, text = (sound or readable)[0]
    return DecodedText(_plain_line_ends(text.removeprefix("\ufeff")), encoding)


def check_size(name: str, size: int) -> None:
    """Refuse a file before it is read into memory when it has more bytes than a plan can sensibly have."""
    if size > SIZE_LIMIT:
        raise DocumentTooLarge(
            f"{name}: {size:,} bytes, at most {SIZE_LIMIT:,} are read; split the plan into several files"
        )


def _refuse_what_is_no_text(name: str, data: bytes) -> None:
    check_size(name, len(data))
    if not data.strip(b"\xef\xbb\xbf \t\r\n\x0c"):
        raise UnreadableDocument(f"{name}: the file is empty; save the plan's text into it and ingest it again")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    zero = data.find(b"\0")
    if zero >= 0:
        raise UnreadableDocument(f"{name}: byte {zero} is NUL, so this is no text; save the plan as UTF-8 text")
    head = data[:65536]
    controls = len(head) - len(head.translate(None, bytes(range(1, 9)) + bytes(range(14, 32)) + b"\x7f"))
    if controls > max(8, len(head) // 20):
        raise UnreadableDocument(
            f"{name}: {controls} control characters at its beginning, so this is no text; save the plan as UTF-8 text"
        )


def _refuse_broken_utf8(name: str, data: bytes) -> None:
    """UTF-8 with a few wrong bytes, or cut off at its end, would pass for gibberish in CP932."""
    text = data.decode("utf-8", "replace")
    wrong, right = text.count("\ufffd"), sum(char > "\x7f" for char in text)
    if wrong and (right - wrong) > _MANY * wrong:
        raise UnreadableDocument(_why_undecodable(name, data))


def _try(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if encoding == "cp932" and _NO_CP932.search(text) else text


def _decode_as(name: str, data: bytes, encoding: str) -> DecodedText:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableDocument(f"{name}: byte {error.start} is no {encoding}; save the plan as UTF-8 text") from error
    return DecodedText(_plain_line_ends(text), encoding)


def _looks_garbled(text: str) -> bool:
    half_width = sum("\uff61" <= char <= "\uff9f" for char in text)
    return half_width * 3 > sum(char > "\x7f" for char in text)


def _why_undecodable(name: str, data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - MULTIBYTE_TAIL:
            return f"{name}: the file ends inside a character (byte {error.start}); it was cut off, copy it again"
        line = data.count(b"\n", 0, error.start) + 1
        return f"{name}:{line}: byte {error.start} is neither UTF-8 nor CP932 nor EUC-JP; save the plan as UTF-8 text"
    return f"{name}: the text is neither UTF-8 nor CP932 nor EUC-JP; save the plan as UTF-8 text"


def _plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
