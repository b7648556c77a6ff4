"""A department's items, now and when last told, in; what is due, late or changed, as a message, out."""

import json
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.channels.slack.blocks import Block, actions, button, context, header, section
from assistant.channels.slack.calls import SlackRefused
from assistant.channels.slack.delivering import Place, is_lost, why_not_written
from assistant.channels.slack.escaping import as_mrkdwn, link
from assistant.channels.slack.inbox import Claim
from assistant.channels.slack.links import Links
from assistant.channels.slack.lists import is_late, owned_by
from assistant.channels.slack.messages import Message, notice
from assistant.channels.slack.parts import SlackParts, is_resumed
from assistant.channels.slack.subscriptions import Subscription
from assistant.channels.slack.teams import Team
from assistant.channels.slack.wording import say
from ingest.fiscal_year import fiscal_year_of, format_fiscal_year
from ingest.plan_items import PlanItem
from ingest.today import JAPAN

MOST_LINES = 15
_TOLD = ("progress", "schedule", "owners")

logger = logging.getLogger(__name__)

Seen = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """An item that is not as it was: what to say of it, in mrkdwn."""

    title: str
    url: str | None
    notes: tuple[str, ...]


def seen_of(items: Sequence[PlanItem]) -> dict[str, dict[str, str]]:
    """Return what a later digest compares with."""
    return {item.id: {"title": item.title, **{name: _told(item, name) for name in _TOLD}} for item in items}


def changes(items: Sequence[PlanItem], before: Seen | None, links: Links) -> tuple[Change, ...]:
    """Return what is new, gone or changed; nothing if there was no digest before."""
    if before is None:
        return ()
    now = seen_of(items)
    found = [Change(item.title, links.item(item), _notes(now[item.id], before.get(item.id))) for item in items]
    gone = [Change(was["title"], None, (say("digest_gone"),)) for key, was in before.items() if key not in now]
    return (*(change for change in found if change.notes), *gone)


def digest_message(
    department: str, items: Sequence[PlanItem], before: Seen | None, today: datetime, links: Links, subscription_id: str
) -> Message:
    """Return a digest."""
    year = fiscal_year_of(today)
    due = [_line(item, links) for item in items if year in item.target_fiscal_years]
    late = [_line(item, links) for item in items if is_late(item)]
    changed = [f"{link(one.url, one.title)}：{'、'.join(one.notes)}" for one in changes(items, before, links)]
    parts = [
        *_part(say("digest_due", count=len(due)), due),
        *_part(say("digest_late", count=len(late)), late),
        *_part(say("digest_changed", count=len(changed)), changed),
    ]
    body = (header(say("digest_title", department=department)), *(parts or [section(say("digest_quiet"))]))
    stop = button("digest_stop", say("digest_stop"), subscription_id)
    when = context(say("digest_period", when=today.strftime("%-m月%-d日"), year=format_fiscal_year(year)))
    return Message(body, (when, actions([stop])))


async def send_digest(parts: SlackParts, claim: Claim) -> str | None:
    """Post a digest, unless it has been stopped meanwhile."""
    task, team = claim.task, await parts.teams.find(claim.task.team_id)
    subscription = await parts.subscriptions.find(task.detail)
    if subscription is None:
        return None
    scope = await parts.choices.scope(task.team_id, task.channel_id, task.user_id, team.municipality)
    items = await parts.apart(lambda: owned_by(parts.lists.items(scope), subscription.department))
    before = json.loads(subscription.seen) if subscription.seen else None
    today = datetime.fromtimestamp(time.time(), JAPAN)
    message = digest_message(subscription.department, items, before, today, parts.links, subscription.id)
    place = Place(team, task.channel_id, after=f"{claim.received_at - 1:.6f}")
    try:
        ts = await parts.delivering.deliver(message, place, claim.event_id, resumed=is_resumed(claim))
    except SlackRefused as refused:
        if not is_lost(refused):
            raise
        await _end(parts, subscription, team, refused)
        return None
    await parts.subscriptions.has_seen(subscription.id, json.dumps(seen_of(items), ensure_ascii=False))
    return ts


async def _end(parts: SlackParts, subscription: Subscription, team: Team, refused: SlackRefused) -> None:
    """End a subscription whose channel is lost, and tell who made it."""
    logger.warning("digest for %s ended: %s", subscription.channel_id, refused)
    await parts.subscriptions.remove(subscription.id)
    department, channel = as_mrkdwn(subscription.department), subscription.channel_id
    told = say("digest_not_delivered", channel=channel, department=department, reason=why_not_written(refused))
    direct = Place(team, await parts.direct_channel(team, subscription.created_by), "", subscription.created_by)
    await parts.delivering.whisper(notice(told), direct)


async def stop_digest(parts: SlackParts, claim: Claim) -> str | None:
    """End a subscription, and say so in its channel."""
    task, team = claim.task, await parts.teams.find(claim.task.team_id)
    removed = await parts.subscriptions.remove(task.detail)
    if removed is None and not is_resumed(claim):
        return None
    text = say("digest_stopped", department=as_mrkdwn(removed.department if removed else ""))
    place = Place(team, task.channel_id, task.thread_ts, task.user_id, task.ts)
    return await parts.delivering.deliver(notice(text), place, claim.event_id, resumed=is_resumed(claim))


def _part(title: str, lines: Sequence[str]) -> list[Block]:
    if not lines:
        return []
    rest = [say("rest_of_list", count=len(lines) - MOST_LINES)] if len(lines) > MOST_LINES else []
    return [section("\n".join([f"*{title}*", *(f"• {line}" for line in lines[:MOST_LINES]), *rest]))]


def _line(item: PlanItem, links: Links) -> str:
    told = as_mrkdwn("、".join(filter(None, (item.schedule, item.progress)))[:80])
    return f"{link(links.item(item), item.title[:80])}{f'（{told}）' if told else ''}"


def _notes(now: Mapping[str, str], was: Mapping[str, str] | None) -> tuple[str, ...]:
    if was is None:
        return (say("digest_new"),)
    differing = [name for name in _TOLD if now[name] != was.get(name, "")]
    return tuple(
        say(
            "digest_changed_field",
            field=say(f"field_{name}"),
            before=as_mrkdwn(was.get(name, "")[:60]) or say("untold"),
            after=as_mrkdwn(now[name][:60]) or say("untold"),
        )
        for name in differing
    )


def _told(item: PlanItem, name: str) -> str:
    value = getattr(item, name)
    return "、".join(value) if isinstance(value, tuple) else value or ""
