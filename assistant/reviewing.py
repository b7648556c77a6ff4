"""The corpus and the ratings in, what staff should look at out: doubtful readings, wrong answers, old corrections."""

import hashlib
from dataclasses import dataclass

from assistant.service import Service
from ingest.plan_items import PlanItem
from vectorstore.answer_records import RatedAnswer
from vectorstore.corrected_items import PlacedCorrection
from vectorstore.item_filter import ItemFilter

# Below it a row was mended, guessed or not certain: ingest gives 1 to what it read as printed.
_DOUBTFUL = 0.95
_MOST_ANSWERS = 100


@dataclass(frozen=True, slots=True)
class ToReview:
    """What waits for staff: the least certain items and the newest ratings first."""

    corrections: tuple[PlacedCorrection, ...]
    answers: tuple[RatedAnswer, ...]
    items: tuple[PlanItem, ...]

    @property
    def total(self) -> int:
        """How much waits."""
        return len(self.corrections) + len(self.answers) + len(self.items)


def to_review(service: Service) -> ToReview:
    """Return everything that nobody has corrected or looked at yet."""
    records = service.catalogue.records
    seen = records.reviewed("item")
    doubtful = [item for item in service.items(ItemFilter()) if item.confidence < _DOUBTFUL and not item.corrections]
    waiting = [item for item in doubtful if review_key(item) not in seen]
    placed = service.corpus().contents.corrections
    return ToReview(
        tuple(one for one in placed if one.state in ("print_changed", "lost")),
        records.rated_down(_MOST_ANSWERS),
        tuple(sorted(waiting, key=lambda item: item.confidence)),
    )


def review_key(item: PlanItem) -> str:
    """Name an item as it is printed now: printed otherwise, it must be looked at anew."""
    printed = "\x1f".join((item.id, *item.printed.values()))
    return hashlib.sha256(printed.encode("utf-8", "surrogatepass")).hexdigest()[:32]
