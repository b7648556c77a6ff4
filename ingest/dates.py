"""The lines of a plan in, the date of what it says out, as printed: 令和5年3月現在; and a printed date as numbers."""

import re
from collections.abc import Iterator, Sequence

from ingest.markup import close_letters
from ingest.normalize import fold_width

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925, "": 0}
_DATE = re.compile(
    r"(?P<era>令和|平成|昭和|(?<![A-Za-z])[RHS](?=\d)|(?=(?:19|20)\d\d))\s*(?P<year>元|\d{1,4})\s*"
    r"(?:年\s*(?P<month>1[0-2]|0?[1-9])\s*月(?:\s*(?P<day>[12]\d|3[01]|0?[1-9])\s*日)?|年度(?P<end>末))"
)
_STATES = re.compile(r"\s*(?:[)）]?\s*)(?:現在|時点)")
_ISSUES = re.compile(r"\s*(?:[)）]?\s*)(?:策定|改定|改訂|修正|公表|作成|発行|決定|更新)")
_AROUND = re.compile(r"[\s()（）【】\[\]〔〕、。・:：]*")
_FRONT_LINES = 40
_LAST_LINES = 8
_LONGEST_LINE = 60


def find_as_of(lines: Sequence[str]) -> str | None:
    """Return the date that the first or last lines state (…現在), else the one that they were issued at; or None."""
    front = [close_letters(line) for line in lines if line.strip()]
    front = front[:_FRONT_LINES] + front[_FRONT_LINES:][-_LAST_LINES:]
    return next(_stated(front), None) or next(_issued(front), None)


def date_of(text: str) -> tuple[int, int, int] | None:
    """Return the first date of a text as western year, month and day, 0 for what is not printed."""
    match = _DATE.search(fold_width(text))
    if match is None:
        return None
    number = 1 if match["year"] == "元" else int(match["year"])
    year = _ERAS[match["era"]] + number
    if match["end"]:
        return year + 1, 3, 31
    return year, int(match["month"]), int(match["day"] or 0)


def _stated(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        for match in _DATE.finditer(fold_width(line)):
            if after := _STATES.match(fold_width(line), match.end()):
                yield line[match.start() : after.end()]


def _issued(lines: Sequence[str]) -> Iterator[str]:
    """Dates that stand alone on a line, or only with the word of what happened then."""
    for line in lines:
        shape = fold_width(line)
        match = _DATE.search(shape) if len(line) <= _LONGEST_LINE else None
        if match is None or match["end"] or not _AROUND.fullmatch(shape, 0, match.start()):
            continue
        after = _ISSUES.match(shape, match.end())
        end = after.end() if after else match.end()
        if _AROUND.fullmatch(shape, end):
            yield line[match.start() : end]
