"""Plan items in; a table of as many as Slack shows, and how many that are, out."""

from collections.abc import Sequence

from assistant.channels.slack.blocks import Block, cut, link_run, run
from assistant.channels.slack.links import Links
from assistant.channels.slack.wording import say
from ingest.plan_items import PlanItem

# Of a data table: 100 rows beside the header; of a plain table 100 with it. All cells together: 10,000 characters.
MOST_ROWS, MOST_CHARACTERS, LONGEST_CELL, PAGE = 99, 9_500, 120, 10


def items_table(items: Sequence[PlanItem], links: Links) -> tuple[Block, int]:
    """Return a data table and the number of items in it."""
    names = ("column_title", "column_owner", "column_schedule", "column_progress")
    rows = [[_text(say(name)) for name in names]]
    left = MOST_CHARACTERS - sum(len(say(name)) for name in names)
    for item in items[:MOST_ROWS]:
        texts = _texts(item)
        left -= sum(map(len, texts))
        if left < 0:
            break
        rows.append([_linked(texts[0], links.item(item)), *map(_text, texts[1:])])
    table = {
        "type": "data_table",
        "caption": say("table_caption"),
        "page_size": PAGE,
        "row_header_column_index": 0,
        "rows": rows,
    }
    return table, len(rows) - 1


def as_plain_table(block: Block) -> Block:
    """Return a data table as the older table block; any other block as it is."""
    return {"type": "table", "rows": block["rows"]} if block.get("type") == "data_table" else block


def _texts(item: PlanItem) -> tuple[str, str, str, str]:
    texts = (item.title, "、".join(item.owners), item.schedule or "", item.progress or "")
    first, second, third, fourth = (cut(text.strip(), LONGEST_CELL) or say("untold") for text in texts)
    return first, second, third, fourth


def _text(text: str) -> Block:
    return {"type": "raw_text", "text": text}


def _linked(text: str, url: str | None) -> Block:
    if url is None:
        return _text(text)
    runs = [link_run(url, text)] if text else [run(" ")]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": runs}]}
