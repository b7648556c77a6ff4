"""Addresses of the source viewer and of exports; None where no public address is set."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from assistant.answers import Citation
from ingest.plan_items import PlanItem


@dataclass(frozen=True, slots=True)
class Links:
    """Links below the public address of the service."""

    public_url: str | None = None

    def citation(self, citation: Citation) -> str | None:
        """Return the address of the cited lines."""
        return self._line(citation.document_id, citation.line_start)

    def item(self, item: PlanItem) -> str | None:
        """Return the address of the lines that an item is printed on."""
        return self._line(item.document_id, item.line_start)

    def items(self, filters: Mapping[str, str], form: str = "") -> str | None:
        """Return the address of a list of items, as JSON or in another form (".csv")."""
        return self._below(f"/v1/items{form}?{urlencode(filters)}")

    def _line(self, document_id: str, line: int) -> str | None:
        return self._below(f"/documents/{quote(document_id, safe='')}#L{line}")

    def _below(self, path: str) -> str | None:
        return f"{self.public_url.rstrip('/')}{path}" if self.public_url else None
