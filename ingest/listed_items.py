"""Placed blocks in, drafts of the items that are printed as headings or bullets instead of table rows out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.documents import Block
from ingest.drafts import Draft
from ingest.entry_fields import ENTRY_MARK, read_fields, split_owner
from ingest.entry_parts import Part, kind_of, split_parts
from ingest.labelled_records import draft_records
from ingest.markup import close_up, strip_markup
from ingest.readers.lines import is_contents_title
from ingest.sections import Placed, announces_items, heading_title
from ingest.titles import read_bullet, read_title
from ingest.year_grids import read_year_grid

_LONGEST_ENTRY = 60
_SENTENCE = ("。", "ます", "です", "する", "した")
_LEAST_BULLETS = 2
_CONTENT_KINDS = ("paragraph", "list")


def draft_sections(
    placed: Sequence[Placed],
    item_tables: frozenset[int],
    indicators: frozenset[int],
    lines: Sequence[str],
) -> tuple[Draft, ...]:
    """Items printed without a table: headings with text, labelled lines or owners under them, bullets under 取組項目.

    Where `indicators`, by the first lines of their tables, are the items, the projects listed beside them are text.
    """
    records = draft_records(placed)
    parts = split_parts([entry for entry in placed if entry.block.line_start not in records])
    beside = _beside(parts, indicators)
    owned = _owned(parts, item_tables)
    bullets = {at: found for at, part in enumerate(parts) if (found := tuple(_owned_bullets(part)))}
    named = {*owned, *bullets}
    drafts = [draft for found in records.values() for draft in found]
    at = 0
    while at < len(parts):
        end = _scope_end(parts, at)
        announces = announces_items(parts[at].heading.block.text) and not _has_table(parts[at:end], item_tables)
        if announces and at not in beside and named.isdisjoint(range(at, end)):
            drafts += _announced(parts[at:end], lines)
            at = end
            continue
        if at in bullets:
            drafts += bullets[at]
        elif at in owned or _is_form(parts[at]):
            drafts.append(_section_draft(parts[at], lines))
        at += 1
    return tuple(drafts)


def _scope_end(parts: Sequence[Part], at: int) -> int:
    """Index after the last part inside `parts[at]`: deeper headings, or same-depth ones of another mark."""
    first = parts[at]
    kinds = kind_of(first)
    end = at + 1
    while end < len(parts):
        part = parts[end]
        if part.level < first.level or announces_items(part.heading.block.text):
            break
        if part.level == first.level and (kind_of(part) == kinds or not _is_marked(part)):
            break
        end += 1
    return end


def _is_marked(part: Part) -> bool:
    return kind_of(part) != "plain"


def _has_table(parts: Sequence[Part], item_tables: frozenset[int]) -> bool:
    return any(entry.block.line_start in item_tables for part in parts for entry in part.body)


def _beside(parts: Sequence[Part], tables: frozenset[int]) -> set[int]:
    """The announcing headings in whose section, or under the heading before which, one of the tables stands."""
    sections = {e.section for part in parts for e in part.body if e.block.line_start in tables} - {()}
    beside, follows = set(), False
    for at, part in enumerate(parts):
        if not announces_items(part.heading.block.text):
            follows = _has_table([part], tables)
        elif follows or part.heading.section in sections:
            beside.add(at)
    return beside


def _announced(parts: Sequence[Part], lines: Sequence[str]) -> Iterator[Draft]:
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


def _owned(parts: Sequence[Part], item_tables: frozenset[int]) -> frozenset[int]:
    """Sibling headings of which nearly all name who is in charge; those among them that do not are items as well."""
    siblings: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for at, part in enumerate(parts):
        holds_items = announces_items(part.heading.block.text) or _has_table([part], item_tables)
        if not holds_items and not any(_owned_bullets(part)):
            siblings.setdefault((kind_of(part), part.heading.section[:-1]), []).append(at)
    owners = {at for group in siblings.values() for at in group if "owner" in _fields(parts[at])}
    listed = [group for group in siblings.values() if len(owners.intersection(group)) * 3 >= len(group) * 2]
    several = {kind_of(parts[group[0]]) for group in listed if len(group) > 1}
    return frozenset(at for group in listed if kind_of(parts[group[0]]) in several for at in group)


def _owned_bullets(part: Part) -> Iterator[Draft]:
    """The entries of a list of which nearly all name who is in charge behind a name."""
    for placed in part.body:
        entries = list(_list_entries(placed)) if placed.block.kind == "list" else []
        named = [entry for entry in entries if _names_an_owned_item(entry[1])]
        if len(entries) >= _LEAST_BULLETS and len(named) * 3 >= len(entries) * 2:
            yield from (_bullet_draft(placed, line, text) for line, text in entries)


def _names_an_owned_item(entry: str) -> bool:
    text, named = split_owner(strip_markup(entry))
    return bool(named) and _is_nominal(_split_content(text)[0])


def _split_content(entry: str) -> tuple[str, str]:
    """「甲の推進：改めます」 is a name and what is done."""
    name, colon, content = entry.replace("：", ":", 1).partition(":")
    return (name, content) if colon and content.strip() else (entry, "")


def _entries(part: Part) -> Iterator[tuple[Placed, int, str]]:
    for placed in part.body:
        if placed.block.kind == "list":
            yield from ((placed, line, text) for line, text in _list_entries(placed))


def _list_entries(placed: Placed) -> Iterator[tuple[int, str]]:
    for offset, line in enumerate(placed.block.text.split("\n")):
        if line.strip():
            yield placed.block.line_start + offset, line


def _is_nominal(entry: str) -> bool:
    text = strip_markup(entry).strip()
    return len(text) <= _LONGEST_ENTRY and not text.endswith(_SENTENCE)


def _is_form(part: Part) -> bool:
    """A heading with at least two labelled lines under it, one of them naming who or when."""
    fields = set(_fields(part)) | ({"schedule"} if _year_grid(part) else set())
    return len(fields - {"content"}) >= 2 and bool(fields & {"owner", "schedule"})


def _year_grid(part: Part) -> tuple[Block, tuple[tuple[str, str], ...]] | None:
    """The table under a heading that tells nothing but what is done in each year."""
    grids = ((entry.block, read_year_grid(entry.block)) for entry in part.body if entry.block.kind == "table")
    return next(((block, years) for block, years in grids if years), None)


def _bullet_draft(placed: Placed, line: int, printed: str) -> Draft:
    text, named = split_owner(ENTRY_MARK.sub("", strip_markup(printed)))
    name, content = _split_content(text) if named else (text, "")
    reading = read_bullet(name)
    said = "\n".join(filter(None, [reading.remark, content.strip()]))
    remark = {"content": said} if said else {}
    return Draft(
        section=placed.section,
        title=reading.title or close_up(strip_markup(printed)),
        line_start=line,
        line_end=line,
        row=strip_markup(printed).strip(),
        number=reading.number,
        status=reading.status,
        cells={**named, "title": strip_markup(printed).strip(), **remark},
    )


def _section_draft(part: Part, lines: Sequence[str]) -> Draft:
    block = part.heading.block
    printed, named = split_owner(heading_title(block.text))
    reading = read_title(printed)
    body, grid = _content(part), _year_grid(part)
    last = max(entry.line_end for entry in (block, *body, *([grid[0]] if grid else [])))
    fields = {**named, **read_fields(body)}
    draft = Draft(
        section=part.heading.section[:-1],
        title=reading.title or printed,
        line_start=block.line_start,
        line_end=last,
        row=strip_markup("\n".join(lines[block.line_start - 1 : last])),
        number=reading.number,
        status=reading.status,
        cells={"title": strip_markup(block.text), **fields},
        years=grid[1] if grid else (),
        plans_by_year=True,
    )
    status = fields.get("status", "").strip()
    return replace(draft, status=status) if status else draft


def _fields(part: Part) -> dict[str, str]:
    return {**split_owner(heading_title(part.heading.block.text))[1], **read_fields(_content(part))}


def _content(part: Part) -> list[Block]:
    return [entry.block for entry in part.body if entry.block.kind in (*_CONTENT_KINDS, "heading")]
