"""Plain splitting of owner cells and footnotes, until their own modules are here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.documents import Block
from ingest.plan_items import Footnote, Repair


@dataclass(frozen=True, slots=True)
class OwnerReading:
    owners: tuple[str, ...]
    by_goal: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    confidence: float = 1.0


def departments_in(cells: Iterable[str]) -> frozenset[str]:
    return frozenset(part for cell in cells for part in cell.split())


def read_owners(text: str, departments: frozenset[str]) -> OwnerReading:
    return OwnerReading(tuple(text.split()))


class FootnoteIndex:
    def of(self, row: str, line: int) -> tuple[Footnote, ...]:
        return ()


def index_footnotes(blocks: Sequence[Block]) -> FootnoteIndex:
    return FootnoteIndex()


def read_term(text: str) -> str | None:
    return None
