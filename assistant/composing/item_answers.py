"""One item and a request in, a Draft that states the asked fields in the plan's own words out."""

import re
from dataclasses import dataclass
from itertools import groupby

from assistant.answers import Mode
from assistant.composing.declining import not_stated
from assistant.composing.drafts import Draft, Source, Statement
from assistant.composing.editions_told import as_of, dated_label, field_lead, older_progress, other_versions, owner_line
from assistant.composing.owner_statements import OwnerStatements
from assistant.composing.quoting import quote
from assistant.composing.schedule_words import has_no_end, schedule_words
from assistant.composing.suggestions import next_questions
from assistant.composing.value_statements import ValueStatements
from assistant.knowledge import Knowledge
from assistant.lookup.sentences import SentenceRanker, field_texts, pick
from assistant.replies import Replies
from assistant.terms import Term, nouns
from assistant.understanding.requests import AskedField, Request
from ingest.plan_items import PlanItem

WHOLE_FIELD = 420
SHORT_ANSWER = 380
SUMMARY = 900

_MOST_RELATED = 3
_YEAR_TEXT = re.compile(r"\d{1,2}月|\d{1,2}年|\d{4}|年度|[RH]\d")
_MONTH = re.compile(r"[\d０-９]\s*月")
_TELLING = 0.34
_REASON = re.compile(r"ため|ことから|により|による|よって|ので|影響")
_MEASURE = re.compile(r"指標|現状|基準値|実績値")
_ASKS_MARK = re.compile(r"進捗区分|区分|評価|達成度|達成状況|予定|計画|順調|進捗(?:は|を|状況)|progress|status")
_ASKS_END = re.compile(r"いつまで|終わり|終了|期限|何年度?まで|until when|by when|deadline|\bend\b", re.IGNORECASE)
_PLANNED = frozenset({"schedule", "goal", "status"})
_COLUMN_FIELDS: dict[str, str] = {"result": "result", "issues": "issues", "next_steps": "next_steps", "goal": "goals"}


@dataclass(frozen=True, slots=True)
class ItemComposer:
    """Composes answers about single items for one request."""

    request: Request
    terms: tuple[Term, ...]
    knowledge: Knowledge
    replies: Replies

    @property
    def values(self) -> ValueStatements:
        """What states figures and columns."""
        return ValueStatements(self.request, self.terms, self.knowledge, self.replies)

    def compose(self, item: PlanItem) -> Draft:
        """State every asked field; what the item does not print is said to be missing."""
        if self.values.lacks_detail(item):
            return not_stated(item, self.values.asked(), self.replies)
        statements: list[Statement] = []
        for field in self._fields():
            told = self._state(item, field)
            statements += told + (self._other_versions(item, field) if told else [])
        if not statements:
            return not_stated(item, self.values.asked(), self.replies)
        return Draft(
            "answered",
            (*statements, *self._remarks(item), *self._also_related(item)),
            suggestions=next_questions(item, self.request.fields, self.replies),
            mode=self._mode(),
        )

    def states_all(self, item: PlanItem) -> bool:
        """Tell whether the item states the details asked for, as far as a candidate must to be meant."""
        return not self.values.lacks_detail(item) and not (self.request.manner.number and not self.values.number(item))

    def _fields(self) -> tuple[AskedField | str, ...]:
        if self.request.manner.summary:
            return ("card",)
        if self.request.manner.number and not set(self.request.fields) & {"owner", "status", "progress"}:
            return ("number",)
        if not self.request.fields:
            return ("schedule",) if self.request.claimed_year else ("column",)
        stated = tuple(f for f in self.request.fields if f != "title")
        if not stated:
            return ("card",)
        return tuple("card" if f == "content" else f for f in stated if self._is_asked_of_plan(f)) or ("card",)

    def _is_asked_of_plan(self, field: str) -> bool:
        """A column that the document does not have at all is not what the asker means (今後どうする、結果は…)."""
        attribute = _COLUMN_FIELDS.get(field)
        if attribute is None:
            return True
        return any(getattr(other, attribute) for other in self.knowledge.items_in(self.request.documents))

    def _state(self, item: PlanItem, field: str) -> list[Statement]:
        stated = {
            "owner": self._owner, "schedule": self._schedule, "status": self._status, "progress": self._progress,
            "goal": self._goal, "number": self._number, "card": self._card, "issues": self._issues,
            "column": self._column,
        }  # fmt: skip
        return stated[field](item) if field in stated else self._text_field(item, field)

    def _owner(self, item: PlanItem) -> list[Statement]:
        return OwnerStatements(self.request, self.terms, self.knowledge, self.replies).of(item)

    def _other_versions(self, item: PlanItem, field: str) -> list[Statement]:
        """What other documents print of a plan's field; owners are told together."""
        return other_versions(item, field, self.knowledge, self.replies) if field in _PLANNED else []

    def _schedule(self, item: PlanItem) -> list[Statement]:
        lines: list[Statement] = []
        if item.schedule:
            words = schedule_words(item, self.replies)
            text = self.replies.say(self._schedule_reply(item), title=item.title, value=words)
            lines.append(Statement(text, (Source.of_item(item, "schedule"),)))
            if has_no_end(item) and _ASKS_END.search(self.request.text):
                lines.append(Statement(self.replies.say("no_end_printed")))
            if item.schedule_kind in ("single", "by", "range", "several"):
                return [*lines, *self._dated_to_the_month(item)]
        # 毎年度 and blanks do not say when something happens; the text may.
        ranker = SentenceRanker(self.request, self.terms, self.knowledge)
        dated = [s for s in ranker.of_item(item) if _YEAR_TEXT.search(s.text) and (not lines or s.field == "goal")]
        best = max((s.score for s in dated), default=0.0)
        chosen = pick([s for s in dated if s.score >= best - 0.25], 220)
        if chosen and not lines:
            lines.append(Statement(self.replies.say("says", title=item.title)))
        return lines + [quote(s.text, item, s.field) for s in chosen]

    def _dated_to_the_month(self, item: PlanItem) -> list[Statement]:
        """A sentence that says of the thing asked for in which month it happens, where the schedule prints years."""
        ranker = SentenceRanker(self.request, self.terms, self.knowledge)
        dated = [s for s in ranker.of_item(item) if _MONTH.search(s.text) and ranker.coverage(s.text) >= _TELLING]
        return [quote(s.text, item, s.field) for s in pick(dated, SHORT_ANSWER)[:1]]

    def _schedule_reply(self, item: PlanItem) -> str:
        claimed = self.request.claimed_year
        if claimed is None or not item.target_fiscal_years:
            return "schedule_is"
        return "schedule_confirmed" if claimed in item.target_fiscal_years else "schedule_denied"

    def _status(self, item: PlanItem) -> list[Statement]:
        if not item.status:
            return []
        gloss = self.replies.term("status_gloss", item.status)
        text = self.replies.say("status_is", title=item.title, value=item.status, gloss=gloss)
        return [Statement(text, (Source.of_item(item, "status", "title"),))]

    def _progress(self, item: PlanItem) -> list[Statement]:
        if not item.progress:
            if older := older_progress(item, self.knowledge, self.replies):
                return older
            return [] if _ASKS_MARK.search(self.request.text) else self._text_field(item, "result")
        text = self.replies.say("progress_is", title=item.title, value=item.progress)
        text = as_of(item, "progress", self.knowledge, self.replies) + text
        told = [Statement(text, (Source.of_item(item, "progress"),))]
        # 「どこまで進みましたか」 wants to hear what was done, not only the mark.
        if item.result and not _ASKS_MARK.search(self.request.text):
            told += self._text_field(item, "result")
        return told

    def _goal(self, item: PlanItem) -> list[Statement]:
        if not item.goals:
            return []
        reply = "goal_in_content" if item.goals_are_described else "goal_is"
        lead = Statement(self.replies.say(reply, title=item.title))
        measures = [
            Statement(f"- {label}：{text}", (Source.of_item(item, label, "row"),))
            for label, text in item.fields.items()
            if _MEASURE.search(label)
        ]
        return [lead, *(quote(line, item, "goal") for goal in item.goals for line in goal.split("\n")), *measures]

    def _issues(self, item: PlanItem) -> list[Statement]:
        """Problems and reasons: the issues column, and whatever else in the item gives the reason."""
        ranker = SentenceRanker(self.request, self.terms, self.knowledge)
        own = self._text_field(item, "issues")
        others = [s for s in ranker.of_item(item, ("result", "next_steps", "content")) if _REASON.search(s.text)]
        telling = [s for s in others if s.score >= (0.75 if own else 0.65)]
        if not own and not telling:
            return []
        lead = own or [Statement(self.replies.say("says", title=item.title))]
        return [*lead, *(quote(s.text, item, s.field) for s in pick(telling, 260))]

    def _text_field(self, item: PlanItem, field: str) -> list[Statement]:
        text = field_texts(item).get(field)
        if not text:
            return []
        lead = Statement(field_lead(item, field, self.knowledge, self.replies))
        if len(text) <= WHOLE_FIELD:
            return [lead, *(quote(line, item, field) for line in text.split("\n") if line.strip())]
        ranker = SentenceRanker(self.request, self.terms, self.knowledge)
        return [lead, *(quote(s.text, item, s.field) for s in pick(ranker.of_item(item, (field,)), SHORT_ANSWER))]

    def _number(self, item: PlanItem) -> list[Statement]:
        if self.values.wants_whole_goal(item) and not self.values.named_columns(item):
            return self._goal(item)
        return self.values.number(item) or ([] if self.request.fields else self._card(item))

    def _column(self, item: PlanItem) -> list[Statement]:
        return self.values.named_columns(item) or self.values.baseline(item) or self._card(item)

    def _card(self, item: PlanItem) -> list[Statement]:
        """A short account of the item: its most telling sentences, its schedule and progress."""
        ranker = SentenceRanker(self.request, self.terms, self.knowledge)
        budget = SUMMARY if self.request.manner.summary else SHORT_ANSWER
        chosen = pick(ranker.of_item(item), budget)
        lines = [Statement(self.replies.say("item_is", title=item.title), (Source.of_item(item, "title"),))]
        for field, sentences in groupby(chosen, key=lambda sentence: sentence.field):
            lines.append(self._labelled(item, field, [sentence.text for sentence in sentences]))
        if item.owners:
            lines.append(owner_line(item, self.knowledge, self.replies))
        if item.schedule:
            lines.append(
                Statement(
                    f"- {self.replies.label('schedule')}：{schedule_words(item, self.replies)}",
                    (Source.of_item(item, "schedule"),),
                )
            )
        if item.progress:
            label = dated_label(item, "progress", self.knowledge, self.replies)
            lines.append(Statement(f"- {label}：{item.progress}", (Source.of_item(item, "progress"),)))
        return lines

    def _labelled(self, item: PlanItem, field: str, sentences: list[str]) -> Statement:
        """Sentences of one field behind its label, each with its own source."""
        sources = tuple(Source.of_item(item, field, sentence=sentence) for sentence in sentences)
        text = " ".join(sentence.lstrip("・- ") for sentence in sentences)
        label = dated_label(item, field, self.knowledge, self.replies)
        return Statement(f"- {label}：{text}", tuple(dict.fromkeys(sources)), is_quote=True)

    def _also_related(self, item: PlanItem) -> list[Statement]:
        """Name the other items that hold the single word by which this one was asked for (「指定管理の件」)."""
        things = nouns(self.terms)
        if len(things) != 1 or self.request.items or not set(self.request.fields) & {"owner", "schedule", "goal"}:
            return []
        others = [
            other
            for other in self.knowledge.items_in(self.request.documents)
            if other.id != item.id and things[0].itself_stands_in(self.knowledge.text_of(other))
        ]
        if not 1 <= len(others) <= _MOST_RELATED:
            return []
        titles = "、".join(f"「{other.title}」" for other in others)
        return [
            Statement(
                self.replies.say("also_related", titles=titles), tuple(Source.of_item(o, "title") for o in others)
            )
        ]

    def _remarks(self, item: PlanItem) -> list[Statement]:
        lines = []
        if "owner" in self.request.fields and any(r.field in ("owner", "owners") for r in item.repairs):
            lines.append(Statement(self.replies.say("misprint_repaired")))
        if not item.title_is_printed:
            lines.append(Statement(self.replies.say("title_inferred")))
        return lines

    def _mode(self) -> Mode:
        exact = {"owner", "schedule", "status", "progress", "goal"}
        return "lookup" if self.request.fields and set(self.request.fields) <= exact else "extract"
