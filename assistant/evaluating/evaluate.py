"""Cases and what answers them in, a judged Run out."""

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from assistant.answers import Answer, Question
from assistant.errors import WrongUsage
from assistant.evaluating.cases import Case, read_cases
from assistant.evaluating.judging import Lines, check, is_printed
from assistant.evaluating.runs import Evidence, Judged


def cases_of(files: Iterable[Path]) -> tuple[Case, ...]:
    """Read the questions of several files.

    Raises:
        WrongUsage: a file cannot be read, or two questions have the same id, so that runs could not be compared.

    """
    cases: dict[str, Case] = {}
    for file in files:
        for case in read_cases(file):
            if case.id in cases:
                raise WrongUsage(f"{file}: two questions have the id {case.id}; give each one of its own")
            cases[case.id] = case
    return tuple(cases.values())


def evaluate(cases: Iterable[Case], answer: Callable[[Question], Answer], lines: Lines) -> Iterator[Judged]:
    """Ask every question and judge its answer; `lines` gives the source lines of a document."""
    known = lru_cache(maxsize=64)(lines)
    for case in cases:
        started = time.perf_counter()
        given = answer(case.question)
        yield judge(case, given, known, (time.perf_counter() - started) * 1000)


def judge(case: Case, answer: Answer, lines: Lines, milliseconds: float) -> Judged:
    """Judge one answer: what it says, and whether every citation is printed where it says."""
    evidence = tuple(
        Evidence(one.source, one.line_start, one.quote, is_printed(one, lines(one.document_id)))
        for one in answer.citations
        if one.kind == "print"
    )
    false = tuple(f"quote not at {e.source}:{e.line}" for e in evidence if not e.is_printed)
    return Judged(
        id=case.id,
        kind=case.kind,
        audience=case.question.audience,
        # Runs are kept, personal data is not.
        question="" if answer.reason == "personal_data" else case.question.text,
        is_answerable=case.is_answerable,
        outcome=answer.outcome,
        reason=answer.reason,
        mode=answer.mode,
        answer=answer.text,
        problems=(*check(case, answer), *false),
        evidence=evidence,
        milliseconds=round(milliseconds, 2),
        tokens=answer.tokens,
    )


def now() -> str:
    """The moment of a run."""
    return datetime.now(UTC).isoformat(timespec="seconds")
