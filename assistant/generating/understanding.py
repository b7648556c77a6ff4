"""A question that the rules could not read in, the request that a model takes it for out; None if that is not sure.

The model only chooses what is looked up. What is found must hold most of what the question names, else it is only
offered; conditions must be named there: what nobody asked is not answered.
"""

from dataclasses import dataclass, replace
from typing import Literal, get_args

from pydantic import BaseModel

from assistant.answering import Worked
from assistant.answers import Question
from assistant.generating.calls import Call, Model, Patience, Spent, whole_reply
from assistant.generating.prompts import Prompt
from assistant.generating.schemas import parse_as
from assistant.knowledge import Knowledge
from assistant.names import bare
from assistant.terms import nouns, terms_of
from assistant.understanding.requests import AskedField, Due, Intent, Request
from assistant.understanding.screening import is_out_of_scope, personal_data_in, without_orders
from ingest.fiscal_year import find_years
from vectorstore.item_filter import ItemFilter

_TURNS, _LONGEST_TURN = 6, 300
_LONGEST_SUBJECT = 80
_UNSURE = ("not_in_plans", "unclear")
_ENDING = "課室局部係"
MeantIntent = Literal["item", "list", "count", "definition", "prose", "none"]
MeantLanguage = Literal["ja", "en", "zh", "ko", "pt", "vi"]


class Meaning(BaseModel):
    """What a question means, as far as it can be looked up."""

    intent: MeantIntent
    subject: str
    fields: list[AskedField]
    owner: str
    fiscal_year: int
    language: MeantLanguage


@dataclass(frozen=True, slots=True)
class Understood:
    """The request that is meant, None if that is not sure, and the language that was asked in."""

    request: Request | None
    language: MeantLanguage
    removed: tuple[str, ...] = ()

    @property
    def outcome(self) -> str:
        """How the step ended."""
        return "not_sure" if self.request is None else "used"


def is_unsure(worked: Worked) -> bool:
    """Tell whether the rules could make nothing of a question that may still be about the plans."""
    request = worked.request
    return worked.draft.reason in _UNSURE and request is not None and not is_out_of_scope(request.text)


def understand(
    question: Question, worked: Worked, model: Model, prompt: Prompt, patience: Patience, spent: Spent
) -> Understood:
    """Ask the model what a question means.

    Raises:
        ModelFault: there is no whole reply, or one of another form.

    """
    request, knowledge = worked.request, worked.knowledge
    assert request is not None
    assert knowledge is not None
    departments = sorted(knowledge.owners_in(request.documents))
    told = _conversation(question)
    system, user = prompt.fill(question=request.text, conversation=told, departments="、".join(departments))
    said = whole_reply(model, Call(system, user, _schema()), patience, spent)
    meaning = parse_as(Meaning, said)
    asked = f"{request.text}\n{told}"
    return Understood(_request_of(meaning, request, asked, knowledge), meaning.language)


def is_about(found: Worked, asked: Worked, meant: Understood) -> bool:
    """Tell whether what was found holds most of the things that the question names, so that it is not about another.

    In another language than the plans' none can be held: there the answer says what it is about.
    """
    assert asked.request is not None
    assert found.knowledge is not None
    if found.draft.total is not None or meant.language not in ("ja", "en"):
        return True
    texts = found.knowledge.texts
    cited = [source for statement in found.draft.statements for source in statement.sources]
    said = "".join(f"{texts.get(source.item_id or '', '')}{bare(source.quote)}" for source in cited)
    things = nouns(terms_of(asked.request.subject))
    return sum(term.stands_in(said) for term in things) > len(things) / 2


def _conversation(question: Question) -> str:
    """The turns before, without orders; a turn with personal data is left out."""
    turns = [turn for turn in question.history[-_TURNS:] if not personal_data_in(turn.content)]
    return "\n".join(f"{turn.role}: {without_orders(turn.content[:_LONGEST_TURN])}" for turn in turns)


def _schema() -> dict[str, object]:
    schema = Meaning.model_json_schema()
    return {**schema, "additionalProperties": False, "required": list(schema["properties"])}


def _request_of(meaning: Meaning, before: Request, asked: str, knowledge: Knowledge) -> Request | None:
    if meaning.intent == "none":
        return None
    if meaning.intent in ("list", "count"):
        return _list_of(meaning, before, asked, knowledge)
    subject = meaning.subject.strip()[:_LONGEST_SUBJECT]
    if not subject:
        return None
    fields = tuple(field for field in get_args(AskedField) if field in meaning.fields)
    intent: Intent = meaning.intent
    return replace(before, intent=intent, subject=subject, query=subject, fields=fields, items=(), unknown_words=())


def _list_of(meaning: Meaning, before: Request, asked: str, knowledge: Knowledge) -> Request | None:
    """A list is only made of conditions that the question names."""
    owner = meaning.owner if meaning.owner in knowledge.owners_in(before.documents) else ""
    if owner and bare(owner.rstrip(_ENDING)) not in bare(asked):
        owner = ""
    years = {mention.year for mention in find_years(asked)}
    due = Due("during", (meaning.fiscal_year,)) if meaning.fiscal_year in years else None
    if not owner and due is None:
        return None
    intent: Intent = "count" if meaning.intent == "count" else "list"
    return replace(before, intent=intent, filter=ItemFilter(owner=owner or None), due=due, items=(), unknown_owner=None)
