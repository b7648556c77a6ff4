"""What is said to the assistant in a message in: a question, a command, thanks; the reply it calls for out."""

from dataclasses import replace

from assistant.channels.slack.asking import answer_in_thread, answer_privately, tell_privately, why_not
from assistant.channels.slack.chatter import is_thanks, wants_help
from assistant.channels.slack.commands import typed_command
from assistant.channels.slack.inbox import Claim
from assistant.channels.slack.messages import notice
from assistant.channels.slack.parts import SlackParts, is_resumed, place_of
from assistant.channels.slack.teams import Team
from assistant.channels.slack.wording import say


async def reply(parts: SlackParts, claim: Claim) -> str | None:
    """Reply where something was said; return the timestamp of the reply, None if only one user sees it."""
    task, team = claim.task, await parts.teams.find(claim.task.team_id)
    if told := why_not(parts, task) or _small_talk(task.text, is_private=bool(task.response_url)):
        await tell_privately(parts, task, team, told)
        return None
    if task.response_url:
        await answer_privately(parts, task, team, task.text)
        return None
    if not task.channel_id:
        task = replace(task, channel_id=await parts.direct_channel(team, task.user_id))
    return await _reply_in_thread(parts, replace(claim, task=task), team)


def _small_talk(text: str, *, is_private: bool) -> str:
    if wants_help(text):
        return say("help")
    return say("welcome") if is_private and is_thanks(text) else ""


async def _reply_in_thread(parts: SlackParts, claim: Claim, team: Team) -> str:
    thanked = notice(say("welcome")) if is_thanks(claim.task.text) else None
    message = thanked or await typed_command(parts, claim.task, team)
    if message is None:
        return await answer_in_thread(parts, claim, team)
    place = place_of(claim.task, team)
    return await parts.delivering.deliver(message, place, claim.event_id, resumed=is_resumed(claim))
