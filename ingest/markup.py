"""A cell or line as printed in, its text without HTML tags and Markdown emphasis out."""

import html
import re

from ingest.normalize import blank_tags

_TAG_NAMES = "p|ul|ol|li|br|div|span|b|i|u|em|strong|sup|sub|table|thead|tbody|tr|td|th|font|a|small|s|del|ins|hr"
_TAG = re.compile(rf"</?(?:{_TAG_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"</?(?:p|ul|ol|li|br|div|tr|hr)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*\*|(?<!_)__(?!_)")
_BEFORE_BULLET = re.compile(r"[ \u3000]+(?=[・●○■◆▶▪‣](?![ \u3000]*[・●○]))")
_AFTER_SENTENCE = re.compile(r"(?<=[。])[ \u3000]+(?=\S)")
_BLANKS = re.compile(r"[ \t\u3000\xa0]+")
_CJK = r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f々〇「」『』（）、。・ー]"
_LETTER = re.compile(r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９.,．]+|\S")
_LEAST_LETTERS = 3
_BLANK_IN_CJK = re.compile(rf"(?<={_CJK})[ \u3000]+(?={_CJK})")
_LETTERS = r"[ぁ-んァ-ヶー一-鿿々]"
_BLANK_BETWEEN_WORDS = re.compile(
    rf"(?<={_LETTERS}{{2}})[ \t]*\u3000[ \t\u3000]*(?={_LETTERS}(?:{_LETTERS}|[\d０-９]))"
)


def strip_markup(text: str) -> str:
    """Remove tags and emphasis and nothing else: what is left occurs in the source."""
    return _EMPHASIS.sub("", _TAG.sub("", text))


def blank_markup(text: str) -> str:
    """Put blanks in the place of tags and emphasis: places stay those of `text`."""
    return _EMPHASIS.sub("  ", blank_tags(text))


def plain_cell(text: str) -> str:
    """The verbatim cell on one line, its blanks collapsed."""
    return _BLANKS.sub(" ", strip_markup(_BLOCK_TAG.sub(" ", text)).replace("\n", " ")).strip()


def unquoted(cell: str) -> str:
    """A spreadsheet's cell without the quotes that it was exported with."""
    stripped = cell.strip()
    if len(stripped) > 1 and stripped[0] == stripped[-1] == '"':
        return stripped[1:-1].replace('""', '"')
    return cell


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a cell: at block tags and line ends, before bullets, after sentences followed by a blank."""
    lines = _BLOCK_TAG.sub("\n", text)
    lines = html.unescape(strip_markup(lines))
    lines = _AFTER_SENTENCE.sub("\n", _BEFORE_BULLET.sub("\n", lines))
    return tuple(clean for line in lines.split("\n") if (clean := close_up(line)))


def close_up(text: str) -> str:
    """Collapse blanks, and drop those between Japanese characters, where only the line was broken.

    A full-width blank between two words was meant (来場者　合わせて); between single letters it only spreads them.
    """
    parts = _BLANK_BETWEEN_WORDS.split(text)
    return " ".join(_BLANK_IN_CJK.sub("", _BLANKS.sub(" ", part)).strip() for part in parts).strip()


def close_letters(line: str) -> str:
    """「見 本 市 改 革 計 画」, printed with blanks between all its letters, as one word; other lines as they are."""
    letters = line.split()
    spaced = len(letters) >= _LEAST_LETTERS and all(map(_LETTER.fullmatch, letters))
    return "".join(letters) if spaced and sum(not letter.isascii() for letter in letters) >= _LEAST_LETTERS else line
