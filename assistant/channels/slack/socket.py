"""The Slack application served by Socket Mode: one connection of our own to Slack, no port for others."""

import asyncio
import logging
import signal

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from assistant.channels.slack.app import build_slack_app
from assistant.errors import SettingsError
from assistant.service import Service
from assistant.settings import Settings

RECONNECT_SECONDS = 5

logger = logging.getLogger(__name__)


def serve_socket(service: Service, settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises:
        SettingsError: no app-level token is set.

    """
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s %(message)s")
    if settings.slack_app_token is None:
        raise SettingsError("KAIKAKU_SLACK_APP_TOKEN is not set: Socket Mode needs an app-level token (xapp-…)")
    asyncio.run(_serve(service, settings, settings.slack_app_token.get_secret_value()))


async def _serve(service: Service, settings: Settings, app_token: str) -> None:
    stop = asyncio.Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(told, stop.set)
    app = build_slack_app(service, settings)
    handler = AsyncSocketModeHandler(
        app.bolt, app_token, web_client=app.parts.calls.client(), ping_interval=RECONNECT_SECONDS
    )
    await app.start()
    try:
        connecting = asyncio.create_task(_connect(handler))
        await stop.wait()
        connecting.cancel()
    finally:
        # First deaf, then at rest: what arrives in between is sent to another process, or again.
        await handler.client.close()  # type: ignore[no-untyped-call]
        await app.stop()


async def _connect(handler: AsyncSocketModeHandler) -> None:
    """Connect, however long Slack cannot be reached; later connections are the handler's own concern."""
    while True:
        try:
            await handler.client.connect()  # type: ignore[no-untyped-call]
        except Exception as error:
            logger.error("Socket Mode: %s; trying again", error)
            await asyncio.sleep(RECONNECT_SECONDS)
        else:
            logger.info("connected by Socket Mode")
            return
