"""The printed cell of an item's title in; its number, title, status and remark out."""

import re
from dataclasses import dataclass
from functools import cache

from ingest.column_names import word_list
from ingest.markup import close_up, paragraphs
from ingest.numbering import read_marker

_ITEM_MARKS = frozenset({"①", "1", "(1)", "1)", "d2", "d3", "ア", "(ア)"})
_LABELLED_NUMBER = re.compile(
    r"^[【\[［〔(（<＜]?\s*(?:取組(?:項目|事項)?|項目|施策|事業|アクション|No\.?|番号)?\s*"
    r"(?P<number>[0-9０-９]+(?:[-－ー‐.．][0-9０-９]+)*)\s*[】\]］〕)）>＞]\s*(?P<title>\S.+)$",
    re.DOTALL,
)
# 【実施事項①】…: whatever is counted in brackets before a title.
_BRACKETED_NUMBER = re.compile(
    r"^[【\[［〔<＜〈《][一-龠ァ-ヶーぁ-ん]{1,8}\s*(?P<number>[0-9０-９]+(?:[-－ー‐.．][0-9０-９]+)*|[①-⑳])\s*[】\]］〕>＞〉》]\s*(?P<title>\S.+)$",
    re.DOTALL,
)
_NUMBERED_LABEL = re.compile(
    r"^(?:取組(?:項目|事項)?|項目|施策|事業|アクション|プロジェクト)\s*(?P<number>[0-9０-９]+(?:[-－.．][0-9０-９]+)*)[\s:：]+(?P<title>\S.+)$",
    re.DOTALL,
)
_GLYPHS = re.compile(r"^[■◆●□◇▼▲★☆◎○◯・▶]\s*(?=\S)")
_FOOTNOTE_MARK = re.compile(
    r"(?:(?<!\s)\s++)?[(（\[［]?\s*+(?:[※＊]\s*[\d０-９]*|\*\s*\d+|注\s*[\d０-９]+)\s*+[)）\]］]?"
)
_BRACKET = r"[(（][^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)*[)）]"
_REMARK = re.compile(rf"(.*?\S)\s*+((?:{_BRACKET})?(?:\s*+(?<=\s)[※＊](?=[^\d０-９\s]{{3}}).*)?)", re.DOTALL)
_SUPPOSED = re.compile(r"[(（](?:仮称|仮|案)[)）]")
_OPEN, _CLOSE = r"[(（\[［【〔<＜]", r"[)）\]］】〕>＞]"


@dataclass(frozen=True, slots=True)
class TitleReading:
    """What a title cell holds; `remark` is a bracket or ※ note printed after the title of a bullet."""

    number: str | None
    title: str
    status: str | None
    remark: str | None = None


def read_title(cell: str, number: str | None = None) -> TitleReading:
    """Take number, status and footnote marks off a printed title; a number of its own column is passed as `number`."""
    text = close_up(" ".join(paragraphs(cell)))
    if number is None:
        number, text = _split_number(text)
    text, status = split_status(_GLYPHS.sub("", text))
    return TitleReading(number, without_footnote_marks(text), status)


def read_bullet(text: str) -> TitleReading:
    """The same for a bullet entry, whose trailing bracket or ※ remark says more about the item."""
    text = close_up(" ".join(paragraphs(text)))
    number, text = _split_number(text)
    text, status = split_status(_GLYPHS.sub("", text))
    match = _REMARK.fullmatch(text)
    remark = match[2].strip() if match else ""
    title = match[1] if match and remark and not _SUPPOSED.fullmatch(remark) else text
    return TitleReading(number, without_footnote_marks(title), status, remark if title != text else None)


def split_status(text: str) -> tuple[str, str | None]:
    """Take （新規） or 【継続】 off either end of a title."""
    for pattern in (_status_behind(), _status_before()):
        if match := pattern.fullmatch(text):
            return match["title"].strip(), match["status"]
    return text, None


def read_status(cell: str) -> str | None:
    """The status of a status cell, without brackets; unknown words as printed."""
    text = close_up(" ".join(paragraphs(cell)))
    bare = re.sub(rf"^{_OPEN}|{_CLOSE}$", "", text).strip()
    return bare if bare and re.search(r"[ぁ-んァ-ヶ一-鿿○◎●A-Za-z]", bare) else None


def without_footnote_marks(text: str) -> str:
    """Drop （※5）, ※ and *1; the notes themselves are bound to the item."""
    return close_up(_FOOTNOTE_MARK.sub("", text))


def without_number(text: str) -> str:
    """A title without the number mark that it begins with."""
    return _split_number(_GLYPHS.sub("", text))[1]


def _split_number(text: str) -> tuple[str | None, str]:
    labelled = _LABELLED_NUMBER.match(text) or _BRACKETED_NUMBER.match(text) or _NUMBERED_LABEL.match(text)
    if labelled:  # 【取組1-2】…
        return labelled["number"], labelled["title"].strip()
    marker = read_marker(text)
    if marker and marker.kind == "no" and marker.rest:
        return re.sub(r"^(?:[NＮ][oｏOＯ]|№)[.．]?\s*|[.．:：]$", "", marker.printed), marker.rest
    if marker and marker.kind in _ITEM_MARKS and marker.rest:
        return marker.printed.rstrip(".．、:："), marker.rest
    return None, text


@cache
def _status_words() -> str:
    words = sorted(word_list("statuses"), key=len, reverse=True)
    return "|".join(re.escape(word) for word in words if len(word) > 1) + "|新|継|拡"


@cache
def _status_behind() -> re.Pattern[str]:
    return re.compile(rf"(?P<title>.+?)\s*{_OPEN}\s*(?P<status>{_status_words()})\s*{_CLOSE}\s*", re.DOTALL)


@cache
def _status_before() -> re.Pattern[str]:
    return re.compile(rf"\s*{_OPEN}\s*(?P<status>{_status_words()})\s*{_CLOSE}\s*(?P<title>.+)", re.DOTALL)
