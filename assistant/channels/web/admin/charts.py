"""Counts in, the pictures of the dashboard out, as assistant.channels.web.charts draws them."""

from collections.abc import Sequence

from assistant.channels.web.admin.page import named
from assistant.channels.web.charts import Bar, Chart, Figure, Text, bar_chart
from assistant.evaluating.history import EvaluationTold
from assistant.statistics import Day

_WIDTH, _HEIGHT, _LEFT, _TOP, _FOOT = 640, 200, 40, 20, 28


def day_chart(days: Sequence[Day]) -> Chart:
    """Place one column for each day, the fullest over the full height."""
    largest = max((day.total for day in days), default=0) or 1
    step, room = (_WIDTH - _LEFT) / max(1, len(days)), _HEIGHT - _TOP - _FOOT
    heights = [round(room * day.total / largest) for day in days]
    bars = tuple(
        Bar(round(_LEFT + n * step) + 1, _TOP + room - height, max(2, round(step) - 2), _told(day), height)
        for n, (day, height) in enumerate(zip(days, heights, strict=True))
        if height
    )
    marked = sorted({0, len(days) // 2, len(days) - 1}) if days else []
    heads = tuple(Text(round(_LEFT + (n + 0.5) * step), _HEIGHT - _FOOT // 2, _day(days[n])) for n in marked)
    scale = (Text(_LEFT - 8, _TOP, str(largest)), Text(_LEFT - 8, _TOP + room, "0"))
    return Chart(width=_WIDTH + 20, height=_HEIGHT, names=scale, bars=bars, heads=heads)


def count_chart(counts: Sequence[tuple[str, int]], table: str) -> Chart:
    """Place one bar for each count, under the name that staff call it by."""
    return bar_chart([Figure(named(table, name), count, str(count)) for name, count in counts])


def run_chart(runs: Sequence[EvaluationTold]) -> Chart:
    """Place one bar for each evaluation, as long as the share of its right answers."""
    return bar_chart([Figure(run.at[:10], round(run.rate * 1000), f"{run.rate:.1%}") for run in runs])


def _told(day: Day) -> str:
    return f"{_day(day)} {day.total}"


def _day(day: Day) -> str:
    return f"{day.day.month}/{day.day.day}"
