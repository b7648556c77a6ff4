"""An Answer in, the message that shows it in Slack out: pure functions, within every limit that Slack documents."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answers import Answer
from assistant.channels.choosing import choices_of
from assistant.channels.exact_lists import conditions_of
from assistant.channels.slack.blocks import (
    Block,
    actions,
    button,
    context,
    cut,
    menu,
    option,
    section,
    texts_of,
)
from assistant.channels.slack.body import Line, lines_as_markdown, lines_as_rich_text, read_lines
from assistant.channels.slack.escaping import as_mrkdwn, link
from assistant.channels.slack.interactions import COMMAND
from assistant.channels.slack.links import Links
from assistant.channels.slack.sources import marks_of, source_blocks, sources_of
from assistant.channels.slack.tables import items_table
from assistant.channels.slack.wording import say
from assistant.conversations import Exchange
from ingest.plan_items import PlanItem

MOST_CHOICES, MOST_SUGGESTIONS, LONGEST_TEXT, LONGEST_CHOICE = 5, 3, 3000, 150


@dataclass(frozen=True, slots=True)
class Message:
    """A message: `body` is the answer itself, which can be streamed as `markdown`; `rest` follows it."""

    body: tuple[Block, ...]
    rest: tuple[Block, ...] = ()
    markdown: str = ""

    @property
    def blocks(self) -> list[Block]:
        """All blocks."""
        return [*self.body, *self.rest]

    @property
    def text(self) -> str:
        """What notifications and screen readers say."""
        return cut(as_mrkdwn(texts_of(self.body)), LONGEST_TEXT) or say("untold")


def answer_message(
    exchange: Exchange, question: str, links: Links, *, private: bool = False, exact: bool = False
) -> Message:
    """Return the message of an answer; a `private` one, which only the asker sees, can be shared.

    `exact`: the answer's filters alone select its items, so that a link may stand for the list.
    """
    answer = exchange.answer
    sources = sources_of(answer)
    lines, marks = _lines(answer), marks_of(sources, links)
    rest = [
        *_table(answer, links, exact),
        *_choices(answer),
        *source_blocks(sources, links),
        *_next_steps(answer, question, private=private),
        *([] if private else [feedback(exchange.answer_id)]),
    ]
    return Message(lines_as_rich_text(lines, marks), tuple(rest), lines_as_markdown(lines, marks))


def introduced(message: Message, sentence: str) -> Message:
    """Return the message with a line above it, which the caller has escaped."""
    return Message((context(sentence), *message.body), message.rest, "")


def notice(text: str) -> Message:
    """Return a message of one paragraph of mrkdwn, which the caller has escaped."""
    return Message((section(text),))


def feedback(answer_id: str) -> Block:
    """Return Slack's own buttons of approval."""

    def one(name: str, rating: str) -> Block:
        return {"text": {"type": "plain_text", "text": say(name)}, "value": f"{answer_id}:{rating}"}

    buttons = {"type": "feedback_buttons", "action_id": "feedback"}
    return {
        "type": "context_actions",
        "elements": [{**buttons, "positive_button": one("helpful", "up"), "negative_button": one("wrong", "down")}],
    }


def _lines(answer: Answer) -> tuple[Line, ...]:
    lines = read_lines(answer.text)
    # What the table shows need not be said twice; what is to be chosen from is on the buttons.
    return tuple(line for line in lines if line.kind != "number") if answer.is_list else lines


def rest_of_list(answer: Answer, links: Links) -> int:
    """Return how many items of a list its message does not show."""
    return len(answer.items) - items_table(answer.items, links)[1] if answer.is_list else 0


def _table(answer: Answer, links: Links, exact: bool) -> Iterable[Block]:
    if not answer.is_list:
        return
    table, shown = items_table(answer.items, links)
    yield table
    if len(answer.items) == shown:
        return
    rest = say("rest_of_list", count=len(answer.items) - shown)
    url = links.items(conditions_of(answer), ".csv") if exact else None
    yield context(f"{rest}　{link(url, say('whole_list'))}" if url else rest)


def _choices(answer: Answer) -> Iterable[Block]:
    choices = [(asked, text) for asked, text in choices_of(answer).items() if len(asked) <= LONGEST_CHOICE]
    if not choices:
        return
    if len(choices) <= MOST_CHOICES:
        yield actions([button(f"ask:choice{n}", text, question) for n, (question, text) in enumerate(choices)])
    else:
        yield actions([menu("ask:choice", say("choose"), [option(text, value) for value, text in choices])])


def _next_steps(answer: Answer, question: str, *, private: bool) -> Iterable[Block]:
    asked = _near(answer) if answer.reason == "not_in_plans" else answer.suggestions
    shown = list(dict.fromkeys(asked))[:MOST_SUGGESTIONS] if answer.outcome != "clarify" else []
    buttons = [button(f"ask:next{n}", suggestion, suggestion) for n, suggestion in enumerate(shown)]
    item_id = next((one.item_id for one in answer.citations if one.item_id), None)
    if item_id and not answer.is_list and (answer.outcome == "answered" or answer.reason == "not_stated"):
        buttons.append(button("owner", say("ask_owner"), item_id))
    if answer.is_list:
        buttons.append(button("csv", say("csv"), csv_value(question, len(answer.items))))
    if private:
        buttons.append(button("share", say("share"), question, style="primary"))
    if buttons:
        yield actions(buttons)


def _near(answer: Answer) -> list[str]:
    """The nearest items, where the plans do not say what was asked."""
    return [f"「{citation.item_title}」" for citation in answer.citations if citation.item_title] or [
        *answer.suggestions
    ]


def csv_value(question: str, total: int) -> str:
    """Return what the button of a list carries: enough to make the same list again, and to know that it is the same."""
    return json.dumps({"question": question, "total": total}, ensure_ascii=False)


def list_message(said: str, items: Sequence[PlanItem], links: Links, typed: str, *, private: bool) -> Message:
    """Return a list that a command asked for; `said`, in mrkdwn, stands above it, `typed` makes it again."""
    table, shown = items_table(items, links)
    rest = [context(say("rest_of_list", count=len(items) - shown))] if len(items) > shown else []
    command = f"{COMMAND} {typed}"
    buttons = [button("csv", say("csv"), csv_value(command, len(items)))]
    if private:
        buttons.append(button("share", say("share"), command, style="primary"))
    return Message((section(said),), (table, *rest, actions(buttons)))
