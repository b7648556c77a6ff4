"""Settings in, the real parts assembled out: the only place that knows which parts there are."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.conversations import Conversations
from assistant.errors import AssistantError
from assistant.ingesting import Ingesting
from assistant.jobs import show_passages
from assistant.page_pictures import Render, render_page
from assistant.service import Answering, Service
from assistant.settings import Settings
from vectorstore.catalogue import Catalogue
from vectorstore.contents import Contents, EmbeddingModel
from vectorstore.corpus import Dense
from vectorstore.live_corpus import LiveCorpus

if TYPE_CHECKING:
    from assistant.channels.slack.app import SlackApp
    from assistant.channels.web.admin.access import Access
    from assistant.channels.web.origins import Origins
    from vectorstore.chroma import ChromaIndex
    from vectorstore.passage_vectors import EmbeddingsOfModel, PassageVectors

logger = logging.getLogger(__name__)

Show = Callable[[int, int], None]
_DRAWING_SECONDS = 30.0


def _unseen(done: int, total: int) -> None:
    """Show nothing of how far the embedding is."""


def build_catalogue(settings: Settings) -> Catalogue:
    """Open the catalogue, which is made if it is not there."""
    return Catalogue.open(settings.catalogue_url)


def build_embeddings(settings: Settings) -> "EmbeddingsOfModel | None":
    """Name the embedding model; e5 loads at first use.

    Raises:
        EmbeddingUnavailable: the settings name an unknown model, or one whose package is not installed.

    """
    if settings.embedding == "none":
        return None
    from vectorstore.embedding.choose import choose_embeddings

    key = settings.embedding_api_key
    return choose_embeddings(
        settings.embedding,
        settings.embedding_workers,
        settings.embedding_url,
        None if key is None else key.get_secret_value(),
    )


def build_vectors(settings: Settings, catalogue: Catalogue, show: Show = _unseen) -> "PassageVectors | None":
    """Assemble what gives passages their vectors; None when embedding is switched off."""
    from vectorstore.passage_vectors import PassageVectors

    embeddings = build_embeddings(settings)
    return None if embeddings is None else PassageVectors(catalogue, embeddings, show)


def build_ingesting(settings: Settings, show: Show = _unseen, replace: bool = False, jobs: int = 2) -> Ingesting:
    """Assemble what adds documents, reading `jobs` at a time in child processes.

    `show` is told how many of a document's passages are embedded.
    """
    from ingest.reading import read_plan
    from ingest.sandbox import Limits, Sandbox

    catalogue = build_catalogue(settings)
    vectors = build_vectors(settings, catalogue, show)
    sandbox = Sandbox(Limits(settings.reading_seconds, settings.reading_memory_bytes), jobs)
    return Ingesting(
        catalogue,
        vectors.of if vectors else lambda _: None,
        replace,
        lambda file: sandbox.run(file.name, read_plan, file),
        jobs,
    )


def build_render(settings: Settings) -> Render:
    """Assemble what draws pages, in a child process: a hostile file may do harm when it is drawn, too."""
    from ingest.sandbox import Limits, Sandbox

    seconds = min(_DRAWING_SECONDS, settings.reading_seconds)
    sandbox = Sandbox(Limits(seconds, settings.reading_memory_bytes, waiting_seconds=_DRAWING_SECONDS))
    return lambda name, data, page, boxes: sandbox.run(name, render_page, name, data, page, boxes)


def build_index(settings: Settings) -> "ChromaIndex | None":
    """Name the Chroma server of the settings, or own the folder beside the catalogue; None while another process does.

    Raises:
        IndexUnavailable: the folder cannot be written.

    """
    from vectorstore.chroma import ChromaIndex

    if settings.chroma_url is not None:
        return ChromaIndex.of_server(settings.chroma_url)
    return ChromaIndex.own(settings.data / "index")


def build_corpus(settings: Settings, catalogue: Catalogue, *, lasting: bool) -> LiveCorpus:
    """Assemble what is searched: lexical, and dense unless embedding is switched off.

    A `lasting` process searches vectors by Chroma; a command that ends at once, or a process beside the owner of the
    Chroma folder, searches the catalogue's vectors in memory.
    """
    vectors = build_vectors(settings, catalogue)
    if vectors is None:
        return LiveCorpus(catalogue, refresh_seconds=settings.refresh_seconds)
    index = build_index(settings) if lasting else None
    _record_model(catalogue, vectors.embeddings.model)
    return LiveCorpus(catalogue, lambda contents: _dense(contents, vectors, index), settings.refresh_seconds)


def _dense(contents: Contents, vectors: "PassageVectors", index: "ChromaIndex | None") -> Dense:
    from vectorstore.passage_vectors import matrix_of

    embeddings = vectors.embeddings
    exact = matrix_of(contents.passages, vectors.by_hash(contents.passages))
    searched = exact if index is None else index.derive(exact, embeddings.model)
    return Dense(searched, embeddings.embed_query, embeddings.scale())


def _record_model(catalogue: Catalogue, model: EmbeddingModel) -> None:
    """Note which model the corpus is searched with; a change of it is told, as every passage is embedded anew."""
    recorded = catalogue.embedding_model()
    if recorded == model:
        return
    if recorded is not None:
        logger.warning("the embedding model changed from %s to %s", recorded.cache_key, model.cache_key)
    catalogue.record_embedding_model(model)


def build_service(settings: Settings, *, lasting: bool = False) -> Service:
    """Assemble everything that answers; a `lasting` one keeps the vector index."""
    ingesting = build_ingesting(settings, show_passages, replace=True)
    catalogue = ingesting.catalogue
    corpus = build_corpus(settings, catalogue, lasting=lasting)
    conversations = Conversations(catalogue)
    assistant, render = build_assistant(settings, corpus), build_render(settings)
    kept = settings.retention_days
    return Service(catalogue, corpus, assistant, conversations, ingesting, settings.contact, render, kept)


def build_assistant(settings: Settings, corpus: LiveCorpus) -> Answering:
    """Assemble what answers: rules, and a model beside them where one is set and can be used."""
    from assistant.answering import Assistant

    rules = Assistant(corpus)
    if settings.model is None:
        return rules
    from assistant.generating.assistant import GeneratingAssistant
    from assistant.generating.chat_model import build_model
    from assistant.generating.prompts import load_prompts

    try:
        prompts, model = load_prompts(settings.prompts), build_model(settings)
    except AssistantError as error:
        # A service that answers by rules is worth more than none; `kaikaku doctor` fails on the same.
        logger.error("the model is not used, the rules answer alone: %s", error)
        return rules
    return rules if model is None else GeneratingAssistant(rules, model, prompts, settings.model_total_seconds)


def build_slack(service: Service, settings: Settings) -> "SlackApp | None":
    """Assemble the Slack application that is served by HTTP; None unless a signing secret is set.

    Raises:
        SettingsError: a signing secret is set, but neither a bot token nor a way to install.

    """
    if settings.slack_signing_secret is None:
        return None
    from assistant.channels.slack.app import build_slack_app

    return build_slack_app(service, settings)


def build_origins(settings: Settings) -> "Origins":
    """Name the pages that may ask from elsewhere; without a key of the settings their tokens end with this process."""
    from assistant.channels.web.origins import Origins, read_origins

    key = {"key": settings.widget_key.get_secret_value()} if settings.widget_key else {}
    return Origins(settings.public_url, read_origins(settings.widget_origins), **key)


def build_access(settings: Settings) -> "Access | None":
    """Assemble what lets staff into the dashboard; None, which switches it off, unless a token is set."""
    if settings.admin_token is None:
        return None
    from assistant.channels.web.admin.access import Access

    return Access(settings.admin_token.get_secret_value().strip())
