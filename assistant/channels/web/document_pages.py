"""GET /documents: the documents that are loaded; GET /documents/{id}: one of them, with a cited place marked."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from assistant.channels.dependencies import ServiceDep
from assistant.channels.readable import readable
from assistant.channels.web.board_words import BoardWords
from assistant.channels.web.item_fields import fields_of
from assistant.channels.web.page import language_of, render_page
from assistant.channels.web.viewer_query import CitedPlace, ViewerQuery
from assistant.document_view import Cited, DocumentView, Sheet
from assistant.errors import NotThere
from assistant.page_pictures import MOST_MARKS, page_url
from assistant.readability import findings_of
from assistant.service import Service
from assistant.source_address import place_of
from vectorstore.contents import StoredDocument
from vectorstore.series import date_of_version

router = APIRouter(include_in_schema=False)


@router.get("/documents", response_class=HTMLResponse)
def list_documents(service: ServiceDep, request: Request) -> HTMLResponse:
    """List the documents with their dates, items and versions."""
    corpus = service.corpus()
    return render_page(
        request,
        "documents.html",
        documents=corpus.documents,
        titles={document.id: readable(document.title) for document in corpus.documents},
        versions=corpus.versions,
        words=BoardWords(language_of(request)),
        readable=readable,
    )


@router.get("/documents/{document_id}", response_class=HTMLResponse)
def show_document(
    document_id: str, query: Annotated[ViewerQuery, Query()], service: ServiceDep, request: Request
) -> HTMLResponse:
    """Show a document's lines, its items as cards, and the cited place marked."""
    try:
        document = service.document(document_id)
        view = _view(service, document)
    except NotThere:
        return render_page(request, "document_not_there.html", HTTPStatus.NOT_FOUND)
    cited = view.where(query.place) if query.place else None
    sheet = view.sheet(query.page or view.sheet_with(cited.first if cited else 1), cited)
    words = BoardWords(language_of(request))
    corpus = service.corpus()
    version = corpus.versions.get(document_id)
    titles = {one.id: one.title for one in corpus.documents}
    return render_page(
        request,
        "document.html",
        document=document,
        dated=date_of_version(document)[0],
        newer=(version.superseded_by, titles.get(version.superseded_by)) if version and version.superseded_by else None,
        sheet=sheet,
        sections=[(path, line, view.sheet_with(line)) for path, line in view.sections()],
        cited=cited,
        is_lost=query.place is not None and cited is None,
        cited_fields=[(item, fields_of(item, words)) for item in view.items_at(cited)[:3]] if cited else [],
        picture=_picture(document, view, sheet, cited),
        around=_around(query.places(document_id), document_id, query.place),
        words=words,
        readable=readable,
    )


@router.get("/documents/{document_id}/readability", response_class=HTMLResponse)
def show_readability(document_id: str, service: ServiceDep, request: Request) -> HTMLResponse:
    """Tell what makes a document hard to read by machine."""
    document = service.document(document_id)
    findings = findings_of(document, service.items_of(document_id))
    return render_page(request, "readability.html", document=document, findings=findings, readable=readable)


def _view(service: Service, document: StoredDocument) -> DocumentView:
    corpus = service.corpus()
    passages = tuple(passage for passage in corpus.passages if passage.document_id == document.id)
    pages = max(document.report.facts.get("pages", 0), *(one.page or 0 for one in passages), 0)
    paged = pages if document.encoding == "pdf" else 0
    return DocumentView(service.lines(document.id), service.items_of(document.id), passages, paged)


def _picture(document: StoredDocument, view: DocumentView, sheet: Sheet, cited: Cited | None) -> str | None:
    """The address of the page's picture, with what is read from the cited lines marked on it."""
    address = page_url(document, sheet.page, None)
    if address is None or cited is None:
        return address
    marked = [
        one.id
        for one in view.read
        if one.page == sheet.page and one.line_start <= cited.last and one.line_end >= cited.first
    ]
    return address + "".join(f"&highlight={one}" for one in marked[:MOST_MARKS])


def _around(
    places: tuple[CitedPlace, ...], document_id: str, cited: Cited | None
) -> tuple[int, tuple[tuple[int, str], ...]] | None:
    """The number of the citation that is shown, and the addresses of the one before and the one after it."""
    if cited is None or len(places) < 2:
        return None
    here = CitedPlace(document_id, cited.first, cited.last)
    if here not in places:
        return None
    names, at = tuple(place_of(one.document_id, one.first, one.last) for one in places), places.index(here)
    return at + 1, tuple((n + 1, places[n].address(names)) for n in (at - 1, at + 1) if 0 <= n < len(places))
