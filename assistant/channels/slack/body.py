"""The text of an answer in; its paragraphs and lists as rich text, and as Markdown to stream, out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from assistant.channels.slack.blocks import Block, link_run, rich_text, run
from assistant.channels.slack.escaping import as_markdown
from assistant.channels.slack.wording import say

LONGEST_BODY = 9000
_MARKS = re.compile(r"((?:\[\d+\])+)")
_NUMBER = re.compile(r"\d+")
_LISTED = re.compile(r"\s*(?:(?P<bullet>-)|(?P<number>\d+)\.) (?P<text>.*)")

Kind = Literal["paragraph", "bullet", "number", "quote"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands for a citation: the number of its source in the message, and the address of the cited lines."""

    number: int
    url: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an answer."""

    kind: Kind
    text: str


def read_lines(markdown: str) -> tuple[Line, ...]:
    """Split the text of an answer, which knows paragraphs, lists and quotes; what is too long ends visibly."""
    if len(markdown) > LONGEST_BODY:
        markdown = f"{markdown[:LONGEST_BODY]}\n{say('cut')}"
    return tuple(_line(line) for line in markdown.split("\n") if line.strip())


def lines_as_rich_text(lines: Sequence[Line], marks: Mapping[int, Mark]) -> tuple[Block, ...]:
    """Return one block that shows every character as it is; [n] marks lead to their source."""
    parts = [_part(kind, list(group), marks) for kind, group in groupby(lines, lambda line: line.kind)]
    return (rich_text(parts),) if parts else ()


def lines_as_markdown(lines: Iterable[Line], marks: Mapping[int, Mark]) -> str:
    """Return the lines as Markdown in which only our own lists and links are formatted."""
    return "\n".join(
        f"{_start(kind, number)}{_linked(as_markdown(line.text), marks)}"
        for kind, group in groupby(lines, lambda line: line.kind)
        for number, line in enumerate(group, 1)
    )


def _start(kind: Kind, number: int) -> str:
    return {"bullet": "- ", "number": f"{number}. ", "quote": "> ", "paragraph": ""}[kind]


def _line(line: str) -> Line:
    if line.startswith("> "):
        return Line("quote", line[2:])
    listed = _LISTED.match(line)
    if listed is None:
        return Line("paragraph", line)
    return Line("bullet" if listed["bullet"] else "number", listed["text"])


def _part(kind: Kind, lines: Sequence[Line], marks: Mapping[int, Mark]) -> Block:
    if kind in ("bullet", "number"):
        style = "bullet" if kind == "bullet" else "ordered"
        entries = [{"type": "rich_text_section", "elements": _runs(line.text, marks)} for line in lines]
        return {"type": "rich_text_list", "style": style, "elements": entries}
    text = "\n".join(line.text for line in lines)
    return {"type": "rich_text_quote" if kind == "quote" else "rich_text_section", "elements": _runs(text, marks)}


def _runs(text: str, marks: Mapping[int, Mark]) -> list[Block]:
    runs: list[Block] = []
    for n, piece in enumerate(_MARKS.split(text)):
        if n % 2:
            runs += [link_run(one.url, f"[{one.number}]") if one.url else run(f"[{one.number}]")
                     for one in _marks_of(piece, marks)]  # fmt: skip
        elif piece:
            runs.append(run(piece))
    return runs or [run(" ")]


def _linked(text: str, marks: Mapping[int, Mark]) -> str:
    def shown(printed: re.Match[str]) -> str:
        found = _marks_of(printed[0], marks)
        return "".join(f"[［{one.number}］]({one.url})" if one.url else f"[{one.number}]" for one in found)

    return _MARKS.sub(shown, text)


def _marks_of(printed: str, marks: Mapping[int, Mark]) -> list[Mark]:
    """Return what stands for 「[3][4]」: several citations of one place are told once."""
    found = [marks.get(number, Mark(number, None)) for number in map(int, _NUMBER.findall(printed))]
    return list({one.number: one for one in reversed(found)}.values())[::-1]
