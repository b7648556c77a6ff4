"""Placed blocks in, drafts of the items that are printed as headings or bullets instead of table rows out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.column_names import read_label
from ingest.documents import Block
from ingest.drafts import Draft
from ingest.markup import close_up, strip_markup
from ingest.readers.lines import heading_form, is_contents_title
from ingest.sections import Placed, announces_items, heading_title
from ingest.titles import read_bullet, read_title

_LINE_FIELDS = frozenset(
    {"owner", "schedule", "goal", "content", "status", "progress", "result", "issues", "next_steps", "plan_summary"}
)
_LABELLED_LINE = re.compile(
    r"^\s*(?:[-*・○●◆■▪◇]\s*)*(?:[【［〔(（<＜]\s*([^】］〕)）>＞:：\n]{2,12})\s*[】］〕)）>＞]\s*[:：]?|([^:：。、\n]{2,12})\s*[:：])\s*(.*)$"
)
_ENTRY_MARK = re.compile(r"^\s*(?:[-*+]\s+)?[・･•‣▶▷►➢➤⇒✓○●▪■◆]*\s*")
_LONGEST_ENTRY = 60
_SENTENCE = ("。", "ます", "です", "する", "した")
_CONTENT_KINDS = ("paragraph", "list")


@dataclass(frozen=True, slots=True)
class _Part:
    """A heading and the blocks printed directly under it."""

    heading: Placed
    body: tuple[Placed, ...]

    @property
    def level(self) -> int:
        return self.heading.block.level or 1


def draft_sections(
    placed: Sequence[Placed],
    item_tables: frozenset[int],
    indicators: frozenset[int],
    lines: Sequence[str],
) -> tuple[Draft, ...]:
    """Items printed without a table: headings with text or labelled lines under them, or bullets under 取組項目.

    Where `indicators`, by the first lines of their tables, are the items, the projects listed beside them are text.
    """
    parts = list(_parts(placed))
    beside = _beside(parts, indicators)
    drafts: list[Draft] = []
    at = 0
    while at < len(parts):
        end = _scope_end(parts, at)
        announces = announces_items(parts[at].heading.block.text) and not _has_table(parts[at:end], item_tables)
        if announces and at not in beside:
            drafts += _announced(parts[at:end], lines)
            at = end
            continue
        if _is_form(parts[at]):
            drafts.append(_section_draft(parts[at], lines))
        at += 1
    return tuple(drafts)


def _parts(placed: Sequence[Placed]) -> Iterator[_Part]:
    heading, body = None, list[Placed]()
    for entry in placed:
        if entry.block.kind == "heading":
            if heading:
                yield _Part(heading, tuple(body))
            heading, body = entry, []
        else:
            body.append(entry)
    if heading:
        yield _Part(heading, tuple(body))


def _scope_end(parts: Sequence[_Part], at: int) -> int:
    """Index after the last part inside `parts[at]`: deeper headings, or same-depth ones of another mark."""
    first = parts[at]
    kinds = _kind(first)
    end = at + 1
    while end < len(parts):
        part = parts[end]
        if part.level < first.level or announces_items(part.heading.block.text):
            break
        if part.level == first.level and (_kind(part) == kinds or not _is_marked(part)):
            break
        end += 1
    return end


def _kind(part: _Part) -> str:
    form = heading_form(part.heading.block.text.split("\n")[0])
    return form.kind if form else "plain"


def _is_marked(part: _Part) -> bool:
    return _kind(part) != "plain"


def _has_table(parts: Sequence[_Part], item_tables: frozenset[int]) -> bool:
    return any(entry.block.line_start in item_tables for part in parts for entry in part.body)


def _beside(parts: Sequence[_Part], tables: frozenset[int]) -> set[int]:
    """The announcing headings in whose section, or under the heading before which, one of the tables stands."""
    sections = {e.section for part in parts for e in part.body if e.block.line_start in tables} - {()}
    beside, follows = set(), False
    for at, part in enumerate(parts):
        if not announces_items(part.heading.block.text):
            follows = _has_table([part], tables)
        elif follows or part.heading.section in sections:
            beside.add(at)
    return beside


def _announced(parts: Sequence[_Part], lines: Sequence[str]) -> Iterator[Draft]:
    """Nominal bullets are the items; else the innermost headings with text are."""
    entries = [(part, block, line, text) for part in parts for block, line, text in _entries(part)]
    nominal = [entry for entry in entries if _is_nominal(entry[3])]
    if entries and len(nominal) * 3 >= len(entries) * 2 and not any(map(_is_form, parts)):
        for _, placed, line, text in entries:
            yield _bullet_draft(placed, line, text)
        return
    for part in parts[1:]:
        if not is_contents_title(part.heading.block.text) and any(
            entry.block.kind in _CONTENT_KINDS for entry in part.body
        ):
            yield _section_draft(part, lines)


def _entries(part: _Part) -> Iterator[tuple[Placed, int, str]]:
    for placed in part.body:
        if placed.block.kind == "list":
            for offset, line in enumerate(placed.block.text.split("\n")):
                if _ENTRY_MARK.match(line) and line.strip():
                    yield placed, placed.block.line_start + offset, line


def _is_nominal(entry: str) -> bool:
    text = strip_markup(entry).strip()
    return len(text) <= _LONGEST_ENTRY and not text.endswith(_SENTENCE)


def _is_form(part: _Part) -> bool:
    """A heading with at least two labelled lines under it, one of them naming who or when."""
    fields = set(_fields(part.body))
    return len(fields - {"content"}) >= 2 and bool(fields & {"owner", "schedule"})


def _bullet_draft(placed: Placed, line: int, printed: str) -> Draft:
    reading = read_bullet(_ENTRY_MARK.sub("", strip_markup(printed)))
    return Draft(
        section=placed.section,
        title=reading.title or close_up(strip_markup(printed)),
        line_start=line,
        line_end=line,
        row=strip_markup(printed).strip(),
        number=reading.number,
        status=reading.status,
        cells={"title": strip_markup(printed).strip(), **({"content": reading.remark} if reading.remark else {})},
    )


def _section_draft(part: _Part, lines: Sequence[str]) -> Draft:
    block = part.heading.block
    reading = read_title(heading_title(block.text))
    body = [entry.block for entry in part.body if entry.block.kind in _CONTENT_KINDS]
    last = body[-1].line_end if body else block.line_end
    fields = _fields(part.body)
    draft = Draft(
        section=part.heading.section[:-1],
        title=reading.title or heading_title(block.text),
        line_start=block.line_start,
        line_end=last,
        row=strip_markup("\n".join(lines[block.line_start - 1 : last])),
        number=reading.number,
        status=reading.status,
        cells={"title": strip_markup(block.text), **fields},
    )
    status = fields.get("status", "").strip()
    return replace(draft, status=status) if status else draft


def _fields(body: Sequence[Placed]) -> dict[str, str]:
    """Text by field: labelled lines (担当課：…) by their label, all other lines as content."""
    fields: dict[str, list[str]] = {}
    field = "content"
    for line in _lines([entry.block for entry in body if entry.block.kind in _CONTENT_KINDS]):
        text = _ENTRY_MARK.sub("", line) if field == "content" else line
        if label := _line_label(line):
            field, text = label
        if text.strip():
            fields.setdefault(field, []).append(text.strip())
    return {field: "\n".join(lines) for field, lines in fields.items()}


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield from strip_markup(block.text).split("\n")


def _line_label(line: str) -> tuple[str, str] | None:
    match = _LABELLED_LINE.match(line)
    if not match:
        return None
    candidates = read_label(match[1] or match[2]).candidates
    field = next((field for field, _ in candidates if field in _LINE_FIELDS), None)
    return (field, match[3]) if field else None
