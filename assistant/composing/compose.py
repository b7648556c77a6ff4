"""A Request in, the Draft that fits its intent out."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from assistant.answers import Question
from assistant.composing.by_municipality import compose_by_municipality
from assistant.composing.by_year import compose_by_year
from assistant.composing.change_answers import compose_changes
from assistant.composing.clarifying import unclear, which_item, which_municipality, which_progress
from assistant.composing.comparisons import compare_items, compare_within
from assistant.composing.counts import compose_count
from assistant.composing.declining import (
    not_in_plans,
    not_stated,
    plain_not_found,
    refused,
    titles_told,
    unknown_owner,
    with_service_hint,
)
from assistant.composing.definition_answers import compose_definitions, defined_terms
from assistant.composing.drafts import Draft
from assistant.composing.item_answers import ItemComposer
from assistant.composing.list_answers import compose_list
from assistant.composing.period_answers import compose_period
from assistant.composing.prose_answers import compose_prose
from assistant.composing.series_answers import compose_series
from assistant.composing.twins import figure_of_each, twins_of
from assistant.composing.western_years import in_western_years
from assistant.knowledge import Knowledge
from assistant.lookup.evidence import (
    SURELY,
    asked_in_vain,
    asks_for_service,
    is_about_item,
    is_about_passage,
    is_evidence,
    leads_clearly,
    tells_as_much,
    words_in_plans,
)
from assistant.lookup.parts import items_of_parts, split_at_joints
from assistant.lookup.selection import select_items
from assistant.lookup.sentences import SentenceRanker, has_unit
from assistant.lookup.subjects import Found, chosen_items, find_items
from assistant.names import bare
from assistant.replies import Replies
from assistant.terms import nouns, terms_of
from assistant.understanding.requests import Request
from assistant.understanding.screening import is_out_of_scope
from ingest.plan_items import Passage, PlanItem
from vectorstore.hits import Hit
from vectorstore.tokens import content_words

# How much closer prose must be than an item; one with a schedule says when, which prose seldom does.
_PROSE_LEAD, _LEAD_OVER_DATES = 0.02, 0.1
_PARTS = re.compile(
    r"^(.+?)(?:の項目|の取組)?(?:と|、|および|及び|or|and|vs\.?)(.+?)(?:の項目|の取組)?(?:では|って|で|は|、|を|の(?:違い|どちら)|$)"
)
_ITEM_ONLY = {"owner", "status", "progress", "title"}

_WESTERN = re.compile(r"西暦|western|A\.?D\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes the draft for one request; `lap` is called when retrieval is done."""

    request: Request
    question: Question
    knowledge: Knowledge
    replies: Replies
    lap: Callable[[str], None]

    def draft(self) -> Draft:
        """Choose the way of answering by what is asked."""
        draft = (
            self._unanswerable()
            or self._by_municipality()
            or compose_by_year(self.request, self._by_intent, self.knowledge, self.replies)
            or self._by_intent(self.request)
        )
        return in_western_years(draft, self.replies) if _WESTERN.search(self.request.text) else draft

    def _unanswerable(self) -> Draft | None:
        if self.request.unknown_plan:
            inside = self.knowledge.documents_in(self.question.scope.municipality, None)
            known = titles_told(self.knowledge, inside or None)
            return plain_not_found("unknown_plan", self.replies, plan=self.request.unknown_plan, known=known)
        unknown = [place.name for place in self.request.municipalities if not place.known]
        if unknown:
            known = "、".join(self.knowledge.municipalities)
            return plain_not_found("unknown_municipality", self.replies, name="、".join(unknown), known=known)
        selected = self.question.scope.municipality
        if selected and not self.knowledge.documents_in(selected, None):
            known = "、".join(self.knowledge.municipalities)
            return plain_not_found("unknown_municipality", self.replies, name=selected, known=known)
        if self.request.intent == "greeting":
            return unclear("greeting", self.replies)
        if self.request.intent == "unclear" and not self.request.items:
            return unclear("clarify_number", self.replies)
        return None

    def _by_municipality(self) -> Draft | None:
        if self.question.scope.municipality:
            return None
        return compose_by_municipality(self.request, self._by_intent, self.knowledge, self.replies)

    def _by_intent(self, request: Request) -> Draft:
        if request.intent in ("list", "count"):
            return self._list(request)
        return (
            compose_period(request, self.knowledge, self.replies)
            or self._in_its_own_way(request)
            or compose_series(request, self.knowledge, self.replies)
            or self._about(request, find_items(request, self.knowledge))
        )

    def _in_its_own_way(self, request: Request) -> Draft | None:
        """Answer what is no question about one item; None when nothing of its kind is found."""
        if request.intent == "changes":
            return compose_changes(request, self.knowledge, self.replies)
        if request.intent == "definition":
            return compose_definitions(request, self.knowledge, self.replies)
        if request.intent == "prose":
            return self._prose(request)
        return self._compare(request) if request.intent == "compare" else None

    def _prose(self, request: Request) -> Draft | None:
        """Answer about the plan as a whole from its prose, all words of the question counting."""
        found = find_items(replace(request, items=()), self.knowledge)
        words = " ".join(word.surface for word in content_words(request.query))
        hits = tuple(hit for hit in found.prose if self._touches(hit.passage, request))
        return compose_prose(hits, request, terms_of(words), self.knowledge, self.replies)

    def _touches(self, passage: Passage, request: Request) -> bool:
        """Tell whether a passage or its plan's title holds any noun of the subject, so that it is no other plan's."""
        subject = nouns(terms_of(request.subject))
        text = bare(f"{self.knowledge.title_of(passage.document_id)}{''.join(passage.section)}{passage.text}")
        return not subject or any(term.is_held_by(text) for term in subject)

    def _list(self, request: Request) -> Draft:
        if request.unknown_owner and not request.is_on("owner"):
            return self._about_unlisted(request, request.unknown_owner)
        if request.unknown_section and not request.is_on("section"):
            return plain_not_found("unknown_section", self.replies, section=request.unknown_section)
        if request.unread_progress:
            return which_progress(request.unread_progress, request.documents, self.knowledge, self.replies)
        items = select_items(request, self.knowledge)
        self.lap("retrieve_ms")
        places = {item.municipality for item in items}
        if len(places) > 1 and not self.question.scope.municipality and not request.municipalities:
            return which_municipality(items, self.replies)
        if request.intent == "count":
            return compose_count(items, request, self.knowledge, self.replies)
        return compose_list(items, request, self.knowledge, self.replies)

    def _about_unlisted(self, request: Request, owner: str) -> Draft:
        """Quote what the prose says of a department that owns no item, or say that there is none of that name."""
        found = find_items(replace(request, items=()), self.knowledge)
        hits = tuple(hit for hit in found.prose if bare(owner) in bare(hit.passage.text))
        told = compose_prose(hits, request, terms_of(owner), self.knowledge, self.replies)
        return told or unknown_owner(owner, self.knowledge.owners_in(request.documents), self.replies)

    def _compare(self, request: Request) -> Draft | None:
        if len(defined_terms(request, self.knowledge)) >= 2 and not request.fields:
            return compose_definitions(request, self.knowledge, self.replies)
        items = list(chosen_items(request, self.knowledge))
        parts = _PARTS.match(request.text)
        if len(items) < 2 and parts:
            items = items_of_parts((parts[1], parts[2]), request, self.knowledge)
        found = find_items(replace(request, intent="item"), self.knowledge)
        if len(items) >= 2 and not (request.manner.number and len({i.title for i in items}) == 1):
            return compare_items(tuple(items), request, self.knowledge, self.replies)
        if twins := twins_of(found, request, self.knowledge):
            composer = ItemComposer(request, found.terms, self.knowledge, self.replies)
            return figure_of_each(twins, composer)
        if parts and len(found.items) == 1:
            sentences = SentenceRanker(request, found.terms, self.knowledge).of_item(found.items[0])
            names = (_last_word(parts[1]), _last_word(parts[2]))
            return compare_within(sentences, names, found.items[0], self.replies)
        return None

    def _about(self, request: Request, found: Found) -> Draft:
        """Answer about an item, from prose, by asking back, or not at all."""
        self.lap("retrieve_ms")
        named = found.certainty == "named"
        if not named and len(several := items_of_parts(split_at_joints(request.text), request, self.knowledge)) > 1:
            return compose_list(tuple(several), replace(request, items=_ids(several)), self.knowledge, self.replies)
        if not named and found.best_score < SURELY and is_out_of_scope(request.text):
            return refused("out_of_scope", "out_of_scope", self.replies)
        if request.manner.person and "owner" not in request.fields:
            told = compose_prose(self._telling(request, found), request, found.terms, self.knowledge, self.replies)
            return told or self._nothing(request, found)
        if not named and leads_clearly(found) and (detail := asked_in_vain(request, found, self.knowledge)):
            return not_stated(found.items[0], detail, self.replies)
        if not (request.subject or request.items) or not is_evidence(request, found, self.knowledge):
            return self._nothing(request, found)
        if len(found.items) > 1 and request.items:
            return compose_list(found.items, request, self.knowledge, self.replies)
        about_item = is_about_item(request, found, self.knowledge)
        by_chance = not named or (request.manner.number and not request.items)
        if not about_item or (by_chance and self._prose_is_closer(request, found)):
            hits = found.prose if about_item else self._telling(request, found)
            told = compose_prose(hits, request, found.terms, self.knowledge, self.replies)
            if told or not about_item:
                return told or self._nothing(request, found)
        if found.certainty == "several":
            return self._one_of(found, request)
        if not found.items:
            return self._nothing(request, found)
        return self._of_item(request, found, named)

    def _of_item(self, request: Request, found: Found, named: bool) -> Draft:
        """Answer from the best item, or, where it does not state what is asked, from what does."""
        composer = ItemComposer(request, found.terms, self.knowledge, self.replies)
        draft = composer.compose(found.items[0])
        if draft.outcome == "answered" or (named and self._is_titled(request, found)):
            return draft
        if not request.manner.units:
            hits = self._telling(request, found)
            return compose_prose(hits, request, found.terms, self.knowledge, self.replies) or draft
        stating = [item for item in self._alternatives(request, found) if composer.states_all(item)]
        if stating:
            return composer.compose(stating[0])
        hits = tuple(hit for hit in self._telling(request, found) if has_unit(hit.passage.text, request.manner.units))
        return compose_prose(hits, request, found.terms, self.knowledge, self.replies) or draft

    def _is_titled(self, request: Request, found: Found) -> bool:
        """Tell whether the best item is meant by its title, and not by what is said in it alone."""
        title = self.knowledge.titles[found.items[0].id]
        return bool(request.items) or any(term.is_held_by(title) for term in nouns(found.terms))

    def _alternatives(self, request: Request, found: Found) -> tuple[PlanItem, ...]:
        """Further items among the hits that hold all that the question names."""
        items = (self.knowledge.item(hit.passage.item_id or "", request.documents) for hit in found.item_hits)
        others = {item.id: item for item in items if item is not None and item != found.items[0]}.values()
        return tuple(
            other for other in others if is_about_item(request, replace(found, items=(other,)), self.knowledge)
        )

    def _one_of(self, found: Found, request: Request) -> Draft:
        """Answer from the only candidate that states what is asked; ask back when several do."""
        composers = [(item, ItemComposer(request, found.terms, self.knowledge, self.replies)) for item in found.items]
        stating = [item for item, composer in composers if composer.states_all(item)]
        if len(stating) == 1 or not stating:
            item, composer = next(((i, c) for i, c in composers if i in stating), composers[0])
            return composer.compose(item)
        return self._ask_which(tuple(stating), request)

    def _ask_which(self, items: tuple[PlanItem, ...], request: Request) -> Draft:
        places = {item.municipality for item in items}
        if len(places) == len(items) and not self.question.scope.municipality:
            return which_municipality(items, self.replies)
        return which_item(items, request, self.knowledge, self.replies)

    def _telling(self, request: Request, found: Found) -> tuple[Hit, ...]:
        return tuple(hit for hit in found.prose if is_about_passage(request, hit.passage, found, self.knowledge))

    def _prose_is_closer(self, request: Request, found: Found) -> bool:
        if not found.prose or (set(request.fields) & _ITEM_ONLY and found.items):
            return False
        best_item = found.item_hits[0].score if found.item_hits else 0.0
        is_dated = "schedule" in request.fields and found.items and found.items[0].schedule
        lead = _LEAD_OVER_DATES if is_dated else _PROSE_LEAD
        closer = (hit.passage for hit in found.prose if hit.score > best_item + lead)
        return any(tells_as_much(request, passage, found, self.knowledge) for passage in closer)

    def _nothing(self, request: Request, found: Found) -> Draft:
        if is_out_of_scope(request.text):
            return refused("out_of_scope", "out_of_scope", self.replies)
        if not request.subject and not request.items:
            return unclear("clarify_unclear", self.replies)
        close = (self.knowledge.item(h.passage.item_id or "", request.documents) for h in found.item_hits[:5])
        nearest = {item.id: item for item in close if item is not None}.values()
        understood = words_in_plans(request, found, self.knowledge)
        declined = not_in_plans(self.knowledge, request.documents, nearest, self.replies, understood)
        return with_service_hint(declined, self.replies) if asks_for_service(request) else declined


def _ids(items: Iterable[PlanItem]) -> tuple[str, ...]:
    return tuple(item.id for item in items)


def _last_word(part: str) -> str:
    """The name at the end of a phrase: 「窓口の件数、乙事業」 → 「乙事業」."""
    return re.split(r"[、,の\s]", part.strip())[-1] or bare(part)
