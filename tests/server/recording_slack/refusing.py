"""How this Slack says no: an error code as Slack names it, with what exactly was wrong."""

from collections.abc import Collection, Mapping
from typing import Any

Json = dict[str, Any]


class Refused(Exception):
    """A call that Slack would answer with `ok: false`."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


def check_fields(value: object, required: Collection[str], optional: Collection[str], where: str, code: str) -> Json:
    """Return the object if it has the required fields and no unknown one."""
    if not isinstance(value, Mapping):
        raise Refused(code, f"{where}: must be an object, is {type(value).__name__}")
    if missing := [name for name in required if value.get(name) in (None, "", [])]:
        raise Refused(code, f"{where}: missing {missing}")
    if unknown := set(value) - set(required) - set(optional):
        raise Refused(code, f"{where}: unknown fields {sorted(unknown)}")
    return dict(value)


def check_length(text: object, least: int, most: int, where: str, code: str) -> str:
    """Return the text if its length is within bounds."""
    if not isinstance(text, str):
        raise Refused(code, f"{where}: must be text, is {type(text).__name__}")
    if not least <= len(text) <= most:
        raise Refused(code, f"{where}: {len(text)} characters, must be {least} to {most}")
    return text


def check_count(values: object, least: int, most: int, where: str, code: str) -> list[Any]:
    """Return the list if its length is within bounds."""
    if not isinstance(values, list):
        raise Refused(code, f"{where}: must be a list, is {type(values).__name__}")
    if not least <= len(values) <= most:
        raise Refused(code, f"{where}: {len(values)} elements, must be {least} to {most}")
    return values
