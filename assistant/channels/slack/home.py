"""What a user has chosen and asked in, the home tab out; and the prompts that the messages tab begins with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.answers import Scope
from assistant.channels.slack.blocks import (
    Block,
    actions,
    button,
    context,
    cut,
    divider,
    header,
    menu,
    option,
    section,
    text_input,
)
from assistant.channels.slack.choices import Preference
from assistant.channels.slack.escaping import as_mrkdwn, link
from assistant.channels.slack.inbox import Claim
from assistant.channels.slack.links import Links
from assistant.channels.slack.lists import ItemLists, is_late, owned_by
from assistant.channels.slack.menus import NOTHING, department_options, read_scope, scope_options, scope_value
from assistant.channels.slack.parts import SlackParts
from assistant.channels.slack.wording import say
from ingest.fiscal_year import era_year, fiscal_year_of, format_fiscal_year
from ingest.plan_items import PlanItem
from ingest.today import JAPAN

MOST_ITEMS, LONGEST_PROMPT = 30, 60


@dataclass(frozen=True, slots=True)
class Home:
    """All that a home tab shows."""

    preference: Preference
    departments: tuple[str, ...]
    scopes: tuple[Scope, ...]
    items: tuple[PlanItem, ...]
    questions: tuple[str, ...]


def home_view(home: Home, links: Links) -> Block:
    """Return the home tab."""
    if not home.scopes:
        return {"type": "home", "blocks": [header(say("home_title")), section(say("home_nothing_loaded"))]}
    return {
        "type": "home",
        "blocks": [
            header(say("home_title")),
            section(say("home_intro")),
            *_search(),
            *_chosen(home),
            divider(),
            *_items(home, links),
            *_questions(home.questions),
        ],
    }


async def open_home(parts: SlackParts, claim: Claim) -> None:
    """Show the home tab to its user."""
    task, team = claim.task, await parts.teams.find(claim.task.team_id)
    preference = await parts.choices.preference(task.team_id, task.user_id)
    scope = preference.scope or Scope(team.municipality)
    questions = await parts.choices.recent_questions(task.team_id, task.user_id)
    home = await parts.apart(lambda: _home(parts.lists, preference, scope, questions))
    view = home_view(home, parts.links)
    await parts.calls.call(team.token, "views.publish", user_id=task.user_id, view=view)


async def prefer(parts: SlackParts, claim: Claim) -> None:
    """Keep what a user has chosen in the home tab, and show it."""
    task = claim.task
    before = await parts.choices.preference(task.team_id, task.user_id)
    if task.detail == "home_department":
        chosen = replace(before, department=task.text or None)
    else:
        scope = read_scope(task.text, await parts.apart(parts.lists.scopes))
        chosen = replace(before, municipality=scope.municipality, plan=scope.plan)
    await parts.choices.prefer(task.team_id, task.user_id, chosen)
    await open_home(parts, claim)


async def suggest_prompts(parts: SlackParts, claim: Claim) -> None:
    """Suggest what to ask to a user who opens the messages tab."""
    task, team = claim.task, await parts.teams.find(claim.task.team_id)
    preference = await parts.choices.preference(task.team_id, task.user_id)
    scope = preference.scope or Scope(team.municipality)
    items = await parts.apart(lambda: parts.lists.items(scope))
    prompts = prompts_for(items, preference.department, datetime.now(JAPAN))
    if prompts:
        await parts.calls.call(
            team.token, "assistant.threads.setSuggestedPrompts", channel_id=task.channel_id, prompts=prompts
        )


def prompts_for(items: Sequence[PlanItem], department: str | None, today: datetime) -> list[dict[str, str]]:
    """Return up to four prompts that the loaded plans can answer."""
    mine = owned_by(items, department) if department else ()
    first = next((item for item in (*mine, *items) if item.owners and len(item.title) <= LONGEST_PROMPT), None)
    late = next((item.progress for item in items if is_late(item)), None)
    year = fiscal_year_of(today)
    prompts: list[tuple[str, dict[str, object]]] = []
    if first is not None:
        prompts += [("prompt_owner", {"title": first.title}), ("prompt_list", {"owner": department or first.owners[0]})]
    if late:
        prompts.append(("prompt_progress", {"progress": late}))
    if any(year in item.target_fiscal_years for item in items):
        prompts.append(("prompt_year", {"year": era_year(year)}))
    return [{"title": say(f"{name}_title"), "message": say(name, **values)} for name, values in prompts]


def _home(lists: ItemLists, preference: Preference, scope: Scope, questions: tuple[str, ...]) -> Home:
    items = owned_by(lists.items(scope), preference.department) if preference.department else ()
    return Home(preference, lists.departments(scope), lists.scopes(), items, questions)


def _search() -> Iterable[Block]:
    field = text_input("search", "home_search", say("home_search"), hint=say("home_search_hint"))
    element = {**field["element"], "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}}
    yield {**field, "element": {**element, "max_length": 500}, "dispatch_action": True}
    yield context(say("home_answer_place"))


def _chosen(home: Home) -> Iterable[Block]:
    departments, scopes = department_options(home.departments), scope_options(home.scopes)
    menus = []
    if departments:
        everything = option(say("home_choose_department"), NOTHING)
        chosen = home.preference.department or NOTHING
        menus.append(menu("home_department", say("home_department"), [everything, *departments], chosen))
    if scopes:
        everything = option(say("home_everything"), NOTHING)
        wanted = home.preference.scope
        value = scope_value(wanted) if wanted else NOTHING
        menus.append(menu("home_scope", say("home_scope"), [everything, *scopes], value))
        menus.append(button("channel", say("channel_title"), "channel"))
    if menus:
        yield actions(menus)


def _items(home: Home, links: Links) -> Iterable[Block]:
    department = home.preference.department
    if not department:
        yield section(say("home_no_department"))
        return
    if not home.items:
        yield section(say("home_items_none", department=as_mrkdwn(department)))
        return
    yield header(say("home_items", department=department, total=len(home.items)))
    for item in home.items[:MOST_ITEMS]:
        yield section("\n".join(filter(None, (link(links.item(item), cut(item.title, 300)), _standing(item)))))
    if len(home.items) > MOST_ITEMS:
        yield context(say("rest_of_list", count=len(home.items) - MOST_ITEMS))


def _standing(item: PlanItem) -> str:
    """When an item is to be reached, and how it is going."""
    years = "、".join(map(format_fiscal_year, item.target_fiscal_years))
    when = say("home_target", years=years) if years else item.schedule and say("home_schedule", schedule=item.schedule)
    progress = item.progress and say("home_progress", progress=item.progress)
    return as_mrkdwn(cut("　".join(filter(None, (when, progress))), 200))


def _questions(questions: Sequence[str]) -> Iterable[Block]:
    if questions:
        yield divider()
        yield header(say("home_recent"))
        yield actions([button(f"ask:recent{n}", question, question) for n, question in enumerate(questions)])
