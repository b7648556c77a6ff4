"""The Slack settings in; whether each of them works out, and what to do if not."""

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier

from assistant.channels.slack.calls import SlackCalls
from assistant.channels.slack.database import SlackDatabase
from assistant.channels.slack.installations import Installations
from assistant.channels.slack.installing import SCOPES
from assistant.channels.slack.teams import read_workspaces
from assistant.errors import AssistantError
from assistant.settings import Settings

CLOCK_SECONDS = 60
_HELLO_SECONDS = 10


class SlackUnwell(AssistantError):
    """A Slack setting does not work; the message says what to do."""


def slack_checks(settings: Settings) -> dict[str, Callable[[], str]]:
    """Return the checks that the settings call for, by name; none if Slack is not set up."""
    checks: dict[str, Callable[[], str]] = {}
    if settings.slack_bot_token is not None:
        token = settings.slack_bot_token.get_secret_value()
        checks["slack token and scopes"] = lambda: asyncio.run(_told_by(settings, lambda calls: _token(calls, token)))
    if settings.slack_client_id is not None:
        checks["slack installations"] = lambda: asyncio.run(
            _told_by(settings, lambda calls: _installations(calls, settings))
        )
    if checks or settings.slack_app_token is not None or settings.slack_signing_secret is not None:
        checks["slack clock"] = lambda: asyncio.run(_told_by(settings, _clock))
        checks["slack entrance"] = lambda: _entrance(settings)
    if settings.slack_signing_secret is not None:
        secret = settings.slack_signing_secret.get_secret_value()
        checks["slack signing secret"] = lambda: asyncio.run(_signing_secret(secret, settings.public_url))
    if settings.slack_app_token is not None:
        app_token = settings.slack_app_token.get_secret_value()
        checks["slack socket mode"] = lambda: asyncio.run(_told_by(settings, lambda calls: _socket(calls, app_token)))
    return checks


async def _told_by(settings: Settings, check: Callable[[SlackCalls], Awaitable[str]]) -> str:
    calls = SlackCalls(settings.slack_api_url)
    try:
        return await check(calls)
    except SlackApiError as error:
        code = str(error.response.get("error", ""))
        raise SlackUnwell(f"Slack says {code}: {_ADVICE.get(code, 'see docs/slack.md')}") from None
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise SlackUnwell(f"{settings.slack_api_url}: {type(error).__name__}; let this machine reach Slack") from None
    finally:
        await calls.close()


async def _token(calls: SlackCalls, token: str) -> str:
    if not token.startswith("xoxb-"):
        raise SlackUnwell("KAIKAKU_SLACK_BOT_TOKEN begins with xoxb-: copy the Bot User OAuth Token")
    told = await calls.client(token).auth_test()
    granted = {scope.strip() for scope in str(_header(told.headers, "x-oauth-scopes")).split(",")}
    if missing := [scope for scope in SCOPES if scope not in granted]:
        raise SlackUnwell(f"missing scopes {', '.join(missing)}: add them under OAuth & Permissions, then reinstall")
    return f"workspace {told['team']} ({told['team_id']}), all {len(SCOPES)} scopes"


async def _clock(calls: SlackCalls) -> str:
    told = await calls.client().api_test()
    off = time.time() - parsedate_to_datetime(str(_header(told.headers, "date"))).timestamp()
    if abs(off) > CLOCK_SECONDS:
        raise SlackUnwell(
            f"this clock is off by {off:.0f} s: set it by NTP, or Slack's requests are refused as replayed"
        )
    return f"{abs(off):.0f} s from Slack's"


async def _socket(calls: SlackCalls, app_token: str) -> str:
    if not app_token.startswith("xapp-"):
        raise SlackUnwell("KAIKAKU_SLACK_APP_TOKEN begins with xapp-: it is made under App-Level Tokens")
    opened = await calls.client().apps_connections_open(app_token=app_token)
    async with aiohttp.ClientSession(trust_env=True) as session, session.ws_connect(str(opened["url"])) as connection:
        hello = await connection.receive_json(timeout=_HELLO_SECONDS)
    if hello.get("type") != "hello":
        raise SlackUnwell(f"Slack greets with {hello.get('type')!r} instead of hello: try again")
    return "connected"


async def _installations(calls: SlackCalls, settings: Settings) -> str:
    if settings.slack_client_secret is None or settings.slack_token_key is None:
        raise SlackUnwell("set KAIKAKU_SLACK_CLIENT_SECRET and KAIKAKU_SLACK_TOKEN_KEY beside the client id")
    database = SlackDatabase.open(settings.catalogue_url)
    try:
        allowed = read_workspaces(settings.slack_workspaces)
        store = Installations(database, settings.slack_token_key.get_secret_value(), allowed)
        teams = [await store.find(team_id) for team_id in await store.team_ids()]
    finally:
        database.close()
    for team in teams:
        await _token(calls, team.token)
    return f"{len(teams)} workspaces"


async def _signing_secret(secret: str, public_url: str | None) -> str:
    """Check the secret's form, and whether the service that is running at the public address goes by the same one."""
    if not re.fullmatch("[0-9a-f]{32}", secret):
        raise SlackUnwell("must be 32 letters of 0-9 and a-f: copy the Signing Secret under Basic Information")
    if public_url is None:
        return "well-formed"
    address = f"{public_url.rstrip('/')}/slack/events"
    try:
        status = await _greet(secret, address)
    except (aiohttp.ClientError, OSError, TimeoutError):
        return f"well-formed; not tried, as nothing answers at {address} yet"
    if status == HTTPStatus.UNAUTHORIZED:
        raise SlackUnwell(f"the service at {address} refuses it: give it the same secret, and check its clock")
    return f"accepted at {address}" if status == HTTPStatus.OK else f"well-formed; {address} answers HTTP {status}"


async def _greet(secret: str, address: str) -> int:
    """Send what Slack sends to see whether an address is ours, and return the HTTP status of the reply."""
    body, now = json.dumps({"type": "url_verification", "challenge": "doctor"}), str(int(time.time()))
    signed = SignatureVerifier(secret).generate_signature(timestamp=now, body=body) or ""
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": signed,
    }
    timeout = aiohttp.ClientTimeout(total=_HELLO_SECONDS)
    async with (
        aiohttp.ClientSession(trust_env=True, timeout=timeout) as session,
        session.post(address, data=body, headers=headers) as reply,
    ):
        return reply.status


def _entrance(settings: Settings) -> str:
    if settings.slack_bot_token is None and settings.slack_client_id is None:
        raise SlackUnwell("set KAIKAKU_SLACK_BOT_TOKEN (xoxb-…), found under OAuth & Permissions")
    ways = []
    if settings.slack_signing_secret is not None:
        ways.append("HTTP (kaikaku serve)")
    if settings.slack_app_token is not None:
        ways.append("Socket Mode (kaikaku slack)")
    if not ways:
        advice = "set KAIKAKU_SLACK_SIGNING_SECRET for HTTP, or KAIKAKU_SLACK_APP_TOKEN for Socket Mode"
        raise SlackUnwell(f"Slack can send nothing here: {advice}")
    return ", ".join(ways)


def _header(headers: object, name: str) -> object:
    found = {key.lower(): value for key, value in dict(headers).items()}  # type: ignore[call-overload]
    return found.get(name, "")


_ADVICE = {
    "invalid_auth": "the token is wrong; copy it again from the application's settings",
    "not_authed": "the token is missing; copy it from the application's settings",
    "token_revoked": "the token was revoked; reinstall the application and copy the new one",
    "token_expired": "the token has expired; reinstall the application and copy the new one",
    "missing_scope": "the app-level token needs the scope connections:write; make a new one",
    "not_allowed_token_type": "this is another kind of token; look again which one belongs here",
    "account_inactive": "the bot was removed from the workspace; reinstall the application",
}
