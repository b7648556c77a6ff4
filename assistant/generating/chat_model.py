"""Settings in, the model that they name out: the one place where langchain's providers are known."""

import logging
import os
import ssl
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.errors import SettingsError
from assistant.generating.background import Background, GivenUp
from assistant.generating.calls import Call, Patience, Piece
from assistant.generating.faults import ModelFault, fault_of
from assistant.generating.thinking import without_thoughts
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

logger = logging.getLogger(__name__)

PROVIDERS = ("openai", "ollama", "anthropic")
_OPENAI_URL, _OLLAMA_URL = "https://api.openai.com/v1", "http://127.0.0.1:11434/v1"
_WAIT_FOR_SLOT = 0.5
_ENDED_WELL = {"stop", "end_turn", "stop_sequence"}
# A server that reads so few tokens of so many characters has left out a part of the prompt.
_FEWEST_TOKENS_PER_CHARACTER = 0.2
_INSTALL = "is not installed: .venv/bin/pip install '.[{extra}]' in the project's folder"


@dataclass(frozen=True, slots=True)
class ChatModel:
    """A chat model of langchain, called with a deadline, its faults named, its thoughts left out."""

    name: str
    chat: "BaseChatModel"
    arguments: Mapping[str, Any]
    call_seconds: float
    context_tokens: int
    output_tokens: int
    settings: Mapping[str, object]
    slots: threading.BoundedSemaphore
    background: Background = field(default_factory=Background)

    @property
    def room(self) -> int:
        """The characters that a prompt may have; a token of Japanese is rarely more than a character."""
        return max(0, self.context_tokens - self.output_tokens)

    def stream(self, call: Call, patience: Patience) -> Iterator[Piece]:
        """Yield the reply piece by piece, to its proper end.

        Raises:
            ModelFault: there is no whole reply; pieces may have come before.

        """
        if len(call.system) + len(call.user) > self.room:
            raise ModelFault("too_long")
        if patience.left <= 0:
            raise ModelFault("too_slow")
        if not self.slots.acquire(timeout=min(_WAIT_FOR_SLOT, patience.left)):
            raise ModelFault("busy", "as many calls as KAIKAKU_MODEL_CONCURRENCY allows are under way")
        try:
            yield from self._whole(call, patience)
        finally:
            self.slots.release()

    def _whole(self, call: Call, patience: Patience) -> Iterator[Piece]:
        is_empty = True
        for piece in without_thoughts(self._pieces(call, patience)):
            is_empty = is_empty and not piece.text.strip()
            yield piece
        if is_empty:
            raise ModelFault("empty")

    def _pieces(self, call: Call, patience: Patience) -> Iterator[Piece]:
        has_begun = False
        try:
            for piece in self.background.iterate(self._said(call), self.call_seconds, patience):
                has_begun = has_begun or bool(piece.text)
                _warn_of_cut_prompt(call, piece)
                yield piece
        except TimeoutError:
            raise ModelFault("too_slow", f"no whole reply in {self.call_seconds:g} s") from None
        except GivenUp:
            raise ModelFault("left") from None
        except Exception as error:
            raise fault_of(error, has_begun) from error

    async def _said(self, call: Call) -> AsyncIterator[Piece]:
        reason = ""
        messages = [("system", call.system), ("user", call.user)]
        async for chunk in self.chat.astream(messages, **_with_schema(self.arguments, call)):
            reason = _reason(chunk.response_metadata) or reason
            usage = getattr(chunk, "usage_metadata", None) or {}
            yield Piece(str(chunk.text), usage.get("input_tokens", 0), usage.get("output_tokens", 0))
        if reason not in _ENDED_WELL:
            raise ModelFault("truncated", f"the reply ended with the reason {reason or 'none'}")


def build_model(settings: Settings) -> ChatModel | None:
    """Name the model; nothing is sent to it. None when none is configured.

    Raises:
        SettingsError: the settings cannot name a model.

    """
    if settings.model is None:
        return None
    _switch_tracing_off()
    provider, name = _provider_and_name(settings.model)
    chat, arguments = _anthropic(settings, name) if provider == "anthropic" else _openai(settings, provider, name)
    kept = {
        "temperature": 0,
        "context_tokens": settings.model_context_tokens,
        "output_tokens": settings.model_output_tokens,
        "thinking": settings.model_thinking,
    }
    return ChatModel(
        settings.model, chat, arguments, settings.model_call_seconds, settings.model_context_tokens,
        settings.model_output_tokens, kept, threading.BoundedSemaphore(settings.model_concurrency),
    )  # fmt: skip


def _switch_tracing_off() -> None:
    """Keep langchain from sending questions to a tracing service, whatever the environment says."""
    for name in ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2"):
        os.environ[name] = "false"


def _provider_and_name(model: str) -> tuple[str, str]:
    provider, _, name = model.partition(":")
    return (provider, name) if provider in PROVIDERS and name else ("openai", model)


def _openai(settings: Settings, provider: str, name: str) -> tuple["BaseChatModel", Mapping[str, Any]]:
    """Every server that speaks as OpenAI does: llama.cpp, vLLM, Ollama, LM Studio, Azure's /openai/v1."""
    try:
        from langchain_openai import ChatOpenAI
        from openai import DefaultAsyncHttpxClient
    except ImportError:
        raise SettingsError(f"KAIKAKU_MODEL: langchain-openai {_INSTALL.format(extra='openai')}") from None
    address = settings.model_base_url or _address_of(provider, settings.model or "")
    client = DefaultAsyncHttpxClient(
        proxy=settings.model_proxy, verify=_trusted(settings), trust_env=False, timeout=settings.model_silence_seconds
    )
    key = settings.model_api_key
    chat = ChatOpenAI(
        model=name, base_url=address, api_key=lambda: key.get_secret_value() if key else "none", temperature=0,
        timeout=settings.model_silence_seconds, max_retries=settings.model_retries, http_async_client=client,
        stream_usage=True, use_responses_api=False,
    )  # fmt: skip
    body: dict[str, Any] = {"max_tokens": settings.model_output_tokens}
    if address == _OPENAI_URL:
        body = {"max_completion_tokens": settings.model_output_tokens}
    if settings.model_thinking == "off":
        body["chat_template_kwargs"] = {"enable_thinking": False}
    return chat, {"extra_body": body}


def _anthropic(settings: Settings, name: str) -> tuple["BaseChatModel", Mapping[str, Any]]:
    try:
        from langchain_anthropic import ChatAnthropic
    except ImportError:
        raise SettingsError(f"KAIKAKU_MODEL: langchain-anthropic {_INSTALL.format(extra='anthropic')}") from None
    if settings.model_ca_file is not None:
        raise SettingsError("KAIKAKU_MODEL_CA_FILE: not for anthropic models; set SSL_CERT_FILE instead")
    key = settings.model_api_key
    given = {"base_url": settings.model_base_url} if settings.model_base_url else {}
    chat = ChatAnthropic(
        model_name=name, api_key=key.get_secret_value() if key else "none", temperature=0,
        timeout=settings.model_silence_seconds, max_retries=settings.model_retries,
        max_tokens_to_sample=settings.model_output_tokens, anthropic_proxy=settings.model_proxy, stop=None, **given,
    )  # fmt: skip
    return chat, {}


def _address_of(provider: str, model: str) -> str:
    if provider == "ollama":
        return _OLLAMA_URL
    # Only a model that is called so goes to OpenAI: no question leaves this machine by an omission.
    if model.startswith("openai:"):
        return _OPENAI_URL
    raise SettingsError(
        f"KAIKAKU_MODEL_BASE_URL: needed for {model}; the address of its server, as http://host:8080/v1"
    )


def _trusted(settings: Settings) -> ssl.SSLContext | bool:
    if settings.model_ca_file is None:
        return True
    try:
        return ssl.create_default_context(cafile=str(settings.model_ca_file))
    except OSError as error:
        raise SettingsError(f"KAIKAKU_MODEL_CA_FILE: {settings.model_ca_file}: {error.strerror or error}") from None


def _with_schema(arguments: Mapping[str, Any], call: Call) -> dict[str, Any]:
    schema = {"type": "json_schema", "json_schema": {"name": "reply", "strict": True, "schema": dict(call.schema)}}
    if "extra_body" not in arguments:
        return {**arguments, "response_format": schema}
    # In the body it is passed on as it is; as an argument langchain would take over the parsing of the stream.
    return {**arguments, "extra_body": {**arguments["extra_body"], "response_format": schema}}


def _reason(metadata: Mapping[str, Any]) -> str:
    return str(metadata.get("finish_reason") or metadata.get("stop_reason") or "")


def _warn_of_cut_prompt(call: Call, piece: Piece) -> None:
    characters = len(call.system) + len(call.user)
    if 0 < piece.tokens_read < characters * _FEWEST_TOKENS_PER_CHARACTER:
        logger.warning(
            "the model read %d tokens of %d characters: its server may cut prompts; raise its context (with Ollama"
            " OLLAMA_CONTEXT_LENGTH)",
            piece.tokens_read,
            characters,
        )
