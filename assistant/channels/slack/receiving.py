"""Whatever Slack sends in, a Delivery that may be stored out: personal data is thrown away first."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.channels.slack.events import read_event
from assistant.channels.slack.interactions import LONGEST_QUESTION, read_command, read_interaction
from assistant.channels.slack.tasks import Delivery, Ignored, Task
from assistant.understanding.screening import personal_data_in


def read_delivery(body: Mapping[str, Any]) -> Delivery | Ignored:
    """Read one request of Slack; never raises, whatever the body holds."""
    if body.get("type") == "event_callback":
        read = read_event(body)
    elif "command" in body:
        read = read_command(body)
    else:
        read = read_interaction(body)
    return replace(read, task=_screened(read.task)) if isinstance(read, Delivery) else read


def _screened(task: Task) -> Task:
    kinds = personal_data_in(task.text)
    if kinds:
        return replace(task, text="", refusal=kinds)
    if task.kind == "ask" and task.was_chosen:
        return replace(task, text=task.text[:LONGEST_QUESTION])
    return task
