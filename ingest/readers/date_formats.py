"""A day as a spreadsheet counts it and a date format in, the date as printed out: 令和6年4月1日, R6.4, 2024/4/1."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|[_*].|\[(h+|m+|s+)\]|\[[^\]]*\]|(AM/PM|A/P|上午/下午|午前/午後)|(y+|m+|d+|h+|s+|e+|g+|a{3,4}|b{2,4})|(.)',
    re.I | re.S,
)
_ERAS = (
    (date(2019, 5, 1), "R", "令", "令和"),
    (date(1989, 1, 8), "H", "平", "平成"),
    (date(1926, 12, 25), "S", "昭", "昭和"),
    (date(1912, 7, 30), "T", "大", "大正"),
    (date(1868, 1, 25), "M", "明", "明治"),
)
_WEEKDAYS = "月火水木金土日"
_LAST_DAY = 2_958_465.999_999


@dataclass(frozen=True, slots=True)
class _Token:
    """A code such as "yyyy" or "[h]", or literal text (`code` is empty)."""

    code: str
    text: str


def is_date_code(code: str) -> bool:
    """Tell whether a number format shows a date or a time."""
    return any(token.code for token in _tokens(code))


def printed_date(days: float, code: str, since_1904: bool = False) -> str:
    """Write the day and time `days` (1 = 1900-01-01, or 0 = 1904-01-01) by a date format; "" where there is none."""
    moment = _moment(days, since_1904)
    if moment is None:
        return ""
    tokens = _tokens(code)
    is_half_day = any(token.code == "am/pm" for token in tokens)
    codes = [token.code for token in tokens]
    text = "".join(
        token.text if not token.code else _written(_minutes(codes, at), moment, days, is_half_day)
        for at, token in enumerate(tokens)
    ).strip(" ")
    return re.sub(r"(?<=[和成正治])1(?=年)", "元", text) if "gannen" in code else text


def _tokens(code: str) -> list[_Token]:
    if re.search("general|標準", code, re.I):
        return []
    found = []
    for match in _TOKEN.finditer(code):
        quoted, escaped, elapsed, half, letters, other = match.groups()
        if elapsed:
            found.append(_Token(f"[{elapsed[0].lower()}]", ""))
        elif half:
            found.append(_Token("am/pm", ""))
        elif letters:
            found.append(_Token(letters.lower(), letters))
        elif literal := quoted or escaped or other:
            found.append(_Token("", literal))
    return found if not re.fullmatch(r"[^a-zA-Z]*E[+-][^a-zA-Z]*", re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code)) else []


def _moment(days: float, since_1904: bool) -> datetime | None:
    if not 0 <= days <= _LAST_DAY:
        return None
    # Spreadsheets count a 29 February 1900 that never was.
    since_1900 = datetime(1899, 12, 30) if days >= 60 else datetime(1899, 12, 31)
    start = datetime(1904, 1, 1) if since_1904 else since_1900
    try:
        return start + timedelta(seconds=round(days * 86400))
    except OverflowError:
        return None


def _minutes(codes: list[str], at: int) -> str:
    """M means minutes after hours and before seconds, months elsewhere."""
    code = codes[at]
    if code not in ("m", "mm"):
        return code
    before = next((one for one in reversed(codes[:at]) if one), "")
    after = next((one for one in codes[at + 1 :] if one), "")
    return f"min{len(code)}" if before.strip("[]")[:1] == "h" or after[:1] == "s" else code


def _written(code: str, moment: datetime, days: float, is_half_day: bool) -> str:
    match code[0], len(code):
        case "[", _:
            return str(int(round(days * 86400) // {"h": 3600, "m": 60, "s": 1}[code[1]]))
        case "y", length:
            return f"{moment.year % 100:02}" if length <= 2 else str(moment.year)
        case "g", length:
            return _era(moment.date())[min(length, 3) - 1]
        case "e", length:
            return _era_year(moment.date(), length)
        case "a", 3 | 4:
            return _WEEKDAYS[moment.weekday()] + ("曜日" if len(code) == 4 else "")
        case "d", length if length > 2:
            return moment.strftime("%a" if length == 3 else "%A")
        case "a", _:
            return "AM" if moment.hour < 12 else "PM"
        case "b", _:
            return str(moment.year + 543)
    if code[0] == "m" and code.strip("m") == "" and len(code) > 2:
        return {3: moment.strftime("%b"), 5: moment.strftime("%b")[0]}.get(len(code), moment.strftime("%B"))
    return _figure(code, moment, is_half_day)


def _figure(code: str, moment: datetime, is_half_day: bool) -> str:
    hour = (moment.hour % 12 or 12) if is_half_day else moment.hour
    value = {"m": moment.month, "d": moment.day, "h": hour, "s": moment.second}[code[0]]
    if code.startswith("min"):
        value, code = moment.minute, "m" * int(code[3])
    return f"{value:02}" if len(code) > 1 else str(value)


def _era(day: date) -> tuple[str, str, str]:
    return next((names[1:] for names in _ERAS if day >= names[0]), ("", "", ""))


def _era_year(day: date, length: int) -> str:
    start = next((names[0] for names in _ERAS if day >= names[0]), None)
    year = day.year if start is None else day.year - start.year + 1
    return f"{year:02}" if length > 1 else str(year)
