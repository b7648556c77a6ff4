"""The ingested documents: listed, shown with their reports, and deleted."""

from http import HTTPStatus

from fastapi import APIRouter

from assistant.channels.changing import ChangingRoute
from assistant.channels.dependencies import ServiceDep
from assistant.channels.problems import PROBLEMS
from assistant.channels.readability_out import ReadabilityOut, readability_out
from assistant.channels.responses import document_detail, documents_response
from assistant.channels.schemas import DocumentDetail, DocumentsResponse
from assistant.readability import findings_of

router = APIRouter(tags=["documents"], responses=PROBLEMS, route_class=ChangingRoute)


@router.get("/v1/documents")
def list_documents(service: ServiceDep) -> DocumentsResponse:
    """List the ingested documents."""
    return documents_response(service.catalogue.documents(), service.corpus().versions)


@router.get("/v1/documents/{document_id}")
def show_document(document_id: str, service: ServiceDep) -> DocumentDetail:
    """Return one document with its ingest report."""
    return document_detail(service.document(document_id), service.corpus().versions.get(document_id))


@router.get("/v1/documents/{document_id}/readability")
def show_readability(document_id: str, service: ServiceDep) -> ReadabilityOut:
    """Tell what makes a document hard to read by machine, and how to publish it better."""
    document = service.document(document_id)
    return readability_out(document, findings_of(document, service.items_of(document_id)))


@router.delete("/v1/documents/{document_id}", status_code=HTTPStatus.NO_CONTENT)
def delete_document(document_id: str, service: ServiceDep) -> None:
    """Delete a document, its items and passages."""
    service.delete(document_id)
