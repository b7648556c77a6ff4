"""A ranked retrieval result."""

from dataclasses import dataclass

from ingest.plan_items import Passage


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its absolute score in [0, 1] and the two halves the score was fused from."""

    passage: Passage
    score: float
    lexical: float
    dense: float | None
