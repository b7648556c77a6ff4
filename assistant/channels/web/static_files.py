"""The files of static/ in; each out under a name that holds the hash of its content, plain and compressed."""

import gzip
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from importlib.resources import files

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

router = APIRouter(include_in_schema=False)

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_FOR_EVER = "public, max-age=31536000, immutable"
# A static file names another as "./name.ext".
_NAMED = re.compile(r'"\./([a-z_]+\.(?:css|js|svg))"')


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file as it is served."""

    address: str
    media_type: str
    content: bytes
    compressed: bytes

    def response(self, accepts: str, headers: Mapping[str, str]) -> Response:
        """Return it as a response, compressed if the client takes that."""
        # Other pages embed the widget: what it loads is open to them, and holds nothing that is not public.
        sent = {**headers, "Access-Control-Allow-Origin": "*", "Vary": "Accept-Encoding"}
        sent["Cross-Origin-Resource-Policy"] = "cross-origin"
        if "gzip" not in accepts:
            return Response(self.content, media_type=self.media_type, headers=sent)
        sent["Content-Encoding"] = "gzip"
        return Response(self.compressed, media_type=self.media_type, headers=sent)


def address_of(name: str) -> str:
    """Return the address of a static file by its plain name."""
    return static_file(name).address


@cache
def static_file(name: str) -> StaticFile:
    """Return a static file by its plain name; the names of other static files in it become their addresses."""
    content = linked_text(name, "./").encode()
    stem, _, kind = name.rpartition(".")
    address = f"/static/{stem}.{sha256(content).hexdigest()[:12]}.{kind}"
    return StaticFile(address, _TYPES[kind], content, gzip.compress(content, mtime=0))


def linked_text(name: str, folder: str) -> str:
    """Return the text of a static file that finds the others in `folder`."""
    text = (files("assistant.channels.web") / "static" / name).read_text(encoding="utf-8")
    return _NAMED.sub(lambda found: f'"{folder}{address_of(found[1]).rpartition("/")[2]}"', text)


@router.get("/static/{name}")
async def show_static_file(name: str, request: Request) -> Response:
    """Return a static file; its name changes with its content, so that it can be kept for ever."""
    found = _by_address().get(f"/static/{name}")
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return found.response(request.headers.get("accept-encoding", ""), {"Cache-Control": _FOR_EVER})


@cache
def _by_address() -> Mapping[str, StaticFile]:
    return {file.address: file for file in map(static_file, _names())}


def _names() -> Iterator[str]:
    for file in (files("assistant.channels.web") / "static").iterdir():
        if file.name.rpartition(".")[2] in _TYPES:
            yield file.name
