"""Column labels and cells in; sums of money, their unit and the years they are meant for out."""

import re
import unicodedata
from collections.abc import Iterable

_MONEY = re.compile(r"費|額|予算|決算|円|財源|支出|収入|歳入|歳出|交付金|補助金|負担金|地方債|起債|基金|国庫|コスト")
_UNIT = r"(?:千|百万|万|億|十億)?円"
_STATED_UNIT = re.compile(rf"単位\s*[:：は]?\s*({_UNIT})")
_UNIT_IN_LABEL = re.compile(rf"[(（\[［【].{{0,6}}?{_UNIT}\s*[)）\]］】]|{_UNIT}$")
_AMOUNT = re.compile(rf"[△▲+\-]?\s*(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?\s*(?:{_UNIT})?")
_SPENT_BEFORE = re.compile(r"決算|実績|前年|前々年|既定|これまで|累計|増減|比較|差引")


def stated_unit(texts: Iterable[str]) -> str | None:
    """The unit that is printed for a whole table: （単位：千円）."""
    return next(
        (match[1] for text in texts if (match := _STATED_UNIT.search(unicodedata.normalize("NFKC", text)))), None
    )


def with_unit(label: str, unit: str | None) -> str:
    """A label of money with the table's unit, unless it prints its own: 事業費 → 事業費（千円）."""
    return f"{label}（{unit}）" if unit and not _UNIT_IN_LABEL.search(label) else label


def is_money_label(label: str) -> bool:
    """事業費, 予算額, 一般財源: a column that holds sums of money."""
    return bool(_MONEY.search(label))


def plans_money(label: str) -> bool:
    """A column of money to be spent, not of what was spent or of a difference."""
    return is_money_label(label) and not _SPENT_BEFORE.search(label)


def is_amount(cell: str) -> bool:
    """1,465, △ 300, 12千円."""
    return _AMOUNT.fullmatch(_folded(cell)) is not None


def amount_of(cell: str) -> int | None:
    """The whole number of an amount, negative after △ or ▲; None for other texts."""
    folded = _folded(cell)
    if not is_amount(cell) or "." in folded:
        return None
    number = int("".join(re.findall(r"\d", folded)))
    return -number if folded[0] in "△▲-" else number


def is_spent(cell: str) -> bool:
    """An amount other than zero."""
    return is_amount(cell) and re.search(r"[1-9]", _folded(cell)) is not None


def _folded(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).replace("−", "-").strip()
