"""What stands above a table in, the department 所管課 that all its rows belong to where no column says one out."""

import re
from collections.abc import Iterable

from ingest.markup import close_up, strip_markup
from ingest.numbering import read_marker

# 担当：総務課 may be the plan's contact; 所属 and 課名 are those of the sheet.
_LABELLED = re.compile(
    r"(?:所属(?:課|部署|部局)?名?|[部課]署?名|課室名)\s*[:：]\s*(?P<owner>[^\s:：、。（）()]{2,20}[課室局部所])(?=$|[\s)）])"
)
_DEPARTMENT = re.compile(
    r"(?!.*(?:問い?合|連絡先|担当|所管|発行|作成|編集))[一-龠々ァ-ヶーのぁ-ん・]{2,12}(?:課|室|事務局)"
)


def labelled_owner(texts: Iterable[str]) -> str | None:
    """「所属：総務課」 in a row or line above."""
    return next((match["owner"] for text in texts if (match := _LABELLED.search(_plain(text)))), None)


def heading_owner(heading: str) -> str | None:
    """A heading, or the name of a sheet, that is nothing but a department."""
    plain = _plain(heading)
    marker = read_marker(plain)
    name = (marker.rest if marker and marker.rest else plain).lstrip("■●◆○□◇【《〈<＜").rstrip("】》〉>＞")
    return name if _DEPARTMENT.fullmatch(name) else None


def _plain(text: str) -> str:
    return close_up(strip_markup(text).replace("\n", " ").lstrip("#").strip())
