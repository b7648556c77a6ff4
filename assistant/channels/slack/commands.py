"""A slash command in, what only its user sees out."""

import time
from dataclasses import replace
from datetime import datetime

from assistant.answers import Scope
from assistant.channels.slack.arguments import (
    TYPED_IN_MESSAGES,
    ChooseScope,
    Command,
    Digest,
    Help,
    Items,
    Known,
    Owner,
    read_arguments,
)
from assistant.channels.slack.asking import answer_privately, why_not
from assistant.channels.slack.blocks import actions, button, section
from assistant.channels.slack.choices import Preference
from assistant.channels.slack.escaping import as_mrkdwn, link
from assistant.channels.slack.inbox import Claim
from assistant.channels.slack.interactions import COMMAND
from assistant.channels.slack.links import Links
from assistant.channels.slack.lists import ItemLists, owned_by
from assistant.channels.slack.messages import Message, list_message, notice
from assistant.channels.slack.parts import SlackParts
from assistant.channels.slack.scheduling import next_due
from assistant.channels.slack.tasks import Task
from assistant.channels.slack.teams import Team
from assistant.channels.slack.wording import say
from ingest.normalize import squeeze
from ingest.plan_items import PlanItem
from ingest.today import JAPAN

MOST_OWNERS = 20


async def run_command(parts: SlackParts, claim: Claim) -> None:
    """Run one command and tell its user what came of it."""
    task, team = claim.task, await parts.teams.find(claim.task.team_id)
    told_off = why_not(parts, task) if task.text or task.refusal else ""
    if told_off:
        await parts.delivering.respond(notice(told_off), task.response_url)
        return
    scope, command = await read_command(parts, task, team, task.text)
    if (message := await _run(parts, task, scope, command)) is not None:
        await parts.delivering.respond(message, task.response_url)
    else:
        await answer_privately(parts, task, team, task.text)


async def typed_command(parts: SlackParts, task: Task, team: Team) -> Message | None:
    """Return what a message says that is typed like a command, as threads know none; None if it is not."""
    text = task.text.removeprefix(COMMAND).strip()
    if text.partition(" ")[0].casefold() not in TYPED_IN_MESSAGES:
        return None
    scope, command = await read_command(parts, task, team, text)
    return await _run(parts, task, scope, command, private=False)


async def read_command(parts: SlackParts, task: Task, team: Team, text: str) -> tuple[Scope, Command]:
    """Read a command where it is typed, and return it with the scope that holds there."""
    scope = await parts.choices.scope(task.team_id, task.channel_id, task.user_id, team.municipality)
    own = await parts.choices.department(task.team_id, task.channel_id, task.user_id)
    known = await parts.apart(lambda: known_names(parts.lists, scope))
    return scope, read_arguments(text, replace(known, own=own))


async def _run(
    parts: SlackParts, task: Task, scope: Scope, command: Command, *, private: bool = True
) -> Message | None:
    """Return what a command says; None for a question."""
    if isinstance(command, Help):
        return notice(command.text)
    if isinstance(command, Owner):
        return owners_message(command.text, await parts.apart(lambda: parts.lists.items(scope)), parts.links)
    if isinstance(command, Items):
        items = await parts.apart(lambda: select_items(parts.lists, scope, command))
        return items_message(command, items, parts.links, private=private)
    if isinstance(command, ChooseScope):
        return await _choose_scope(parts, task, command)
    if isinstance(command, Digest):
        return await _subscribe(parts, task, command)
    return None


def known_names(lists: ItemLists, scope: Scope) -> Known:
    """Return the names that arguments may be."""
    progresses = dict.fromkeys(item.progress for item in lists.items(scope) if item.progress)
    scopes = lists.scopes()
    return Known(
        lists.departments(scope),
        tuple(progresses),
        tuple(dict.fromkeys(one.municipality for one in scopes if one.municipality)),
        tuple(one.plan for one in scopes if one.plan),
    )


def select_items(lists: ItemLists, scope: Scope, wanted: Items) -> tuple[PlanItem, ...]:
    """Return exactly the items that meet every condition."""
    found = owned_by(lists.items(scope), wanted.department)
    if wanted.fiscal_year is not None:
        found = tuple(item for item in found if wanted.fiscal_year in item.target_fiscal_years)
    if wanted.progress is not None:
        found = tuple(item for item in found if item.progress == wanted.progress)
    return found


def items_message(wanted: Items, items: tuple[PlanItem, ...], links: Links, *, private: bool = True) -> Message:
    """Return the list that a command asked for; a private one can be shared."""
    condition = as_mrkdwn(wanted.condition)
    if not items:
        return notice(say("items_none", condition=condition))
    said = say("items_found", condition=condition, total=len(items))
    return list_message(said, items, links, wanted.typed, private=private)


def owners_message(text: str, items: tuple[PlanItem, ...], links: Links) -> Message:
    """Return one line for every item of this name: its owners, and where that stands."""
    wanted = squeeze(text).casefold()
    found = [item for item in items if wanted in squeeze(item.title).casefold()]
    if not found:
        question = f"「{text}」の所管課はどこですか？"
        said = say("owner_none", text=as_mrkdwn(text[:100]))
        return Message((section(said), actions([button("ask:owner", question, question)])))
    lines = [_owner_line(item, links) for item in found[:MOST_OWNERS]]
    rest = [say("rest_of_list", count=len(found) - MOST_OWNERS)] if len(found) > MOST_OWNERS else []
    return notice("\n".join([*lines, *rest]))


def _owner_line(item: PlanItem, links: Links) -> str:
    owners = as_mrkdwn("、".join(item.owners)) or say("owner_untold")
    return say("owner_line", title=link(links.item(item), item.title[:100]), owners=owners[:200])


async def _choose_scope(parts: SlackParts, task: Task, chosen: ChooseScope) -> Message:
    subject = task.user_id if task.channel_id.startswith("D") else task.channel_id
    before = await parts.choices.preference(task.team_id, subject)
    preference = Preference(before.department, chosen.municipality, chosen.plan)
    await parts.choices.prefer(task.team_id, subject, preference)
    if preference.scope is None:
        return notice(say("scope_cleared"))
    return notice(say("scope_set", scope=as_mrkdwn(" ".join(filter(None, (chosen.municipality, chosen.plan))))))


async def _subscribe(parts: SlackParts, task: Task, wanted: Digest) -> Message:
    department = as_mrkdwn(wanted.department)
    if wanted.cadence is None:
        subscribed = await parts.subscriptions.of_channel(task.team_id, task.channel_id)
        found = [one for one in subscribed if squeeze(one.department) == squeeze(wanted.department)]
        for one in found:
            await parts.subscriptions.remove(one.id)
        return notice(say("digest_stopped" if found else "digest_none", department=department))
    due = next_due(wanted.cadence, time.time(), parts.digest_hour)
    await parts.subscriptions.add(task.team_id, task.channel_id, wanted.department, wanted.cadence, task.user_id, due)
    when = datetime.fromtimestamp(due, JAPAN).strftime("%-m月%-d日%-H時")
    return notice(say("digest_set", department=department, cadence=wanted.cadence, when=when))
