"""Text as printed in, the one form in which texts are compared, indexed and searched out."""

import re
import unicodedata

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
# Control, soft hyphen, zero-width, bidirectional, tag and noncharacters: nobody sees them, and they hide words.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
_TILDES = dict.fromkeys(map(ord, "〜～∼˜~"), "~")
_BETWEEN_CJK = re.compile(r"(?<=[^\x00-\x7f])[ \t]+(?=[^\x00-\x7f])")
_BETWEEN_LETTERS = re.compile(r"(?<![A-Za-z])((?:[A-Za-z] ){2,}[A-Za-z])(?![A-Za-z])")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def clean(text: str) -> str:
    """Return NFKC text with one kind of dash and tilde, nothing invisible, no blanks inside Japanese words.

    Applying it twice changes nothing. Lone surrogates become U+FFFD, so that the result is always valid UTF-8.
    """
    text = _without_unseen(text)
    text = _DOUBLE_BLANKS.sub(" ", text)
    text = _BETWEEN_CJK.sub("", text)
    return _BETWEEN_LETTERS.sub(lambda run: run[0].replace(" ", ""), text).strip()


def squeeze(text: str) -> str:
    """Return NFKC text without tags and without any white space: the form in which quotes are looked up."""
    return re.sub(r"\s+", "", _without_unseen(strip_tags(text)))


def strip_tags(text: str) -> str:
    """Remove HTML tags."""
    return _TAG.sub("", text)


def plain_numbers(text: str) -> str:
    """Remove the commas that group thousands: 83,000 → 83000."""
    return _THOUSANDS.sub("", text)


_DOUBLE_BLANKS = re.compile(r"[ \t\u3000]+")


def _without_unseen(text: str) -> str:
    valid = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    composed = unicodedata.normalize("NFKC", _UNSEEN.sub("", valid))
    return composed.translate(_DASHES).translate(_TILDES)
