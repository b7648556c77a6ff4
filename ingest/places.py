"""Where a line of a plan stands in a file that has no lines of its own: on a page, in a sheet, in a text."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

Box: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a PDF (page, box), a workbook (sheet, cells) or a text document (paragraph); 1-based numbers.

    `box` is x0, top, x1, bottom in points from the top left of the page; `cells` is a range such as "B4:H4".
    `certainty` (0–1) is below 1 where a machine read the letters from a picture.
    """

    page: int | None = None
    box: Box | None = None
    sheet: str | None = None
    cells: str | None = None
    paragraph: int | None = None
    certainty: float = 1.0


def around(places: Iterable[Place]) -> Place | None:
    """Return the place that holds all of `places` on the first one's page; None if there are none."""
    found = list(places)
    if not found:
        return None
    first = replace(found[0], certainty=min(place.certainty for place in found))
    boxes = [place.box for place in found if place.box is not None and place.page == first.page]
    if not boxes:
        return first
    left, top, right, bottom = zip(*boxes, strict=True)
    return replace(first, box=(min(left), min(top), max(right), max(bottom)))
