"""An item in, the lines of an answer that say which departments own it 所管課 out."""

import re
from dataclasses import dataclass

from assistant.composing.drafts import Source, Statement
from assistant.composing.editions_told import told_versions, version_sources
from assistant.composing.quoting import quote
from assistant.knowledge import Knowledge
from assistant.lookup.sentences import SentenceRanker, pick
from assistant.names import bare
from assistant.replies import Replies
from assistant.terms import Term
from assistant.understanding.requests import Request
from assistant.united import rows_of, versions
from ingest.owners import lead_owners
from ingest.plan_items import PlanItem

_DEPARTMENT = re.compile(r"(?<![一-龠])[一-龠ァ-ヶー]{2,10}課(?![題程税])")
_LEAD = re.compile(r"主担|主管|主な(?:担当|所管)|主たる|幹事|中心(?:となる|の)課|\blead", re.IGNORECASE)
_TELLING = 0.45
_BRANCH = re.compile(r"支所|出張所|総合支所|支庁|行政センター")


@dataclass(frozen=True, slots=True)
class OwnerStatements:
    """States owners in the way one request asks for them."""

    request: Request
    terms: tuple[Term, ...]
    knowledge: Knowledge
    replies: Replies

    def of(self, item: PlanItem) -> list[Statement]:
        """State the owners: all, those of the asked goals, or by head office and branches."""
        if not item.owners:
            return []
        source = (Source.of_item(item, "owner"),)
        marks = [
            str(ord(m) - ord("①") + 1)
            for m in self.request.manner.goal_marks
            if str(ord(m) - ord("①") + 1) in item.owners_by_goal
        ]
        if item.owners_by_goal and (marks or self._named_goals(item)):
            return self._owners_by_goal(item, marks or self._named_goals(item), source)
        if re.search("本庁", self.request.text) and re.search("支所", self.request.text):
            return self._owners_by_place(item, source)
        if _LEAD.search(self.request.text) and (lead := self._lead(item)):
            return [lead]
        text = self.replies.say(self._owner_reply(item), title=item.title, value=self._value(item))
        told = [Statement(text, version_sources(item, "owner"))]
        return told + self._other_departments(item)

    def _lead(self, item: PlanItem) -> Statement | None:
        """State the department that ◎ marks as leading in a document, where one does."""
        for row in rows_of(item):
            if leading := lead_owners(row.owner_text or ""):
                text = self.replies.say("owner_lead", title=item.title, value="、".join(leading))
                return Statement(text, (Source.of_item(row, "owner"),))
        return None

    def _value(self, item: PlanItem) -> str:
        branches = [owner for owner in item.owners if _BRANCH.search(owner)]
        if self.request.manner.only_branches and branches:
            return "、".join(branches)
        return told_versions(item, "owner", self.knowledge, self.replies)

    def _other_departments(self, item: PlanItem) -> list[Statement]:
        """What the item says of a further department, where that is what the question's words are about."""
        ranker = SentenceRanker(self.request, self.terms, self.knowledge)
        naming = [
            s
            for s in ranker.of_item(item)
            if (found := _DEPARTMENT.findall(s.text)) and not set(found) <= set(item.owners)
        ]
        telling = [s for s in naming if ranker.coverage(s.text) >= _TELLING]
        return [quote(s.text, item, s.field) for s in pick(telling, 200)[:1]]

    def _owner_reply(self, item: PlanItem) -> str:
        claimed = self.request.claimed_owner
        told = versions(item, "owner")
        is_in_any = any(claimed in row.owners for row in told)
        # Where documents differ and one names it, neither yes nor no is the whole truth.
        if claimed is None or (len(told) > 1 and is_in_any):
            return "owner_is"
        return "owner_confirmed" if is_in_any else "owner_denied"

    def _owners_by_goal(self, item: PlanItem, marks: list[str], source: tuple[Source, ...]) -> list[Statement]:
        goals = {str(ord(goal[0]) - ord("①") + 1): goal for goal in item.goals if re.match("[①-⑳]", goal)}
        lines = [
            Statement(
                f"- {self.replies.say('owner_of_goal', goal=goals.get(m, m), value='、'.join(item.owners_by_goal[m]))}",
                source,
            )
            for m in marks
        ]
        return [Statement(self.replies.say("field_is", title=item.title, label=self.replies.label("owner"))), *lines]

    def _named_goals(self, item: PlanItem) -> list[str]:
        asked = bare(self.request.text)
        goals = {str(ord(goal[0]) - ord("①") + 1): bare(goal[1:]) for goal in item.goals if re.match("[①-⑳]", goal)}
        return [mark for mark, text in goals.items() if mark in item.owners_by_goal and text and text in asked]

    def _owners_by_place(self, item: PlanItem, source: tuple[Source, ...]) -> list[Statement]:
        branches = [o for o in item.owners if _BRANCH.search(o)]
        central = [o for o in item.owners if o not in branches]
        label = self.replies.say("field_is", title=item.title, label=self.replies.label("owner"))
        none = self.replies.say("not_printed")
        return [
            Statement(label),
            Statement(f"- 本庁：{'、'.join(central) or none}", source),
            Statement(f"- 支所：{'、'.join(branches) or none}", source),
        ]
