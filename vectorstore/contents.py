"""What the catalogue takes and gives: stored documents, a corpus version, and what became of an added document."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ingest.plan_items import IngestReport, Passage, PlanItem
from ingest.told import Kind
from vectorstore.corrected_items import PlacedCorrection
from vectorstore.words import NO_WORDS, Words

Vector: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """The current revision 版 of a document; `origin` is the path it was read from, None for an upload.

    `as_of` is the date of what it says, as printed; `kind` and `series` are known only when they were told.
    """

    id: str
    source: str
    title: str
    municipality: str | None
    period: tuple[int, int] | None
    encoding: str
    content_hash: str
    revision: int
    ingested_at: datetime
    report: IngestReport
    title_is_printed: bool
    item_count: int
    passage_count: int
    origin: str | None = None
    as_of: str | None = None
    kind: Kind | None = None
    series: str | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """All current revisions at one corpus version, in the order of their sources and of their lines.

    `items` hold what staff corrected; `corrections` are those not undone, with what became of each.
    """

    version: int
    documents: tuple[StoredDocument, ...]
    items: tuple[PlanItem, ...]
    passages: tuple[Passage, ...]
    corrections: tuple[PlacedCorrection, ...] = ()
    words: Words = NO_WORDS


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document that was to be stored; `remarks` are for the person who added it."""

    kind: Literal["added", "replaced", "unchanged"]
    document_id: str
    revision: int
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vectors:
    """Embeddings by the content hash of the text they stand for, made by the model `model_key`."""

    model_key: str
    by_hash: Mapping[str, Vector]


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """The model that the corpus is searched with, and how texts are normalised for it."""

    key: str
    dimension: int
    normaliser: str

    @property
    def cache_key(self) -> str:
        """What vectors are kept under: a server may put another model behind a known name."""
        return f"{self.key} {self.dimension} {self.normaliser}"
