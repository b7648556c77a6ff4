"""One line of a text plan in, what it looks like on its own out: blank, table row, footnote, list entry, heading."""

import re
import unicodedata
from dataclasses import dataclass

from ingest.numbering import Marker, read_marker

LONGEST_HEADING = 60
LONGEST_PLAIN_HEADING = 40
GLYPHS = "■◆●□◇▼▲★☆◎○◯❏❖"
_LIST = re.compile(r"(?:[-*+][ \u3000]+|[・･•‣▶▷►➢➤→⇒✓✔][ \u3000]*)(?=\S)")
_FOOTNOTE = re.compile(
    r"(?:[※＊]|[(（\[［]\s*[※＊*]\s*[\d０-９]{1,3}\s*[)）\]］]|\*(?!\*)|[(（]?注[)）]?\s*[\d０-９:：])"
)
_PAGE_NUMBER = re.compile(r"[-–—―－]\s*\d{1,4}\s*[-–—―－]|[Pp]\.?\s*\d{1,4}|\d{1,4}\s*(?:/\s*\d{1,4}|ページ|頁)")
_DRAWN = re.compile(r"[-―─━–—＝=_＿*＊~～・.…‥]{5,}")
_PIPE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
_BRACKETS = re.compile(r"(?:【([^】]*)】|[<＜〈《≪]([^>＞〉》≫]*)[>＞〉》≫]|〔([^〕]*)〕|［([^］]*)］)(.*)")
_LABELLED = re.compile(
    r"([一-鿿ぁ-んァ-ヶー]{1,10})\s*([0-9０-９]{1,2}(?:[-－.][0-9０-９]{1,2})*|[①-⑳]|[Ⅰ-Ⅻ]|[A-Za-zＡ-Ｚ](?![A-Za-zＡ-Ｚ]))"
    r"(?=[\s\u3000:：.．「『]|$|[ぁ-んァ-ヶ一-鿿])[:：.．]?\s*(.*)"
)
_CONTENTS_ENTRY = re.compile(
    r"(.*?\S)(?:\s*[.．・…‥]{2,}\s*|\t+|[ \u3000]{2,})(?:[PpＰｐ][.．]?)?\s*([\d０-９]{1,3})\s*"
)
_SENTENCE_END = (
    "。",
    "、",
    "，",
    "．",
    ":",
    "：",
    "；",
    "ます",
    "です",
    "した",
    "する",
    "」と",
    "など",
    *"のをはがもやで",
)
_CAPTION_LABELS = frozenset(
    {
        "資料",
        "別紙",
        "別添",
        "別表",
        "参考資料",
        "様式",
        "表",
        "図",
        "図表",
        "グラフ",
        "写真",
        "問",
        "令和",
        "平成",
        "昭和",
        "第",
    }
)
_COUNTER = "年月日時分秒人件回個台名円%％割倍号条歳世帯億万千百カか箇ヶ校園所種級位戸棟床社団点キロmMkK㎡次期度代条"

_NAMES_LIKE_COUNTERS = ("期間", "人口", "人材", "人員", "人事", "条例", "回収")


@dataclass(frozen=True, slots=True)
class HeadingForm:
    """What a line would be as a heading: its kind for ranking, and its text."""

    kind: str
    text: str
    number_only: bool = False


def is_table_line(line: str) -> bool:
    """A row of tab-separated or pipe-separated cells."""
    stripped = line.strip()
    return "\t" in line.strip("\t ") or (line.startswith("\t\t") and bool(stripped)) or is_pipe_line(stripped)


def is_pipe_line(stripped: str) -> bool:
    """A row of a Markdown table."""
    return stripped.startswith("|") and stripped.count("|") >= 2


def is_pipe_rule(stripped: str) -> bool:
    """The line of dashes between a Markdown table's header and its body."""
    return "-" in stripped and bool(_PIPE_RULE.fullmatch(stripped))


def is_list_line(line: str) -> bool:
    """An entry of a bullet list."""
    return bool(_LIST.match(line.strip()))


def is_footnote_line(line: str) -> bool:
    """A line beginning with ※, ＊ or 注."""
    stripped = line.strip()
    return bool(_FOOTNOTE.match(stripped)) and len(stripped) > 1 and not stripped.startswith(("* ", "**"))


def is_page_number(line: str) -> bool:
    """A page number printed alone: - 3 -, P.3, 3/12."""
    return bool(_PAGE_NUMBER.fullmatch(line.strip()))


def is_drawn_line(line: str) -> bool:
    """A line drawn with dashes between two parts of a page."""
    return bool(_DRAWN.fullmatch(line.strip()))


def contents_entry(line: str) -> tuple[str, int] | None:
    """The title and page of a line of a table of contents."""
    if line.count("\t") > 2 or not (match := _CONTENTS_ENTRY.fullmatch(line.rstrip())):
        return None
    return match[1].strip(), int(unicodedata.normalize("NFKC", match[2]))


def is_contents_title(text: str) -> bool:
    """目次 and its like."""
    return re.sub(r"[\s\u3000#【】<>＜＞]", "", text).casefold() in {"目次", "もくじ", "contents", "－目次－", "-目次-"}


def heading_form(line: str) -> HeadingForm | None:
    """The heading that a line standing alone can be; None when it must be text."""
    text = line.strip()
    if match := re.match(r"(#{1,6})[ \u3000]+(\S.*)", text):
        return HeadingForm(f"md{len(match[1])}", match[2].rstrip("# "))
    if not text or len(text) > LONGEST_HEADING or text.endswith("。"):
        return None
    return _glyph_form(text) or _bracket_form(text) or _numbered_form(text) or _labelled_form(text)


def plain_heading(line: str) -> HeadingForm | None:
    """The heading that a short line without any mark can be, when blank lines set it apart."""
    text = line.strip()
    if not 2 <= len(text) <= LONGEST_PLAIN_HEADING or text.endswith(_SENTENCE_END) or "。" in text:
        return None
    if text[0] in "(（「『～〜~※・-－＊*=＝…" or not re.search(r"[ぁ-んァ-ヶ一-鿿]", text):
        return None
    if text.startswith("単位") or any(re.match(rf"{label}\s*[\d０-９]", text) for label in _CAPTION_LABELS):
        return None
    if re.fullmatch(r"\S{1,6}[市町村区県]", re.sub(r"[\s\u3000]", "", text)) or _is_date(text):
        return None
    return HeadingForm("plain", text)


def _is_date(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text)
    if re.match(r"(?:令和|平成|昭和|\d{4})\s*(?:元|\d*)\s*年\s*\d*\s*月", plain):
        return True
    return bool(re.search(r"(?:令和|平成|昭和|\d{4}|[RHS]\d+)\s*(?:元|\d*)\s*[年.]", plain)) and bool(
        re.search(r"(?:月|日|年|年度|まで|版|現在|改訂|策定|予定)[)\s]*$", plain)
    )


def _glyph_form(text: str) -> HeadingForm | None:
    if text[0] in GLYPHS and text[1:].strip() and not text[1:].strip().startswith(tuple(GLYPHS)):
        inner = text[1:].strip()
        return HeadingForm(f"{text[0]}1" if read_marker(inner) or _labelled_form(inner) else text[0], text)
    return None


def _bracket_form(text: str) -> HeadingForm | None:
    match = _BRACKETS.fullmatch(text)
    if not match:
        return None
    inner = next((part for part in match.groups()[:4] if part is not None), "").strip()
    if not inner:
        return None
    if match[5].strip():
        return HeadingForm(f"{text[0]}…", text)
    return HeadingForm(f"{text[0]}1" if _LABELLED.match(inner) or read_marker(inner) else text[0], text)


def _numbered_form(text: str) -> HeadingForm | None:
    marker = read_marker(text)
    if not marker or (not marker.rest and marker.kind not in "編章節roman"):
        return None
    if _counts_something(marker):
        return None
    return HeadingForm(marker.kind, text, not marker.rest)


def _counts_something(marker: Marker) -> bool:
    # 「2 人」 or 「3 月」 with a stray blank is no chapter, 「2 期間」 is one.
    counted = marker.rest[:1] in _COUNTER and len(marker.rest) <= 3
    return marker.kind == "1" and counted and not marker.rest.startswith(_NAMES_LIKE_COUNTERS)


def _labelled_form(text: str) -> HeadingForm | None:
    match = _LABELLED.fullmatch(text)
    if not match or match[1] in _CAPTION_LABELS or text.endswith(_SENTENCE_END) or "。" in text or _is_date(text):
        return None
    if match[3][:1] and match[3][0] in _COUNTER and text[match.start(3) - 1].strip():
        return None  # 「約30人」 counts, 「柱2 時間を…」 does not
    return HeadingForm(f"label:{match[1]}", text, not match[3])
