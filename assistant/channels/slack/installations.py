"""Workspaces that have installed the application by OAuth: their bot tokens, encrypted, in SQL."""

import base64
import binascii
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Connection, delete, insert, select

from assistant.channels.slack.database import SlackDatabase, now_text
from assistant.channels.slack.teams import Team, UnknownTeam, is_allowed
from assistant.errors import SettingsError
from vectorstore.schema import slack_install_states as states
from vectorstore.schema import slack_installations as table

STATE_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Installation:
    """What Slack tells when a workspace has installed the application."""

    team_id: str
    team_name: str
    bot_token: str
    bot_user_id: str
    scopes: str
    installed_by: str


class Installations:
    """The store of installations; `key` is one or several keys, the first of which encrypts."""

    def __init__(self, database: SlackDatabase, key: str, allowed: Mapping[str, str | None]) -> None:
        self._database = database
        self._cipher = _cipher(key)
        self._allowed = allowed

    async def save(self, installation: Installation) -> None:
        """Keep an installation, in place of an earlier one.

        Raises:
            UnknownTeam: the workspace is not on the list of those that may use the application.

        """
        if not is_allowed(installation.team_id, self._allowed):
            raise UnknownTeam(f"workspace {installation.team_id}: not in KAIKAKU_SLACK_WORKSPACES")
        row = {name: getattr(installation, name) for name in Installation.__slots__}
        row["bot_token"] = self._cipher.encrypt(installation.bot_token.encode()).decode()

        def work(connection: Connection) -> None:
            connection.execute(delete(table).where(table.c.team_id == installation.team_id))
            connection.execute(insert(table).values(**row, installed_at=now_text()))

        await self._database.write(work)

    async def find(self, team_id: str) -> Team:
        """Return a workspace.

        Raises:
            UnknownTeam: it has not installed the application, or its token was encrypted with another key.

        """
        query = select(table.c.bot_token, table.c.bot_user_id).where(table.c.team_id == team_id)
        row = await self._database.read(lambda connection: connection.execute(query).first())
        if row is None or not is_allowed(team_id, self._allowed):
            raise UnknownTeam(f"workspace {team_id}: has not installed the application, or is not allowed")
        try:
            token = self._cipher.decrypt(row.bot_token.encode()).decode()
        except InvalidToken:
            advice = "add the former key to KAIKAKU_SLACK_TOKEN_KEY after a comma, or install again"
            raise UnknownTeam(f"workspace {team_id}: its token was encrypted with another key; {advice}") from None
        return Team(team_id, token, row.bot_user_id, self._allowed.get(team_id))

    async def forget(self, team_id: str) -> None:
        """Drop the token of a workspace."""
        await self._database.write(
            lambda connection: connection.execute(delete(table).where(table.c.team_id == team_id))
        )

    async def team_ids(self) -> tuple[str, ...]:
        """Return the ids of all workspaces that have installed the application."""
        rows = await self._database.read(lambda connection: connection.execute(select(table.c.team_id)).all())
        return tuple(row.team_id for row in rows)

    async def issue_state(self) -> str:
        """Return a word that the browser of whoever installs must bring back within ten minutes."""
        state = secrets.token_urlsafe(32)
        row = {"state": state, "expires_at": time.time() + STATE_SECONDS}
        await self._database.write(lambda connection: connection.execute(insert(states).values(**row)))
        return state

    async def consume_state(self, state: str) -> bool:
        """Tell whether a word was issued and not used; it is used now."""

        def work(connection: Connection) -> bool:
            connection.execute(delete(states).where(states.c.expires_at < time.time()))
            return bool(connection.execute(delete(states).where(states.c.state == state)).rowcount)

        return await self._database.write(work)


def _cipher(key: str) -> MultiFernet:
    try:
        return MultiFernet([Fernet(_url_safe(one)) for one in key.split(",") if one.strip()])
    except (ValueError, binascii.Error):
        advice = "make one with: openssl rand -base64 32"
        raise SettingsError(f"KAIKAKU_SLACK_TOKEN_KEY: must be 32 bytes in base64; {advice}") from None


def _url_safe(key: str) -> bytes:
    return base64.urlsafe_b64encode(base64.b64decode(key.strip().replace("-", "+").replace("_", "/")))
