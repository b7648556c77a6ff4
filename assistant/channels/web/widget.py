"""The widget: its script at an address that never changes, and what it must know before it can ask."""

import json
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from pydantic import BaseModel

from assistant.channels.dependencies import ServiceDep
from assistant.channels.problems import PROBLEMS
from assistant.channels.schemas import ScopeIn
from assistant.channels.web.corpus_told import examples_of, titles_told, updated_on
from assistant.channels.web.origins import SESSION, TOKEN_SECONDS, Origins
from assistant.channels.web.static_files import linked_text
from assistant.channels.web.wording import EASY, LANGUAGES, load_wording

# Said before the session is open, or when it cannot be opened.
_FIRST = ("open", "unloaded", "reload")

router = APIRouter(tags=["widget"], responses=PROBLEMS)


class SessionRequest(BaseModel):
    """What the widget of a page is limited to."""

    scope: ScopeIn = ScopeIn()


class SessionResponse(BaseModel):
    """What the widget shows before anything is asked, by language, and the token that it asks with."""

    token: str | None
    expires_in: int
    contact: str
    wording: dict[str, dict[str, str]]
    examples: dict[str, list[str]]
    documents: list[str]
    updated: dict[str, str]


@router.get("/widget.js", include_in_schema=False)
def show_script() -> Response:
    """Return the script that pages embed: short, and asked for again after five minutes."""
    text = linked_text("widget.js", "./static/").replace('"./first_words"', _first_words())
    headers = {"Cache-Control": "public, max-age=300", "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(text, media_type="text/javascript", headers=headers)


@router.post(SESSION)
def open_session(
    body: SessionRequest,
    service: ServiceDep,
    request: Request,
    origin: Annotated[str | None, Header()] = None,
) -> SessionResponse:
    """Begin with a token that only pages of the same origin can use, for a short time."""
    origins: Origins = request.app.state.origins
    corpus, languages = service.corpus(), (*LANGUAGES, EASY)
    return SessionResponse(
        token=origins.token_for(origin) if origin else None,
        expires_in=TOKEN_SECONDS,
        contact=service.contact,
        wording={language: dict(load_wording(language).part("widget_")) for language in languages},
        examples={language: examples_of(corpus.items, language, body.scope.municipality) for language in languages},
        documents=titles_told(corpus, body.scope.municipality),
        updated={language: updated_on(corpus.documents, language) for language in languages},
    )


def _first_words() -> str:
    said = {language: load_wording(language).part("widget_") for language in (*LANGUAGES, EASY)}
    return json.dumps({language: {name: words[name] for name in _FIRST} for language, words in said.items()})
