"""GET /items/{id}: the id of a plan item in; a page with all that is known of it and where each of it stands out."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.channels.dependencies import ServiceDep
from assistant.channels.readable import readable
from assistant.channels.web.board_words import BoardWords
from assistant.channels.web.item_fields import fields_of
from assistant.channels.web.page import language_of, render_page
from assistant.errors import NotThere
from assistant.item_story import ItemStory, item_story
from assistant.page_pictures import page_url
from assistant.source_address import source_address
from vectorstore.contents import StoredDocument
from vectorstore.series import date_of_version

router = APIRouter(include_in_schema=False)


@router.get("/items/{item_id}", response_class=HTMLResponse)
def show_item(item_id: str, service: ServiceDep, request: Request) -> HTMLResponse:
    """Show an item's fields, each with its print, its places, its notes and its history."""
    try:
        story = item_story(service, item_id)
    except NotThere:
        return render_page(request, "item_not_there.html", HTTPStatus.NOT_FOUND)
    item, words = story.item, BoardWords(language_of(request))
    return render_page(
        request,
        "item.html",
        item=item,
        story=story,
        words=words,
        fields=fields_of(item, words),
        picture=_picture(story),
        address=lambda one: source_address(one.document_id, one.line_start, one.line_end, one.printed.get("title", "")),
        dated=_dated,
        readable=readable,
    )


def _picture(story: ItemStory) -> str | None:
    place = story.item.place
    return page_url(story.document, place.page, place.box) if place else None


def _dated(document: StoredDocument) -> tuple[str, str]:
    return readable(document.title), date_of_version(document)[0]
