"""The Slack application served by Socket Mode: one connection of our own to Slack, no port for others."""

import asyncio
import contextlib
import logging
import signal
import time

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from assistant.channels.slack.app import SlackApp, build_slack_app
from assistant.errors import SettingsError
from assistant.service import Service
from assistant.settings import Settings

PING_SECONDS = 5.0
# Slack's client mends a broken connection by itself, usually at once; after so long it is replaced.
BROKEN_SECONDS = 30.0
CLOSE_SECONDS = 5.0

logger = logging.getLogger(__name__)


def require_socket_settings(settings: Settings) -> str:
    """Return the app-level token, before anything heavy is built.

    Raises:
        SettingsError: it is not set.

    """
    if settings.slack_app_token is None:
        raise SettingsError("KAIKAKU_SLACK_APP_TOKEN is not set: Socket Mode needs an app-level token (xapp-…)")
    return settings.slack_app_token.get_secret_value()


def serve_socket(service: Service, settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s %(message)s")
    asyncio.run(_serve(service, settings, require_socket_settings(settings)))


async def _serve(service: Service, settings: Settings, app_token: str) -> None:
    stop = asyncio.Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(told, stop.set)
    app = build_slack_app(service, settings)
    await app.start()
    try:
        listening = asyncio.create_task(_listen(app, app_token))
        await stop.wait()
        # First deaf, then at rest: what arrives in between is sent to another process, or again.
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
    finally:
        await app.stop()


class _Handler(AsyncSocketModeHandler):
    """Bolt's own, that no envelope can make fail: one that Slack never sent is acknowledged and left alone."""

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Answer one envelope."""
        try:
            if not isinstance(req.payload.get("event", {}), dict):
                raise TypeError("event")
            await super().handle(client, req)
        except (ValueError, AttributeError, TypeError, KeyError, IndexError) as error:
            logger.warning("an envelope of type %s cannot be read: %s", req.type, type(error).__name__)
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))


async def _listen(app: SlackApp, app_token: str) -> None:
    """Stay connected, however long Slack cannot be reached."""
    while True:
        handler = _Handler(app.bolt, app_token, web_client=app.parts.calls.client(), ping_interval=PING_SECONDS)
        try:
            await handler.client.connect_to_new_endpoint(force=True)
            logger.info("connected by Socket Mode")
            await _until_broken(handler)
            logger.error("Socket Mode: the connection is broken and does not mend; a new one is made")
        except Exception as error:
            logger.error("Socket Mode: %s; trying again", error)
            await asyncio.sleep(PING_SECONDS)
        finally:
            # Closing waits for the other side, which may be gone.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(handler.client.close(), CLOSE_SECONDS)  # type: ignore[no-untyped-call]


async def _until_broken(handler: AsyncSocketModeHandler) -> None:
    well = time.monotonic()
    while time.monotonic() - well < BROKEN_SECONDS:
        await asyncio.sleep(1)
        if await handler.client.is_connected():
            well = time.monotonic()
