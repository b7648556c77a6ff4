"""The inbox in, every task of it handled out: in order within a thread, side by side otherwise, until told to stop."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping

from assistant.channels.slack.asking import show_status, tell_privately
from assistant.channels.slack.calls import SlackRefused, SlackUnreachable
from assistant.channels.slack.delivering import cannot_write, why_not_written
from assistant.channels.slack.inbox import Claim, Inbox
from assistant.channels.slack.parts import SlackParts
from assistant.channels.slack.tasks import Kind, Task
from assistant.channels.slack.teams import Team, UnknownTeam
from assistant.channels.slack.wording import say
from assistant.errors import AssistantError

AT_ONCE = 40
MOST_ATTEMPTS = 8
GRACE_SECONDS = 8.0
_POLL_SECONDS = 1.0

# What somebody waits for the end of.
_AWAITED = frozenset({"ask", "command", "share", "send_csv", "send_draft", "correct"})

Handler = Callable[[SlackParts, Claim], Awaitable[str | None]]

logger = logging.getLogger(__name__)


class Worker:
    """Takes tasks from the inbox; `wake` says that there is a new one."""

    def __init__(self, inbox: Inbox, parts: SlackParts, handlers: Mapping[Kind, Handler], lease_seconds: float) -> None:
        self._inbox = inbox
        self._parts = parts
        self._handlers = handlers
        self._renew_seconds = lease_seconds / 3
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._news = asyncio.Event()
        self._loops: list[asyncio.Task[None]] = []

    def wake(self) -> None:
        """Look for tasks now rather than soon."""
        self._news.set()

    def start(self) -> None:
        """Begin to work."""
        self._loops = [asyncio.create_task(self._take()), asyncio.create_task(self._renew())]

    async def stop(self) -> None:
        """Take nothing more, finish what is under way if that is soon, and leave the rest to whoever comes next."""
        for loop in self._loops[:1]:
            loop.cancel()
        if self._under_way:
            _, unfinished = await asyncio.wait(list(self._under_way.values()), timeout=GRACE_SECONDS)
            for task in unfinished:
                task.cancel()
        ids = tuple(self._under_way)
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, *self._under_way.values(), return_exceptions=True)
        for claim_id in ids:
            await self._inbox.postpone(claim_id, 0.0)

    async def _take(self) -> None:
        while True:
            self._news.clear()
            claims = await self._claim()
            for claim in claims:
                self._under_way[claim.id] = asyncio.create_task(self._work(claim))
            if not claims:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), _POLL_SECONDS)

    async def _claim(self) -> tuple[Claim, ...]:
        room = AT_ONCE - len(self._under_way)
        if room <= 0:
            return ()
        try:
            return await self._inbox.claim(room)
        except Exception as error:
            # The database comes back or it does not: either way nothing is lost by looking again.
            logger.error("the inbox cannot be read: %s", error)
            return ()

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self._renew_seconds)
            if self._under_way:
                try:
                    await self._inbox.renew(tuple(self._under_way))
                except Exception as error:
                    logger.error("leases are not renewed: %s", error)

    async def _work(self, claim: Claim) -> None:
        try:
            await self._handle(claim)
        except asyncio.CancelledError:
            raise
        except Exception:
            logger.exception("task %s cannot be ended; it will be taken again", claim.event_id)
        finally:
            self._under_way.pop(claim.id, None)
            self._news.set()

    async def _handle(self, claim: Claim) -> None:
        kind = claim.task.kind
        try:
            answer_ts = await self._handlers[kind](self._parts, claim)
        except SlackUnreachable as error:
            await self._again(claim, error, error.seconds)
        except UnknownTeam as error:
            logger.warning("%s ignored: %s", kind, error)
            await self._inbox.finish(claim.id, "ignored")
        except SlackRefused as refused:
            await self._give_up(claim, refused)
        except AssistantError as error:
            logger.error("%s failed: %s", kind, error)
            await self._again(claim, error, 1.0)
        except Exception as error:
            logger.exception("%s failed", kind)
            await self._again(claim, error, 1.0)
        else:
            await self._inbox.finish(claim.id, "done", answer_ts)

    async def _give_up(self, claim: Claim, refused: SlackRefused) -> None:
        task = claim.task
        await self._inbox.finish(claim.id, f"failed:{refused.code}")
        if refused.code == "thread_not_found":
            # The question was deleted while it was being answered.
            logger.info("question_deleted in %s: no answer is shown", task.channel_id)
            return
        logger.error("%s in %s of %s failed: %s", task.kind, task.channel_id, task.team_id, refused)
        await self._tell_failure(task, _told_of(refused, task))

    async def _again(self, claim: Claim, error: Exception, seconds: float) -> None:
        if claim.attempt < MOST_ATTEMPTS:
            logger.warning("%s is tried again (%d): %s", claim.task.kind, claim.attempt, error)
            await self._inbox.postpone(claim.id, seconds * 2 ** min(claim.attempt - 1, 5))
            return
        await self._inbox.finish(claim.id, "failed")
        await self._tell_failure(claim.task, say("failed"))

    async def _tell_failure(self, task: Task, text: str) -> None:
        """Say that there is no answer, by direct message where the channel cannot be written to."""
        if task.kind not in _AWAITED:
            return
        try:
            team: Team = await self._parts.teams.find(task.team_id)
            if task.thread_ts:
                await show_status(self._parts, task, team, "")
            private = Task("ask", task.team_id, task.user_id, response_url=task.response_url)
            await tell_privately(self._parts, private, team, text)
        except (SlackRefused, SlackUnreachable, UnknownTeam) as error:
            logger.error("nor can the user be told: %s", error)


def _told_of(refused: SlackRefused, task: Task) -> str:
    if task.channel_id and cannot_write(refused):
        return say("cannot_write_here", channel=task.channel_id, reason=why_not_written(refused))
    return say("failed")
