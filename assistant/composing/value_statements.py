"""An item and a request for a figure, or for a column of the plan's own, in; the lines that state it out."""

import re
from dataclasses import dataclass

from assistant.composing.drafts import Source, Statement
from assistant.composing.quoting import quote
from assistant.knowledge import Knowledge
from assistant.lookup.sentences import Sentence, SentenceRanker, field_texts, has_unit, pick
from assistant.names import bare
from assistant.replies import Replies
from assistant.terms import Term
from assistant.understanding.requests import Request
from ingest.fiscal_year import find_years
from ingest.plan_items import PlanItem

_SHORT_ANSWER = 380
_SHORT_GOAL = 240
_SHORTEST_LABEL = 2
_HAPPENED = re.compile(
    r"ましたか|ったか|った[?]|たの(?:は|[?])|(?<!目指し)ている|残(?:り|って)|いま(?![すせ])|今は|現在|実績"
    r"|did |was |were "
)
_NOW = re.compile(r"今|いま(?![すせ])|現状|現在|基準|currently|now", re.IGNORECASE)
_BASELINE = re.compile(r"現状|基準|実績値")
_MONEY_COLUMN = re.compile(r"費|額|予算|決算|円")
_MONEY_NAME = re.compile(r"[一-龠ァ-ヶー]{1,8}(?:料金|料|費|額|代|運賃|賃|価格)(?=[はがをっのも]|って|[?]|$)")
_ANY_MONEY = re.compile(r"^(?:事業|必要|総)?(?:費|額|経費|金額|費用|予算額?|決算額?|総額|合計額?)$|費用$")
_IN_BRACKETS = re.compile(r"[（(［\[].*?[）)］\]]")


@dataclass(frozen=True, slots=True)
class ValueStatements:
    """States figures and columns in the way one request asks for them."""

    request: Request
    terms: tuple[Term, ...]
    knowledge: Knowledge
    replies: Replies

    def named_columns(self, item: PlanItem) -> list[Statement]:
        """The columns of the plan's own that the question calls by their label."""
        asked = bare(self.request.text.replace(item.title, ""))
        named = [(label, text) for label, text in item.fields.items() if _is_called(label, asked)]
        return self._columns(item, named)

    def number(self, item: PlanItem) -> list[Statement]:
        """The figure that is asked for: of the column that is named, of today, of the goal, or of what was done."""
        if columns := self.named_columns(item):
            told = item.goals if "goal" in self.request.fields else ()
            return [*columns, *(quote(goal, item, "goal") for goal in told)]
        if columns := self.baseline(item):
            return columns
        if "goal" in self.request.fields and not item.goals:
            return []
        if "goal" in self.request.fields and not any(map(self._has_number, item.goals)):
            # 「半分以上にする」 is a figure without a numeral.
            return [self._lead(item), *(quote(goal, item, "goal") for goal in item.goals)]
        goals = self._goal_figures(item)
        numbered = goals or self._numbered(item)
        if not numbered and "円" in self.request.manner.units:
            return self._columns(item, _amounts(item))
        best = max((s.score for s in numbered), default=0.0)
        chosen = pick([s for s in numbered if s.score >= best - 0.35], _SHORT_ANSWER)
        figures = [quote(s.text, item, s.field) for s in chosen]
        if not self.request.manner.units and not {s.field for s in chosen} & {"goal", "result"}:
            # Without a counter any number of the text would do: the goal's is the likeliest to be meant.
            figures += [quote(goal, item, "goal") for goal in item.goals if self._has_number(goal)]
        return [self._lead(item), *figures] if figures else []

    def wants_whole_goal(self, item: PlanItem) -> bool:
        """Tell whether the goal as a whole is the figure: short, with a number, and asked for."""
        short = len("".join(item.goals)) <= _SHORT_GOAL
        return "goal" in self.request.fields and short and any(self._has_number(goal) for goal in item.goals)

    def lacks_detail(self, item: PlanItem) -> bool:
        """Tell whether a detail is asked for that must be printed word for word and is not."""
        text = "\n".join((*field_texts(item).values(), item.title, item.owner_text or "", item.schedule or ""))
        if any(not re.search(needed, text) for needed in self.request.manner.needs):
            return True
        if self.named_columns(item):
            return False
        if "円" in self.request.manner.units and _is_other_money(self.request.text, f"{text}{''.join(item.fields)}"):
            return True
        if "円" in self.request.manner.units and _amounts(item):
            return False
        return bool(self.request.manner.units) and not has_unit(text, self.request.manner.units)

    def asked(self) -> str:
        """What was asked for, as it is called in front of users; "" when it has no name."""
        if self.request.manner.details:
            return "・".join(self.request.manner.details)
        labels = [self.replies.label(field) for field in self.request.fields if field not in ("content", "title")]
        units = ["金額" if unit == "円" else unit for unit in self.request.manner.units]
        return "・".join(labels or units)

    def baseline(self, item: PlanItem) -> list[Statement]:
        """The figure of today, beside the goal where both are asked."""
        if not _NOW.search(self.request.text):
            return []
        told = self._columns(item, [(label, text) for label, text in item.fields.items() if _BASELINE.search(label)])
        return [*told, *(quote(goal, item, "goal") for goal in item.goals)] if told else []

    def _goal_figures(self, item: PlanItem) -> list[Sentence]:
        if "goal" not in self.request.fields or not item.goals or self._asks_what_happened(item):
            return []
        ranker = SentenceRanker(self.request, self.terms, self.knowledge)
        return [s for s in ranker.of_item(item, ("goal",)) if self._has_number(s.text)]

    def _numbered(self, item: PlanItem) -> list[Sentence]:
        ranker = SentenceRanker(self.request, self.terms, self.knowledge)
        fields = ("result",) if self._asks_what_happened(item) else None
        told = [s for s in ranker.of_item(item, fields) if self._has_number(s.text)]
        return told or [s for s in ranker.of_item(item) if self._has_number(s.text)]

    def _asks_what_happened(self, item: PlanItem) -> bool:
        return bool(item.result) and _HAPPENED.search(self.request.text) is not None

    def _columns(self, item: PlanItem, columns: list[tuple[str, str]]) -> list[Statement]:
        lines = [Statement(f"- {label}：{text}", (Source.of_item(item, label, "row"),)) for label, text in columns]
        return [self._lead(item), *lines] if lines else []

    def _lead(self, item: PlanItem) -> Statement:
        return Statement(self.replies.say("says", title=item.title))

    def _has_number(self, text: str) -> bool:
        units = self.request.manner.units
        return has_unit(text, units) if units else re.search(r"[\d０-９]", text) is not None


def _is_other_money(asked: str, printed: str) -> bool:
    """Tell whether a kind of money is asked for that is not printed: 利用料金, where only 指定管理料 is."""
    named = _MONEY_NAME.search(asked)
    return named is not None and not _ANY_MONEY.search(named[0]) and bare(named[0]) not in bare(printed)


def _is_called(label: str, asked: str) -> bool:
    name = _in_plain_years(bare(_IN_BRACKETS.sub("", label)))
    return len(name) >= _SHORTEST_LABEL and name in _in_plain_years(asked)


def _in_plain_years(text: str) -> str:
    """Write every year the western way: the label says Ｒ４年度, the question 令和4年度."""
    for mention in reversed(find_years(text)):
        text = f"{text[: mention.start]}{mention.year}{text[mention.end :]}"
    return text


def _amounts(item: PlanItem) -> list[tuple[str, str]]:
    """The columns of money, whose unit stands in the header: 事業費（千円）."""
    return [
        (label, text) for label, text in item.fields.items() if _MONEY_COLUMN.search(label) and re.search(r"\d", text)
    ]
