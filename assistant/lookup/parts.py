"""The parts of a question that joining words divide in, the item that each part names out: 「AとBの担当課は？」."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.knowledge import Knowledge
from assistant.lookup.subjects import chosen_items, find_items
from assistant.names import bare
from assistant.understanding.requests import Request
from ingest.plan_items import PlanItem

_JOINTS = re.compile(r"と(?=[一-龠ァ-ヶー「『])|、|及び|および|,| and ")


def split_at_joints(text: str) -> list[str]:
    """Divide a question where names may be joined."""
    return _JOINTS.split(text)


def items_of_parts(parts: Sequence[str], request: Request, knowledge: Knowledge) -> list[PlanItem]:
    """Return the items that the parts of a question name, one each; none if any part names none for certain."""
    chosen: list[PlanItem] = []
    settled = chosen_items(request, knowledge)
    for part in parts if len(parts) > 1 else ():
        if titled := [item for item in settled if knowledge.titles[item.id] in bare(part)]:
            chosen += [item for item in titled if item not in chosen]
            continue
        subject = subject_in(part, request)
        asked = replace(request, text=part, query=part, subject=subject, items=())
        found = find_items(asked, knowledge) if subject else None
        if found is None or found.certainty != "named":
            return []
        chosen += [item for item in found.items[:1] if item not in chosen]
    return chosen


def subject_in(part: str, request: Request) -> str:
    """Return the words of a request's subject that stand in a part of its text."""
    return " ".join(word for word in request.subject.split() if word in part)
