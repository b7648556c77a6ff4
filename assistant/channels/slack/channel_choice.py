"""What a channel searches, and whose items are meant in it: the form in which that is chosen, and its effect."""

from collections.abc import Sequence

from assistant.answers import Scope
from assistant.channels.slack.asking import tell_privately
from assistant.channels.slack.blocks import LABEL, Block, form, menu, option, plain
from assistant.channels.slack.choices import Preference
from assistant.channels.slack.escaping import as_mrkdwn
from assistant.channels.slack.inbox import Claim
from assistant.channels.slack.lists import ItemLists
from assistant.channels.slack.menus import NOTHING, department_options, read_scope, scope_name, scope_options
from assistant.channels.slack.parts import SlackParts
from assistant.channels.slack.tasks import Task
from assistant.channels.slack.wording import say


def channel_form(departments: Sequence[str], scopes: Sequence[Scope]) -> Block:
    """Return the form that chooses for a channel."""
    channel = {
        "type": "conversations_select",
        "action_id": "to",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    everything, nobody = option(say("home_everything"), NOTHING), option(say("channel_no_department"), NOTHING)
    scope = menu("scope", say("home_scope"), [everything, *scope_options(scopes)], NOTHING)
    department = menu("department", say("channel_department"), [nobody, *department_options(departments)], NOTHING)
    asked = (("channel_to", channel), ("home_scope", scope), ("channel_department", department))
    blocks = [
        {"type": "input", "block_id": name, "label": plain(say(name), LABEL), "element": element}
        for name, element in asked
    ]
    return form("channel", say("channel_title"), blocks, say("channel_save"), say("cancel"))


def channel_form_of(lists: ItemLists) -> Block:
    """Return the form with what the loaded plans let one choose."""
    return channel_form(lists.departments(Scope()), lists.scopes())


async def prefer_channel(parts: SlackParts, claim: Claim) -> None:
    """Keep what was chosen for a channel, and tell who chose it."""
    task, team = claim.task, await parts.teams.find(claim.task.team_id)
    scope = read_scope(task.text, await parts.apart(parts.lists.scopes))
    department = task.detail if task.detail not in ("", NOTHING) else None
    chosen = Preference(department, scope.municipality, scope.plan)
    await parts.choices.prefer(task.team_id, task.channel_id, chosen)
    searched = scope_name(scope) or say("home_everything")
    told = say("channel_set", channel=task.channel_id, scope=as_mrkdwn(searched))
    if department:
        told += say("channel_set_department", department=as_mrkdwn(department))
    await tell_privately(parts, Task("prefer_channel", task.team_id, task.user_id), team, told)
