"""The bytes of an old Office file (a compound file of sectors) in; an error for one whose sectors cannot be followed.

What reads them follows every chain without end, and takes memory for as much as the file says to hold.
"""

import struct
from collections.abc import Iterator, Sequence

from ingest.errors import UnreadableDocument
from ingest.readers.circles import has_circle

_SECTOR, _NUMBERS = 512, 128
_FIRST_TABLES, _SMALL_TABLE = 0x4C, 0x3C
# Where the header counts the sectors of the table of sectors, of that of small sectors, and of the list of tables.
_COUNTS = (0x2C, 0x40, 0x48)


def check_sectors(name: str, data: bytes) -> None:
    """Raise UnreadableDocument for a file that says to hold more than it does, or whose sectors lead in a circle."""
    if len(data) < _SECTOR or any(_number(data, at) * _SECTOR > len(data) for at in _COUNTS):
        raise UnreadableDocument(_damaged(name, "it is cut off, or says to hold more than it does"))
    table = [number for sector in _tables(data) for number in _numbers(data, sector)]
    small = [number for sector in _chain(table, _number(data, _SMALL_TABLE)) for number in _numbers(data, sector)]
    if has_circle(dict(enumerate(table))) or has_circle(dict(enumerate(small))):
        raise UnreadableDocument(_damaged(name, "its parts lead back to each other"))


def _tables(data: bytes) -> Iterator[int]:
    for sector in struct.unpack_from("<109I", data, _FIRST_TABLES):
        if not _is_there(data, sector):
            return
        yield sector


def _chain(table: Sequence[int], sector: int) -> Iterator[int]:
    for _ in table:
        if sector >= len(table):
            return
        yield sector
        sector = table[sector]


def _numbers(data: bytes, sector: int) -> tuple[int, ...]:
    return struct.unpack_from(f"<{_NUMBERS}I", data, (sector + 1) * _SECTOR) if _is_there(data, sector) else ()


def _is_there(data: bytes, sector: int) -> bool:
    return (sector + 2) * _SECTOR <= len(data)


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")


def _damaged(name: str, what: str) -> str:
    return f"{name}: the file is damaged ({what}); open it in Excel and save it as XLSX"
