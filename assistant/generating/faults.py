"""What a model's client raises in, one named fault out: the name is logged, counted, and told by `kaikaku doctor`."""

from typing import Literal

from assistant.errors import AssistantError

Fault = Literal[
    "unreachable",  # 接続不可
    "silent",  # 無応答
    "too_slow",  # 時間切れ
    "busy",  # 混雑
    "server_error",  # サーバ異常
    "wrong_key",  # 認証
    "unknown_model",  # モデルなし
    "rejected",  # 要求不正
    "too_long",  # 文脈超過
    "malformed",  # 応答不正
    "not_a_model",  # モデルの応答でない
    "cut_off",  # 途中切断
    "truncated",  # 打ち切り
    "empty",  # 空の応答
    "off_schema",  # 形式違反
    "left",  # 質問者の離脱
]

ADVICE: dict[Fault, str] = {
    "unreachable": "start the model server, or correct KAIKAKU_MODEL_BASE_URL (and KAIKAKU_MODEL_PROXY, if one is set)",
    "silent": "the server accepts, but says nothing: see its log, or raise KAIKAKU_MODEL_SILENCE_SECONDS",
    "too_slow": "use a smaller model or faster hardware, or raise KAIKAKU_MODEL_CALL_SECONDS",
    "busy": "the server is loading or has too much to do: try again, or let fewer people use it at a time",
    "server_error": "see the log of the model server",
    "wrong_key": "set KAIKAKU_MODEL_API_KEY to the key that the server expects",
    "unknown_model": "set KAIKAKU_MODEL to a model of the server, and KAIKAKU_MODEL_BASE_URL to its address with /v1",
    "rejected": "the server refused the request: see its log; KAIKAKU_MODEL_THINKING=off may not be known to it",
    "too_long": "set KAIKAKU_MODEL_CONTEXT_TOKENS to the context that the server really has",
    "malformed": "KAIKAKU_MODEL_BASE_URL must be an OpenAI-compatible address, mostly ending in /v1",
    "not_a_model": "KAIKAKU_MODEL_BASE_URL must be an OpenAI-compatible address, mostly ending in /v1",
    "cut_off": "see the log of the model server, and the proxies before it",
    "truncated": "raise KAIKAKU_MODEL_OUTPUT_TOKENS; of a thinking model set KAIKAKU_MODEL_THINKING=off",
    "empty": "of a thinking model set KAIKAKU_MODEL_THINKING=off; else use another model",
    "off_schema": "the server ignores response_format, or the model is too weak for it: use another",
    "left": "nobody waited for the answer any more",
}

_BY_STATUS: dict[int, Fault] = {
    401: "wrong_key",
    403: "wrong_key",
    404: "unknown_model",
    408: "silent",
    413: "too_long",
    429: "busy",
    503: "busy",
}
_TOO_LONG = ("context", "too long", "maximum length", "max_tokens")
_LONGEST_DETAIL = 200


class ModelFault(AssistantError):
    """A call of the model came to nothing; the rules answer instead. `name` says why."""

    def __init__(self, name: Fault, detail: str = "") -> None:
        super().__init__(f"{name}: {detail or ADVICE[name]}")
        self.name: Fault = name


def fault_of(error: Exception, has_begun: bool) -> ModelFault:
    """Name what a client raised; `has_begun` tells whether any text had come before."""
    if isinstance(error, ModelFault):
        return error
    detail = f"{type(error).__name__} {error}"[:_LONGEST_DETAIL]
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return ModelFault(_of_status(status, str(error)), detail)
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if _never_connected(error) and not has_begun:
        return ModelFault("unreachable", detail)
    if kinds & {"APITimeoutError", "TimeoutException", "StreamChunkTimeoutError"}:
        return ModelFault("silent", detail)
    if "APIConnectionError" in kinds or "TransportError" in kinds:
        return ModelFault("cut_off", detail)
    if "No generation" in str(error):
        return ModelFault("not_a_model", detail)
    return ModelFault("malformed", detail)


def _of_status(status: int, message: str) -> Fault:
    if status == 400 and any(word in message.lower() for word in _TOO_LONG):
        return "too_long"
    return _BY_STATUS.get(status, "server_error" if status >= 500 else "rejected")


def _never_connected(error: BaseException) -> bool:
    """Tell whether a connection was never made, from what the client's error was raised from."""
    cause: BaseException | None = error
    while cause is not None:
        if type(cause).__name__ in ("ConnectError", "ConnectTimeout", "ProxyError", "UnsupportedProtocol"):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
