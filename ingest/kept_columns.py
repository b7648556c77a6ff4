"""The columns of a table in, those that are kept by their printed label out."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.column_names import key, read_label, word_keys
from ingest.columns import Column
from ingest.markup import plain_cell

_TICKS = frozenset("○〇◯●◎✓✔レ☑■")


def ticks_status(label: str, cell: str) -> bool:
    """A column 新規 with ○ in it."""
    return key(label) in word_keys("statuses") and cell.strip() in _TICKS


def kept_by_label(columns: Sequence[Column]) -> Iterator[tuple[int, str]]:
    """Columns without a field of their own and their labels; a label printed again is numbered."""
    printed: Counter[str] = Counter()
    for column in columns:
        # What a city calls otherwise (見直しの方向性) is asked for by that name, too.
        known = {field for field, _ in read_label(column.label).candidates}
        decides = column.field == "status" and "status" not in known
        if column.field in (None, "related_owner") or decides:
            label = plain_cell(column.label) or f"列{column.index + 1}"
            printed[label] += 1
            yield column.index, f"{label}（{printed[label]}）" if printed[label] > 1 else label
