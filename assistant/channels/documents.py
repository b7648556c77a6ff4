"""The ingested documents: listed, shown with their reports and lines, uploaded and deleted."""

from http import HTTPStatus
from pathlib import PurePath

from fastapi import APIRouter, Response, UploadFile
from fastapi.responses import HTMLResponse, PlainTextResponse

from assistant.channels.dependencies import ServiceDep
from assistant.channels.html import STYLE, document_page, home_page
from assistant.channels.problems import PROBLEMS, ProblemError
from assistant.channels.responses import document_detail, documents_response, ingested_out
from assistant.channels.schemas import DocumentDetail, DocumentsResponse, IngestedOut
from assistant.questions import clean_text

router = APIRouter(tags=["documents"], responses=PROBLEMS)


@router.get("/v1/documents")
def list_documents(service: ServiceDep) -> DocumentsResponse:
    """List the ingested documents."""
    return documents_response(service.catalogue.documents(), service.corpus().versions)


@router.get("/v1/documents/{document_id}")
def show_document(document_id: str, service: ServiceDep) -> DocumentDetail:
    """Return one document with its ingest report."""
    return document_detail(service.document(document_id), service.corpus().versions.get(document_id))


@router.post("/v1/documents", status_code=HTTPStatus.CREATED)
def upload_document(file: UploadFile, service: ServiceDep, response: Response) -> IngestedOut:
    """Ingest a file; one of the same name is replaced, the same bytes again change nothing."""
    name = PurePath(clean_text(file.filename or "").replace("\\", "/")).name
    if not name:
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "file: has no name; a document is known by its file name")
    done = service.add(name, file.file.read())
    if done.result != "added":
        response.status_code = HTTPStatus.OK
    return ingested_out(done, service.document(done.document_id))


@router.delete("/v1/documents/{document_id}", status_code=HTTPStatus.NO_CONTENT)
def delete_document(document_id: str, service: ServiceDep) -> None:
    """Delete a document, its items and passages."""
    service.delete(document_id)


@router.get("/", response_class=HTMLResponse, include_in_schema=False)
def home(service: ServiceDep) -> HTMLResponse:
    """Say what this is, and what is loaded."""
    documents = service.catalogue.documents()
    return HTMLResponse(home_page((f"/documents/{document.id}", document.title) for document in documents))


@router.get("/documents/{document_id}", response_class=HTMLResponse, include_in_schema=False)
def view_document(document_id: str, service: ServiceDep) -> HTMLResponse:
    """Show the document's lines, each under the anchor that citations point to."""
    document = service.document(document_id)
    return HTMLResponse(document_page(document.title, document.source, service.lines(document_id)))


@router.get("/documents.css", include_in_schema=False)
def document_style() -> PlainTextResponse:
    """Return the style sheet of the source pages."""
    return PlainTextResponse(STYLE, media_type="text/css")
