"""What one user has seen in, the same for a whole channel, or a list as a file, out."""

import json
from dataclasses import replace

from assistant.answers import Question, Turn
from assistant.channels.exact_lists import is_exact
from assistant.channels.item_csv import items_as_csv
from assistant.channels.slack.arguments import Items
from assistant.channels.slack.asking import question_of, tell_privately, why_not
from assistant.channels.slack.choices import Thread
from assistant.channels.slack.commands import items_message, read_command, select_items
from assistant.channels.slack.delivering import Place
from assistant.channels.slack.escaping import as_mrkdwn
from assistant.channels.slack.inbox import Claim
from assistant.channels.slack.interactions import COMMAND
from assistant.channels.slack.messages import Message, answer_message, introduced, notice
from assistant.channels.slack.parts import SlackParts, is_resumed
from assistant.channels.slack.tasks import Task
from assistant.channels.slack.teams import Team
from assistant.channels.slack.wording import say
from ingest.plan_items import PlanItem


async def share_answer(parts: SlackParts, claim: Claim) -> str | None:
    """Answer once more, for everybody in the channel."""
    task, team = claim.task, await parts.teams.find(claim.task.team_id)
    if told_off := why_not(parts, task):
        await tell_privately(parts, task, team, told_off)
        return None
    place = Place(team, task.channel_id, "", task.user_id, task.ts)
    message, conversation_id = await _again(parts, task, team)
    asked = say("asked_by", user=task.user_id, question=as_mrkdwn(task.text))
    ts = await parts.delivering.deliver(introduced(message, asked), place, claim.event_id, resumed=is_resumed(claim))
    if conversation_id is not None:
        thread = Thread(conversation_id, task.user_id)
        await parts.choices.remember(task.team_id, task.channel_id, ts, thread, None)
    if task.response_url:
        await parts.delivering.respond(notice(say("shared")), task.response_url)
    return ts


async def send_csv(parts: SlackParts, claim: Claim) -> None:
    """Send a list as a file to the user who asked for it."""
    task, team = claim.task, await parts.teams.find(claim.task.team_id)
    wanted = json.loads(task.text)
    items = await _items_again(parts, task, team, wanted["question"], wanted["total"])
    if items is None:
        await tell_privately(parts, task, team, say("list_changed"))
        return
    place = Place(team, await parts.direct_channel(team, task.user_id), "", task.user_id, task.ts)
    data, comment = items_as_csv(items).encode(), say("csv_note", count=len(items))
    await parts.delivering.attach(place, f"items-{claim.id}.csv", data, comment, resumed=is_resumed(claim))
    await tell_privately(parts, task, team, say("csv_sent"))


async def _again(parts: SlackParts, task: Task, team: Team) -> tuple[Message, str | None]:
    """Make the message again that a user has seen; of an answer also the conversation it begins."""
    command = await _list_command(parts, task, team, task.text)
    if command is not None:
        question = await question_of(parts, task, team, "")
        items = await parts.apart(lambda: select_items(parts.lists, question.scope, command))
        return items_message(command, items, parts.links, private=False), None
    exchange = await parts.continue_conversation(await question_of(parts, task, team, task.text), None)
    exact = await parts.apart(lambda: is_exact(parts.service, exchange.answer))
    return answer_message(exchange, task.text, parts.links, exact=exact), exchange.conversation_id


async def _items_again(
    parts: SlackParts, task: Task, team: Team, asked: str, total: int
) -> tuple[PlanItem, ...] | None:
    """Make a list again; None if it is another than the user has seen."""
    command = await _list_command(parts, task, team, asked)
    question = await question_of(parts, task, team, asked)
    if command is not None:
        found = await parts.apart(lambda: select_items(parts.lists, question.scope, command))
    else:
        found = (await parts.ask(replace(question, channel="trial"))).answer.items
        if len(found) != total and (turns := await _turns_before(parts, task, asked)):
            followed = Question(asked, turns, question.scope, question.audience, channel="trial")
            found = (await parts.ask(followed)).answer.items
    return found if len(found) == total else None


async def _list_command(parts: SlackParts, task: Task, team: Team, text: str) -> Items | None:
    if not text.startswith(COMMAND):
        return None
    _, command = await read_command(parts, task, team, text.removeprefix(COMMAND).strip())
    return command if isinstance(command, Items) else None


async def _turns_before(parts: SlackParts, task: Task, asked: str) -> tuple[Turn, ...]:
    """Return what had been said in the thread when a question was asked."""
    thread = await parts.choices.thread(task.team_id, task.channel_id, task.thread_ts)
    if thread is None:
        return ()
    _, turns = await parts.apart(lambda: parts.service.conversations.resume(thread.conversation_id))
    places = [n for n, turn in enumerate(turns) if (turn.role, turn.content) == ("user", asked)]
    return turns[: places[-1]] if places else turns
