"""Lines after a heading 目次 in, where the table of contents ends out."""

import re

from ingest.readers.lines import contents_entry

_LONGEST_ENTRY = 80
_PAGE_NUMBER_SOON = 4


def contents_end(lines: tuple[str, ...], start: int) -> int:
    """Index of the first line after the contents: where an entry is printed again as a heading, or pages stop."""
    seen: dict[str, int] = {}
    again = None
    for at in range(start, len(lines)):
        line = lines[at].strip()
        if not line:
            continue
        name = _entry_name(line)
        if seen.get(name) == 0 and contents_entry(line) is None:
            return at
        if name in seen and contents_entry(line) is None and again is None:
            again = at
        if not _can_be_entry(line):
            break
        seen.setdefault(name, len(seen))
    return _last_numbered(lines, start) if again is None else again


def _can_be_entry(line: str) -> bool:
    return len(line) <= _LONGEST_ENTRY and not line.endswith("。") and line.count("\t") <= 2


def _entry_name(line: str) -> str:
    entry = contents_entry(line)
    return re.sub(r"[\s\u3000#・*-]", "", entry[0] if entry else line)


def _last_numbered(lines: tuple[str, ...], start: int) -> int:
    """Without a repeated entry, the contents are the lines with page numbers at the beginning, or nothing."""
    end = start
    for at in range(start, len(lines)):
        if contents_entry(lines[at]) is not None:
            end = at + 1
        elif lines[at].strip() and at - end >= _PAGE_NUMBER_SOON:
            break
    return end
