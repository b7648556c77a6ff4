"""Calls of Slack's Web API: what Slack asks for (waiting, trying again) done, what it refuses raised by name."""

import asyncio
import logging
import time
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from assistant.errors import AssistantError

LONGEST_WAIT = 120.0
TRIES = 4
_TIMEOUT_SECONDS = 30

logger = logging.getLogger(__name__)


class SlackRefused(AssistantError):
    """Slack said no; `code` is Slack's own name of why."""

    def __init__(self, method: str, code: str, detail: str = "") -> None:
        super().__init__(f"Slack {method}: {code}{f' ({detail})' if detail else ''}")
        self.code = code


class SlackUnreachable(AssistantError):
    """Slack did not answer, or asks to be left alone for `seconds`; whether it did what was asked is not known."""

    def __init__(self, method: str, reason: str, seconds: float = 5.0) -> None:
        super().__init__(f"Slack {method}: {reason}")
        self.seconds = seconds


class SlackCalls:
    """Calls for all teams over one connection pool; a channel that must be left alone holds up no other."""

    def __init__(self, api_url: str) -> None:
        self._api_url = api_url if api_url.endswith("/") else f"{api_url}/"
        self._session: aiohttp.ClientSession | None = None
        self._closed_until: dict[tuple[str, str, str], float] = {}

    def client(self, token: str | None = None) -> AsyncWebClient:
        """Return Slack's own client, with these settings."""
        return AsyncWebClient(token=token, base_url=self._api_url, timeout=_TIMEOUT_SECONDS)

    async def call(self, token: str, method: str, repeatable: bool = True, /, **arguments: object) -> dict[str, Any]:
        """Make one call and return Slack's reply; None arguments are left out.

        One that is not `repeatable` is given up when it is not known whether Slack has done it.

        Raises:
            SlackRefused: Slack said no.
            SlackUnreachable: Slack could not be asked within its own limits.

        """
        given = {name: value for name, value in arguments.items() if value is not None}
        gate = (token, method, str(given.get("channel", "")))
        for attempt in range(1, TRIES + 1):
            await self._wait_until_open(gate, method)
            try:
                return await self._call_once(token, method, given)
            except SlackApiError as error:
                seconds = self._told_to_wait(error, gate, attempt)
                if seconds is None:
                    raise _refused(method, error) from None
                # A failing server may have done what it was asked; being told to wait means that it has not.
                if error.response.status_code != 429 and not repeatable:
                    raise SlackUnreachable(method, f"HTTP {error.response.status_code}", 1.0) from None
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                if not repeatable and not isinstance(error, aiohttp.ClientConnectorError):
                    raise SlackUnreachable(method, type(error).__name__, 1.0) from None
                await asyncio.sleep(0.2 * 2**attempt)
        raise SlackUnreachable(method, f"no answer after {TRIES} tries")

    async def call_now(self, token: str, method: str, **arguments: object) -> dict[str, Any]:
        """Make one call for which there is another way: it waits for nothing, and is made once.

        Raises:
            SlackRefused: Slack said no, or wants fewer calls of this method.
            SlackUnreachable: it is not known whether Slack has done it.

        """
        gate = (token, method, "")
        if self._closed_until.get(gate, 0.0) > time.monotonic():
            raise SlackRefused(method, "ratelimited")
        try:
            return await self._call_once(token, method, arguments)
        except SlackApiError as error:
            status = error.response.status_code
            if self._told_to_wait(error, gate, 1) is not None and status != 429:
                raise SlackUnreachable(method, f"HTTP {status}", 1.0) from None
            raise _refused(method, error) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise SlackUnreachable(method, type(error).__name__, 1.0) from None

    async def respond(self, response_url: str, body: Mapping[str, Any]) -> None:
        """Send to the address that a command or click may be answered at.

        Raises:
            SlackRefused: the address is used up or too old.
            SlackUnreachable: it does not answer.

        """
        for attempt in range(1, TRIES + 1):
            try:
                async with self._pool().post(response_url, json=body) as reply:
                    if reply.status < 400:
                        return
                    if reply.status == 429 or reply.status >= 500:
                        await asyncio.sleep(_seconds(reply.headers.get("Retry-After"), 0.2 * 2**attempt))
                        continue
                    raise SlackRefused("response_url", f"http_{reply.status}", (await reply.text())[:200])
            except (aiohttp.ClientError, TimeoutError) as error:
                logger.info("response_url: %s, tried again", type(error).__name__)
                await asyncio.sleep(0.2 * 2**attempt)
        raise SlackUnreachable("response_url", f"no answer after {TRIES} tries")

    async def upload(self, url: str, data: bytes) -> None:
        """Send a file's bytes to the address that Slack gave for them."""
        async with self._pool().post(url, data=data, headers={"Content-Type": "application/octet-stream"}) as reply:
            if reply.status != 200:
                raise SlackUnreachable("upload", f"HTTP {reply.status}")

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()

    async def _call_once(self, token: str, method: str, arguments: Mapping[str, object]) -> dict[str, Any]:
        client = AsyncWebClient(token=token, base_url=self._api_url, session=self._pool(), retry_handlers=[])
        # As Slack's own client sends them: some methods read no JSON.
        if method in ("conversations.replies", "conversations.history"):
            reply = await client.api_call(method, http_verb="GET", params=_flat(arguments))
        elif method.startswith(("files.", "auth.")):
            reply = await client.api_call(method, params=_flat(arguments))
        else:
            reply = await client.api_call(method, json=dict(arguments))
        data = reply.data
        return data if isinstance(data, dict) else {}

    def _pool(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=_TIMEOUT_SECONDS)
            # City networks reach Slack through a proxy that the environment names.
            self._session = aiohttp.ClientSession(timeout=timeout, trust_env=True)
        return self._session

    async def _wait_until_open(self, gate: tuple[str, str, str], method: str) -> None:
        while (seconds := self._closed_until.get(gate, 0.0) - time.monotonic()) > 0:
            if seconds > LONGEST_WAIT:
                raise SlackUnreachable(method, f"asks to wait {seconds:.0f} s", seconds)
            await asyncio.sleep(seconds)

    def _told_to_wait(self, error: SlackApiError, gate: tuple[str, str, str], attempt: int) -> float | None:
        status = error.response.status_code
        if status != 429 and status < 500 and _code(error) not in ("ratelimited", "internal_error", "fatal_error"):
            return None
        seconds = _seconds(error.response.headers.get("Retry-After"), 0.2 * 2**attempt)
        logger.info("Slack %s: %s, waiting %.1f s", gate[1], status, seconds)
        self._closed_until[gate] = time.monotonic() + seconds
        return seconds


def _refused(method: str, error: SlackApiError) -> SlackRefused:
    data = error.response.data if isinstance(error.response.data, dict) else {}
    if data.get("needed"):
        return SlackRefused(method, _code(error), f"needs {data['needed']}, has {data.get('provided', '')}")
    messages = data.get("response_metadata", {}).get("messages", [])
    return SlackRefused(method, _code(error), "; ".join(map(str, messages))[:300])


def _code(error: SlackApiError) -> str:
    data = error.response.data
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def _seconds(told: str | None, otherwise: float) -> float:
    try:
        return float(told) if told else otherwise
    except ValueError:
        return otherwise


def _flat(arguments: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in arguments.items()}
