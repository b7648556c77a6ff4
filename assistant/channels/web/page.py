"""A template and its values in, a page in the language of its address out, with the headers that protect it."""

from collections.abc import Mapping, Sequence
from functools import cache
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.channels.html import without_turns
from assistant.channels.web.static_files import address_of
from assistant.channels.web.wording import LANGUAGES, load_wording

_LONG_TEXT = 1500
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {framed_by}"
)


def render_page(
    request: Request,
    template: str,
    status: int = HTTPStatus.OK,
    framed_by: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
    **values: object,
) -> HTMLResponse:
    """Return a page; only pages of the origins in `framed_by` may show it in a frame.

    Templates have `say(name, …)`, `link(path, …)`, `static(name)`, `lang`, `path` and the given values.
    """
    language = language_of(request)
    given: dict[str, object] = {
        "lang": language,
        "path": request.url.path,
        "in_other_language": _in_other_language(request, language),
        "say": load_wording(language).say,
        "link": lambda path, **parameters: link(path, language, parameters),
    }
    policy = _POLICY.format(framed_by=" ".join(framed_by) or "'none'")
    sent = {**(headers or {}), "Content-Security-Policy": policy, "Content-Language": language}
    html = without_turns(_environment().get_template(template).render(given | values))
    return HTMLResponse(_without_phrases(html) if _has_long_text(html) else html, status, sent)


def language_of(request: Request) -> str:
    """Return the language that the address asks for by ?lang=, else Japanese."""
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def link(path: str, language: str, parameters: Mapping[str, object]) -> str:
    """Return an address with its query; pages in another language than Japanese lead to pages in it."""
    chosen = {"lang": language} if language != LANGUAGES[0] else {}
    query = urlencode({name: value for name, value in parameters.items() if value not in (None, "")} | chosen, True)
    address, mark, fragment = path.partition("#")
    return f"{address}{'?' if query else ''}{query}{mark}{fragment}"


def _has_long_text(html: str) -> bool:
    return any(len(part) > _LONG_TEXT for part in html.split("<"))


def _without_phrases(html: str) -> str:
    return html.replace("<body>", '<body class="long-text">', 1)


def _in_other_language(request: Request, language: str) -> str:
    # Only a query: the path of a page that was not found may be anything, even another server's address.
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return "?" + urlencode(kept if language != LANGUAGES[0] else [*kept, ("lang", "en")])


def accepts_page(request: Request) -> bool:
    """Tell whether a person's browser asks, rather than a program for the API."""
    is_api = request.url.path.startswith(("/v1/", "/static/"))
    return not is_api and "text/html" in request.headers.get("accept", "")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("assistant.channels.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["static"] = address_of
    return environment
