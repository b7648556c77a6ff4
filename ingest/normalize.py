"""Text as printed in, the one form in which texts are compared, indexed and searched out."""

import re
import unicodedata

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
# Control, soft hyphen, zero-width, bidirectional, tag and noncharacters: nobody sees them, and they hide words.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_BETWEEN_CJK = re.compile(r"(?<=[^\x00-\x7f])[ \t]+(?=[^\x00-\x7f])")
_BETWEEN_LETTERS = re.compile(r"(?<![A-Za-z])((?:[A-Za-z] ){2,}[A-Za-z])(?![A-Za-z])")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_MARKS = {**dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-"), **dict.fromkeys(map(ord, "〜～∼˜⁓〰"), "~")}
# Full-width ASCII, and the dashes and tildes: one character for one.
_WIDTHS = {**{full: chr(full - 0xFEE0) for full in range(0xFF01, 0xFF5F)}, 0x3000: " ", **_MARKS}


def clean(text: str) -> str:
    """Return NFKC text with one kind of dash and tilde, nothing invisible, no blanks in words, no commas in numbers.

    Applying it twice changes nothing. Lone surrogates become U+FFFD, so that the result is always valid UTF-8.
    """
    text = _BETWEEN_CJK.sub("", _BLANKS.sub(" ", _composed(text)))
    text = _BETWEEN_LETTERS.sub(lambda run: run[0].replace(" ", ""), text)
    return unicodedata.normalize("NFKC", _THOUSANDS.sub("", text).strip())


def squeeze(text: str) -> str:
    """Return NFKC text without tags and without any white space: the form in which quotes are looked up."""
    return unicodedata.normalize("NFKC", re.sub(r"\s+", "", _composed(strip_tags(text))))


def without_unseen(text: str) -> str:
    """Remove what nobody sees: control, zero-width, direction and tag characters; line ends and blanks stay."""
    return _UNSEEN.sub("", text)


def fold_width(text: str) -> str:
    """Fold full-width letters, digits and signs, dashes and tildes one by one: places stay those of `text`."""
    return text if text.isascii() else text.translate(_WIDTHS)


def strip_tags(text: str) -> str:
    """Remove HTML tags."""
    return _TAG.sub("", text)


def blank_tags(text: str) -> str:
    """Put blanks in the place of HTML tags: places stay those of `text`."""
    return _TAG.sub(lambda tag: " " * len(tag[0]), text)


def _composed(text: str) -> str:
    valid = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    seen = _UNSEEN.sub("", _LINE_ENDS.sub("\n", valid))
    return unicodedata.normalize("NFKC", seen).translate(_MARKS)
