"""The commands that keep a service running: serve it, check or rebuild its index, find out what ails it."""

import sys
from argparse import Namespace
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, NotReady, SettingsError
from assistant.settings import Settings
from ingest.errors import IngestError
from vectorstore.errors import VectorstoreError

if TYPE_CHECKING:
    from assistant.service import Service

DONE, NOT_DONE = 0, 1


def serve(settings: Settings, arguments: Namespace) -> int:
    """Serve the HTTP API until told to stop."""
    from assistant.bootstrap import build_access, build_origins, build_service, build_slack
    from assistant.channels.api import create_app
    from assistant.channels.server import listen, serve_app
    from assistant.evaluating.runs import folder_of
    from assistant.retention import pruned_daily

    host = settings.host if arguments.host is None else arguments.host
    port = settings.port if arguments.port is None else arguments.port
    with listen(host, port) as listening:
        service = build_service(settings, lasting=True)
        _warm_up(service)
        app = create_app(
            service,
            settings.max_request_bytes,
            settings.max_upload_bytes,
            build_slack(service, settings),
            build_origins(settings),
            build_access(settings),
            folder_of(settings),
        )
        with pruned_daily(service.catalogue, settings.retention_days):
            serve_app(app, listening, settings.log_level)
    return DONE


def slack(settings: Settings, _: Namespace) -> int:
    """Answer in Slack by Socket Mode until told to stop."""
    from assistant.bootstrap import build_service
    from assistant.channels.slack.socket import require_socket_settings, serve_socket
    from assistant.retention import pruned_daily

    require_socket_settings(settings)
    service = build_service(settings, lasting=True)
    _warm_up(service)
    with pruned_daily(service.catalogue, settings.retention_days):
        serve_socket(service, settings)
    return DONE


def mcp(settings: Settings, arguments: Namespace) -> int:
    """Serve the tools of the Model Context Protocol: on standard input and output, or by HTTP."""
    from assistant.bootstrap import build_service
    from assistant.channels.server import listen, serve_app

    require_mcp()
    from assistant.channels.mcp.server import build_mcp_app, serve_stdio

    if not arguments.http:
        serve_stdio(build_service(settings), settings.public_url)
        return DONE
    host = settings.host if arguments.host is None else arguments.host
    port = settings.port if arguments.port is None else arguments.port
    with listen(host, port) as listening:
        service = build_service(settings)
        _warm_up(service)
        app = build_mcp_app(service, settings.public_url, host, settings.max_request_bytes)
        serve_app(app, listening, settings.log_level)
    return DONE


def require_mcp() -> None:
    """Say what to install where the extra is missing.

    Raises:
        SettingsError: the package mcp is not installed.

    """
    if find_spec("mcp") is None:
        raise SettingsError("kaikaku mcp needs the extra mcp: .venv/bin/pip install '.[mcp]' in the project's folder")


def _warm_up(service: "Service") -> None:
    """Load dictionary, embedding and index, which nobody shall wait for; a language model is not waited for either."""
    from assistant.answers import Question

    service.corpus().search("計画", limit=1)
    service.ask(Question("取組項目は何件ですか。", channel="trial"))


def index(settings: Settings, arguments: Namespace) -> int:
    """Compare the search index with the catalogue, or derive it anew."""
    from contextlib import closing

    from assistant.bootstrap import build_catalogue, build_index, build_vectors
    from vectorstore.index import rebuild_index, verify_index

    with build_catalogue(settings) as catalogue:
        contents, vectors = catalogue.load(), build_vectors(settings, catalogue)
        if vectors is None:
            _say(f"version {contents.version}: {len(contents.passages)} passages, searched by words alone")
            return DONE
        store = build_index(settings)
        if store is None:
            raise NotReady("the index is open in a running service: ask its /readyz, or stop it first")
        with closing(store):
            if arguments.action == "rebuild":
                rebuild_index(contents, vectors, store)
            state = verify_index(contents, vectors, store)
    _say(
        f"version {state.version}: {state.passages} passages of {state.texts} different texts,"
        f" {state.texts - state.unembedded - state.missing} vectors in the index, {state.spare} others;"
        f" {vectors.embeddings.model.key}"
    )
    if problems := "; ".join(state.problems()):
        raise NotReady(f"{problems}; start the service or run `kaikaku index rebuild`")
    return DONE


def doctor(settings: Settings, _: Namespace) -> int:
    """Check everything that a service needs, and tell how each part is."""
    from assistant import bootstrap

    def catalogue() -> str:
        with bootstrap.build_catalogue(settings) as opened:
            return f"version {opened.version()}, {len(opened.documents())} documents"

    def embedding() -> str:
        embeddings = bootstrap.build_embeddings(settings)
        return (
            "none" if embeddings is None else f"{settings.embedding}, {len(embeddings.embed_query('計画'))} dimensions"
        )

    def answers() -> str:
        from assistant.answers import Question

        ruled = settings.model_copy(update={"model": None})
        bootstrap.build_service(ruled).ask(Question("計画", channel="trial"))
        return "work"

    checks = {"catalogue": catalogue, "embedding": embedding, **_model_checks(settings), "answers": answers}
    checks |= _slack_checks(settings)
    return DONE if all([_is_well(name, check) for name, check in checks.items()]) else NOT_DONE


def prompts(settings: Settings, _: Namespace) -> int:
    """Check the prompt files, the built-in ones and those of KAIKAKU_PROMPTS."""
    from assistant.generating.prompts import load_prompts

    loaded = load_prompts(settings.prompts)
    for prompt in (loaded.understanding, loaded.composing, loaded.rewriting):
        _say(f"{prompt.name}: version {prompt.version}")
    return DONE


def _model_checks(settings: Settings) -> dict[str, Callable[[], str]]:
    """Check the language model, which no service needs to start: it then answers by rules."""
    if settings.model is None and settings.prompts is None:
        return {}
    from assistant.generating.checking_model import check_model
    from assistant.generating.prompts import load_prompts

    def prompts() -> str:
        loaded = load_prompts(settings.prompts)
        return ", ".join(f"{p.name} {p.version}" for p in (loaded.understanding, loaded.composing, loaded.rewriting))

    return {"prompts": prompts, "language model": lambda: check_model(settings)}


def _slack_checks(settings: Settings) -> dict[str, Callable[[], str]]:
    if not any(
        (settings.slack_bot_token, settings.slack_client_id, settings.slack_app_token, settings.slack_signing_secret)
    ):
        return {}
    from assistant.channels.slack.checking import slack_checks

    return slack_checks(settings)


def _is_well(name: str, check: Callable[[], str]) -> bool:
    try:
        _say(f"{name}: {check()}")
    except (AssistantError, IngestError, VectorstoreError) as error:
        sys.stderr.write(f"kaikaku: {name}: {error}\n")
        return False
    return True


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
