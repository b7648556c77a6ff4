"""The fixed sentences of prompts/slack.yaml, by name."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml


def say(name: str, /, **values: object) -> str:
    """Return the sentence `name` with its {names} filled."""
    return sentences()[name].format(**values)


@cache
def sentences() -> Mapping[str, str]:
    """Return all sentences."""
    data: dict[str, str] = yaml.safe_load((files("prompts") / "slack.yaml").read_text(encoding="utf-8"))
    return {name: sentence.strip() for name, sentence in data.items()}
