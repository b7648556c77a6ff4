"""Block Kit in, HTML that looks like Slack out: pictures of messages that can be looked at without Slack."""

import re
from html import escape
from typing import Any

Json = dict[str, Any]

_PAGE = """<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><title>{name}</title><style>
body {{ font: 15px/1.46 "Noto Sans CJK JP", Lato, sans-serif; color: #1d1c1d; margin: .75rem; max-width: 42rem; }}
.message {{ border: 1px solid #ddd; border-radius: 8px; padding: .75rem 1rem; }}
ul, ol {{ margin: .2rem 0; padding-left: 1.6rem; }} svg {{ width: 14px; height: 14px; vertical-align: -2px; }}
.context {{ color: #616061; font-size: 13px; margin: .4rem 0; white-space: pre-line; }}
.button {{ border: 1px solid #bbb; border-radius: 4px; display: inline-block; font-weight: 700;
  margin: .2rem .4rem .2rem 0; padding: .15rem .7rem; font-size: 14px; }}
.primary {{ background: #007a5a; color: #fff; border-color: #007a5a; }}
.field {{ border: 1px solid #999; border-radius: 4px; padding: .3rem .6rem; min-height: 1.4rem;
  white-space: pre-line; color: #555; }}
table {{ border-collapse: collapse; margin: .4rem 0; }}
td, th {{ border: 1px solid #ccc; padding: .25rem .6rem; text-align: left; }}
caption {{ text-align: left; color: #616061; font-size: 13px; }} a {{ color: #1264a3; text-decoration: none; }}
p {{ margin: .3rem 0; white-space: pre-line; }} h3 {{ margin: .5rem 0; }}
code {{ background: #f2f2f2; padding: 0 .2rem; }}
</style></head><body><div class="message">
{body}
</div></body></html>
"""
# Drawn, because not every machine has a font with these signs.
_THUMB = (
    '<svg viewBox="0 0 16 16"><path d="M1 7h3v8H1zM5 7l3-6c2 0 2 1 1.500 4H14c1 0 1.500 1 1 2l-2 7'
    'c0 .500-.500 1-1 1H5z"/></svg>'
)
_THUMB_DOWN = _THUMB.replace("<svg ", '<svg style="transform: rotate(180deg)" ')


def picture(name: str, payload: Json) -> str:
    """Return a page that shows a message, form or tab."""
    parts = [f"<h3>{escape(payload['title']['text'])}</h3>"] if "title" in payload else []
    parts += [_block(block) for block in payload["blocks"]]
    if "submit" in payload:
        parts.append(f'<p><span class="button primary">{escape(payload["submit"]["text"])}</span></p>')
    return _PAGE.format(name=escape(name), body="\n".join(parts))


def _block(block: Json) -> str:
    return _BLOCKS[block["type"]](block)


def _section(block: Json) -> str:
    return f"<p>{_text(block['text'])}</p>"


def _context(block: Json) -> str:
    return f'<div class="context">{"　".join(map(_text, block["elements"]))}</div>'


def _actions(block: Json) -> str:
    return "<div>" + "".join(map(_element, block["elements"])) + "</div>"


def _input(block: Json) -> str:
    return f"<p><b>{_text(block['label'])}</b></p>{_element(block['element'])}"


def _element(element: Json) -> str:
    kind = element["type"]
    if kind == "button":
        style = " primary" if element.get("style") == "primary" else ""
        return f'<span class="button{style}">{_text(element["text"])}</span>'
    if kind == "feedback_buttons":
        buttons = ((_THUMB, element["positive_button"]), (_THUMB_DOWN, element["negative_button"]))
        return "".join(f'<span class="button">{mark} {_text(one["text"])}</span>' for mark, one in buttons)
    if kind == "plain_text_input":
        value = element.get("initial_value") or element.get("placeholder", {}).get("text", "")
        return f'<div class="field">{escape(value)}</div>'
    chosen = element.get("initial_option", {}).get("text", element.get("placeholder", {"text": "チャンネルか人を選ぶ"}))
    return f'<span class="button">{escape(chosen["text"])} ▾</span>'


def _rich_text(block: Json) -> str:
    return "".join(map(_rich_part, block["elements"]))


def _rich_part(part: Json) -> str:
    if part["type"] == "rich_text_list":
        tag = "ul" if part["style"] == "bullet" else "ol"
        return f"<{tag}>{''.join(f'<li>{_runs(one)}</li>' for one in part['elements'])}</{tag}>"
    tag = "blockquote" if part["type"] == "rich_text_quote" else "p"
    return f"<{tag}>{_runs(part)}</{tag}>"


def _runs(part: Json) -> str:
    shown = []
    for run in part["elements"]:
        text = escape(run.get("text", ""))
        shown.append(f'<a href="{escape(run["url"])}">{text}</a>' if run["type"] == "link" else text)
    return "".join(shown)


def _table(block: Json) -> str:
    head, *rows = [[_cell(cell) for cell in row] for row in block["rows"]]
    caption = f"<caption>{escape(block['caption'])}（{len(rows)}行）</caption>" if "caption" in block else ""
    top = "".join(f"<th>{cell}</th>" for cell in head)
    page = rows[: block.get("page_size", len(rows))]
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in page)
    return f"<table>{caption}<tr>{top}</tr>{body}</table>"


def _cell(cell: Json) -> str:
    return (
        _rich_text(cell).replace("<p>", "").replace("</p>", "") if cell["type"] == "rich_text" else escape(cell["text"])
    )


def _text(text: Json) -> str:
    if text["type"] == "plain_text":
        return escape(text["text"])
    linked = re.sub(r"<(https?://[^|>]+)\|([^>]*)>", r'<a href="\1">\2</a>', text["text"])
    linked = re.sub(r"<@(\w+)>", r"<b>@\1</b>", re.sub(r"<#(\w+)>", r"<b>#\1</b>", linked))
    linked = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", linked)
    return re.sub(r"(?<!\w)\*([^*\n]+)\*", r"<b>\1</b>", linked)


_BLOCKS = {
    "section": _section,
    "header": lambda block: f"<h3>{_text(block['text'])}</h3>",
    "divider": lambda _: "<hr>",
    "context": _context,
    "actions": _actions,
    "context_actions": _actions,
    "input": _input,
    "rich_text": _rich_text,
    "table": _table,
    "data_table": _table,
}
