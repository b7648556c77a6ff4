"""What the inbox keeps of a delivery: a Task, as JSON and back."""

import json
from dataclasses import asdict, dataclass
from typing import Literal

Kind = Literal[
    "ask",
    "command",
    "share",
    "send_csv",
    "feedback",
    "correct",
    "send_draft",
    "open_home",
    "prefer",
    "prefer_channel",
    "suggest",
    "stop_digest",
    "digest",
    "edited",
    "deleted",
    "forget_team",
]


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do for somebody in Slack.

    `ts` is the message that was asked in, `thread_ts` where the answer goes ("" : the channel itself).
    `text` is what was typed or chosen, plain; `detail` what a button or form carries besides.
    `user_team` is the workspace of a user who is a guest here; `is_seen_outside`: guests read along.
    `refusal` names the kinds of personal data that the text held before it was thrown away.
    """

    kind: Kind
    team_id: str
    user_id: str = ""
    channel_id: str = ""
    ts: str = ""
    thread_ts: str = ""
    text: str = ""
    detail: str = ""
    response_url: str = ""
    refusal: str = ""
    was_chosen: bool = False
    user_team: str = ""
    is_seen_outside: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """A task under the id that Slack gives it, about the message `subject`, in its turn among those of its `lane`."""

    event_id: str
    task: Task
    lane: str
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Ignored:
    """A delivery that nothing is done about, and the name of why."""

    reason: str


def to_json(task: Task) -> str:
    """Return the task as JSON, its defaults left out."""
    return json.dumps({name: value for name, value in asdict(task).items() if value}, ensure_ascii=False)


def from_json(text: str) -> Task:
    """Return the task of a JSON text."""
    return Task(**json.loads(text))
