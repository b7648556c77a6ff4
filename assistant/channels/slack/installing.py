"""The way of a browser that installs the application: to Slack, back with a code, the token kept."""

import hmac
import logging
from dataclasses import dataclass
from urllib.parse import urlencode

from slack_sdk.errors import SlackApiError

from assistant.channels.slack.calls import SlackCalls
from assistant.channels.slack.installations import Installation, Installations
from assistant.channels.slack.teams import UnknownTeam
from assistant.channels.slack.wording import say

AUTHORIZE_URL = "https://slack.com/oauth/v2/authorize"
# Exactly what docs/slack/manifest.yaml asks for.
SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "chat:write",
    "commands",
    "files:write",
    "groups:history",
    "im:history",
    "im:write",
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Installing:
    """The OAuth flow of one Slack application."""

    calls: SlackCalls
    installations: Installations
    client_id: str
    client_secret: str

    async def begin(self) -> tuple[str, str]:
        """Return where to send the browser, and the word it must bring back."""
        state = await self.installations.issue_state()
        return (
            f"{AUTHORIZE_URL}?{urlencode({'client_id': self.client_id, 'scope': ','.join(SCOPES), 'state': state})}",
            state,
        )

    async def finish(self, code: str, state: str, brought: str) -> tuple[bool, str]:
        """Exchange the code for a token and keep it; return whether that went well, and what to tell."""
        same_browser = bool(state) and hmac.compare_digest(state.encode(), brought.encode())
        if not same_browser or not await self.installations.consume_state(state):
            return False, say("install_state")
        try:
            told = await self.calls.client().oauth_v2_access(
                client_id=self.client_id, client_secret=self.client_secret, code=code
            )
            installation = Installation(
                str(told["team"]["id"]),
                str(told["team"].get("name", "")),
                str(told["access_token"]),
                str(told["bot_user_id"]),
                str(told.get("scope", "")),
                str(told["authed_user"]["id"]),
            )
            await self.installations.save(installation)
        except (SlackApiError, KeyError, TypeError) as error:
            logger.error("an installation failed: %s", type(error).__name__)
            return False, say("install_failed")
        except UnknownTeam as error:
            logger.error("an installation was refused: %s", error)
            return False, say("install_refused")
        logger.info("installed in workspace %s", installation.team_id)
        return True, say("installed", team=installation.team_name)
