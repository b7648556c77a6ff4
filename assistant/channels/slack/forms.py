"""Forms: what was wrong with an answer, and a message to the department in charge, which only the user sends."""

import logging
from dataclasses import replace

from assistant.channels.slack.blocks import TITLE, Block, context, form, plain, section, text_input
from assistant.channels.slack.calls import SlackRefused, SlackUnreachable
from assistant.channels.slack.channel_choice import channel_form_of
from assistant.channels.slack.delivering import Place
from assistant.channels.slack.escaping import as_mrkdwn
from assistant.channels.slack.inbox import Claim
from assistant.channels.slack.messages import Message, introduced, notice
from assistant.channels.slack.parts import SlackParts, is_resumed
from assistant.channels.slack.tasks import Task
from assistant.channels.slack.wording import say
from assistant.errors import AssistantError
from ingest.plan_items import PlanItem

logger = logging.getLogger(__name__)


def correction_form(answer_id: str) -> Block:
    """Return the form that asks what was wrong."""
    asked = text_input("comment", "comment", say("correction_label"), lines=True, hint=say("correction_hint"))
    made = form("correction", say("correction_title"), [asked], say("send"), say("cancel"))
    return {**made, "private_metadata": answer_id}


def draft_form(item: PlanItem) -> Block:
    """Return the form with a message to the department in charge of an item."""
    text = say("draft_text", owners="、".join(item.owners) or say("owner_untold"), title=item.title, plan=item.plan)
    chosen = {
        "type": "conversations_select",
        "action_id": "to",
        "filter": {"include": ["public", "private", "im"], "exclude_bot_users": True},
    }
    to = {"type": "input", "block_id": "to", "label": plain(say("draft_to"), TITLE), "element": chosen}
    draft = text_input("draft", "draft", say("draft_label"), lines=True, value=text)
    return form("draft", say("draft_title"), [to, draft, context(say("draft_note"))], say("send"), say("cancel"))


async def open_form(parts: SlackParts, task: Task, trigger_id: str) -> None:
    """Open the form that a click asks for; Slack allows three seconds for it."""
    view = await _form_of(parts, task)
    if view is None:
        return
    try:
        team = await parts.teams.find(task.team_id)
        await parts.calls.call(team.token, "views.open", trigger_id=trigger_id, view=view)
    except (SlackRefused, SlackUnreachable, AssistantError) as error:
        logger.error("a form could not be opened: %s", error)


async def save_feedback(parts: SlackParts, claim: Claim) -> None:
    """Keep an approval or disapproval."""
    task = claim.task
    answer_id, _, rating = task.detail.rpartition(":")
    if rating in ("up", "down") and answer_id:
        rater = f"slack:{task.team_id}:{task.user_id}"
        await parts.apart(lambda: parts.service.rate(answer_id, "up" if rating == "up" else "down", None, rater))


async def save_correction(parts: SlackParts, claim: Claim) -> None:
    """Keep what was wrong with an answer, and thank for it."""
    task, team = claim.task, await parts.teams.find(claim.task.team_id)
    channel = await parts.direct_channel(team, task.user_id)
    place = Place(team, channel, "", task.user_id)
    if task.refusal:
        await parts.delivering.whisper(notice(say("personal_data", kinds=task.refusal)), place)
        return
    rater = f"slack:{task.team_id}:{task.user_id}"
    await parts.apart(lambda: parts.service.rate(task.detail, "down", task.text, rater))
    await parts.delivering.deliver(notice(say("thanks")), place, claim.event_id, resumed=is_resumed(claim))


async def send_draft(parts: SlackParts, claim: Claim) -> str | None:
    """Post the message that a user has sent to a department."""
    task, team = claim.task, await parts.teams.find(claim.task.team_id)
    if task.refusal or not task.text:
        told = say("personal_data", kinds=task.refusal) if task.refusal else say("empty_question")
        place = Place(team, await parts.direct_channel(team, task.user_id), "", task.user_id)
        await parts.delivering.whisper(notice(told), place)
        return None
    message = introduced(Message((section(as_mrkdwn(task.text)),)), say("draft_sent_by", user=task.user_id))
    place = Place(team, task.channel_id, "", task.user_id)
    if task.channel_id.startswith("U"):
        place = replace(place, channel_id=await parts.direct_channel(team, task.channel_id))
    return await parts.delivering.deliver(message, place, claim.event_id, resumed=is_resumed(claim))


async def _form_of(parts: SlackParts, task: Task) -> Block | None:
    if task.kind == "feedback":
        answer_id, _, rating = task.detail.rpartition(":")
        return correction_form(answer_id) if rating == "down" else None
    if task.kind == "prefer_channel":
        return await parts.apart(lambda: channel_form_of(parts.lists))
    item = await parts.apart(lambda: parts.lists.find(task.detail))
    return draft_form(item) if item else None
