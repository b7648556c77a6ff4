"""The assistant with a model: a question in; the rules' answer, worded or translated by a model where proven, out.

The rules answer first. Whatever the model does wrong, is down, or is too slow for, their answer is shown.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from assistant.answering import Assistant, Worked, answer_of, look_up
from assistant.answers import Answer, ModelStep, ModelUse, Question
from assistant.composing.drafts import Statement
from assistant.generating.calls import Model, Patience, Spent
from assistant.generating.composing import compose, may_be_worded
from assistant.generating.faults import ModelFault
from assistant.generating.prompts import LANGUAGES, Prompt, Prompts
from assistant.generating.rewriting import rewrite
from assistant.generating.understanding import is_about, is_unsure, understand
from assistant.listening import NOBODY, Listener
from assistant.replies import load_replies

logger = logging.getLogger(__name__)

# What the rules answer in themselves.
_RULED = ("ja", "en")


class _Ended(Protocol):
    """What a step came to: "used", or why it was not, and the problems of what was removed."""

    @property
    def outcome(self) -> str: ...

    @property
    def removed(self) -> tuple[str, ...]: ...


T = TypeVar("T", bound=_Ended)


@dataclass(slots=True)
class _Steps:
    """The steps of one answer so far, and the time that is left for more."""

    patience: Patience
    taken: list[ModelStep] = field(default_factory=list)

    def take(self, prompt: Prompt, work: Callable[[Spent], T]) -> T | None:
        """Take a step with the model and note how it ended; None for a fault, logged by its name, never its content."""
        spent, started, ended = Spent(), time.perf_counter(), None
        try:
            ended = work(spent)
            outcome, removed = ended.outcome, ended.removed
        except ModelFault as fault:
            outcome, removed = fault.name, ()
            logger.warning("the model failed at %s: %s", prompt.name, fault)
        except Exception as error:
            # What a model says must never keep the rules from answering, not even where it finds a fault of ours.
            outcome, removed = "failed", ()
            logger.error("checking what the model said at %s failed", prompt.name, exc_info=error)
        took = round((time.perf_counter() - started) * 1000, 1)
        self.taken.append(ModelStep(prompt.name, prompt.version, outcome, removed, spent.read, spent.written, took))
        return ended


@dataclass(frozen=True, slots=True)
class GeneratingAssistant:
    """Answers by rules, and lets a model understand, word and translate; safe to use from several threads."""

    rules: Assistant
    model: Model
    prompts: Prompts
    total_seconds: float

    def answer(self, question: Question, listener: Listener = NOBODY) -> Answer:
        """Answer one question within the time that is set."""
        steps = _Steps(Patience.of(self.total_seconds, listener))
        wanted = _language_of(question)
        ruled = question if wanted in _RULED else replace(question, language=None)
        worked = self.rules.work(ruled, listener)
        if worked.draft.outcome == "refused" or worked.request is None or worked.knowledge is None:
            return answer_of(worked)
        language = "en" if wanted == "ja" and worked.request.language == "en" else wanted
        if is_unsure(worked):
            worked, language = self._understood(ruled, worked, language, steps)
        elif language == "ja" and may_be_worded(worked):
            worked = self._worded(worked, steps)
        answer = answer_of(worked)
        if language in LANGUAGES:
            answer = self._rewritten(answer, worked, language, steps)
        return self._with_use(answer, steps)

    def _understood(self, question: Question, worked: Worked, language: str, steps: _Steps) -> tuple[Worked, str]:
        """Look up what the model takes the question for, saying so; the rules' answer stays if nothing is found."""
        assert worked.knowledge is not None
        prompt = self.prompts.understanding
        meant = steps.take(
            prompt, lambda spent: understand(question, worked, self.model, prompt, steps.patience, spent)
        )
        if meant is None:
            return worked, language
        language = meant.language if question.language is None and language == "ja" else language
        if meant.request is None:
            return worked, language
        found = look_up(meant.request, question, worked.knowledge, worked.clock)
        if found.draft.outcome != "answered":
            return worked, language
        return (
            _told_what_was_understood(found) if is_about(found, worked, meant) else _offered(found, worked)
        ), language

    def _worded(self, worked: Worked, steps: _Steps) -> Worked:
        steps.patience.listener.tell("writing")
        prompt = self.prompts.composing
        composed = steps.take(prompt, lambda spent: compose(worked, self.model, prompt, steps.patience, spent))
        return worked if composed is None or composed.draft is None else replace(worked, draft=composed.draft)

    def _rewritten(self, answer: Answer, worked: Worked, language: str, steps: _Steps) -> Answer:
        assert worked.knowledge is not None
        steps.patience.listener.tell("writing")
        prompt, names = self.prompts.rewriting, worked.knowledge.department_names
        rewritten = steps.take(
            prompt,
            lambda spent: rewrite(answer.text, language, names, self.model, prompt, steps.patience, spent),
        )
        if rewritten is None or rewritten.outcome != "used":
            return answer
        return replace(answer, text=rewritten.text, mode="generate")

    def _with_use(self, answer: Answer, steps: _Steps) -> Answer:
        if not steps.taken:
            return answer
        tokens = (sum(step.tokens_read for step in steps.taken), sum(step.tokens_written for step in steps.taken))
        use = ModelUse(self.model.name, self.model.settings, tuple(steps.taken))
        return replace(answer, tokens=tokens, model_use=use)


def _language_of(question: Question) -> str:
    """The language that is wanted: ja-easy, zh for zh-CN; without a wish that of the question's letters."""
    wanted = (question.language or "").lower()
    if wanted in ("ja-easy", "ja-simple"):
        return "ja-easy"
    if wanted:
        return wanted.partition("-")[0]
    if any("가" <= letter <= "힣" for letter in question.text):
        return "ko"
    return "ja"


def _told_what_was_understood(found: Worked) -> Worked:
    """Begin an answer with the item that it is about: the reader sees whether that was meant."""
    title = _title_of(found)
    if title is None or found.request is None:
        return found
    told = Statement(load_replies(found.request.language).say("understood_as", subject=title))
    return replace(found, draft=replace(found.draft, statements=(told, *found.draft.statements)))


def _offered(found: Worked, worked: Worked) -> Worked:
    """Leave the rules' answer, and offer to ask about the item that may be meant."""
    title = _title_of(found)
    if title is None or worked.request is None:
        return worked
    offer = load_replies(worked.request.language).say("suggest_owner", title=title)
    return replace(worked, draft=replace(worked.draft, suggestions=(offer, *worked.draft.suggestions)))


def _title_of(worked: Worked) -> str | None:
    sources = (source for statement in worked.draft.statements for source in statement.sources)
    return next((source.item_title for source in sources if source.item_title), None)
