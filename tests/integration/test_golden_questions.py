"""The project's own questions about the made-up plans are answered as well as they have been so far."""

from pathlib import Path

from assistant.evaluating.evaluate import cases_of, evaluate
from assistant.evaluating.measuring import Share, measure
from assistant.service import Service

# The least share of right answers, a little below what is reached: (by words alone, by words and meaning).
LEAST = {
    "all": (0.88, 0.93),
    "english": (0.85, 0.90),
    "paraphrase": (0.65, 0.83),
    "off_topic": (0.95, 0.98),
    "followup": (0.85, 0.90),
}


def test_the_questions_are_answered_right(two_cities: Service, root_dir: Path) -> None:
    cases = cases_of(sorted((root_dir / "bench" / "questions").glob("*.jsonl")))
    assert len(cases) >= 300
    judged = list(evaluate(cases, lambda question: two_cities.ask(question).answer, two_cities.lines))
    measures = measure(judged)
    with_meaning = two_cities.corpus().dense is not None
    shares = {"all": measures.accuracy, **measures.by_kind}
    wrong = [(one.id, one.question, one.problems) for one in judged if not one.is_right]
    low = {kind: shares[kind] for kind, least in LEAST.items() if shares[kind].value < least[with_meaning]}
    assert low == {}, wrong
    assert measures.false_citations == 0
    assert _is_at_least(measures.refusal_precision, 0.95 if with_meaning else 0.90), wrong
    assert _is_at_least(measures.refusal_recall, 0.98 if with_meaning else 0.95), wrong


def _is_at_least(share: Share, least: float) -> bool:
    return share.value >= least
