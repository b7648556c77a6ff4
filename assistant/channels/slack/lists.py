"""A scope in; its items, departments, progress classes and plans out, as lists and menus need them."""

import re
from collections.abc import Iterable

from assistant.answers import Scope
from assistant.knowledge import Knowledge
from assistant.service import Service
from ingest.normalize import squeeze
from ingest.plan_items import PlanItem

_LATE = re.compile(r"遅|滞|未満|未達|未着手|下回|[CDＣＤ△×▲]$")


class ItemLists:
    """The lists of the newest corpus; what several documents print of one thing is one item."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._known: Knowledge | None = None

    def items(self, scope: Scope) -> tuple[PlanItem, ...]:
        """Return the items of a scope, in print order."""
        known = self._knowledge()
        return known.items_in(known.documents_in(scope.municipality, scope.plan))

    def departments(self, scope: Scope) -> tuple[str, ...]:
        """Return the departments of a scope, those with most items first."""
        known = self._knowledge()
        owners = known.owners_in(known.documents_in(scope.municipality, scope.plan))
        return tuple(owner for owner, _ in owners.most_common())

    def scopes(self) -> tuple[Scope, ...]:
        """Return every municipality, and every plan of each."""
        documents = self._knowledge().corpus.documents
        places = dict.fromkeys(Scope(document.municipality) for document in documents if document.municipality)
        return (*places, *dict.fromkeys(Scope(document.municipality, document.title) for document in documents))

    def find(self, item_id: str) -> PlanItem | None:
        """Return an item by its own id or by that of a row it is printed in."""
        known = self._knowledge()
        return known.item(item_id, known.documents_in(None, None))

    def _knowledge(self) -> Knowledge:
        corpus = self._service.corpus()
        if self._known is None or self._known.corpus is not corpus:
            self._known = Knowledge(corpus)
        return self._known


def owned_by(items: Iterable[PlanItem], department: str) -> tuple[PlanItem, ...]:
    """Return the items of a department."""
    wanted = squeeze(department)
    return tuple(item for item in items if any(squeeze(owner) == wanted for owner in item.owners))


def is_late(item: PlanItem) -> bool:
    """Tell whether the progress class says that an item is late or behind."""
    return bool(item.progress and _LATE.search(item.progress))
