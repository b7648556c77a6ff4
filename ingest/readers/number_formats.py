"""A number and the format of its cell in, the text that Excel shows out: 1,234, 12.5%, △1,234, 令和6年4月1日."""

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from ingest.readers.date_formats import is_date_code, printed_date

# Formats that a workbook names by number only, as Japanese Excel shows them.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00', 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: "ge.m.d", 28: 'ggge"年"m"月"d"日"',
    29: 'ggge"年"m"月"d"日"', 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"時"mm"分"', 33: 'h"時"mm"分"ss"秒"',
    34: 'yyyy"年"m"月"', 35: 'm"月"d"日"', 36: "ge.m.d", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0;-#,##0;-", 42: '"¥"#,##0;"¥"-#,##0;"¥"-',
    43: "#,##0.00;-#,##0.00;-", 44: '"¥"#,##0.00;"¥"-#,##0.00;"¥"-', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", 50: "ge.m.d", 51: 'ggge"年"m"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'ggge"年"m"月"d"日"', 55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: "ge.m.d", 58: 'ggge"年"m"月"d"日"',
}  # fmt: skip
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|[_*].|\[([^\]]*)\]|(General|G/標準)|([#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+)|(.)', re.S | re.I
)
_SECTION = re.compile(r';(?:"[^"]*"|\\.|[^;])*', re.S)
_FRACTION = re.compile(r"[#0?]+\s*/\s*[\d?#]+")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_MOST_DECIMALS = 12
_MOST_EXACT = 1e15
_GENERAL_DIGITS = 10


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a format: literal text, the digits of the number, or General."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the formats between semicolons; `condition` is [>=100] or its like."""

    code: str
    parts: tuple[_Part, ...]
    condition: tuple[str, float] | None
    is_full_width: bool


def printed_number(value: float, code: str, since_1904: bool = False) -> str:
    """Write `value` as a cell with the number format `code` shows it; dates are days since 1900, or since 1904."""
    if not math.isfinite(value):
        return ""
    sections = _sections(code)
    section, is_negative_shown = _section_for(value, sections)
    if is_date_code(section.code):
        return printed_date(value, section.code, since_1904)
    text = _written(abs(value), section)
    if value < 0 and is_negative_shown and re.search("[1-9]", text):
        text = f"-{text}"
    return text.translate(_FULL_WIDTH) if section.is_full_width else text


def printed_text(value: str, code: str) -> str:
    """Write a text as a cell with the number format `code` shows it."""
    sections = _sections(code)
    if len(sections) < 4 and "@" not in sections[-1].code:
        return value
    return "".join(value if part.text == "@" and part.kind == "other" else part.text for part in sections[-1].parts)


@cache
def _sections(code: str) -> tuple[_Section, ...]:
    codes = [match[0] for match in _SECTION.finditer(f";{code or 'General'}")][:4]
    return tuple(_section(one[1:]) for one in codes)


def _section(code: str) -> _Section:
    parts, condition, is_full_width = list[_Part](), None, False
    for match in _TOKEN.finditer(code):
        quoted, escaped, bracket, general, digits, other = match.groups()
        if bracket is not None:
            is_full_width |= bracket.casefold() == "dbnum3"
            condition = condition or _condition(bracket)
            currency = _CURRENCY.fullmatch(bracket)
            parts += [_Part("literal", currency[1])] if currency else []
        elif general:
            parts.append(_Part("general", ""))
        elif digits:
            parts.append(_Part("digits", digits))
        elif literal := quoted or escaped:
            parts.append(_Part("literal", literal))
        elif other:
            parts.append(_Part("other", other))
    return _Section(code, tuple(parts), condition, is_full_width)


def _condition(bracket: str) -> tuple[str, float] | None:
    match = _CONDITION.fullmatch(bracket)
    return (match[1], float(match[2])) if match else None


def _section_for(value: float, sections: tuple[_Section, ...]) -> tuple[_Section, bool]:
    """The section that `value` is written by, and whether it needs a minus of its own."""
    if any(section.condition for section in sections):
        found = next((one for one in sections if one.condition is None or _holds(value, one.condition)), sections[-1])
        return found, found.condition is None or len(sections) == 1
    numeric = sections[:3]
    if value < 0 and len(numeric) > 1:
        return numeric[1], False
    if value == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], True


def _holds(value: float, condition: tuple[str, float]) -> bool:
    sign, limit = condition
    return {
        "<": value < limit, ">": value > limit, "=": value == limit,
        "<=": value <= limit, ">=": value >= limit, "<>": value != limit,
    }[sign]  # fmt: skip


def _written(value: float, section: _Section) -> str:
    digits = [part.text for part in section.parts if part.kind == "digits"]
    others = "".join(part.text for part in section.parts if part.kind == "other")
    if _FRACTION.search(section.code) or ("e" in others.casefold() and digits):
        return _general(value)
    whole = "".join(digits)
    value = _scaled(value, whole, others.count("%"))
    shown, is_written = "", False
    for part in section.parts:
        if part.kind == "digits" and not is_written:
            shown, is_written = shown + _digits(value, whole), True
        elif part.kind == "general" or (part.kind, part.text) == ("other", "@"):
            shown += _general(value)
        elif part.kind != "digits":
            shown += part.text
    return shown.strip(" ")


def _scaled(value: float, digits: str, percents: int) -> float:
    """Percent, and thousands: commas behind the last digit of the whole part."""
    whole = digits.partition(".")[0]
    thousands = len(whole) - len(whole.rstrip(","))
    return float(value * 100**percents / 1000**thousands)


def _digits(value: float, code: str) -> str:
    whole, _, decimals = code.partition(".")
    decimals = re.sub("[^#0?]", "", decimals)[:_MOST_DECIMALS]
    text = f"{_rounded(value, len(decimals)):{',' if ',' in whole.rstrip(',') else ''}.{len(decimals)}f}"
    before, _, after = text.partition(".")
    while after and decimals[len(after) - 1] != "0" and after.endswith("0"):
        after = after[:-1]
    before = before.zfill(whole.count("0")) if before != "0" or "0" in whole else ""
    return f"{before}.{after}" if after or (decimals and "0" in decimals) else before


def _rounded(value: float, decimals: int) -> Decimal:
    """Half away from zero, as spreadsheets do; 15 digits are all that they keep."""
    kept = Decimal(f"{value:.15g}")
    return kept if value >= _MOST_EXACT else kept.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _general(value: float) -> str:
    if value == int(value) and value < _MOST_EXACT:
        return str(int(value))
    text = f"{value:.{_GENERAL_DIGITS}g}"
    return text if "e" not in text else text.replace("e", "E")
