"""Small things that happen in a workspace: an answered question is edited, the application is removed."""

import logging

from assistant.channels.slack.asking import tell_privately
from assistant.channels.slack.inbox import Claim
from assistant.channels.slack.parts import SlackParts
from assistant.channels.slack.wording import say

logger = logging.getLogger(__name__)


async def tell_edited(parts: SlackParts, claim: Claim) -> None:
    """Tell somebody who edits a question that the answer stays as it was."""
    task = claim.task
    logger.info("question_edited in %s", task.channel_id)
    await tell_privately(parts, task, await parts.teams.find(task.team_id), say("edited"))


async def forget_team(parts: SlackParts, claim: Claim) -> None:
    """Drop the token of a workspace that has removed the application."""
    logger.warning("app_uninstalled from %s", claim.task.team_id)
    await parts.teams.forget(claim.task.team_id)
