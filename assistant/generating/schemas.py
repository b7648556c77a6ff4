"""A model's reply in, the value of the form that it was asked for out."""

import json
import re
from typing import TypeVar

from pydantic import BaseModel

from assistant.generating.faults import ModelFault

T = TypeVar("T", bound=BaseModel)

# Some models put a Markdown fence around JSON.
_FENCE = re.compile(r"^\s*```(?:json)?\s*|\s*```\s*$")


def parse_as(form: type[T], text: str) -> T:
    """Read a whole reply.

    Raises:
        ModelFault: it has another form.

    """
    try:
        return form.model_validate(json.loads(_FENCE.sub("", text)))
    except (ValueError, RecursionError) as error:
        raise ModelFault("off_schema", type(error).__name__) from None
