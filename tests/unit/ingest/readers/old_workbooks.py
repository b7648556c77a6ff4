"""Old Excel workbooks (BIFF8 in a compound file), written by hand: no library that tests may use writes them."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_SECTOR = 512
# Smaller streams would have to stand in a stream of their own.
_SMALLEST_STREAM = 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
DATE = 1


@dataclass(frozen=True)
class OldSheet:
    """Cells by (row, column), 0-based: texts, numbers, or (number, DATE) for a day.

    `merged` are ranges as (top, bottom, left, right).
    """

    cells: Mapping[tuple[int, int], str | float | tuple[float, int]]
    merged: Sequence[tuple[int, int, int, int]] = field(default_factory=tuple)
    is_hidden: bool = False


def old_workbook(sheets: Mapping[str, OldSheet]) -> bytes:
    """Write a workbook of these sheets."""
    bodies = [_sheet(sheet) for sheet in sheets.values()]
    length = len(_globals(list(sheets.items()), [0] * len(sheets)))
    starts = [length + sum(map(len, bodies[:at])) for at in range(len(bodies))]
    return _compound_file("Workbook", _globals(list(sheets.items()), starts) + b"".join(bodies))


def _globals(sheets: list[tuple[str, OldSheet]], starts: list[int]) -> bytes:
    formats = b"".join(_record(0x00E0, struct.pack("<HH16x", 0, code)) for code in (0, 14))
    listed = b"".join(
        _record(0x0085, struct.pack("<IBB", start, sheet.is_hidden, 0) + _text(name, "B"))
        for (name, sheet), start in zip(sheets, starts, strict=True)
    )
    return _begin(0x0005) + _record(0x0042, struct.pack("<H", 1200)) + formats + listed + _record(0x000A, b"")


def _sheet(sheet: OldSheet) -> bytes:
    rows = [row for row, _ in sheet.cells] or [0]
    columns = [column for _, column in sheet.cells] or [0]
    size = struct.pack("<IIHHH", min(rows), max(rows) + 1, min(columns), max(columns) + 1, 0)
    cells = b"".join(_cell(*place, value) for place, value in sorted(sheet.cells.items()))
    merged = struct.pack("<H", len(sheet.merged)) + b"".join(struct.pack("<4H", *one) for one in sheet.merged)
    return _begin(0x0010) + _record(0x0200, size) + cells + _record(0x00E5, merged) + _record(0x000A, b"")


def _cell(row: int, column: int, value: str | float | tuple[float, int]) -> bytes:
    if isinstance(value, str):
        return _record(0x0204, struct.pack("<HHH", row, column, 0) + _text(value, "H"))
    number, form = value if isinstance(value, tuple) else (value, 0)
    return _record(0x0203, struct.pack("<HHHd", row, column, form, number))


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 1996, 0, 6))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _text(text: str, length: str) -> bytes:
    return struct.pack(f"<{length}B", len(text), 1) + text.encode("utf-16-le")


def _compound_file(name: str, stream: bytes) -> bytes:
    stream = stream.ljust(max(_SMALLEST_STREAM, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    count, in_sector = len(stream) // _SECTOR, _SECTOR // 4
    # Sectors: the table of sectors, the directory, then the stream.
    tables = next(n for n in range(1, 110) if n * in_sector >= n + 1 + count)
    table = [*[_FAT] * tables, _END, *(at + tables + 2 for at in range(count - 1)), _END]
    sectors = struct.pack(f"<{len(table)}I", *table).ljust(tables * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, tables, tables, 0, _SMALLEST_STREAM, _END, 0, _END, 0)
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    directory = _entry("Root Entry", 5, _END, 0, 1) + _entry(name, 2, tables + 1, len(stream), _FREE)
    return header + sectors + directory.ljust(_SECTOR, b"\0") + stream


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBB3I", len(encoded), kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
