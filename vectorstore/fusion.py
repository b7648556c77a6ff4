"""A lexical and a dense score in, one absolute score out: comparable across questions, so that it can say "not found".

Rank fusion was measured to be worse and cannot tell an unanswerable question (docs/decisions/0002).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

LEXICAL_WEIGHT = 0.5
# What the dense half is on average for a passage of a given lexical half (172 questions, r = .52): with it, a passage
# that has no vector gets a score of the same kind, and the same threshold tells that nothing was found.
_DENSE_WITHOUT_WORDS, _DENSE_PER_WORDS = 0.36, 0.53


@dataclass(frozen=True, slots=True)
class CosineScale:
    """How the cosines of a model are read: unrelated texts stand near `floor`, and `span` above it is sameness."""

    floor: float
    span: float


# multilingual-e5-small puts unrelated Japanese texts at about .70 and equal ones at 1.
E5_SCALE = CosineScale(0.70, 0.30)


def fuse(lexical: Scores, cosine: Scores | None, scale: CosineScale = E5_SCALE) -> Scores:
    """Return 0.5 x lexical + 0.5 x (cosine - floor) / span, in [0, 1].

    Without a cosine (None, or NaN for one passage) the dense half is estimated from the lexical one; a passage that
    shares no word either is nothing.
    """
    estimated = np.where(lexical > 0, _DENSE_WITHOUT_WORDS + _DENSE_PER_WORDS * lexical, 0)
    dense = estimated if cosine is None else (cosine - scale.floor) / scale.span
    dense = np.where(np.isnan(dense), estimated, dense)
    fused: Scores = np.clip(LEXICAL_WEIGHT * lexical + (1 - LEXICAL_WEIGHT) * dense, 0, 1).astype(np.float32)
    return fused
