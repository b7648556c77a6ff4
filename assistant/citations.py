"""A verified Draft in, Markdown with [1] marks and its numbered citations out."""

from assistant.answers import Citation
from assistant.composing.drafts import Draft, Source
from assistant.knowledge import Knowledge
from assistant.page_pictures import page_url

LONGEST_QUOTE = 600


def cite(draft: Draft, knowledge: Knowledge) -> tuple[str, tuple[Citation, ...]]:
    """Number the sources in order of first use; equal sources share a number."""
    numbers: dict[Source, int] = {}
    lines = []
    for statement in draft.statements:
        marks = [numbers.setdefault(source, len(numbers) + 1) for source in statement.sources]
        lines.append(statement.text + "".join(f"[{number}]" for number in dict.fromkeys(marks)))
    citations = tuple(_citation(number, source, knowledge) for source, number in numbers.items())
    return "\n".join(_spaced(lines)), citations


def _spaced(lines: list[str]) -> list[str]:
    """Put a blank line where Markdown needs one: between a sentence and a list, and between sentences."""
    out: list[str] = []
    for line in lines:
        starts_list = line.startswith("- ") or line[:1].isdigit()
        if out and not (starts_list and (out[-1].startswith("- ") or out[-1][:1].isdigit())):
            out.append("")
        out.append(line)
    return out


def _citation(number: int, source: Source, knowledge: Knowledge) -> Citation:
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
    )
