"""The address of the source viewer in; the cited place, the sheet, and the places cited beside it, out."""

import re
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from assistant.document_view import Cited
from assistant.source_address import source_address

_LINES = re.compile(r"(\d{1,7})(?:-(\d{1,7}))?")
_PLACE = re.compile(r"([^:,]{0,100}):(\d{1,7})-(\d{1,7})")
_MOST_CITED, _LONGEST = 100, 1000


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """One of the places that an answer cites."""

    document_id: str
    first: int
    last: int

    def address(self, cited: tuple[str, ...]) -> str:
        """Return where it is shown, among the others."""
        return source_address(self.document_id, self.first, self.last, cited=cited)


class ViewerQuery(BaseModel):
    """What the address asks for; what cannot be read in it is left aside, as people cut and change addresses."""

    model_config = ConfigDict(extra="ignore")

    lines: str | None = Field(None, description="FIRST-LAST")
    quote: str = ""
    until: str = ""
    cited: str = Field("", description="DOCUMENT:FIRST-LAST,…")
    page: int | None = None

    @field_validator("page", mode="before")
    @classmethod
    def _is_a_page(cls, given: Any) -> Any:
        return int(given) if isinstance(given, str) and re.fullmatch(r"\d{1,6}", given) else None

    @property
    def place(self) -> Cited | None:
        """The cited place, None if none is named."""
        found = _LINES.fullmatch(self.lines or "")
        if found is None or int(found[1]) < 1:
            return None
        first = int(found[1])
        return Cited(first, max(first, int(found[2] or first)), self.quote[:_LONGEST], self.until[:_LONGEST])

    def places(self, document_id: str) -> tuple[CitedPlace, ...]:
        """All places that the same answer cites, in their order; without a name they are in this document."""
        found = list(_PLACE.finditer(self.cited))[:_MOST_CITED]
        return tuple(CitedPlace(one[1] or document_id, int(one[2]), int(one[3])) for one in found)
