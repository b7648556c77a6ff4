"""A failed request of a browser in, a page that helps on out."""

from http import HTTPStatus

from fastapi import Request
from fastapi.responses import HTMLResponse

from assistant.channels.web.page import language_of, render_page
from assistant.channels.web.wording import load_wording

_EXPLAINED = (HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)


def problem_page(request: Request, status: int) -> HTMLResponse:
    """Return the page for a status of 400 or more; what was asked for is not repeated on it."""
    wording, name = load_wording(language_of(request)), f"problem_{status if status in _EXPLAINED else 'other'}"
    return render_page(
        request, "problem.html", status, heading=wording.say(name), explanation=wording.say(f"{name}_explained")
    )
