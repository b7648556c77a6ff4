"""Settings in, one small question to the model they name: how it answers, or what to set, out."""

import time

from assistant.errors import NotReady
from assistant.generating.calls import Call, Patience, Spent, whole_reply
from assistant.generating.chat_model import build_model
from assistant.generating.faults import ADVICE, ModelFault
from assistant.generating.schemas import parse_as
from assistant.generating.sentences import Reply, reply_schema
from assistant.settings import Settings

_ASKED = Call(
    'Reply with JSON only: {"quote_ids": [1], "completeness": "complete", "answer": "はい。"}',
    "Reply.",
    reply_schema([1]),
)


def check_model(settings: Settings) -> str:
    """Ask the model for a reply of the form that answers need.

    Raises:
        NotReady: it gives none; the message names the fault and what to set.
        SettingsError: the settings name no model that can be called.

    """
    model = build_model(settings)
    if model is None:
        return "none, the rules answer alone"
    started = time.perf_counter()
    try:
        parse_as(Reply, whole_reply(model, _ASKED, Patience.of(settings.model_total_seconds), Spent()))
    except ModelFault as fault:
        advice = "" if ADVICE[fault.name] in str(fault) else f"; {ADVICE[fault.name]}"
        raise NotReady(f"{fault}{advice}; until then the rules answer alone") from None
    return f"{model.name}, replied in {time.perf_counter() - started:.1f} s"
