"""A workspace's id in, its bot token and what is chosen for it out: of the settings, or installed by OAuth."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from assistant.channels.slack.calls import SlackCalls
from assistant.errors import AssistantError


class UnknownTeam(AssistantError):
    """No token is known for a workspace, or it is not on the list of those that may use the application."""


@dataclass(frozen=True, slots=True)
class Team:
    """A workspace that the application is installed in; its default scope is one municipality, if one is named."""

    team_id: str
    token: str
    bot_user_id: str
    municipality: str | None = None


class Teams(Protocol):
    """Where workspaces are looked up."""

    async def find(self, team_id: str) -> Team:
        """Return a workspace.

        Raises:
            UnknownTeam: it is not one of ours.

        """
        ...

    async def forget(self, team_id: str) -> None:
        """Drop a workspace that has uninstalled the application."""
        ...


class OneTeam:
    """The one workspace of a bot token; Slack is asked at first use which one that is."""

    def __init__(self, calls: SlackCalls, token: str, allowed: Mapping[str, str | None]) -> None:
        self._calls = calls
        self._token = token
        self._allowed = allowed
        self._team: Team | None = None
        self._asking = asyncio.Lock()

    async def find(self, team_id: str) -> Team:
        """Return the workspace if it is this one."""
        team = await self.get()
        if team.team_id != team_id or not is_allowed(team_id, self._allowed):
            raise UnknownTeam(f"workspace {team_id}: not the one of KAIKAKU_SLACK_BOT_TOKEN, or not allowed")
        return team

    async def get(self) -> Team:
        """Return the workspace."""
        async with self._asking:
            if self._team is None:
                told = await self._calls.call(self._token, "auth.test")
                team_id = str(told["team_id"])
                self._team = Team(team_id, self._token, str(told["user_id"]), self._allowed.get(team_id))
        return self._team

    async def forget(self, team_id: str) -> None:
        """Ask Slack anew at the next use: the token may have been replaced."""
        if self._team is not None and self._team.team_id == team_id:
            self._team = None


def is_allowed(team_id: str, allowed: Mapping[str, str | None]) -> bool:
    """Tell whether a workspace may use the application; an empty list allows all."""
    return not allowed or team_id in allowed


def read_workspaces(setting: str) -> dict[str, str | None]:
    """Read KAIKAKU_SLACK_WORKSPACES: T111=見本市,T222 → what each workspace's default municipality is."""
    pairs = (one.partition("=") for one in setting.split(",") if one.strip())
    return {team.strip(): municipality.strip() or None for team, _, municipality in pairs}
