"""A verified Draft in, Markdown with [1] marks and its numbered citations out."""

from assistant.answers import Citation
from assistant.composing.drafts import Draft, Source, Statement
from assistant.knowledge import Knowledge
from assistant.page_pictures import page_url
from assistant.source_address import place_of

LONGEST_QUOTE = 600


def cite(draft: Draft, knowledge: Knowledge) -> tuple[str, tuple[Citation, ...]]:
    """Number the sources in order of first use; equal sources share a number."""
    numbers: dict[Source, int] = {}
    lines: list[str] = []
    for statement in draft.statements:
        line = with_marks(statement, numbers)
        if statement.continues and lines:
            lines[-1] += line
        else:
            lines.append(line)
    cited = tuple(place_of(one.document_id, one.line_start, one.line_end) for one in numbers)
    citations = tuple(_citation(number, source, knowledge, cited) for source, number in numbers.items())
    return "\n".join(_spaced(lines)), citations


def with_marks(statement: Statement, numbers: dict[Source, int]) -> str:
    """Return a statement with its marks; `numbers` are those given before, and takes up new ones."""
    marks = [numbers.setdefault(source, len(numbers) + 1) for source in statement.sources]
    return statement.text + "".join(f"[{number}]" for number in dict.fromkeys(marks))


def _spaced(lines: list[str]) -> list[str]:
    """Put a blank line where Markdown needs one: between a sentence and a list, and between sentences."""
    out: list[str] = []
    for line in lines:
        starts_list = line.startswith("- ") or line[:1].isdigit()
        if out and not (starts_list and (out[-1].startswith("- ") or out[-1][:1].isdigit())):
            out.append("")
        out.append(line)
    return out


def _citation(number: int, source: Source, knowledge: Knowledge, cited: tuple[str, ...]) -> Citation:
    return Citation(
        number=number,
        source=source.source,
        document_id=source.document_id,
        title=knowledge.title_of(source.document_id),
        municipality=source.municipality,
        section=source.section,
        quote=source.quote[:LONGEST_QUOTE],
        line_start=source.line_start,
        line_end=source.line_end,
        item_id=source.item_id,
        item_title=source.item_title,
        page=source.page,
        page_url=page_url(
            knowledge.document(source.document_id), source.page, source.place.box if source.place else None
        ),
        place=source.place,
        kind=source.kind,
        cited=cited,
    )
