"""The JSON of what a language model did for an answer."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.answers import StepName


class _Value(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True)


class ModelStepOut(_Value):
    """One call of a language model; `outcome` is used, a fault, or why the rules' own answer is shown."""

    step: StepName
    prompt: str
    outcome: str
    removed: list[str]
    tokens_read: int
    tokens_written: int
    milliseconds: float


class ModelUseOut(_Value):
    """Which language model took part in an answer, with which settings, and in which steps."""

    model: str
    settings: dict[str, Any]
    steps: list[ModelStepOut]
