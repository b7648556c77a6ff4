"""GET /v1/plans/{id}/changes: a document in, what changed in it since its earlier version out."""

from typing import Annotated

from fastapi import APIRouter, Query

from assistant.channels.change_schemas import ChangesResponse, changes_response
from assistant.channels.dependencies import ServiceDep
from assistant.channels.problems import PROBLEMS
from assistant.plan_changes import changes_since

router = APIRouter(prefix="/v1/plans", tags=["documents"], responses=PROBLEMS)


@router.get("/{document_id}/changes")
def show_changes(
    document_id: str,
    service: ServiceDep,
    since: Annotated[
        str | None, Query(max_length=300, description="A document id, or the number of a revision of this document.")
    ] = None,
) -> ChangesResponse:
    """List the items added, removed, moved and changed since the version before, or since the one that is named."""
    return changes_response(changes_since(service.catalogue, service.corpus().versions, document_id, since or None))
