"""The record of answers in, what staff want to know of it out: how much is asked, how it ends, how long it takes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vectorstore.answer_records import AnswerRecords, Tally, today_in_japan

OUTCOMES = ("answered", "clarify", "not_found", "refused")


@dataclass(frozen=True, slots=True)
class Day:
    """How many questions of one day ended in which way."""

    day: date
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """All questions of the day."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Statistics:
    """The last days, today included; the most frequent first. `answer_rate` is of all that was not refused, 0 to 1.

    `p50` and `p95` are milliseconds; they, and the rate, are None where nothing was asked.
    """

    days: tuple[Day, ...]
    outcomes: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, int], ...]
    channels: tuple[tuple[str, int], ...]
    ratings: dict[str, int]
    answer_rate: float | None
    p50: float | None
    p95: float | None

    @property
    def total(self) -> int:
        """All questions of these days."""
        return sum(count for _, count in self.outcomes)


def statistics(records: AnswerRecords, days: int, today: date | None = None) -> Statistics:
    """Add up the records of the last `days` days."""
    last = today or today_in_japan()
    first = last - timedelta(days=days - 1)
    tallies, times = records.tallies(first), records.milliseconds(first)
    outcomes = dict(_count((tally.outcome, tally.count) for tally in tallies))
    served = sum(outcomes.values()) - outcomes.get("refused", 0)
    return Statistics(
        days=_days(tallies, first, days),
        outcomes=tuple((name, outcomes.get(name, 0)) for name in OUTCOMES),
        reasons=_count((tally.reason, tally.count) for tally in tallies if tally.reason),
        channels=_count((tally.channel, tally.count) for tally in tallies),
        ratings=records.ratings(first),
        answer_rate=outcomes.get("answered", 0) / served if served else None,
        p50=_percentile(times, 50),
        p95=_percentile(times, 95),
    )


def _days(tallies: Iterable[Tally], first: date, days: int) -> tuple[Day, ...]:
    """Every day once, those on which nothing was asked as well."""
    counts: dict[str, dict[str, int]] = {}
    for tally in tallies:
        of_day = counts.setdefault(tally.day, dict.fromkeys(OUTCOMES, 0))
        of_day[tally.outcome] = of_day.get(tally.outcome, 0) + tally.count
    every = (first + timedelta(days=n) for n in range(days))
    return tuple(Day(day, counts.get(day.isoformat(), dict.fromkeys(OUTCOMES, 0))) for day in every)


def _count(counted: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    total: Counter[str] = Counter()
    for name, count in counted:
        total[name] += count
    return tuple(total.most_common())


def _percentile(ordered: Sequence[float], percent: int) -> float | None:
    """The smallest value that so many percent do not exceed."""
    return ordered[-(-len(ordered) * percent // 100) - 1] if ordered else None
