"""Texts and block elements as documented: what Slack would not show is refused as "invalid_blocks"."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from tests.server.recording_slack.refusing import Json, Refused, check_count, check_fields, check_length

CODE = "invalid_blocks"


def text_object(value: object, most: int, where: str, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> None:
    """Check a text composition object."""
    checked = check_fields(value, ("type", "text"), ("emoji", "verbatim"), where, CODE)
    if checked["type"] not in kinds:
        raise Refused(CODE, f"{where}: {checked['type']} where {kinds} may stand")
    if checked["type"] == "plain_text" and "verbatim" in checked:
        raise Refused(CODE, f"{where}: verbatim is of mrkdwn only")
    if checked["type"] == "mrkdwn" and "emoji" in checked:
        raise Refused(CODE, f"{where}: emoji is of plain_text only")
    check_length(checked["text"], 1, most, f"{where}.text", CODE)


def plain_text(value: object, most: int, where: str) -> None:
    """Check a text without formatting."""
    text_object(value, most, where, ("plain_text",))


def url(value: object, where: str) -> None:
    """Check a link."""
    text = check_length(value, 1, 3000, where, CODE)
    if urlsplit(text).scheme not in ("http", "https") or re.search(r"[\s<>|]", text):
        raise Refused(CODE, f"{where}: not a web address: {text[:100]}")


IN_SECTION = {"button", "static_select", "overflow", "conversations_select"}
IN_ACTIONS = {"button", "static_select", "overflow", "conversations_select", "plain_text_input"}
IN_INPUT = {"plain_text_input", "static_select", "conversations_select", "radio_buttons"}


def check_element(element: object, where: str, allowed: set[str]) -> None:
    """Check a block element where one of the allowed kinds may stand."""
    kind = element.get("type") if isinstance(element, dict) else None
    if kind not in allowed:
        raise Refused(CODE, f"{where}: element {kind!r} may not stand here")
    assert isinstance(element, dict)
    if kind != "feedback_buttons" or "action_id" in element:
        check_length(element.get("action_id", "-"), 1, 255, f"{where}.action_id", CODE)
    _ELEMENTS[kind](element, where)


def _button(element: Json, where: str) -> None:
    optional = ("action_id", "url", "value", "style", "confirm", "accessibility_label")
    check_fields(element, ("type", "text"), optional, where, CODE)
    plain_text(element["text"], 75, f"{where}.text")
    check_length(element.get("value", "-"), 1, 2000, f"{where}.value", CODE)
    check_length(element.get("accessibility_label", "-"), 1, 75, f"{where}.accessibility_label", CODE)
    if "url" in element:
        url(element["url"], f"{where}.url")
    if element.get("style", "primary") not in ("primary", "danger"):
        raise Refused(CODE, f"{where}: style {element['style']}")
    if "confirm" in element:
        confirm = check_fields(element["confirm"], ("title", "text", "confirm", "deny"), ("style",), where, CODE)
        for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
            plain_text(confirm[name], most, f"{where}.confirm.{name}")


def _select(element: Json, where: str) -> None:
    optional = ("action_id", "options", "option_groups", "initial_option", "confirm", "focus_on_load", "placeholder")
    check_fields(element, ("type",), optional, where, CODE)
    if "placeholder" in element:
        plain_text(element["placeholder"], 150, f"{where}.placeholder")
    if ("options" in element) == ("option_groups" in element):
        raise Refused(CODE, f"{where}: needs either options or option_groups")
    options = check_count(element.get("options", ["-"]), 1, 100, f"{where}.options", CODE)
    for n, group in enumerate(check_count(element.get("option_groups", []), 0, 100, where, CODE)):
        checked = check_fields(group, ("label", "options"), (), f"{where}.option_groups[{n}]", CODE)
        plain_text(checked["label"], 75, f"{where}.option_groups[{n}].label")
        options = [*options, *check_count(checked["options"], 1, 100, where, CODE)]
    for n, option in enumerate(options):
        if option != "-":
            _option(option, f"{where}.options[{n}]")
    if "initial_option" in element and element["initial_option"] not in options:
        raise Refused(CODE, f"{where}: initial_option is none of the options")


def _option(option: object, where: str) -> None:
    checked = check_fields(option, ("text", "value"), ("description", "url"), where, CODE)
    plain_text(checked["text"], 75, f"{where}.text")
    check_length(checked["value"], 1, 150, f"{where}.value", CODE)


def _conversations(element: Json, where: str) -> None:
    optional = ("action_id", "placeholder", "initial_conversation", "default_to_current_conversation", "filter",
                "response_url_enabled", "confirm", "focus_on_load")  # fmt: skip
    check_fields(element, ("type",), optional, where, CODE)


def _text_input(element: Json, where: str) -> None:
    optional = ("action_id", "initial_value", "multiline", "min_length", "max_length", "dispatch_action_config",
                "focus_on_load", "placeholder")  # fmt: skip
    check_fields(element, ("type",), optional, where, CODE)
    if "placeholder" in element:
        plain_text(element["placeholder"], 150, f"{where}.placeholder")
    most = element.get("max_length", 3000)
    if not 1 <= most <= 3000:
        raise Refused(CODE, f"{where}: max_length {most}")
    check_length(element.get("initial_value", ""), 0, most, f"{where}.initial_value", CODE)


def _feedback(element: Json, where: str) -> None:
    check_fields(element, ("type", "positive_button", "negative_button"), ("action_id",), where, CODE)
    for name in ("positive_button", "negative_button"):
        button = check_fields(element[name], ("text", "value"), ("accessibility_label",), f"{where}.{name}", CODE)
        plain_text(button["text"], 75, f"{where}.{name}.text")
        check_length(button["value"], 1, 2000, f"{where}.{name}.value", CODE)


_ELEMENTS: dict[str, Callable[[Json, str], None]] = {
    "button": _button,
    "static_select": _select,
    "conversations_select": _conversations,
    "plain_text_input": _text_input,
    "feedback_buttons": _feedback,
}
