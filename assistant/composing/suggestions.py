"""An item and the fields just answered in, what can be asked of it next out."""

from collections.abc import Collection

from assistant.replies import Replies
from ingest.plan_items import PlanItem

_MOST = 3


def next_questions(item: PlanItem, asked: Collection[str], replies: Replies) -> tuple[str, ...]:
    """Suggest questions for the fields that the item holds and that were not asked, then its department's list."""
    options = (
        ("owner", "suggest_owner", bool(item.owners)),
        ("goal", "suggest_goal", bool(item.goals)),
        ("schedule", "suggest_schedule", bool(item.schedule)),
    )
    told = [replies.say(reply, title=item.title) for field, reply, there in options if there and field not in asked]
    held = [replies.say("suggest_owner_list", owner=item.owners[0])] if item.owners else []
    return tuple((told + held)[:_MOST])
