"""A lexical and a dense score in, one absolute score out: comparable across questions, so that it can say "not found".

Rank fusion was measured to be worse and cannot tell an unanswerable question (docs/decisions/0002).
"""

import numpy as np
from numpy.typing import NDArray

# multilingual-e5-small puts unrelated Japanese texts at about .70 and equal ones at 1.
COSINE_FLOOR, COSINE_SPAN = 0.70, 0.30
LEXICAL_WEIGHT = 0.5

Scores = NDArray[np.float32]


def fuse(lexical: Scores, cosine: Scores | None) -> Scores:
    """Return 0.5 x lexical + 0.5 x (cosine - 0.70) / 0.30, in [0, 1]; without vectors the lexical score."""
    if cosine is None:
        return np.clip(lexical, 0, 1)
    dense = (cosine - COSINE_FLOOR) / COSINE_SPAN
    return np.clip(LEXICAL_WEIGHT * lexical + (1 - LEXICAL_WEIGHT) * dense, 0, 1)
