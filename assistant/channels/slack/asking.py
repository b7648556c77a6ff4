"""A question asked in Slack in, its answer in the thread, or for the asker alone, out."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace

from assistant.answers import Answer, Audience, Question
from assistant.channels.exact_lists import is_exact
from assistant.channels.item_csv import items_as_csv
from assistant.channels.slack.calls import SlackRefused, SlackUnreachable
from assistant.channels.slack.choices import Thread
from assistant.channels.slack.delivering import Place
from assistant.channels.slack.escaping import as_mrkdwn
from assistant.channels.slack.events import ONLY_A_FILE
from assistant.channels.slack.inbox import Claim
from assistant.channels.slack.messages import (
    Message,
    answer_message,
    introduced,
    notice,
    rest_of_list,
)
from assistant.channels.slack.parts import SlackParts, is_resumed, place_of
from assistant.channels.slack.tasks import Task
from assistant.channels.slack.teams import Team
from assistant.channels.slack.wording import say
from assistant.conversations import Exchange

LONGEST_TITLE = 80

logger = logging.getLogger(__name__)


async def answer_privately(parts: SlackParts, task: Task, team: Team, text: str) -> None:
    """Answer for the asker alone, with a button to share the answer."""
    exchange = await parts.ask(await question_of(parts, task, team, text))
    exact = await parts.apart(lambda: is_exact(parts.service, exchange.answer))
    message = answer_message(exchange, text, parts.links, private=True, exact=exact)
    await parts.delivering.respond(message, task.response_url)
    await parts.choices.remember(task.team_id, "", "", None, _worth_keeping(task, exchange.answer, text))


def why_not(parts: SlackParts, task: Task) -> str:
    """Return what to tell the asker instead of an answer, "" if the question may be answered."""
    if not parts.is_allowed(task):
        return say("not_allowed")
    if task.refusal:
        return say("personal_data", kinds=task.refusal)
    if not task.text:
        return say("only_a_file" if task.detail == ONLY_A_FILE else "empty_question")
    return ""


async def tell_privately(parts: SlackParts, task: Task, team: Team, text: str) -> None:
    """Tell one user something that nobody else sees."""
    await show_privately(parts, task, team, notice(text))


async def show_privately(parts: SlackParts, task: Task, team: Team, message: Message) -> None:
    """Show a message to one user only."""
    if task.response_url:
        await parts.delivering.respond(message, task.response_url)
        return
    channel = task.channel_id or await parts.direct_channel(team, task.user_id)
    place = Place(team, channel, task.thread_ts if task.thread_ts != task.ts else "", task.user_id)
    await parts.delivering.whisper(message, place)


async def answer_in_thread(parts: SlackParts, claim: Claim, team: Team) -> str:
    """Answer a question where it was asked; return the timestamp of the answer."""
    task = claim.task
    known = await parts.choices.thread(task.team_id, task.channel_id, task.thread_ts) if task.thread_ts else None
    question = await question_of(parts, task, team, task.text)
    exchange, _ = await asyncio.gather(
        parts.continue_conversation(question, known.conversation_id if known else None),
        _show_working(parts, claim, team, is_new=known is None),
    )
    place = place_of(task, team)
    message = await parts.apart(lambda: _message(parts, task, exchange))
    ts = await parts.delivering.deliver(message, place, claim.event_id, resumed=is_resumed(claim))
    await _attach_rest(parts, claim, replace(place, thread_ts=task.thread_ts or ts), exchange)
    thread = Thread(exchange.conversation_id, known.asker if known else task.user_id)
    kept = _worth_keeping(task, exchange.answer, task.text)
    await parts.choices.remember(task.team_id, task.channel_id, task.thread_ts or ts, thread, kept)
    return ts


def _message(parts: SlackParts, task: Task, exchange: Exchange) -> Message:
    message = answer_message(exchange, task.text, parts.links, exact=is_exact(parts.service, exchange.answer))
    if not task.was_chosen:
        return message
    return introduced(message, say("chosen_by", user=task.user_id, question=as_mrkdwn(task.text)))


async def question_of(parts: SlackParts, task: Task, team: Team, text: str) -> Question:
    """Return a question with the scope that was chosen where it is asked."""
    scope = await parts.choices.scope(task.team_id, task.channel_id, task.user_id, team.municipality)
    audience: Audience = "citizen" if task.is_seen_outside else "staff"
    return Question(text, scope=scope, audience=audience, channel="slack")


async def _show_working(parts: SlackParts, claim: Claim, team: Team, *, is_new: bool) -> None:
    """Let the thread say that an answer is on its way; the answer itself ends that, also one that is there already."""
    task = claim.task
    if not task.thread_ts or is_resumed(claim):
        return
    await show_status(parts, task, team, say("thinking"))
    if is_new and task.channel_id.startswith("D"):
        title = {"channel_id": task.channel_id, "thread_ts": task.thread_ts, "title": task.text[:LONGEST_TITLE]}
        await _try_call(parts, team, "assistant.threads.setTitle", title)


async def show_status(parts: SlackParts, task: Task, team: Team, status: str) -> None:
    """Let a thread say what is being done, "" : nothing."""
    told = {"channel_id": task.channel_id, "thread_ts": task.thread_ts, "status": status}
    await _try_call(parts, team, "assistant.threads.setStatus", told)


async def _try_call(parts: SlackParts, team: Team, method: str, arguments: Mapping[str, str]) -> None:
    """Make a call that no answer waits for: where Slack wants fewer of them, it is left out."""
    try:
        await parts.calls.call_now(team.token, method, **arguments)
    except (SlackRefused, SlackUnreachable) as error:
        logger.info("%s", error)


async def _attach_rest(parts: SlackParts, claim: Claim, place: Place, exchange: Exchange) -> None:
    """Give a list that is longer than Slack shows as a file."""
    items = exchange.answer.items
    if not rest_of_list(exchange.answer, parts.links):
        return
    data, comment = items_as_csv(items).encode(), say("csv_note", count=len(items))
    await parts.delivering.attach(place, f"items-{claim.id}.csv", data, comment, resumed=is_resumed(claim))


def _worth_keeping(task: Task, answer: Answer, text: str) -> tuple[str, str] | None:
    return None if answer.outcome == "refused" else (task.user_id, text)
