"""A Question in, a cited and verified Answer out: screen, understand, look up, compose, verify, cite."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from assistant.answers import Answer, Citation, Question
from assistant.citations import cite
from assistant.composing.compose import Composer
from assistant.composing.correction_notes import with_correction_notes
from assistant.composing.declining import not_in_plans, plain_not_found, refused
from assistant.composing.drafts import Draft
from assistant.composing.relative_years_told import with_meant_years
from assistant.composing.version_notes import with_version_notes
from assistant.knowledge import Knowledge
from assistant.listening import NOBODY, Listener
from assistant.lookup.selection import select_items
from assistant.lookup.subjects import find_items
from assistant.replies import Replies, load_replies
from assistant.understanding.follow_ups import follow
from assistant.understanding.own_words import in_plan_words
from assistant.understanding.relative_years import with_years, with_years_of_item
from assistant.understanding.requests import Request
from assistant.understanding.screening import Screened, screen
from assistant.understanding.spelling import respell
from assistant.understanding.understand import understand
from assistant.verification import has_proof, verify
from ingest.today import today_in_japan
from vectorstore.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Worked:
    """A question answered as far as its verified draft, and what that was made from; None where it went no further."""

    draft: Draft
    clock: "Clock"
    request: Request | None = None
    knowledge: Knowledge | None = None


class Assistant:
    """Answers questions from the newest corpus snapshot, by rules alone."""

    def __init__(self, corpus: Callable[[], Corpus], today: Callable[[], date] = today_in_japan) -> None:
        self._corpus = corpus
        self._today = today
        self._known: Knowledge | None = None

    def answer(self, question: Question, listener: Listener = NOBODY) -> Answer:
        """Answer one question; every outcome carries a sentence that helps."""
        return answer_of(self.work(question, listener))

    def work(self, question: Question, listener: Listener = NOBODY) -> Worked:
        """Answer one question as far as its verified draft, which a model may still word anew."""
        clock = Clock()
        listener.tell("understanding")
        replies = load_replies("en" if (question.language or "").startswith("en") else "ja")
        screened = screen(question.text)
        if screened.reason is not None:
            return Worked(_turned_away(screened, replies), clock)
        knowledge = self._knowledge()
        if not knowledge.corpus.documents:
            return Worked(plain_not_found("nothing_loaded", replies), clock)
        request = self._understand(screened.text, question, knowledge)
        clock.lap("understand_ms")
        listener.tell("searching")
        return look_up(request, question, knowledge, clock)

    def _understand(self, text: str, question: Question, knowledge: Knowledge) -> Request:
        """Read the question by itself, its relative years by the day it is asked, then in its conversation."""
        today = self._today()
        respelled = respell(in_plan_words(text, knowledge, question.scope), knowledge, question.scope)
        dated = with_years_of_item(respelled, today)
        request = understand(dated.text, question.scope, knowledge, question.language)
        if request.intent in ("list", "count") and (listed := with_years(respelled, today)) != dated:
            dated = listed
            request = understand(dated.text, question.scope, knowledge, question.language)
        before = tuple(replace(turn, content=with_years(turn.content, today).text) for turn in question.history)
        followed = follow(request, before, question.scope, knowledge, lambda earlier: _settled(earlier, knowledge))
        return replace(followed, meant_years=dated.meant)

    def _knowledge(self) -> Knowledge:
        corpus = self._corpus()
        if self._known is None or self._known.corpus is not corpus:
            self._known = Knowledge(corpus)
        return self._known


def _settled(request: Request, knowledge: Knowledge) -> tuple[str, ...]:
    """The items an earlier request was about."""
    if request.intent in ("list", "count"):
        return tuple(item.id for item in select_items(request, knowledge))
    found = find_items(request, knowledge)
    return tuple(item.id for item in found.items)


def _turned_away(screened: Screened, replies: Replies) -> Draft:
    assert screened.reason is not None
    return refused(screened.reason, screened.reply, replies, kinds=screened.detail, length=screened.detail)


def look_up(request: Request, question: Question, knowledge: Knowledge, clock: "Clock") -> Worked:
    """Compose the draft that answers a request, and verify it."""
    replies = load_replies(request.language)
    draft = Composer(request, question, knowledge, replies, clock.lap).draft()
    draft = with_meant_years(draft, request.meant_years, replies)
    clock.lap("compose_ms")
    verified = verify(draft, knowledge)
    if verified.outcome == "answered" and not has_proof(verified):
        verified = not_in_plans(knowledge, request.documents, (), replies)
    return Worked(verified, clock, request, knowledge)


def answer_of(worked: Worked) -> Answer:
    """Number the sources of a verified draft, and tell of which version of a plan it speaks."""
    draft, request, knowledge = worked.draft, worked.request, worked.knowledge
    if request is None or knowledge is None:
        return _finished(draft, "", (), worked.clock)
    if request.intent != "changes":
        draft = with_version_notes(draft, knowledge, load_replies(request.language))
    draft = with_correction_notes(draft, load_replies(request.language))
    text, citations = cite(draft, knowledge)
    return replace(_finished(draft, text, citations, worked.clock), intent=request.intent)


def _finished(draft: Draft, text: str, citations: tuple[Citation, ...], clock: "Clock") -> Answer:
    clock.lap("verify_ms")
    return Answer(
        outcome=draft.outcome,
        text=text or "\n\n".join(statement.text for statement in draft.statements),
        reason=draft.reason,
        citations=citations,
        items=draft.items,
        total=draft.total,
        filters=draft.filters,
        suggestions=draft.suggestions,
        mode=draft.mode,
        timings=clock.timings(),
    )


class Clock:
    """Milliseconds by step since the question arrived."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, step: str) -> None:
        """Add the time since the last lap to a step."""
        now = time.perf_counter()
        self._laps[step] = self._laps.get(step, 0.0) + (now - self._last) * 1000
        self._last = now

    def timings(self) -> dict[str, float]:
        """Return the milliseconds of every step and of all."""
        laps = {step: round(ms, 2) for step, ms in self._laps.items()}
        return {**laps, "total_ms": round((time.perf_counter() - self._start) * 1000, 2)}
