"""What the rules found and answered in, the same worded by a model out, as far as it is proven."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answering import Worked
from assistant.citations import with_marks
from assistant.composing.drafts import Draft, Source, Statement
from assistant.generating.calls import Call, Model, Patience, Spent
from assistant.generating.checking import Checked, problem_of
from assistant.generating.evidence import Shown, render, show
from assistant.generating.facts import facts_in
from assistant.generating.prompts import Prompt
from assistant.generating.sentences import ReplyStream, Sentence, reply_schema
from assistant.generating.standing import stands
from assistant.knowledge import Knowledge
from assistant.verification import verify

_MOST_CELLS = 2
WORDED = ("item", "prose", "definition")
# Who asks so wants the rules' own form: the print itself, or years of one kind.
_AS_PRINTED = re.compile(r"西暦|原文|そのまま|抜き出|文言|一字一句")


@dataclass(frozen=True, slots=True)
class Composed:
    """A worded draft, or None with the reason why the rules' own is shown; `removed` are the problems of sentences."""

    draft: Draft | None
    outcome: str
    removed: tuple[str, ...] = ()


def may_be_worded(worked: Worked) -> bool:
    """Tell whether a model may word this draft: never a list, a count or a comparison, and never a refusal."""
    draft, request = worked.draft, worked.request
    is_exact = draft.total is not None or bool(draft.items)
    if draft.outcome != "answered" or is_exact or request is None or request.intent not in WORDED:
        return False
    return _AS_PRINTED.search(request.text) is None


def compose(worked: Worked, model: Model, prompt: Prompt, patience: Patience, spent: Spent) -> Composed:
    """Let the model word the answer; each sentence is said to the listener once it is proven.

    Raises:
        ModelFault: there is no whole reply.

    """
    request, knowledge = worked.request, worked.knowledge
    assert request is not None
    assert knowledge is not None
    room = model.room - sum(map(len, prompt.fill(question=request.text, passages="")))
    shown = show(worked.draft, knowledge, room)
    if not shown:
        return Composed(None, "no_room")
    system, user = prompt.fill(question=request.text, passages=render(shown))
    schema = reply_schema(one.number for one in shown)
    stream = ReplyStream(model.stream(Call(system, user, schema), patience), spent)
    checking = _Checking(shown, knowledge, worked.draft)
    kept: list[Statement] = []
    numbers: dict[Source, int] = {}
    for sentence in stream.sentences():
        if (statement := checking.proven(sentence)) is not None:
            kept.append(replace(statement, continues=bool(kept)))
            patience.listener.say(with_marks(kept[-1], numbers))
    return _judged(kept, stream, checking, worked)


def _judged(kept: Sequence[Statement], stream: ReplyStream, checking: "_Checking", worked: Worked) -> Composed:
    """Decide whether what is left still answers; where it does not, the rules' own answer is shown."""
    assert stream.reply is not None
    removed = tuple(checking.removed)
    if stream.reply.completeness != "complete":
        return Composed(None, "incomplete", removed)
    if not kept and not removed:
        return Composed(None, "empty")
    if not checking.may_cite(stream.reply.quote_ids) or (not set(removed) - {"no_citation"} and not kept):
        return Composed(None, "no_citation", removed)
    if not kept:
        return Composed(None, "unproven", removed)
    if len(removed) > len(kept) or not stands(kept, worked, checking.states):
        return Composed(None, "does_not_stand", removed)
    draft = replace(worked.draft, statements=tuple(kept), mode="generate")
    return Composed(draft, "used", removed)


class _Checking:
    """Checks the sentences of one reply against what was shown."""

    def __init__(self, shown: Sequence[Shown], knowledge: Knowledge, draft: Draft) -> None:
        self._shown = shown
        self._knowledge = knowledge
        self._by_number = {one.number: one for one in shown}
        opening = draft.statements[0].text if draft.statements else ""
        self.states = states_of(knowledge)
        self._checked = Checked(self.states, opening)
        self.removed: list[str] = []

    def may_cite(self, numbers: Sequence[int]) -> bool:
        """Tell whether any of the numbers is one of a passage that was shown."""
        return any(number in self._by_number for number in numbers)

    def proven(self, sentence: Sentence) -> Statement | None:
        """Return the sentence with its sources; None, noting why, if it must not be shown."""
        cited = [self._by_number[number] for number in sentence.numbers if number in self._by_number]
        problem = problem_of(sentence.text, cited, self._shown, self._checked)
        if problem is None:
            statement = Statement(sentence.text, tuple(dict.fromkeys(_sources(sentence.text, cited))))
            # The same proof as for what rules compose: a second pair of eyes.
            if verify(Draft("answered", (statement,)), self._knowledge).statements:
                return statement
            problem = "fact"
        self.removed.append(problem)
        return None


def states_of(knowledge: Knowledge) -> frozenset[str]:
    """Every progress class and status that any item has."""
    states = {state for item in knowledge.corpus.items for state in (item.progress, item.status)}
    return frozenset(state for state in states if state and len(state) > 1)


def _sources(text: str, cited: Sequence[Shown]) -> Iterator[Source]:
    """Quote of each passage the cells that hold the facts of the sentence."""
    facts = facts_in(text)
    for one in cited:
        holding = [
            name
            for name, field in one.fields.items()
            if any(fact.is_stated_by(facts_in(field)) or fact.value in field for fact in facts)
        ]
        yield from one.cited_for(holding[:_MOST_CELLS])
