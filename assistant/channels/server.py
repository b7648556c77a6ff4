"""An application in, a listening process out: told to stop, it finishes the requests in flight first."""

import logging
import signal
import socket

import uvicorn
from starlette.applications import Starlette

from assistant.errors import CannotListen

GRACE_SECONDS = 10

logger = logging.getLogger(__name__)


def listen(host: str, port: int) -> socket.socket:
    """Take the address, 0 for any free port.

    Raises:
        CannotListen: it is taken, or no address of this machine.

    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        advice = "choose another by --host and --port, or stop the program that listens there"
        raise CannotListen(f"{host}:{port}: {error.strerror or error}; {advice}") from None


def serve_app(app: Starlette, listening: socket.socket, log_level: str) -> None:
    """Serve on a socket until SIGTERM or SIGINT."""
    # A library that an application is built with may have set up the logging in its own way.
    logging.basicConfig(level=log_level.upper(), format="%(asctime)s %(levelname)s %(name)s %(message)s", force=True)
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=GRACE_SECONDS
    )
    # uvicorn raises the signal that stopped it once more when it is done: stopping on request is no failure.
    signal.signal(signal.SIGTERM, lambda *_: None)
    signal.signal(signal.SIGINT, lambda *_: None)
    host, port = listening.getsockname()[:2]
    logger.info("serving on http://%s:%s", f"[{host}]" if ":" in host else host, port)
    uvicorn.Server(config).run(sockets=[listening])
