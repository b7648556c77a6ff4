"""An exchange in; a chat completion, or the chunks of one as server-sent events, out."""

import json
import re
import time
from collections.abc import Iterator
from typing import Any

from assistant.channels.openai.chat import as_markdown, citations_of
from assistant.conversations import Exchange

_PIECE = re.compile(r"[^\n。]*(?:。|\n+|$)")
# No language model reads or writes: there are no tokens to be counted.
_USAGE = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}


def completion(exchange: Exchange, model: str, base_url: str) -> dict[str, Any]:
    """Return the whole completion."""
    message = {"role": "assistant", "content": as_markdown(exchange.answer, base_url), "refusal": None}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return {
        **_head(exchange, model, "chat.completion"),
        "choices": [choice],
        "usage": _USAGE,
        **_told(exchange, base_url),
    }


def chunks(exchange: Exchange, model: str, base_url: str, *, with_usage: bool) -> Iterator[str]:
    """Yield the completion as events: a piece of text each, the citations with the last."""
    head = _head(exchange, model, "chat.completion.chunk")

    def event(delta: dict[str, Any], finish: str | None = None, **more: Any) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return _event({**head, "choices": [choice], **more})

    yield event({"role": "assistant", "content": ""})
    for piece in _PIECE.findall(as_markdown(exchange.answer, base_url)):
        if piece:
            yield event({"content": piece})
    yield event({}, "stop", **_told(exchange, base_url))
    if with_usage:
        yield _event({**head, "choices": [], "usage": _USAGE})
    yield "data: [DONE]\n\n"


def _head(exchange: Exchange, model: str, kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{exchange.answer_id}", "object": kind, "created": int(time.time()), "model": model}


def _told(exchange: Exchange, base_url: str) -> dict[str, Any]:
    answer = exchange.answer
    return {
        "citations": citations_of(answer, base_url),
        "outcome": answer.outcome,
        "reason": answer.reason,
        "suggestions": list(answer.suggestions),
    }


def _event(body: dict[str, Any]) -> str:
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"
