"""The parts that handle deliveries, assembled: what is asked, where it is kept, how Slack is spoken to."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from assistant.answers import Question
from assistant.channels.slack.calls import SlackCalls
from assistant.channels.slack.choices import Choices
from assistant.channels.slack.delivering import Delivering, Place
from assistant.channels.slack.inbox import Claim
from assistant.channels.slack.links import Links
from assistant.channels.slack.lists import ItemLists
from assistant.channels.slack.subscriptions import Subscriptions
from assistant.channels.slack.tasks import Task
from assistant.channels.slack.teams import Team, Teams
from assistant.conversations import Exchange
from assistant.service import Service

ANSWERING_THREADS = 2

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class SlackParts:
    """Everything that a handler uses."""

    service: Service
    calls: SlackCalls
    teams: Teams
    delivering: Delivering
    choices: Choices
    subscriptions: Subscriptions
    links: Links
    lists: ItemLists
    digest_hour: int
    allowed_users: frozenset[str] = frozenset()
    allowed_teams: frozenset[str] = frozenset()
    threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(ANSWERING_THREADS, "slack-answer"))

    async def apart(self, work: Callable[[], Result]) -> Result:
        """Do work that takes time on a thread beside the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self.threads, work)

    async def ask(self, question: Question) -> Exchange:
        """Answer a question by itself."""
        return await self.apart(lambda: self.service.ask(question))

    async def continue_conversation(self, question: Question, conversation_id: str | None) -> Exchange:
        """Answer a question in a conversation."""
        return await self.apart(lambda: self.service.continue_conversation(question, conversation_id))

    async def direct_channel(self, team: Team, user_id: str) -> str:
        """Return the channel of direct messages with a user."""
        opened = await self.calls.call(team.token, "conversations.open", users=user_id)
        return str(opened["channel"]["id"])

    def is_allowed(self, task: Task) -> bool:
        """Tell whether the user of a task may use the application; a guest's own workspace must be allowed too."""
        is_known_team = not (self.allowed_teams and task.user_team) or task.user_team in self.allowed_teams
        return is_known_team and (not self.allowed_users or task.user_id in self.allowed_users)


def place_of(task: Task, team: Team) -> Place:
    """Return where the answer to a task goes."""
    return Place(team, task.channel_id, task.thread_ts, task.user_id, task.ts)


def is_resumed(claim: Claim) -> bool:
    """Tell whether an earlier attempt may have posted something."""
    return claim.attempt > 1
