"""The pieces of text inside a block of a web page in; its lines, as a browser shows them, out."""

import re

from ingest.readers.page_lists import with_mark

_CJK = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
_TORN = re.compile(f"(?<=[{_CJK}])[ \t]*\n[ \t\n]*(?=[{_CJK}])")
_BLANKS = re.compile("[ \t\n\f\xa0]+")
# No page holds these characters: its parser replaces them.
_BREAK, _MARK, _MARK_END = "\0", "\1", "\2"


class TextLines:
    """Collects the text between two ends of a block; blanks count as browsers count them."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._mark: str | None = None

    def add(self, text: str | None) -> None:
        """Append text as it stands in the page's source."""
        if text:
            self._pieces.append(text)

    def add_preformatted(self, text: str | None) -> None:
        """Append text whose line breaks count."""
        self.add(text and text.replace("\n", _BREAK))

    def break_line(self) -> None:
        """Begin a new line."""
        self._pieces.append(_BREAK)

    def add_mark(self, mark: str) -> None:
        """Put a list entry's mark before the next line that is not blank."""
        self._pieces.append(f"{_MARK}{mark}{_MARK_END}")

    def drop_mark(self) -> None:
        """Forget a mark that no text has followed."""
        self._mark = None

    def take(self) -> list[str]:
        """Return the lines collected so far, blank ones as "", and begin anew."""
        lines = [self._shown(line) for line in "".join(self._pieces).split(_BREAK)]
        self._pieces.clear()
        return lines

    def _shown(self, line: str) -> str:
        if _MARK in line:
            marked, _, line = line.rpartition(_MARK_END)
            self._mark = marked.rpartition(_MARK)[2]
        # A line of Japanese is broken in the source wherever it is long: no blank is meant.
        line = _BLANKS.sub(" ", _TORN.sub("", line)).strip()
        if line and self._mark is not None:
            line, self._mark = with_mark(self._mark, line), None
        return line
