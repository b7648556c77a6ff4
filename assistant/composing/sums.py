"""Listed items in, the sums of their money that the question asks for out: as printed, else added up."""

import re
from collections.abc import Iterator, Sequence

from assistant.composing.drafts import Source, Statement
from assistant.knowledge import Knowledge
from assistant.names import bare
from assistant.replies import Replies
from assistant.understanding.requests import Request
from ingest.amounts import amount_of, plans_money
from ingest.plan_items import PlanItem

_ASKS_SUM = re.compile(
    r"合計(?!件数|数)|総額|総事業費|合わせていくら|あわせていくら|全部でいくら|\b(?:sum|total (?:cost|budget|amount))\b"
)
_MOST_COLUMNS = 2


def told_sums(items: Sequence[PlanItem], request: Request, knowledge: Knowledge, replies: Replies) -> list[Statement]:
    """Add up every column of money that the question means; a sum that the plan prints itself is cited."""
    if not _ASKS_SUM.search(request.text):
        return []
    return [_told(label, total, items, knowledge, replies) for label, total in _sums(items, request.text)]


def _sums(items: Sequence[PlanItem], asked: str) -> list[tuple[str, int]]:
    """The sums of the columns that the question names, else of the first ones of planned money."""
    labels = dict.fromkeys(label for item in items for label in item.fields if plans_money(label))
    named = [label for label in labels if bare(re.sub(r"[（(].*?[）)]", "", label)) in bare(asked)]
    sums = ((label, _sum(items, label)) for label in named or labels)
    return [(label, total) for label, total in sums if total is not None][:_MOST_COLUMNS]


def _sum(items: Sequence[PlanItem], label: str) -> int | None:
    """None where any cell of the column is no amount."""
    amounts = [amount_of(item.fields[label]) for item in items if label in item.fields]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known and len(known) == len(amounts) else None


def _told(label: str, total: int, items: Sequence[PlanItem], knowledge: Knowledge, replies: Replies) -> Statement:
    printed = next(_printed(total, {item.document_id for item in items}, knowledge), None)
    reply = "sum_printed" if printed else "sum_added"
    return Statement(replies.say(reply, label=label, total=f"{total:,}"), (printed,) if printed else ())


def _printed(total: int, documents: set[str], knowledge: Knowledge) -> Iterator[Source]:
    """The lines in which a document prints the sum."""
    for document in sorted(documents):
        found = knowledge.document(document)
        lines = {sum_.line for sum_ in found.report.printed_totals if sum_.printed == total} if found else set()
        for passage in knowledge.passages_of.get(document, ()):
            for line in lines & set(range(passage.line_start, passage.line_end + 1)):
                row = passage.text.split("\n")[line - passage.line_start :][:1]
                yield Source.of_passage(passage, row[0] if row and f"{total:,}" in row[0] else passage.text)
