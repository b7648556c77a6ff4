"""A rule-made draft in, the numbered passages that a model may see and cite out: never an address, never an order."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.composing.drafts import Draft, Source
from assistant.knowledge import Knowledge
from assistant.questions import clean_text
from assistant.replies import load_replies
from assistant.understanding.screening import without_orders
from ingest.plan_items import PlanItem

MOST_PASSAGES = 8
LONGEST_FIELD = 600
_NAMED = ("title", "status", "owner", "schedule", "goal", "progress", "content", "plan_summary", "result", "issues")


@dataclass(frozen=True, slots=True)
class Shown:
    """One passage as a model sees it: a record with its `fields` by name, or prose under the name "text"."""

    number: int
    title: str
    fields: Mapping[str, str]
    source: Source
    item: PlanItem | None = None

    @property
    def text(self) -> str:
        """Everything that it says."""
        return "\n".join(self.fields.values())

    def cited_for(self, names: Iterable[str]) -> tuple[Source, ...]:
        """What is quoted when these fields are used: their cells, or the passage."""
        if self.item is None:
            return (self.source,)
        cells = tuple(Source.of_item(self.item, name) for name in names if name in _NAMED)
        return tuple(dict.fromkeys(cells)) or (self.source,)


def show(draft: Draft, knowledge: Knowledge, room: int) -> tuple[Shown, ...]:
    """Number the records and passages that a draft rests on, in its order, as many as there is room for."""
    sources = dict.fromkeys(source for statement in draft.statements for source in statement.sources)
    shown: list[Shown] = []
    for one in _each_once(sources, knowledge):
        room -= len(render([one]))
        if room < 0 or len(shown) == MOST_PASSAGES:
            break
        shown.append(replace(one, number=len(shown) + 1))
    return tuple(shown)


def render(shown: Iterable[Shown]) -> str:
    """Write passages as a model reads them."""
    return "\n\n".join(f"[{one.number}]\n" + "\n".join(_lines(one)) for one in shown)


def _each_once(sources: Iterable[Source], knowledge: Knowledge) -> Iterator[Shown]:
    """One passage for each record or piece of prose, however often it is cited."""
    seen = set()
    for source in sources:
        item = knowledge.items.get(source.item_id or "")
        key = item.id if item else (source.document_id, source.line_start, source.quote)
        if key in seen:
            continue
        seen.add(key)
        shown = Shown(1, item.title, _fields_of(item), source, item) if item else _prose(source)
        if shown.text.strip():
            yield shown


def _prose(source: Source) -> Shown:
    heading = source.section[-1] if source.section else ""
    fields = {"section": heading, "header": source.header, "text": source.quote}
    return Shown(1, "", {name: said for name, text in fields.items() if (said := _without_orders(text))}, source)


def _fields_of(item: PlanItem) -> dict[str, str]:
    owners = "、".join(item.owners)
    by_goal = "、".join(f"{goal}：{'、'.join(names)}" for goal, names in item.owners_by_goal.items())
    fields = {
        "title": item.title, "section": " ".join(item.section), "status": item.status, "owner": f"{owners} {by_goal}",
        "schedule": item.schedule, "goal": "\n".join(item.goals), "progress": item.progress, "content": item.content,
        "plan_summary": item.plan_summary, "result": item.result, "issues": item.issues, "next_steps": item.next_steps,
        **item.fields, **{note.term or note.mark: note.text for note in item.footnotes},
    }  # fmt: skip
    return {name: said for name, text in fields.items() if (said := _without_orders(text or ""))}


def _without_orders(text: str) -> str:
    """What a document says, without what it orders the machine to do or hides from the eye."""
    return without_orders(clean_text(text))[:LONGEST_FIELD].strip()


def _lines(shown: Shown) -> Iterator[str]:
    label = load_replies("ja").label
    for name, text in shown.fields.items():
        yield f"{label(name)}：{text}" if name not in ("text", "header") else text
