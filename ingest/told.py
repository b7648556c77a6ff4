"""What a person tells about a plan file, beside what can be read from it."""

from dataclasses import dataclass, fields, replace
from typing import Any, Literal, TypeAlias

Kind: TypeAlias = Literal["plan", "report"]
Unsure: TypeAlias = Literal["title", "municipality"]


@dataclass(frozen=True, slots=True)
class Told:
    """What plans.yaml or the fields of an upload say about a file; None where they say nothing.

    `period` is the first and last fiscal year as western years; `as_of` the date of what the file says, as printed
    (令和5年3月現在); `series` is one name for all files that are versions of one plan or reports on it.
    """

    title: str | None = None
    municipality: str | None = None
    period: tuple[int, int] | None = None
    kind: Kind | None = None
    as_of: str | None = None
    series: str | None = None

    def over(self, other: "Told") -> "Told":
        """Return what this says, and what `other` says where this says nothing."""
        mine, others = self.said(), other.said()
        return replace(NOTHING_TOLD, **(others | mine))

    def said(self) -> dict[str, Any]:
        """Return the fields that say something."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in values if value is not None}


NOTHING_TOLD = Told()


def unsure_about(title_is_known: bool, municipality: str | None) -> tuple[Unsure, ...]:
    """Return what a document does not print and nobody has told: it must be asked for, not guessed."""
    known: dict[Unsure, bool] = {"title": title_is_known, "municipality": municipality is not None}
    return tuple(name for name, is_known in known.items() if not is_known)
