"""DELETE /v1/conversations/{id}: a conversation forgotten when its user says so."""

from http import HTTPStatus

from fastapi import APIRouter

from assistant.channels.dependencies import ServiceDep
from assistant.channels.problems import PROBLEMS

router = APIRouter(tags=["ask"], responses=PROBLEMS)


@router.delete("/v1/conversations/{conversation_id}", status_code=HTTPStatus.NO_CONTENT)
def forget_conversation(conversation_id: str, service: ServiceDep) -> None:
    """Delete a conversation with all that was asked and answered in it."""
    service.forget_conversation(conversation_id)
