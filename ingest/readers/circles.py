"""Links from one part of a file to another in; whether some lead back to where they began, out."""

from collections.abc import Mapping


def has_circle(links: Mapping[int, int]) -> bool:
    """Tell whether whoever follows the links would never end."""
    passed: dict[int, int] = {}
    for start in links:
        at = start
        while at in links and at not in passed:
            passed[at] = start
            at = links[at]
        if passed.get(at) == start and at in links:
            return True
    return False
