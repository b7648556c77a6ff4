"""A chat request in, the Question it asks out; the answer as Markdown whose citations are links."""

import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answers import CITATION_MARK, Answer, Citation, Question, Scope, Turn
from assistant.channels.inert import inert
from assistant.channels.schemas import LONGEST_TEXT
from assistant.questions import clean_text

MODEL = "kaikaku"
_LABEL = str.maketrans({"[": "［", "]": "］", "(": "（", ")": "）", "<": "＜", "\\": "＼", "\n": " "})

Text = Annotated[str, Field(max_length=LONGEST_TEXT)]


class WrongRequest(ValueError):
    """A request that asks nothing, or of a model that there is not; the message says what to send."""


class Part(BaseModel):
    """A part of a message; only text is read."""

    model_config = ConfigDict(extra="ignore")

    type: str
    text: Text = ""


class ChatMessage(BaseModel):
    """One message of a conversation."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Text | list[Part] | None = None

    @property
    def text(self) -> str:
        """What is said."""
        if isinstance(self.content, list):
            return clean_text("\n".join(part.text for part in self.content if part.text))
        return clean_text(self.content or "")


class StreamOptions(BaseModel):
    """What a stream holds besides."""

    include_usage: bool = False


class ChatRequest(BaseModel):
    """A conversation whose last message is the question; what steers a language model has no effect."""

    model_config = ConfigDict(extra="ignore")

    model: str = MODEL
    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=200)]
    stream: bool = False
    stream_options: StreamOptions | None = None


def model_names(municipalities: Sequence[str]) -> list[str]:
    """Return the models: one that searches everything, and one for each municipality."""
    return [MODEL, *(f"{MODEL}/{name}" for name in municipalities)]


def question_of(request: ChatRequest, municipalities: Sequence[str]) -> Question:
    """Return what is asked; system messages are the front end's own and change nothing.

    Raises:
        WrongRequest: there is no such model, or nothing is asked.

    """
    if request.model not in model_names(municipalities):
        raise WrongRequest(f"model {request.model[:100]!r} does not exist; take {MODEL!r}, or one of GET /v1/models")
    said = [Turn(one.role, one.text) for one in request.messages if one.role in ("user", "assistant") and one.text]
    if not said or said[-1].role != "user":
        raise WrongRequest("messages: the last one must be the user's question, as text")
    municipality = request.model.removeprefix(MODEL).removeprefix("/") or None
    return Question(said[-1].content, tuple(said[:-1]), Scope(municipality))


def as_markdown(answer: Answer, base_url: str) -> str:
    """Return the answer with every [n] a link to its source, and the sources below it."""
    links = {citation.number: base_url + citation.url for citation in answer.citations}

    def linked(mark: re.Match[str]) -> str:
        url = links.get(int(mark[1]))
        return f"[\\[{mark[1]}\\]]({url})" if url else mark[0]

    body = CITATION_MARK.sub(linked, inert(answer.text))
    sources = [f"{one.number}. [{_name(one)}]({links[one.number]})" for one in answer.citations]
    return "\n".join([body, "", "---", "", *sources]) if sources else body


def _name(citation: Citation) -> str:
    page = f" p.{citation.page}" if citation.page else ""
    about = f"「{citation.item_title}」" if citation.item_title else ""
    return f"{citation.title}{page}{about}".translate(_LABEL)


def citations_of(answer: Answer, base_url: str) -> list[dict[str, Any]]:
    """Return the citations as the contract has them, with whole addresses."""
    from assistant.channels.schemas import CitationOut

    shown = [CitationOut.model_validate(citation).model_dump() for citation in answer.citations]
    return [{**one, "url": base_url + one["url"]} for one in shown]
