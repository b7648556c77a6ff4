"""The picture of a page in; the picture set straight, and the cells that ruled lines make on it, out."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ingest.places import Box

Dark: TypeAlias = NDArray[np.bool_]

# Of the brightness of the paper: what is darker is ink.
_INK = 0.62
_MOST_TILTED, _TILT_STEP = 3.0, 0.1
_LEAST_TILTED = 0.15
_MOST_POINTS = 150_000
# Lengths in points.
_SHORTEST, _THICKEST, _NEAR = 22.0, 5.0, 3.0
_GAPS = 0.06
_MOST_RULES = 3000
# Of a line's height: what a ・ is.
_LEAST_DOT, _LARGEST_DOT = 0.06, 0.3


def straighten(picture: Any) -> Any:
    """Turn a grey picture so that its lines lie level, as a scanner's glass had it before the paper slipped."""
    tilt = _tilt(ink_of(picture))
    if abs(tilt) < _LEAST_TILTED:
        return picture
    from PIL import Image

    return picture.rotate(tilt, resample=Image.Resampling.BICUBIC, fillcolor=int(np.median(np.asarray(picture))))


def ruled_tables(picture: Any, dots_per_point: float) -> list[list[Box]]:
    """Find the tables whose cells have lines around them; their cells in points."""
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    ink = ink_of(picture)
    level, upright = _runs(ink, dots_per_point), _runs(ink.T, dots_per_point)
    if not level or not upright or len(level) + len(upright) > _MOST_RULES:
        return []
    edges = [_edge("h", x0, x1, y) for y, x0, x1 in level] + [_edge("v", y0, y1, x) for x, y0, y1 in upright]
    joined = merge_edges(edges, _NEAR, _NEAR, 2 * _NEAR, 2 * _NEAR)
    cells = intersections_to_cells(edges_to_intersections(joined, 2 * _NEAR, 2 * _NEAR))
    return [list(table) for table in cells_to_tables(cells)]


def ink_of(picture: Any) -> Dark:
    """Tell ink from paper, point by point."""
    grey = np.asarray(picture)
    dark: Dark = grey < _INK * np.median(grey)
    return dark


def dot_before(ink: Dark, letter: Box) -> float | None:
    """Find a lone dot at middle height within a letter's height before a letter, in dots; None if there is none."""
    left, top, _, bottom = (max(0, round(edge)) for edge in letter)
    height, start = bottom - top, max(0, left - (bottom - top))
    before = ink[top:bottom, start:left]
    groups = _groups(np.any(before, axis=0))
    if groups and groups[-1][1] == before.shape[1]:
        groups.pop()  # the edge of the letter itself
    if not groups:
        return None
    first, end = groups[-1]
    rows = np.flatnonzero(before[:, first:end].any(axis=1))
    wide, tall, middle = end - first, rows[-1] - rows[0] + 1, (rows[0] + rows[-1]) / 2
    is_dot = _LEAST_DOT * height <= min(wide, tall) and max(wide, tall) <= _LARGEST_DOT * height
    return float(start + first) if is_dot and abs(middle / height - 0.5) < _LARGEST_DOT else None


def _groups(filled: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Runs of filled places, each with its end."""
    change = np.diff(np.pad(filled.astype(np.int8), 1))
    starts, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    return [(int(start), int(end)) for start, end in zip(starts, ends, strict=True)]


def _tilt(ink: Dark) -> float:
    """The angle in degrees at which ink gathers in the fewest rows: lines and lines of letters lie level there."""
    y, x = np.nonzero(ink[::2, ::2])
    step = max(1, len(y) // _MOST_POINTS)
    y, x = y[::step], x[::step]
    if len(y) == 0:
        return 0.0

    def gathered(angle: float) -> int:
        rows = np.rint(y - x * np.tan(np.radians(angle))).astype(np.int64)
        return int((np.bincount(rows - rows.min()) ** 2).sum())

    return float(max(np.arange(-_MOST_TILTED, _MOST_TILTED + _TILT_STEP, _TILT_STEP), key=gathered))


def _runs(ink: Dark, dots: float) -> list[tuple[float, float, float]]:
    """Find long thin runs of ink along rows; each as row, start and end in points."""
    thick = ink.copy()
    thick[1:] |= ink[:-1]
    thick[:-1] |= ink[1:]
    along = _opened(thick, round(_SHORTEST * dots), 1 - _GAPS)
    # Photographs and filled areas are dark in both ways.
    along &= ~_opened(along.T, round(_THICKEST * dots), 1.0).T
    padded = np.pad(along.astype(np.int8), ((0, 0), (1, 1)))
    change = np.diff(padded, axis=1)
    (rows, starts), (_, ends) = np.nonzero(change == 1), np.nonzero(change == -1)
    if len(rows) > _MOST_RULES * 10:
        return []
    # Plain numbers: the sandbox lets nothing of a library through.
    places = zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True)
    return [(row / dots, start / dots, end / dots) for row, start, end in places]


def _opened(ink: Dark, length: int, share: float) -> Dark:
    """Keep what lies in a stretch of this length along a row of which this share is ink."""
    if ink.shape[1] <= length:
        return np.zeros_like(ink)
    sums = np.pad(np.cumsum(ink, axis=1, dtype=np.int32), ((0, 0), (1, 0)))
    full = sums[:, length:] - sums[:, :-length] >= share * length
    marks = np.zeros((ink.shape[0], ink.shape[1] + 1), dtype=np.int32)
    marks[:, : full.shape[1]] += full
    marks[:, length : length + full.shape[1]] -= full[:, : marks.shape[1] - length]
    opened: Dark = np.cumsum(marks, axis=1)[:, :-1] > 0
    return opened


def _edge(orientation: str, start: float, end: float, at: float) -> dict[str, Any]:
    x0, x1, top, bottom = (start, end, at, at) if orientation == "h" else (at, at, start, end)
    return {"orientation": orientation, "x0": x0, "x1": x1, "top": top, "bottom": bottom,
            "width": x1 - x0, "height": bottom - top, "doctop": top, "y0": -bottom, "y1": -top}  # fmt: skip
