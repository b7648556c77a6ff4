"""Which function handles which kind of task."""

from collections.abc import Mapping

from assistant.channels.slack.addressed import reply
from assistant.channels.slack.channel_choice import prefer_channel
from assistant.channels.slack.commands import run_command
from assistant.channels.slack.digest import send_digest, stop_digest
from assistant.channels.slack.forms import save_correction, save_feedback, send_draft
from assistant.channels.slack.home import open_home, prefer, suggest_prompts
from assistant.channels.slack.notices import forget_team, tell_edited
from assistant.channels.slack.sharing import send_csv, share_answer
from assistant.channels.slack.tasks import Kind
from assistant.channels.slack.working import Handler

HANDLERS: Mapping[Kind, Handler] = {
    "ask": reply,
    "command": run_command,
    "share": share_answer,
    "send_csv": send_csv,
    "feedback": save_feedback,
    "correct": save_correction,
    "send_draft": send_draft,
    "open_home": open_home,
    "prefer": prefer,
    "prefer_channel": prefer_channel,
    "suggest": suggest_prompts,
    "stop_digest": stop_digest,
    "digest": send_digest,
    "edited": tell_edited,
    "forget_team": forget_team,
}
