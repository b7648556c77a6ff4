"""A template of the dashboard and its values in, the page out: in Japanese, framed by nobody, kept by nobody."""

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from importlib.resources import files

import yaml
from fastapi import Request
from fastapi.responses import HTMLResponse

from assistant.channels.readable import readable
from assistant.channels.web.page import render_page
from assistant.channels.web.wording import Wording
from assistant.replies import load_replies

# Where each page of the dashboard is, in the order of its menu.
_MENU = (
    ("/admin", "overview"),
    ("/admin/questions", "questions"),
    ("/admin/review", "review"),
    ("/admin/corrections", "corrections"),
    ("/admin/documents", "documents"),
)


def staff_page(
    request: Request,
    template: str,
    status: int = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
    **values: object,
) -> HTMLResponse:
    """Return a page of the dashboard; its templates have `tell(name, …)`, `named(table, value)` and `form_token`."""
    wording, session = staff_wording(), getattr(request.state, "session", None)
    given: dict[str, object] = {
        "lang": "ja",
        "tell": wording.say,
        "named": named,
        "readable": readable,
        "menu": _MENU if session else (),
        "form_token": request.app.state.access.form_token(session) if session else "",
    }
    return render_page(request, template, status, (), headers, **(given | values))


@cache
def staff_wording() -> Wording:
    """Load the sentences of prompts/admin.yaml."""
    sentences = yaml.safe_load((files("prompts") / "admin.yaml").read_text(encoding="utf-8"))
    return Wording("ja", sentences)


def named(table: str, value: str) -> str:
    """Return what a value of the record is called in front of staff: outcome answered → 回答した."""
    if table == "field":
        return load_replies("ja").label(value)
    return staff_wording().sentences.get(f"{table}_{value}", value)
