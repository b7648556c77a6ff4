"""GET /v1/documents/{id}/pages/{n}.png: a page and what to mark on it in, its picture out."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Header, Query, Response

from assistant.channels.dependencies import ServiceDep
from assistant.channels.problems import PROBLEMS, ProblemError
from assistant.errors import WrongUsage
from assistant.page_pictures import choose_picture, is_version_of

router = APIRouter(tags=["documents"], responses=PROBLEMS)

# An address with its version never shows anything else; any other is asked for again, which costs no drawing.
_NOT_EMBEDDED = "Pages of other sites do not show these pictures: link to the document's page at /documents/ID."
_FOR_EVER, _ASK_AGAIN = "private, max-age=31536000, immutable", "private, no-cache"


@router.get("/v1/documents/{document_id}/pages/{page}.png", response_class=Response)
def show_page(
    document_id: str,
    page: int,
    service: ServiceDep,
    highlight: Annotated[
        list[Annotated[str, Query(max_length=100)]],
        Query(description="Ids of items or passages, or boxes x0,top,x1,bottom in points from the page's left top."),
    ] = [],  # noqa: B006
    v: Annotated[str | None, Query(max_length=64, description="Version of the file, as in a citation.")] = None,
    if_none_match: Annotated[str | None, Header()] = None,
    sec_fetch_site: Annotated[str | None, Header(include_in_schema=False)] = None,
    sec_fetch_dest: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Response:
    """Return a page of a PDF as PNG, with the given places marked."""
    if sec_fetch_site == "cross-site" and sec_fetch_dest != "document":
        # Visitors of a page with many of our pictures would keep this service at drawing; links may lead here.
        raise ProblemError(HTTPStatus.FORBIDDEN, _NOT_EMBEDDED)
    try:
        picture = choose_picture(service.document(document_id), page, highlight, service.corpus())
    except WrongUsage as error:
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error
    caching = _FOR_EVER if is_version_of(picture.document, v) else _ASK_AGAIN
    headers = {"ETag": f'"{picture.tag}"', "Cache-Control": caching, "Cross-Origin-Resource-Policy": "same-origin"}
    if if_none_match and headers["ETag"] in if_none_match:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(service.draw(picture), media_type="image/png", headers=headers)
