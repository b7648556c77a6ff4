"""The judged answers of a run in, its measures out: each share with its 95 % confidence interval."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles

from assistant.evaluating.runs import Judged, Run

_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, and between which bounds the true share lies with 95 % confidence (Wilson's interval)."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """The share, 1.0 of nothing."""
        return self.part / self.whole if self.whole else 1.0

    @property
    def bounds(self) -> tuple[float, float]:
        """The lower and the upper bound."""
        if not self.whole:
            return 0.0, 1.0
        n, p = self.whole, self.value
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z / (1 + _Z**2 / n) * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Measures:
    """What a run comes to; milliseconds at the median and at 95 %, tokens read and written in all."""

    accuracy: Share
    by_kind: dict[str, Share]
    by_audience: dict[str, Share]
    refusal_precision: Share
    refusal_recall: Share
    citation_precision: Share
    milliseconds: tuple[float, float]
    tokens: tuple[int, int]

    @property
    def false_citations(self) -> int:
        """How many quotes do not stand where the citation says."""
        return self.citation_precision.whole - self.citation_precision.part


def measure(answers: Sequence[Judged]) -> Measures:
    """Measure a run."""
    declined = [one for one in answers if one.is_declined]
    unanswerable = [one for one in answers if not one.is_answerable]
    evidence = [place for one in answers for place in one.evidence]
    return Measures(
        accuracy=_right(answers),
        by_kind=_by(answers, lambda one: one.kind),
        by_audience=_by(answers, lambda one: one.audience),
        refusal_precision=Share(sum(not one.is_answerable for one in declined), len(declined)),
        refusal_recall=Share(sum(one.is_declined for one in unanswerable), len(unanswerable)),
        citation_precision=Share(sum(place.is_printed for place in evidence), len(evidence)),
        milliseconds=_percentiles([one.milliseconds for one in answers]),
        tokens=(sum(one.tokens[0] for one in answers), sum(one.tokens[1] for one in answers)),
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two runs answer differently: mended, broken, and how likely such a difference is by chance (sign test)."""

    mended: tuple[tuple[Judged, Judged], ...]
    broken: tuple[tuple[Judged, Judged], ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    @property
    def chance(self) -> float:
        """The probability that as uneven a split of the flipped questions comes about by chance."""
        n, k = len(self.mended) + len(self.broken), min(len(self.mended), len(self.broken))
        return min(1.0, 2 * sum(math.comb(n, i) for i in range(k + 1)) / 2**n) if n else 1.0


def compare(before: Run, after: Run) -> Comparison:
    """Compare two runs question by question."""
    old, new = ({one.id: one for one in run.answers} for run in (before, after))
    flipped = [(old[i], new[i]) for i in old if i in new and old[i].is_right != new[i].is_right]
    return Comparison(
        mended=tuple(pair for pair in flipped if pair[1].is_right),
        broken=tuple(pair for pair in flipped if pair[0].is_right),
        only_before=tuple(i for i in old if i not in new),
        only_after=tuple(i for i in new if i not in old),
    )


def _right(answers: Iterable[Judged]) -> Share:
    judged = [one.is_right for one in answers]
    return Share(sum(judged), len(judged))


def _by(answers: Sequence[Judged], group: Callable[[Judged], str]) -> dict[str, Share]:
    return {name: _right(one for one in answers if group(one) == name) for name in sorted(set(map(group, answers)))}


def _percentiles(values: list[float]) -> tuple[float, float]:
    if len(values) < 2:
        return (values[0], values[0]) if values else (0.0, 0.0)
    cuts = quantiles(values, n=100, method="inclusive")
    return cuts[49], cuts[94]
