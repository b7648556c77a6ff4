"""Small things that happen in a workspace: an answered question is edited, the application is removed."""

import logging

from assistant.channels.slack.asking import show_privately, tell_privately, why_not
from assistant.channels.slack.blocks import actions, button, section
from assistant.channels.slack.inbox import Claim
from assistant.channels.slack.messages import Message
from assistant.channels.slack.parts import SlackParts
from assistant.channels.slack.wording import say

logger = logging.getLogger(__name__)


async def tell_edited(parts: SlackParts, claim: Claim) -> None:
    """Tell somebody who edits a question that the answer stays as it was, and offer to answer it as it is now."""
    task = claim.task
    logger.info("question_edited in %s", task.channel_id)
    team = await parts.teams.find(task.team_id)
    if task.refusal or not task.text:
        await tell_privately(parts, task, team, why_not(parts, task))
        return
    await show_privately(parts, task, team, edited_message(task.text))


def edited_message(text: str) -> Message:
    """Return what is told of an edited question, with a button that asks it."""
    return Message((section(say("edited")), actions([button("ask:edited", say("ask_edited"), text)])))


async def forget_team(parts: SlackParts, claim: Claim) -> None:
    """Drop the token of a workspace that has removed the application."""
    logger.warning("app_uninstalled from %s", claim.task.team_id)
    await parts.teams.forget(claim.task.team_id)
