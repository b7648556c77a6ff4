"""Which function handles which kind of task."""

from collections.abc import Mapping

from assistant.channels.slack.asking import answer_question, share_answer
from assistant.channels.slack.tasks import Kind
from assistant.channels.slack.working import Handler

HANDLERS: Mapping[Kind, Handler] = {
    "ask": answer_question,
    "share": share_answer,
}
