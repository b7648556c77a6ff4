"""Text of documents and questions in, text that Slack shows as it is out; and the plain text of what people type.

Slack's mrkdwn knows no escape for its formatting marks: they are shown by characters that look the same.
"""

import html
import re

_LOOKALIKES = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"})
_LINK = str.maketrans({"|": "｜", "\n": " "})
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_EMOJI = re.compile(r":[a-z0-9_+'-]+:(?::skin-tone-\d:)?")
_TOKEN = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


def as_mrkdwn(text: str) -> str:
    """Return text that neither pings, links nor formats in a mrkdwn object or a message's `text`."""
    return _without_controls(text).translate(_LOOKALIKES)


def as_markdown(text: str) -> str:
    """Return text that neither pings, links nor formats in streamed Markdown."""
    shown = _without_controls(text).translate(_LOOKALIKES).replace("](", "]（").replace("![", "！[")
    return re.sub(r"^(\s*)#", r"\1＃", shown, flags=re.MULTILINE)


def link(url: str | None, text: str) -> str:
    """Return a mrkdwn link that shows exactly `text`; without an address, the text alone."""
    label = as_mrkdwn(text).translate(_LINK)
    return f"<{url}|{label}>" if url else label


def typed_text(text: str) -> str:
    """Return the words that were typed, from the text of a Slack message: neither mentions nor emoji, links by name."""
    spoken = html.unescape(_EMOJI.sub(" ", _TOKEN.sub(_spoken, text))).strip()
    # Signs, drawn emoji and characters without a form say nothing.
    return spoken if any(character.isalnum() for character in spoken) else ""


def mentions_outside_code(text: str, user_id: str) -> bool:
    """Tell whether the text mentions the user other than inside code."""
    return f"<@{user_id}" in _CODE.sub("", text)


def mentions_somebody(text: str) -> bool:
    """Tell whether the text mentions any user or group."""
    return "<@" in text or "<!subteam" in text


def _without_controls(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _spoken(token: re.Match[str]) -> str:
    kind, target, label = token.groups()
    if kind in ("@", "!"):
        return " "
    if kind == "#":
        return f"#{label}" if label else " "
    return label or target
