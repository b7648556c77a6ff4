"""A verified draft in, the same draft citing beside the print what staff corrected, and saying so, out."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.composing.drafts import Draft, Source, Statement
from assistant.replies import Replies
from ingest.plan_items import Correction

# More sentences than a reader would follow say nothing more: each correction is cited where it counts.
_MOST_TOLD = 3
_LONGEST_VALUE = 120


def with_correction_notes(draft: Draft, replies: Replies) -> Draft:
    """Make every correction of what is stated a source of its own, and tell of them below the answer."""
    told = {
        correction: source.item_title or ""
        for statement in draft.statements
        for source in statement.sources
        for correction in source.corrections
    }
    if not told:
        return draft
    cited = tuple(_with_sources(statement, replies) for statement in draft.statements)
    return replace(draft, statements=(*cited, *map(Statement, _notes(told, replies))))


def _with_sources(statement: Statement, replies: Replies) -> Statement:
    return replace(statement, sources=tuple(one for source in statement.sources for one in _parts(source, replies)))


def _parts(source: Source, replies: Replies) -> Iterator[Source]:
    """The print, then what was corrected in it."""
    printed = replace(source, corrections=())
    yield printed
    for correction in source.corrections:
        told = replies.say("correction_source", **_said(correction, replies))
        yield replace(printed, quote=told, kind="correction")


def _notes(told: dict[Correction, str], replies: Replies) -> Iterator[str]:
    if len(told) > _MOST_TOLD:
        yield replies.say("corrected_several", total=len(told))
        return
    for correction, title in told.items():
        said = {name: text for name, text in _said(correction, replies).items() if name != "date"}
        yield replies.say("corrected", title=title, **said)
        if correction.print_changed:
            yield replies.say("print_changed")


def _said(correction: Correction, replies: Replies) -> dict[str, str]:
    blank = replies.say("blank")
    return {
        "label": replies.label(correction.field),
        "raw": _shortened(correction.raw) or blank,
        "value": _shortened(correction.value) or blank,
        "reason": _shortened(correction.reason),
        "date": correction.date,
    }


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_VALUE else flat[:_LONGEST_VALUE] + "…"
