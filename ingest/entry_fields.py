"""The lines under an item's heading in, their text by field out: labelled lines, and who is named at the end."""

import re
from collections.abc import Sequence

from ingest.column_names import key, word_keys
from ingest.department_names import ends_like_owner
from ingest.documents import Block
from ingest.entry_labels import label_fields, read_label_line, read_marked_line, read_spaced_line, split_pairs
from ingest.fiscal_year import find_years
from ingest.markup import strip_markup

ENTRY_MARK = re.compile(r"^\s*(?:[-*+]\s+)?[・･•‣▶▷►➢➤⇒✓○●▪■◆]*\s*")
_ON_ONE_LINE = frozenset({"owner", "schedule", "status", "progress"})
_IN_BRACKETS = re.compile(
    r"\s*(?:[(（](?P<round>[^()（）\n]*(?:[(（][^()（）\n]*[)）][^()（）\n]*)*)[)）]|[【［〔\[](?P<square>[^【】［］〔〕\[\]\n]+)[】］〕\]])\s*。?\s*$"
)
_LABELLED_END = re.compile(r"[\s\u3000]+(?P<pair>[^\s:：、。]{2,8}\s*[:：]\s*[^:：。\n]+)$")
_PAIR = re.compile(r"\s*(?P<label>[^\s:：、，,]{2,8})\s*[:：]\s*(?P<value>.+)")
_NEXT_PAIR = re.compile(r"[、，,／/;；\s\u3000]+(?=[^\s:：、，,／/;；]{2,8}\s*[:：])")
_SEPARATED = re.compile(r"[、，,・／/\s\u3000]+")
_NAMED_ALONE = re.compile(r".+(?:[課室局係署]|[^全一内外]部|事務局)等?")
_MARKED = re.compile(r"\s*(?:[-*・●○]|[①-⑳])")
_IS_TIME = re.compile(
    r"(?:(?:令和|平成|[RHＲＨ])\s*)?[\d０-９元]{1,4}(?:年度?|[~～〜\-－]).{0,14}|(?:令和|[RＲ])\s*[\d０-９元]{1,2}|毎年度?|通年|随時"
)
_LEAST_SPACED = 2
_GOES_ON = ("、", "，", ",", "・", "及び", "並びに")
# A line as wide as the page is broken by its edge.
_FULL_LINE = 35


def read_fields(blocks: Sequence[Block]) -> dict[str, str]:
    """Text by field: a labelled line (担当課：…) by its label, what is printed without one as content.

    A label of who or when holds for its own line; one of prose holds until the next label.
    """
    fields: dict[str, list[str]] = {}
    field = "content"
    printed = (line for block in blocks for line in strip_markup(block.text).split("\n"))
    lines = [part for line in printed for part in split_pairs(line)]
    spaced = _are_spaced(lines)
    for line in lines:
        if label := read_label_line(line) or read_marked_line(line) or (read_spaced_line(line) if spaced else None):
            field, text = label
            fields.setdefault(field, [])
        else:
            field = field if _belongs(line, field, fields.get(field, [])) else "content"
            text = ENTRY_MARK.sub("", line) if field == "content" else line
        if text.strip():
            fields.setdefault(field, []).append(text.strip())
    return _with_last_words({field: "\n".join(lines) for field, lines in fields.items() if lines})


def split_owner(text: str) -> tuple[str, dict[str, str]]:
    """Take （担当：甲課）, （甲課・乙課）【達成】 or 担当：甲課 off the end of a text that names an owner."""
    rest, fields = text, dict[str, str]()
    while match := _IN_BRACKETS.search(rest) or _LABELLED_END.search(rest):
        found = _paired(match["pair"]) if match.re is _LABELLED_END else _bracketed(match["round"] or match["square"])
        if not found:
            break
        fields = {**found, **fields}
        rest = rest[: match.start()].rstrip()
    return (rest, fields) if "owner" in fields else (text, {})


def _are_spaced(lines: Sequence[str]) -> bool:
    """At least two lines begin with labels of different fields, and no colon."""
    return len({label[0] for line in lines if (label := read_spaced_line(line))}) >= _LEAST_SPACED


def _with_last_words(fields: dict[str, str]) -> dict[str, str]:
    if "owner" in fields or "content" not in fields:
        return fields
    content, named = split_owner(fields["content"])
    kept = {field: text for field, text in fields.items() if field != "content"}
    return {**named, **kept, **({"content": content} if content else {})}


def _bracketed(inside: str) -> dict[str, str]:
    if fields := _paired(inside):
        return fields
    if key(inside) in word_keys("progress_words") - word_keys("statuses"):
        return {"progress": inside.strip()}
    if key(inside) in word_keys("statuses"):
        return {"status": inside.strip()}
    names, times = _apart(inside)
    named = bool(names) and all(ends_like_owner(name) and _NAMED_ALONE.fullmatch(name) for name in names)
    return {"owner": inside.strip() if not times else "、".join(names), **times} if named else {}


def _paired(text: str) -> dict[str, str]:
    """担当課：甲課、実施時期：令和7年度; 担当：甲課、令和7年度."""
    pairs = [match for part in _NEXT_PAIR.split(text) if (match := _PAIR.fullmatch(part))]
    fields = {found[0]: match["value"].strip() for match in pairs if (found := label_fields(match["label"]))}
    names, times = _apart(fields.get("owner", ""))
    return {**times, **fields, "owner": "、".join(names)} if times and names else fields


def _apart(text: str) -> tuple[list[str], dict[str, str]]:
    """The names of a bracket, and the years that stand among them."""
    parts = [part for part in _SEPARATED.split(text) if part]
    times = [part for part in parts if _IS_TIME.fullmatch(part)]
    return [part for part in parts if part not in times], {"schedule": "、".join(times)} if times else {}


def _belongs(line: str, field: str, held: Sequence[str]) -> bool:
    """An unlabelled line is of the field above it; below a single line only what that one cannot end with."""
    if field not in _ON_ONE_LINE or not held:
        return True
    marked = _MARKED.match(held[-1]) is not None and _MARKED.match(line) is not None
    wraps = len(held[-1]) >= _FULL_LINE and not held[-1].endswith(("。", "）", ")"))
    years = find_years(line.strip())
    goes_on_dated = field == "schedule" and bool(years) and years[0].start == 0 and not line.rstrip().endswith("。")
    return marked or wraps or held[-1].endswith(_GOES_ON) or goes_on_dated
