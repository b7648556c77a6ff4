"""Block Kit, one function for each block and element that is used, within Slack's limits of length."""

from collections.abc import Iterable, Sequence
from typing import Any

Block = dict[str, Any]

SECTION, CONTEXT, HEADER, BUTTON_TEXT, BUTTON_VALUE, OPTION_TEXT = 3000, 2000, 150, 75, 2000, 75
LABEL, TITLE, INPUT_VALUE = 150, 24, 3000


def cut(text: str, most: int) -> str:
    """Return the text, its end left out visibly if it is longer."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def plain(text: str, most: int) -> Block:
    """A text without formatting."""
    return {"type": "plain_text", "text": cut(text, most) or "－", "emoji": False}


def mrkdwn(text: str, most: int) -> Block:
    """A text in Slack's mrkdwn, which the caller has escaped."""
    return {"type": "mrkdwn", "text": _cut_lines(text, most), "verbatim": True}


def section(text: str, accessory: Block | None = None) -> Block:
    """A paragraph of mrkdwn."""
    return {"type": "section", "text": mrkdwn(text, SECTION), **({"accessory": accessory} if accessory else {})}


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text, HEADER)}


def divider() -> Block:
    """A line."""
    return {"type": "divider"}


def context(*texts: str) -> Block:
    """Small print: one or more texts of mrkdwn."""
    return {"type": "context", "elements": [mrkdwn(text, CONTEXT) for text in texts[:10]]}


def actions(elements: Sequence[Block]) -> Block:
    """A row of buttons and menus."""
    return {"type": "actions", "elements": list(elements[:25])}


def button(name: str, text: str, value: str, *, style: str | None = None) -> Block:
    """A button; `name` is unique in its row, and says before a colon what a click does."""
    made = {"type": "button", "action_id": name, "text": plain(text, BUTTON_TEXT), "value": value[:BUTTON_VALUE] or "-"}
    return {**made, "style": style} if style else made


def option(text: str, value: str) -> Block:
    """One choice of a menu; `value` has 150 characters at most."""
    return {"text": plain(text, OPTION_TEXT), "value": value}


def menu(name: str, placeholder: str, options: Sequence[Block], chosen: str | None = None) -> Block:
    """A menu of up to 100 options, the one of value `chosen` chosen."""
    shown = list(options[:100])
    initial = [one for one in shown if one["value"] == chosen]
    made = {"type": "static_select", "action_id": name, "placeholder": plain(placeholder, LABEL), "options": shown}
    return {**made, "initial_option": initial[0]} if initial else made


def text_input(block_id: str, name: str, label: str, *, lines: bool = False, value: str = "", hint: str = "") -> Block:
    """A field to type in."""
    element: Block = {"type": "plain_text_input", "action_id": name, "multiline": lines, "max_length": INPUT_VALUE}
    if value:
        element["initial_value"] = cut(value, INPUT_VALUE)
    if hint:
        element["placeholder"] = plain(hint, LABEL)
    return {"type": "input", "block_id": block_id, "label": plain(label, 2000), "element": element}


def form(name: str, title: str, blocks: Sequence[Block], submit: str, close: str) -> Block:
    """A form in a window of its own; `name` says what is done with it."""
    texts = {"title": plain(title, TITLE), "submit": plain(submit, TITLE), "close": plain(close, TITLE)}
    return {"type": "modal", "callback_id": name, **texts, "blocks": list(blocks)}


def rich_text(parts: Sequence[Block]) -> Block:
    """Text whose characters are shown exactly as they are."""
    return {"type": "rich_text", "elements": list(parts)}


def run(text: str, *, bold: bool = False) -> Block:
    """A piece of rich text."""
    return {"type": "text", "text": text, **({"style": {"bold": True}} if bold else {})}


def link_run(url: str, text: str) -> Block:
    """A link in rich text."""
    return {"type": "link", "url": url, "text": text}


def _cut_lines(text: str, most: int) -> str:
    """Whole lines only, so that no escape or link is cut in two; a single line that is too long loses its markup."""
    if len(text) <= most:
        return text
    kept: list[str] = []
    for line in text.split("\n"):
        if sum(map(len, kept)) + len(kept) + len(line) > most - 2:
            break
        kept.append(line)
    return "\n".join([*kept, "…"]) if kept else "…"


def texts_of(blocks: Iterable[Block]) -> str:
    """Return all that the blocks say, for a message's plain `text`."""
    return "\n".join(filter(None, map(_text_of, blocks)))


def _text_of(block: Any) -> str:
    if not isinstance(block, dict):
        return ""
    own = block.get("text")
    if isinstance(own, str):
        return own
    inner = _text_of(own) if isinstance(own, dict) else ""
    joint = "\n" if block.get("type") in ("rich_text", "rich_text_list", "context") else ""
    return inner + joint.join(_text_of(one) for one in block.get("elements", []))
