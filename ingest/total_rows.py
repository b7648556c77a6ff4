"""The cells of a table row in, whether it sums up other rows (計, 小計, 政策1 計) out."""

import re
import unicodedata
from collections.abc import Sequence

from ingest.amounts import is_amount
from ingest.column_names import key, word_keys
from ingest.markup import plain_cell

_NAMED_SUM = re.compile(
    r"\S.*(?:の計|総額|合算額?|小計|合計|総計|累計)[)）】\]]?|\S.*[\s)）】\]・:：-]計|[【\[(（〔].*計[】\])）〕]"
)
_SUM_OF_UNIT = re.compile(r"\S.*(?:課|部|局|分野|政策|施策|目標|柱|章|款|会計)計")
# 合計（2事業）, 総計 3件: what is counted says nothing about whether it is a sum.
_COUNTED = re.compile(r"\s*(?:[(（][^()（）]*[)）]|[\d０-９]+\s*(?:件|事業|項目|取組|施策|施設|人|課))$")
_LONGEST_LABEL = 40
# What is longer is no label, and costs time.
_LONGEST_COUNTED = 200
_MARKS = frozenset("-－―ー–—*＊○●・ ")


def is_total_row(cells: Sequence[str], title: int) -> bool:
    """Some label up to the title column says that the row is a sum; besides labels it holds figures only."""
    labels = dict.fromkeys(text for cell in cells[: title + 1] if (text := _text(cell)))
    first = next((text for cell in cells if (text := _text(cell))), "")
    if any(key(label) in word_keys("total_rows") for label in (*labels, first)):
        return True
    named = [label for label in (*labels, first) if names_sum(label)]
    return bool(named) and all(
        _is_figure(text) or text in labels or text == first for cell in cells if (text := _text(cell))
    )


def names_sum(label: str) -> bool:
    """計, 小計, 政策1 計: the name of a sum."""
    plain = _text(label)
    if key(plain) in word_keys("total_rows"):
        return True
    return len(plain) <= _LONGEST_LABEL and bool(_NAMED_SUM.fullmatch(plain) or _SUM_OF_UNIT.fullmatch(plain))


def _is_figure(text: str) -> bool:
    return is_amount(text) or set(text) <= _MARKS or bool(re.fullmatch(r"\d+(?:\.\d+)?\s*\D{0,4}", text))


def _text(cell: str) -> str:
    text = unicodedata.normalize("NFKC", plain_cell(cell))
    return (_COUNTED.sub("", text) or text) if len(text) <= _LONGEST_COUNTED else text
