"""A service and settings in, the Slack application out: one and the same for HTTP and for Socket Mode."""

import logging
import os
import re
import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from assistant.channels.slack.calls import SlackCalls
from assistant.channels.slack.chatter import is_chatter
from assistant.channels.slack.choices import Choices
from assistant.channels.slack.database import SlackDatabase
from assistant.channels.slack.delivering import Delivering
from assistant.channels.slack.events import FOLLOW_UP
from assistant.channels.slack.forms import open_form
from assistant.channels.slack.handling import HANDLERS
from assistant.channels.slack.inbox import Inbox
from assistant.channels.slack.installations import Installations
from assistant.channels.slack.installing import Installing
from assistant.channels.slack.interactions import form_wanted
from assistant.channels.slack.links import Links
from assistant.channels.slack.lists import ItemLists
from assistant.channels.slack.parts import SlackParts
from assistant.channels.slack.receiving import read_delivery
from assistant.channels.slack.scheduling import Scheduler
from assistant.channels.slack.subscriptions import Subscriptions
from assistant.channels.slack.tasks import Delivery, Ignored
from assistant.channels.slack.teams import OneTeam, Teams, read_workspaces
from assistant.channels.slack.working import Worker
from assistant.errors import SettingsError
from assistant.service import Service
from assistant.settings import Settings

logger = logging.getLogger(__name__)

_OPENS_A_FORM = re.compile("^(feedback|owner|channel)$")
_NO_TOKEN = (
    "Slack: set KAIKAKU_SLACK_BOT_TOKEN for one workspace, or KAIKAKU_SLACK_CLIENT_ID, KAIKAKU_SLACK_CLIENT_SECRET"
    " and KAIKAKU_SLACK_TOKEN_KEY to be installed in several"
)
# What people say to each other all day.
_USUAL = frozenset({"not_addressed", "bot_message", "thread_not_followed", "not_a_question", "not_edited"})
Next = Callable[[], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class SlackApp:
    """The assembled application; `start` and `stop` belong around the time in which it is served."""

    bolt: AsyncApp
    parts: SlackParts
    worker: Worker
    scheduler: Scheduler
    database: SlackDatabase
    installing: Installing | None = None

    async def start(self) -> None:
        """Begin to work on what the inbox holds, and to send digests."""
        self.worker.start()
        self.scheduler.start()

    async def stop(self) -> None:
        """Finish what is under way, and close everything."""
        await self.scheduler.stop()
        await self.worker.stop()
        await self.parts.calls.close()
        self.parts.threads.shutdown(wait=False)
        self.database.close()


def build_slack_app(service: Service, settings: Settings) -> SlackApp:
    """Assemble the application.

    Raises:
        SettingsError: no bot token is set, and no way to install by OAuth.

    """
    database = SlackDatabase.open(settings.catalogue_url)
    calls = SlackCalls(settings.slack_api_url)
    teams, installing = build_teams(settings, calls, database)
    parts = SlackParts(
        service,
        calls,
        teams,
        Delivering(calls),
        Choices(database),
        Subscriptions(database),
        Links(settings.public_url),
        ItemLists(service),
        settings.slack_digest_hour,
        frozenset(one.strip() for one in settings.slack_users.split(",") if one.strip()),
        frozenset(read_workspaces(settings.slack_workspaces)),
    )
    inbox = Inbox(database, f"{os.getpid()}-{uuid.uuid4().hex[:8]}", settings.slack_lease_seconds)
    worker = Worker(inbox, parts, HANDLERS, settings.slack_lease_seconds)
    scheduler = Scheduler(inbox, parts.subscriptions, worker.wake, settings.slack_digest_hour)
    bolt = _build_bolt(settings, _Reception(inbox, parts, worker), calls)
    return SlackApp(bolt, parts, worker, scheduler, database, installing)


def build_teams(settings: Settings, calls: SlackCalls, database: SlackDatabase) -> tuple[Teams, Installing | None]:
    """Choose between one workspace with a bot token and those that install by OAuth, and how they do that.

    Raises:
        SettingsError: neither is set, or not whole.

    """
    allowed = read_workspaces(settings.slack_workspaces)
    if settings.slack_bot_token is not None:
        return OneTeam(calls, settings.slack_bot_token.get_secret_value(), allowed), None
    secret, key = settings.slack_client_secret, settings.slack_token_key
    if settings.slack_client_id is None or secret is None or key is None:
        raise SettingsError(_NO_TOKEN)
    installations = Installations(database, key.get_secret_value(), allowed)
    return installations, Installing(calls, installations, settings.slack_client_id, secret.get_secret_value())


def _build_bolt(settings: Settings, reception: "_Reception", calls: SlackCalls) -> AsyncApp:
    secret = settings.slack_signing_secret
    app = AsyncApp(
        name="kaikaku",
        client=calls.client(),
        signing_secret="" if secret is None else secret.get_secret_value(),
        authorize=_authorize,
        # Socket Mode requests come over our own connection and carry no signature.
        request_verification_enabled=secret is not None,
        ignoring_self_events_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.middleware(reception.receive)
    app.action(_OPENS_A_FORM)(ack=_acknowledge, lazy=[reception.open_form])
    return app


async def _authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    """Let every signed request in: whose it is, is looked up when it is worked on, without keeping Slack waiting."""
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


async def _acknowledge(ack: Callable[[], Awaitable[Any]]) -> None:
    await ack()


@dataclass(frozen=True, slots=True)
class _Reception:
    """Writes what Slack delivers into the inbox before Slack is told that it has arrived."""

    inbox: Inbox
    parts: SlackParts
    worker: Worker

    async def receive(self, body: Mapping[str, Any], next: Next) -> BoltResponse | None:
        """Keep a delivery; one that cannot be kept is not acknowledged, so that Slack delivers it again."""
        if body.get("type") in ("url_verification", "ssl_check"):
            await next()
            return None
        read = read_delivery(body)
        try:
            reason = read.reason if isinstance(read, Ignored) else await self._keep(read)
        except Exception as error:
            logger.error("a delivery could not be kept, Slack will send it again: %s", error)
            return BoltResponse(status=503)
        if reason:
            logger.log(logging.DEBUG if reason in _USUAL else logging.INFO, "nothing done: %s", reason)
        if form_wanted(body) is not None and reason != "duplicate":
            await next()
            return None
        return BoltResponse(status=200)

    async def open_form(self, body: Mapping[str, Any]) -> None:
        """Open the form of a button, beside what the inbox does about the click."""
        if (wanted := form_wanted(body)) is not None:
            await open_form(self.parts, *wanted)

    async def _keep(self, delivery: Delivery) -> str:
        """Return why nothing is kept, "" if it is."""
        task = delivery.task
        subject = f"{task.team_id}:{task.channel_id}:{task.ts}"
        if task.kind == "deleted":
            return "question_deleted" if await self.inbox.cancel(subject) else "message_deleted"
        if task.kind == "edited" and not await self.inbox.knows(subject):
            return "message_edited"
        if task.detail == FOLLOW_UP and not task.refusal and (not task.text or is_chatter(task.text)):
            return "not_a_question"
        if task.detail == FOLLOW_UP and not await self._is_followed(delivery):
            return "thread_not_followed"
        if not await self.inbox.put(delivery):
            return "duplicate"
        self.worker.wake()
        return ""

    async def _is_followed(self, delivery: Delivery) -> bool:
        task = delivery.task
        thread = await self.parts.choices.thread(task.team_id, task.channel_id, task.thread_ts)
        return thread is not None and thread.asker == task.user_id
