"""The commands that keep a service running: serve it, check or rebuild its index, find out what ails it."""

from argparse import Namespace

from assistant.settings import Settings

DONE, NOT_DONE = 0, 1


def serve(settings: Settings, arguments: Namespace) -> int:
    """Serve the HTTP API until told to stop."""
    from assistant.bootstrap import build_service
    from assistant.channels.api import create_app
    from assistant.channels.server import listen, serve_app

    host = settings.host if arguments.host is None else arguments.host
    port = settings.port if arguments.port is None else arguments.port
    with listen(host, port) as listening:
        app = create_app(build_service(settings), settings.max_request_bytes, settings.max_upload_bytes)
        serve_app(app, listening, settings.log_level)
    return DONE


def index(settings: Settings, arguments: Namespace) -> int:
    """Compare the search index with the catalogue, or derive it anew."""
    return DONE


def doctor(settings: Settings, arguments: Namespace) -> int:
    """Check everything that a service needs, and tell how each part is."""
    return DONE
