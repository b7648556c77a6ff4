"""A question back in; what the user can choose from out, each with the question that it asks."""

from collections.abc import Mapping

from assistant.answers import Answer


def choices_of(answer: Answer) -> Mapping[str, str]:
    """Return what choices say, by the question that each asks: the first suggestion, with the chosen item in it."""
    if answer.outcome != "clarify":
        return {}
    if not answer.items or answer.reason == "several_municipalities":
        return {suggestion: suggestion for suggestion in answer.suggestions}
    first, asked = answer.items[0].title, next(iter(answer.suggestions), "")
    several = len({item.municipality for item in answer.items}) > 1
    chosen = {}
    for item in answer.items:
        place = f"{item.municipality}の" if several and item.municipality else ""
        question = asked.replace(first, item.title) if first in asked else f"「{item.title}」"
        chosen[place + question] = place + item.title
    return chosen
