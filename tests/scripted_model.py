"""A model server that does what a test scripts: it speaks the OpenAI protocol, or breaks it in a chosen way.

A reply is a list of acts. Replies are taken in order, one per request; when none is left, `otherwise` makes them.
"""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

Wire = BaseHTTPRequestHandler
Act = Callable[["Exchange"], None]


@dataclass
class Exchange:
    """One request and the wire its reply goes to."""

    wire: Wire
    body: dict[str, Any]
    over: threading.Event
    headed: bool = False
    chunked: bool = False

    def head(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        self.headed, self.chunked = True, kind == "text/event-stream"
        self.wire.send_response(status)
        if self.chunked:
            headers["transfer_encoding"] = "chunked"
        for name, value in {"content-type": kind, "connection": "close", **headers}.items():
            self.wire.send_header(name.replace("_", "-"), value)
        self.wire.end_headers()

    def send(self, text: str) -> None:
        if not self.headed:
            self.head()
        data = text.encode()
        self.wire.wfile.write(b"%x\r\n%s\r\n" % (len(data), data) if self.chunked else data)
        self.wire.wfile.flush()

    def close(self) -> None:
        """End the reply properly."""
        if self.chunked:
            self.wire.wfile.write(b"0\r\n\r\n")

    def event(self, delta: dict[str, Any], finish: str | None = None, **more: object) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "scripted", "choices": [choice]}
        self.send(f"data: {json.dumps({**chunk, **more}, ensure_ascii=False)}\n\n")


def say(text: str, every: int = 8, pause: float = 0.0) -> Act:
    """Say a text in pieces of some characters, with a pause after each."""

    def act(exchange: Exchange) -> None:
        for start in range(0, len(text), every):
            exchange.event({"content": text[start : start + every]})
            exchange.over.wait(pause)

    return act


def end(reason: str | None = "stop", read: int = 500, written: int = 50) -> Act:
    """End the stream as a server does; without a reason it ends as a proxy ends it that gives up."""

    def act(exchange: Exchange) -> None:
        if reason is None:
            return
        exchange.event({}, reason)
        used = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
        exchange.event({}, None, choices=[], usage=used)
        exchange.send("data: [DONE]\n\n")

    return act


def refuse(status: int, message: str = "scripted", **headers: str) -> Act:
    """Reply with an HTTP error."""

    def act(exchange: Exchange) -> None:
        exchange.head(status, "application/json", **headers)
        exchange.send(json.dumps({"error": {"message": message, "type": "scripted", "code": status}}))

    return act


def hang(seconds: float) -> Act:
    """Say nothing for a while."""

    def act(exchange: Exchange) -> None:
        exchange.over.wait(seconds)

    return act


def write(text: str, kind: str = "text/event-stream") -> Act:
    """Send any text at all."""

    def act(exchange: Exchange) -> None:
        if not exchange.headed:
            exchange.head(kind=kind)
        exchange.send(text)

    return act


def cut(exchange: Exchange) -> None:
    """Break a reply off in the middle: its last chunk never comes."""
    if not exchange.headed:
        exchange.head()
    exchange.chunked = False


def whole(text: str) -> list[Act]:
    """A proper reply."""
    return [say(text), end()]


@dataclass
class ScriptedModel:
    """The running server and what it was asked."""

    base_url: str
    replies: deque[list[Act]] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)
    otherwise: Callable[[dict[str, Any]], list[Act]] = lambda _: whole("{}")
    left: threading.Event = field(default_factory=threading.Event)
    key: str | None = None
    model: ClassVar[str] = "scripted"

    def script(self, *replies: list[Act]) -> None:
        """Use these replies next, and none that are left from before."""
        self.replies.clear()
        self.replies.extend(replies)


@contextmanager
def scripted_model() -> Iterator[ScriptedModel]:
    """Serve on a free port while the block runs."""
    over = threading.Event()
    model = ScriptedModel("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None: ...

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            model.requests.append({"path": self.path, "key": self.headers.get("authorization", ""), **body})
            acts = model.replies.popleft() if model.replies else model.otherwise(body)
            self.close_connection = True
            try:
                _play(acts, Exchange(self, body, over))
            except OSError:
                model.left.set()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=lambda: server.serve_forever(0.02))
    thread.start()
    try:
        yield model
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _play(acts: list[Act], exchange: Exchange) -> None:
    for act in acts:
        act(exchange)
    exchange.close()
