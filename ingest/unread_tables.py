"""Tables without items in, remarks that name the labels which nobody knows out."""

from collections.abc import Iterator, Mapping, Sequence

from ingest.column_names import key, read_label, word_keys
from ingest.documents import Block, Document
from ingest.markup import plain_cell
from ingest.plan_items import PlanItem, Remark
from ingest.tables import ItemTable

_TELLING = frozenset({"owner", "schedule", "goal", "progress", "status", "content", "plan_summary", "result", "title"})
_KNOWN_WORDS = ("remark_columns", "count_columns", "rarely_items", "total_rows", "statuses", "progress_words")
_LEAST_ROWS = 2
_LONGEST_LABEL = 20
_MOST_LABELS = 8


def unread_tables(document: Document, tables: Mapping[int, ItemTable], items: Sequence[PlanItem]) -> Iterator[Remark]:
    """Say of every table that tells what items are told by, but gives none, which of its labels are unknown.

    In a document without any items this is said of all its tables.
    """
    taken = {line for item in items for line in range(item.line_start, item.line_end + 1)}
    said: set[tuple[str, ...]] = set()
    for block in document.blocks:
        if block.kind != "table" or block.line_start in tables or len(block.rows) < _LEAST_ROWS:
            continue
        if not taken.isdisjoint(range(block.line_start, block.line_end + 1)):
            continue
        labels = _labels(block)
        unknown = tuple(label for label in labels if not _is_known(label))[:_MOST_LABELS]
        tells = {field for label in labels for field, _ in read_label(label).candidates[:1]} & _TELLING
        if unknown and unknown not in said and (tells or not items) and not _is_of_others(labels):
            said.add(unknown)
            yield Remark(
                block.line_start,
                f"{document.source}:{block.line_start}: table gives no items; labels without a known meaning: "
                f"{'、'.join(unknown)}",
            )


def _labels(block: Block) -> list[str]:
    """The first row of the table, or the first column of a sheet of labels beside values."""
    rows = [[plain_cell(cell) for cell in row.cells] for row in block.rows]
    down, across = [row[0] for row in rows if row], next((row for row in rows if len(set(filter(None, row))) > 1), [])
    labels = max(across, down, key=lambda found: sum(bool(read_label(label).candidates) for label in found))
    return [label for label in dict.fromkeys(labels) if label and len(label) <= _LONGEST_LABEL]


def _is_known(label: str) -> bool:
    read = read_label(label)
    return bool(read.candidates or read.years) or any(key(label) in word_keys(name) for name in _KNOWN_WORDS)


def _is_of_others(labels: Sequence[str]) -> bool:
    return any(read_label(label).name in word_keys("never_items") for label in labels)
