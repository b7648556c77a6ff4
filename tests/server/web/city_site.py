"""A city's own web site, of another origin than the service: pages under a strict policy that embed the widget."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_POLICY = (
    "default-src 'none'; script-src {service}; connect-src {service}; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types kaikaku"
)
_PAGE = """<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>見本市</title></head><body><main><h1>見本市の公式ページ</h1>{body}</main></body></html>"""


class CitySite:
    """Serves the pages given to it on a free port; browsers reach it as another site than the service."""

    def __init__(self) -> None:
        self.service = ""
        self._pages: dict[str, tuple[str, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    @property
    def origin(self) -> str:
        """The origin of its pages."""
        return f"http://localhost:{self._server.server_port}"

    def page(self, body: str, policy: str = _POLICY) -> str:
        """Return the address of a page with this body; {service} in it becomes the service's address."""
        path = f"/page{len(self._pages)}.html"
        html = _PAGE.format(body=body.replace("{service}", self.service))
        self._pages[path] = (html, policy.replace("{service}", self.service))
        return self.origin + path

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        pages = self._pages

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                html, policy = pages.get(self.path, ("", ""))
                self.send_response(200 if html else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(html.encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


@contextmanager
def serving_city_site() -> Iterator[CitySite]:
    """Serve while the block runs."""
    site = CitySite()
    thread = threading.Thread(target=site._server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site._server.shutdown()
        site._server.server_close()
        thread.join()
