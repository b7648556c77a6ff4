"""Block Kit as documented: blocks in, Refused("invalid_blocks") out for whatever Slack would not show.

Sources: docs.slack.dev/reference/block-kit (blocks, block elements, composition objects) as of 2026.
"""

from collections.abc import Callable
from typing import Any

from tests.server.recording_slack.elements import (
    CODE,
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    check_element,
    plain_text,
    text_object,
    url,
)
from tests.server.recording_slack.refusing import Json, Refused, check_count, check_fields, check_length

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
TABLE_CHARACTERS = 10_000
MARKDOWN_CHARACTERS = 12_000

_PLACES: dict[str, set[str]] = {
    "section": {"message", "modal", "home"},
    "header": {"message", "modal", "home"},
    "divider": {"message", "modal", "home"},
    "context": {"message", "modal", "home"},
    "actions": {"message", "modal", "home"},
    "rich_text": {"message", "modal", "home"},
    "input": {"message", "modal", "home"},
    "markdown": {"message"},
    "table": {"message"},
    "data_table": {"message"},
    "context_actions": {"message"},
}


def check_blocks(blocks: object, surface: str) -> list[Json]:
    """Return the blocks if Slack would take them on this surface: message, modal or home."""
    checked = [check_block(block, surface, f"blocks[{n}]") for n, block in enumerate(_list(blocks, surface))]
    _check_ids(checked)
    _check_totals(checked)
    return checked


def check_block(block: object, surface: str, where: str) -> Json:
    """Return one block if Slack would take it."""
    kind = block.get("type") if isinstance(block, dict) else None
    if kind not in _CHECKS or surface not in _PLACES[kind]:
        raise Refused(CODE, f"{where}: {kind!r} is no block of a {surface}")
    assert isinstance(block, dict)
    if "block_id" in block:
        check_length(block["block_id"], 1, 255, f"{where}.block_id", CODE)
    _CHECKS[kind](block, where)
    return block


def _list(blocks: object, surface: str) -> list[Any]:
    return check_count(blocks, 0, MOST_BLOCKS[surface], "blocks", CODE)


def _check_ids(blocks: list[Json]) -> None:
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        raise Refused(CODE, "block_id: given twice")
    for block in blocks:
        named = [e["action_id"] for e in block.get("elements", []) if isinstance(e, dict) and "action_id" in e]
        if len(named) != len(set(named)):
            raise Refused(CODE, f"action_id: given twice in one block: {named}")


def _check_totals(blocks: list[Json]) -> None:
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MARKDOWN_CHARACTERS:
        raise Refused("msg_blocks_too_long", "markdown blocks together")
    tables = [block for block in blocks if block["type"] in ("table", "data_table")]
    if sum(_table_characters(block) for block in tables) > TABLE_CHARACTERS:
        raise Refused(CODE, "table: more than 10,000 characters in all cells")
    if sum(block["type"] == "table" for block in tables) > 1:
        raise Refused("invalid_attachments", "only_one_table_allowed")


def _section(block: Json, where: str) -> None:
    check_fields(block, ("type",), ("text", "fields", "accessory", "block_id", "expand"), where, CODE)
    if "text" not in block and "fields" not in block:
        raise Refused(CODE, f"{where}: neither text nor fields")
    if "text" in block:
        text_object(block["text"], 3000, f"{where}.text")
    for n, one in enumerate(check_count(block.get("fields", []), 0, 10, f"{where}.fields", CODE)):
        text_object(one, 2000, f"{where}.fields[{n}]")
    if "accessory" in block:
        check_element(block["accessory"], f"{where}.accessory", IN_SECTION)


def _header(block: Json, where: str) -> None:
    check_fields(block, ("type", "text"), ("block_id", "level"), where, CODE)
    plain_text(block["text"], 150, f"{where}.text")


def _divider(block: Json, where: str) -> None:
    check_fields(block, ("type",), ("block_id",), where, CODE)


def _context(block: Json, where: str) -> None:
    check_fields(block, ("type", "elements"), ("block_id",), where, CODE)
    for n, one in enumerate(check_count(block["elements"], 1, 10, f"{where}.elements", CODE)):
        text_object(one, 2000, f"{where}.elements[{n}]")


def _actions(block: Json, where: str) -> None:
    check_fields(block, ("type", "elements"), ("block_id",), where, CODE)
    for n, one in enumerate(check_count(block["elements"], 1, 25, f"{where}.elements", CODE)):
        check_element(one, f"{where}.elements[{n}]", IN_ACTIONS)


def _input(block: Json, where: str) -> None:
    optional = ("block_id", "dispatch_action", "hint", "optional")
    check_fields(block, ("type", "label", "element"), optional, where, CODE)
    plain_text(block["label"], 2000, f"{where}.label")
    check_element(block["element"], f"{where}.element", IN_INPUT)


def _markdown(block: Json, where: str) -> None:
    check_fields(block, ("type", "text"), ("block_id",), where, CODE)
    check_length(block["text"], 1, MARKDOWN_CHARACTERS, f"{where}.text", CODE)


def _context_actions(block: Json, where: str) -> None:
    check_fields(block, ("type", "elements"), ("block_id",), where, CODE)
    for n, one in enumerate(check_count(block["elements"], 1, 5, f"{where}.elements", CODE)):
        check_element(one, f"{where}.elements[{n}]", {"feedback_buttons", "icon_button"})


def _table(block: Json, where: str) -> None:
    check_fields(block, ("type", "rows"), ("block_id", "column_settings"), where, CODE)
    _rows(block["rows"], 1, 100, where, {"raw_text", "rich_text"}, {"raw_text", "rich_text"})
    check_count(block.get("column_settings", []), 0, 20, f"{where}.column_settings", CODE)


def _data_table(block: Json, where: str) -> None:
    optional = ("block_id", "page_size", "row_header_column_index")
    check_fields(block, ("type", "rows", "caption"), optional, where, CODE)
    columns = _rows(block["rows"], 2, 101, where, {"raw_text"}, {"raw_text", "raw_number", "rich_text"})
    if not 1 <= block.get("page_size", 5) <= 100 or not 0 <= block.get("row_header_column_index", 0) < columns:
        raise Refused(CODE, f"{where}: page_size or row_header_column_index out of bounds")


def _rows(rows: object, least: int, most: int, where: str, heads: set[str], cells: set[str]) -> int:
    checked = check_count(rows, least, most, f"{where}.rows", CODE)
    widths = {len(check_count(row, 1, 20, f"{where}.rows[{n}]", CODE)) for n, row in enumerate(checked)}
    if len(widths) != 1:
        raise Refused(CODE, f"{where}: rows of different widths {widths}")
    for n, row in enumerate(checked):
        for m, cell in enumerate(row):
            _cell(cell, heads if n == 0 else cells, f"{where}.rows[{n}][{m}]")
    return widths.pop()


def _cell(cell: object, kinds: set[str], where: str) -> None:
    kind = cell.get("type") if isinstance(cell, dict) else None
    if kind not in kinds:
        raise Refused(CODE, f"{where}: cell of type {kind!r}, may be {kinds}")
    assert isinstance(cell, dict)
    if kind == "raw_text":
        check_length(check_fields(cell, ("type", "text"), (), where, CODE)["text"], 1, 10_000, where, CODE)
    elif kind == "raw_number":
        check_fields(cell, ("type", "value"), ("text",), where, CODE)
        if not isinstance(cell["value"], int | float):
            raise Refused(CODE, f"{where}: raw_number without a number")
    else:
        _rich_text(cell, where)


def _table_characters(block: Json) -> int:
    return sum(len(_text_of(cell)) for row in block["rows"] for cell in row)


def _text_of(value: Any) -> str:
    if isinstance(value, dict):
        own = str(value.get("text", value.get("value", ""))) if value.get("type") != "rich_text" else ""
        return own + "".join(_text_of(one) for one in value.get("elements", []))
    return ""


def _rich_text(block: Json, where: str) -> None:
    check_fields(block, ("type", "elements"), ("block_id",), where, CODE)
    for n, one in enumerate(check_count(block["elements"], 1, 1000, f"{where}.elements", CODE)):
        _rich_part(one, f"{where}.elements[{n}]")


_RICH_PARTS = {
    "rich_text_section": (),
    "rich_text_preformatted": ("border",),
    "rich_text_quote": ("border",),
    "rich_text_list": ("indent", "offset", "border"),
}


def _rich_part(part: object, where: str) -> None:
    kind = part.get("type") if isinstance(part, dict) else None
    if kind not in _RICH_PARTS:
        raise Refused(CODE, f"{where}: {kind!r} is no part of rich text")
    assert isinstance(part, dict)
    required = ("type", "elements", "style") if kind == "rich_text_list" else ("type", "elements")
    check_fields(part, required, _RICH_PARTS[kind], where, CODE)
    if kind == "rich_text_list" and part["style"] not in ("bullet", "ordered"):
        raise Refused(CODE, f"{where}: list style {part['style']}")
    for n, one in enumerate(part["elements"]):
        (_rich_part if kind == "rich_text_list" else _rich_run)(one, f"{where}.elements[{n}]")


def _rich_run(run: object, where: str) -> None:
    kind = run.get("type") if isinstance(run, dict) else None
    fields = {"text": ("text",), "link": ("url",), "user": ("user_id",)}
    if kind not in fields:
        raise Refused(CODE, f"{where}: {kind!r} is no element of rich text")
    run = check_fields(run, ("type", *fields[kind]), ("style", "text") if kind == "link" else ("style",), where, CODE)
    if kind == "link":
        url(run["url"], where)
    styles = {"bold", "italic", "strike", "code"}
    check_fields(run.get("style", {}), (), styles, f"{where}.style", CODE)


_CHECKS: dict[str, Callable[[Json, str], None]] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "table": _table,
    "data_table": _data_table,
    "context_actions": _context_actions,
}


def check_view(view: object) -> Json:
    """Return a modal or home view if Slack would take it."""
    kind = view.get("type") if isinstance(view, dict) else None
    code = "invalid_arguments"
    if kind == "home":
        checked = check_fields(
            view, ("type", "blocks"), ("private_metadata", "callback_id", "external_id"), "view", code
        )
    elif kind == "modal":
        optional = (
            "close",
            "submit",
            "private_metadata",
            "callback_id",
            "clear_on_close",
            "notify_on_close",
            "external_id",
        )
        checked = check_fields(view, ("type", "title", "blocks"), optional, "view", code)
        for name in ("title", "close", "submit"):
            if name in checked:
                plain_text(checked[name], 24, f"view.{name}")
        if any(block.get("type") == "input" for block in checked["blocks"]) and "submit" not in checked:
            raise Refused(code, "view.submit: needed with an input block")
    else:
        raise Refused(code, f"view of type {kind!r}")
    check_length(checked.get("private_metadata", ""), 0, 3000, "view.private_metadata", code)
    check_length(checked.get("callback_id", ""), 0, 255, "view.callback_id", code)
    check_blocks(checked["blocks"], str(kind))
    return checked
