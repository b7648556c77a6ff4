"""Requests and answers in, counters in the Prometheus text format out."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from assistant.answers import REASONS, Answer

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """The counters of one app, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Histogram(
            "kaikaku_request_seconds",
            "Time to answer a request",
            ("method", "route", "status"),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._answers = Counter(
            "kaikaku_answers", "Answers by outcome", ("outcome", "reason", "mode"), registry=self._registry
        )
        for outcome, reasons in REASONS.items():
            for reason in reasons or ("",):
                # A reason that never came up is counted, too: as 0.
                self._answers.labels(outcome, reason, "lookup")
        self._steps = Counter(
            "kaikaku_model_steps", "Calls of the model by outcome", ("step", "outcome"), registry=self._registry
        )
        self._removed = Counter(
            "kaikaku_model_removed", "Sentences of the model not shown", ("step", "problem"), registry=self._registry
        )
        self._tokens = Counter("kaikaku_model_tokens", "Tokens", ("direction",), registry=self._registry)
        self._corpus = Gauge("kaikaku_corpus", "What is in the corpus", ("what",), registry=self._registry)

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Record one finished request; `route` is the pattern, never the address itself."""
        self._requests.labels(method, route, str(status)).observe(seconds)

    def count_answer(self, answer: Answer) -> None:
        """Record how a question ended."""
        self._answers.labels(answer.outcome, answer.reason or "", answer.mode).inc()
        for step in answer.model_use.steps if answer.model_use else ():
            self._steps.labels(step.step, step.outcome).inc()
            self._tokens.labels("read").inc(step.tokens_read)
            self._tokens.labels("written").inc(step.tokens_written)
            for problem in step.removed:
                self._removed.labels(step.step, problem).inc()

    def set_corpus(self, version: int, documents: int, items: int) -> None:
        """Record the size of the corpus."""
        for what, value in (("version", version), ("documents", documents), ("items", items)):
            self._corpus.labels(what).set(value)

    def text(self) -> bytes:
        """Return all counters in the Prometheus text format."""
        return generate_latest(self._registry)
