"""A plan item in; its fields as the item's page shows them out, with what was printed where it was changed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from assistant.channels.readable import readable
from assistant.channels.web.board_words import BoardWords
from assistant.document_view import LONGEST_SHOWN
from ingest.normalize import squeeze
from ingest.plan_items import Correction, PlanItem, Repair
from vectorstore.corrected_items import REPAIRS_OF


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its texts, () where nothing is printed; its verbatim print where that says it otherwise.

    `is_cut` tells that some of it is too long to be shown whole.
    """

    name: str
    texts: tuple[str, ...]
    printed: str | None
    repairs: tuple[Repair, ...]
    correction: Correction | None
    is_cut: bool = False


def fields_of(item: PlanItem, words: BoardWords) -> tuple[Field, ...]:
    """Return the fields in the order in which plans print them; those that any plan should hold even when empty."""
    return tuple(_fields(item, words))


def _fields(item: PlanItem, words: BoardWords) -> Iterator[Field]:
    for name, texts_of in _TEXTS.items():
        texts = tuple(readable(text) for text in texts_of(item) if text)
        printed = _printed(item, name, texts)
        repairs = tuple(repair for repair in item.repairs if repair.field in REPAIRS_OF.get(name, (name,)))
        correction = next((one for one in item.corrections if one.field == name), None)
        if texts or repairs or correction or name in _EXPECTED:
            shown = tuple(text[:LONGEST_SHOWN] for text in texts)
            is_cut = any(len(text) > LONGEST_SHOWN for text in (*texts, printed or ""))
            yield Field(name, shown, printed and printed[:LONGEST_SHOWN], repairs, correction, is_cut)
        if name == "schedule" and item.target_fiscal_years:
            yield _years(item, words)


def _years(item: PlanItem, words: BoardWords) -> Field:
    correction = next((one for one in item.corrections if one.field == "target_fiscal_years"), None)
    return Field("target_fiscal_years", (words.years(item),), None, (), correction)


def _printed(item: PlanItem, name: str, texts: tuple[str, ...]) -> str | None:
    """The cell as printed, unless it says the same as what is shown, or as what a repair tells."""
    printed = item.printed.get(name, "")
    told = ("", squeeze("".join(texts)), *(squeeze(repair.raw) for repair in item.repairs))
    return readable(printed) if squeeze(printed) not in told else None


_EXPECTED = ("owner", "schedule", "goal", "status", "progress")
_TEXTS: Mapping[str, Callable[[PlanItem], tuple[str | None, ...]]] = {
    "section": lambda item: item.section,
    "number": lambda item: (item.number,),
    "title": lambda item: (item.title,),
    "status": lambda item: (item.status,),
    "content": lambda item: (item.content,),
    "goal": lambda item: item.goals,
    "schedule": lambda item: (item.schedule,),
    "owner": lambda item: item.owners,
    "progress": lambda item: (item.progress,),
    "plan_summary": lambda item: (item.plan_summary,),
    "result": lambda item: (item.result,),
    "issues": lambda item: (item.issues,),
    "next_steps": lambda item: (item.next_steps,),
}
