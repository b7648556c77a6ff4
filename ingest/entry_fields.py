"""The lines under an item's heading in, their text by field out: labelled lines, and who is named at the end."""

import re
from collections.abc import Iterator, Sequence

from ingest.column_names import read_label
from ingest.department_names import ends_like_owner
from ingest.documents import Block
from ingest.fiscal_year import find_years
from ingest.markup import strip_markup

ENTRY_MARK = re.compile(r"^\s*(?:[-*+]\s+)?[・･•‣▶▷►➢➤⇒✓○●▪■◆]*\s*")
_FIELDS = frozenset(
    {"owner", "schedule", "goal", "content", "status", "progress", "result", "issues", "next_steps", "plan_summary"}
)
_ON_ONE_LINE = frozenset({"owner", "schedule", "status", "progress"})
_LABELLED = re.compile(
    r"^\s*(?:[-*・○●◆■▪◇]\s*)*(?:[【［〔(（<＜]\s*([^】］〕)）>＞:：\n]{2,12})\s*[】］〕)）>＞]\s*[:：]?|([^:：。、\n]{2,12})\s*[:：])\s*(.*)$"
)
_IN_BRACKETS = re.compile(
    r"\s*(?:[(（](?P<round>[^()（）\n]*(?:[(（][^()（）\n]*[)）][^()（）\n]*)*)[)）]|[【［〔\[](?P<square>[^【】［］〔〕\[\]\n]+)[】］〕\]])\s*。?\s*$"
)
_LABELLED_END = re.compile(r"[\s\u3000]+(?P<pair>[^\s:：、。]{2,8}\s*[:：]\s*[^:：。\n]+)$")
_PAIR = re.compile(r"\s*(?P<label>[^\s:：、，,]{2,8})\s*[:：]\s*(?P<value>.+)")
_NEXT_PAIR = re.compile(r"[、，,／/;；\s\u3000]+(?=[^\s:：、，,／/;；]{2,8}\s*[:：])")
_SEPARATED = re.compile(r"[、，,・／/\s\u3000]+")
_NAMED_ALONE = re.compile(r".+(?:[課室局係署]|[^全一内外]部|事務局)等?")
_MARKED = re.compile(r"\s*(?:[-*・●○]|[①-⑳])")
_BRACKETS = frozenset("【［〔(（<＜")
_GOES_ON = ("、", "，", ",", "・", "及び", "並びに")
_LONGEST_STATUS = 10
# A line as wide as the page is broken by its edge.
_FULL_LINE = 35


def read_fields(blocks: Sequence[Block]) -> dict[str, str]:
    """Text by field: a labelled line (担当課：…) by its label, what is printed without one as content.

    A label of who or when holds for its own line; one of prose holds until the next label.
    """
    fields: dict[str, list[str]] = {}
    field = "content"
    for line in _lines(blocks):
        if label := _label(line):
            field, text = label
            fields.setdefault(field, [])
        else:
            field = field if _belongs(line, field, fields.get(field, [])) else "content"
            text = ENTRY_MARK.sub("", line) if field == "content" else line
        if text.strip():
            fields.setdefault(field, []).append(text.strip())
    return _with_last_words({field: "\n".join(lines) for field, lines in fields.items() if lines})


def split_owner(text: str) -> tuple[str, dict[str, str]]:
    """Take （担当：甲課）, （甲課・乙課） or 担当：甲課 off the end of a text; nothing where no owner is named."""
    if match := _IN_BRACKETS.search(text):
        fields = _bracketed(match["round"] or match["square"])
    elif match := _LABELLED_END.search(text):
        fields = _paired(match["pair"])
    else:
        return text, {}
    return (text[: match.start()].rstrip(), fields) if "owner" in fields else (text, {})


def is_label(text: str) -> bool:
    """【担当課】 alone on its line."""
    label = _label(text.strip())
    return label is not None and not label[1].strip() and text.strip()[:1] in _BRACKETS


def _with_last_words(fields: dict[str, str]) -> dict[str, str]:
    if "owner" in fields or "content" not in fields:
        return fields
    content, named = split_owner(fields["content"])
    kept = {field: text for field, text in fields.items() if field != "content"}
    return {**named, **kept, **({"content": content} if content else {})}


def _bracketed(inside: str) -> dict[str, str]:
    if fields := _paired(inside):
        return fields
    names = [name for name in _SEPARATED.split(inside) if name]
    named = bool(names) and all(ends_like_owner(name) and _NAMED_ALONE.fullmatch(name) for name in names)
    return {"owner": inside.strip()} if named else {}


def _paired(text: str) -> dict[str, str]:
    """担当課：甲課、実施時期：令和7年度."""
    pairs = [match for part in _NEXT_PAIR.split(text) if (match := _PAIR.fullmatch(part))]
    found = ((_fields(match["label"]), match["value"].strip()) for match in pairs)
    return {fields[0]: value for fields, value in found if fields}


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield from strip_markup(block.text).split("\n")


def _label(line: str) -> tuple[str, str] | None:
    match = _LABELLED.match(line)
    fields = _fields(match[1] or match[2]) if match else []
    if match is None or not fields:
        return None
    told = [field for field in fields if field != "status" or len(match[3].strip()) <= _LONGEST_STATUS]
    return next(iter(told or fields)), match[3]


def _fields(label: str) -> list[str]:
    return [field for field, _ in read_label(label).candidates if field in _FIELDS]


def _belongs(line: str, field: str, held: Sequence[str]) -> bool:
    """An unlabelled line is of the field above it; below a single line only what that one cannot end with."""
    if field not in _ON_ONE_LINE or not held:
        return True
    marked = _MARKED.match(held[-1]) is not None and _MARKED.match(line) is not None
    wraps = len(held[-1]) >= _FULL_LINE and not held[-1].endswith(("。", "）", ")"))
    years = find_years(line.strip())
    goes_on_dated = field == "schedule" and bool(years) and years[0].start == 0 and not line.rstrip().endswith("。")
    return marked or wraps or held[-1].endswith(_GOES_ON) or goes_on_dated
