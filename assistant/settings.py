"""The service's settings: KAIKAKU_* environment variables in, one frozen, checked `Settings` out."""

import os
import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, StringConstraints, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError

PREFIX = "KAIKAKU_"
_SHORTEST_TOKEN = 20
# It becomes part of a header that says what browsers allow: nothing but a host's name or address, and a port.
_ORIGIN = re.compile(r"https?://([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?", re.ASCII | re.IGNORECASE)

LogLevel = Literal["debug", "info", "warning", "error"]
ShortText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class Settings(BaseSettings):
    """Everything that may differ between two installations; each field is read from KAIKAKU_<NAME>."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, env_ignore_empty=True)

    data: Path = Field(Path("data"), description="Folder of the catalogue and the indexes.")
    database_url: SecretStr | None = Field(
        None,
        description="Catalogue; SQLite in the data folder by default, or postgresql+psycopg://user:password@host/db.",
    )
    chroma_url: str | None = Field(
        None, description="Chroma server, as http://host:8000; in the data folder by default."
    )
    embedding: ShortText = Field(
        "e5",
        min_length=1,
        description="Embedding model: e5, e5-int8, none, openai:MODEL, ollama:MODEL, sentence-transformers:MODEL.",
    )
    embedding_url: str | None = Field(None, description="Address of the embedding server, if the model needs one.")
    embedding_api_key: SecretStr | None = Field(None, description="Key of the embedding server.")
    embedding_workers: int = Field(2, ge=1, le=64, description="Threads that embed passages during ingest.")
    host: ShortText = Field("127.0.0.1", min_length=1, description="Address that `kaikaku serve` listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port that `kaikaku serve` listens on; 0 takes a free one.")
    log_level: LogLevel = Field("info", description="Least severe log lines that are written.")
    max_request_bytes: int = Field(1_000_000, ge=10_000, le=50_000_000, description="Bytes of a JSON request.")
    max_upload_bytes: int = Field(50_000_000, ge=10_000, le=1_000_000_000, description="Bytes of an uploaded document.")
    reading_seconds: float = Field(600.0, ge=1.0, le=86_400.0, description="Time that reading one file may take.")
    reading_memory_bytes: int = Field(
        3_000_000_000, ge=200_000_000, le=64_000_000_000, description="Memory that reading one file may take."
    )
    refresh_seconds: float = Field(1.0, ge=0.05, le=5.0, description="How often a new corpus version is looked for.")
    retention_days: int = Field(90, ge=1, le=3650, description="Days after which what users wrote is deleted.")
    contact: ShortText = Field("", description="Sentence telling whom to ask; ends answers that the plans do not give.")
    admin_token: SecretStr | None = Field(None, description="Token that staff sign in to /admin with; off without one.")

    model: ShortText | None = Field(
        None,
        min_length=1,
        description="Language model, as PROVIDER:NAME (openai, ollama, anthropic) or the name on the server of its"
        " address; none by default.",
    )
    model_base_url: str | None = Field(None, description="Address of the model's server, as http://host:8080/v1.")
    model_api_key: SecretStr | None = Field(None, description="Key of the model's server.")
    model_context_tokens: int = Field(8192, ge=1024, le=2_000_000, description="Context that the model's server has.")
    model_output_tokens: int = Field(800, ge=100, le=100_000, description="Tokens of one reply of the model.")
    model_silence_seconds: float = Field(10.0, gt=0, le=600, description="Longest silence of the model's server.")
    model_call_seconds: float = Field(20.0, gt=0, le=600, description="Time for one call of the model.")
    model_total_seconds: float = Field(30.0, gt=0, le=600, description="Time for all calls of one answer.")
    model_concurrency: int = Field(8, ge=1, le=1000, description="Calls of the model at a time; more answer by rules.")
    model_retries: int = Field(1, ge=0, le=10, description="How often a failed call is tried again.")
    model_proxy: str | None = Field(None, description="Proxy to the model's server, as http://proxy:8080.")
    model_ca_file: Path | None = Field(None, description="Certificates (PEM) that the model's server is trusted by.")
    model_thinking: Literal["default", "off"] = Field(
        "default", description="off asks a thinking model to answer at once."
    )
    prompts: Path | None = Field(None, description="Folder whose prompt files are used in place of the built-in ones.")

    public_url: str | None = Field(None, description="Address at which people open this service; for links in Slack.")
    widget_origins: str = Field(
        "", description="Origins of pages that may embed the chat: https://www.city.example.jp,…"
    )
    widget_key: SecretStr | None = Field(None, description="Key that the chat's tokens are signed with; by process.")
    slack_bot_token: SecretStr | None = Field(None, description="Slack bot token (xoxb-…) of the one workspace.")
    slack_signing_secret: SecretStr | None = Field(None, description="Slack signing secret; needed for HTTP.")
    slack_app_token: SecretStr | None = Field(None, description="Slack app-level token (xapp-…), for Socket Mode.")
    slack_client_id: str | None = Field(None, description="Slack client id, to be installed in several workspaces.")
    slack_client_secret: SecretStr | None = Field(None, description="Slack client secret, likewise.")
    slack_token_key: SecretStr | None = Field(None, description="Key that stored Slack tokens are encrypted with.")
    slack_workspaces: str = Field(
        "", description="Workspaces that may use the assistant, with their default municipality: T111=見本市,T222."
    )
    slack_users: str = Field("", description="Slack users that may use the assistant, as U111,U222; all by default.")
    slack_api_url: str = Field("https://slack.com/api/", description="Address of Slack's Web API.")
    slack_digest_hour: int = Field(9, ge=0, le=23, description="Hour in Japan at which digests are sent.")
    slack_lease_seconds: float = Field(
        15.0, ge=0.5, le=600, description="After so long without a sign of life another process takes a question over."
    )

    @field_validator("chroma_url", "embedding_url", "model_base_url", "model_proxy", "public_url", "slack_api_url")
    @classmethod
    def _is_a_web_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value

    @field_validator("widget_origins")
    @classmethod
    def _are_web_origins(cls, value: str) -> str:
        for origin in value.replace(",", " ").split():
            if _ORIGIN.fullmatch(origin) is None:
                raise ValueError("write each origin as https://www.city.example.jp, without path, separated by commas")
        return value

    @field_validator("admin_token")
    @classmethod
    def _is_hard_to_guess(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value().strip()) < _SHORTEST_TOKEN:
            raise ValueError(f"must have {_SHORTEST_TOKEN} characters or more: `openssl rand -hex 24` makes one")
        return value

    @property
    def catalogue_url(self) -> str:
        """Address of the catalogue, password included: never log it."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data.absolute() / 'catalogue.sqlite3'}"


def load_settings() -> Settings:
    """Read the environment once.

    Raises:
        SettingsError: a KAIKAKU_ variable is unknown, or a value is out of bounds.

    """
    _refuse_unknown(name for name in os.environ if name.startswith(PREFIX))
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("; ".join(_explain(problem) for problem in error.errors())) from None


def _refuse_unknown(names: Iterable[str]) -> None:
    known = [name.upper() for name in Settings.model_fields]
    for name in (name.removeprefix(PREFIX) for name in names):
        if name not in known:
            near = get_close_matches(name, known, n=1)
            advice = f"did you mean {PREFIX}{near[0]}?" if near else f"after {PREFIX} comes one of {', '.join(known)}"
            raise SettingsError(f"unknown setting {PREFIX}{name}: {advice}")


def _explain(problem: ErrorDetails) -> str:
    # The value itself stays out: it may be a password.
    name = PREFIX + str(problem["loc"][0]).upper()
    return f"{name}: {problem['msg'][:1].lower()}{problem['msg'][1:]}"
