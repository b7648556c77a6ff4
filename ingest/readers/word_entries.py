"""Paragraphs of a Word document one by one in, lists and sentences broken by hand put together out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest.readers.layout import TablePart, TextPart
from ingest.readers.plain_texts import list_mark, told_apart

_LONGEST_FIGURE = 60
_NEAR = 20
_SHORTEST_TORN = 20
_SENTENCE_ENDS = ("。", "．", "」", "』", "）", ")", "】", "：", ":", "！", "？")
_GOES_ON = re.compile(r"[ぁ-ん]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph: `mark` is the kind of number or bullet that it begins with, `indent` in characters."""

    part: TextPart
    mark: str | None = None
    indent: int = 0


def an_entry(part: TextPart, is_emphasised: bool, indent: int) -> Entry:
    """Tell a plain paragraph from one that can be a heading, a note or an entry of a list."""
    if part.level is not None:
        return Entry(part)
    mark = list_mark(part.text)
    return Entry(part if mark or is_emphasised else told_apart(part), mark, indent)


def put_together(entries: Iterable[Entry | TablePart]) -> Iterator[TextPart | TablePart]:
    """Join neighbours that are one list or one sentence, under the place of the first."""
    group: list[Entry] = []
    for entry in entries:
        if isinstance(entry, Entry) and group and _belongs_to(group, entry):
            group.append(entry)
            continue
        if group:
            yield _joined(group)
        group = [entry] if isinstance(entry, Entry) else []
        if isinstance(entry, TablePart):
            yield entry
    if group:
        yield _joined(group)


def _belongs_to(group: list[Entry], entry: Entry) -> bool:
    last, first = group[-1].part, group[0]
    if last.level is not None or entry.part.level is not None or not _are_neighbours(last, entry.part):
        return False
    if entry.mark:
        return entry.mark == first.mark
    if first.mark:
        # A figure below an entry that names it.
        text = entry.part.text
        return (
            entry.indent >= min(one.indent for one in group[-_NEAR:]) > 0
            and len(text) <= _LONGEST_FIGURE
            and not text.endswith("。")
        )
    return _is_torn(last, entry.part)


def _are_neighbours(before: TextPart, after: TextPart) -> bool:
    """No blank paragraph stands between."""
    return after.place.paragraph == (before.place.paragraph or 0) + 1


def _is_torn(before: TextPart, after: TextPart) -> bool:
    """A sentence broken by hand goes on in hiragana."""
    if before.kind != "paragraph" or after.kind != "paragraph" or before.text.endswith(_SENTENCE_ENDS):
        return False
    return len(before.text) >= _SHORTEST_TORN and bool(_GOES_ON.match(after.text))


def _joined(group: list[Entry]) -> TextPart:
    return replace(group[0].part, text="\n".join(entry.part.text for entry in group))
