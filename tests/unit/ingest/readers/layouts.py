"""What a reader made of a file, in the words of the tests of this folder."""

from ingest.readers.layout import Layout, TablePart, TextPart


def texts_of(layout: Layout) -> list[str]:
    return [part.text for part in layout.parts if isinstance(part, TextPart)]


def headings_of(layout: Layout) -> list[tuple[int, str]]:
    return [(part.level, part.text) for part in layout.parts if isinstance(part, TextPart) and part.level is not None]


def tables_of(layout: Layout) -> list[list[tuple[str, ...]]]:
    return [[row.cells for row in part.rows] for part in layout.parts if isinstance(part, TablePart)]


def remarks_of(layout: Layout) -> str:
    return "\n".join(layout.remarks)
