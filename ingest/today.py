"""The day it is in Japan, whatever the clock of the machine is set to."""

from datetime import date, datetime, timedelta, timezone

JAPAN = timezone(timedelta(hours=9))


def today_in_japan() -> date:
    """Return the day on which a question is asked."""
    return datetime.now(JAPAN).date()
