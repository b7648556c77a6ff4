"""A Request in, the items it is about out, with how sure that is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from rapidfuzz import fuzz

from assistant.knowledge import Knowledge
from assistant.names import bare
from assistant.terms import Term, nouns, terms_of
from assistant.understanding.requests import Request
from ingest.plan_items import PlanItem
from ingest.readers.lines import is_contents_title
from vectorstore.hits import Hit

Certainty = Literal["named", "likely", "several", "none"]

MOST_CANDIDATES = 8
_CLEAR_LEAD = 0.10
_FEW_WORDS = 2
_TELLING_LENGTH = 3
_NEAR_NAME = 78
_SHORTEST_SLIP = 4
_SEARCHED = 30
_LONG_RUN = 4
_RUN_WEIGHT = 0.2


@dataclass(frozen=True, slots=True)
class Found:
    """Items that fit a request, best first; `prose` are hits outside items; `nearest` what came close."""

    items: tuple[PlanItem, ...]
    certainty: Certainty
    hits: tuple[Hit, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def prose(self) -> tuple[Hit, ...]:
        """Hits in paragraphs, lists, tables and footnotes."""
        return tuple(hit for hit in self.hits if hit.passage.item_id is None)

    @property
    def item_hits(self) -> tuple[Hit, ...]:
        """Hits in items."""
        return tuple(hit for hit in self.hits if hit.passage.item_id is not None)

    @property
    def best_score(self) -> float:
        """The absolute score of the best hit."""
        return self.hits[0].score if self.hits else 0.0


def find_items(request: Request, knowledge: Knowledge) -> Found:
    """Find what a request is about: by name, by all of its words, then by ranked retrieval."""
    terms = terms_of(request.subject)
    hits = search(request, knowledge)
    if request.items:
        return Found(chosen_items(request, knowledge), "named", hits, terms)
    items = knowledge.items_in(request.documents)
    ranked = _ranked(hits, request, knowledge)
    for candidates, certain in _candidates(request, nouns(terms), items, knowledge):
        if candidates:
            return _choose(candidates, ranked, hits, terms, certain=certain)
    told = _holding_all(nouns(terms), items, knowledge.text_of, Term.stands_in)
    best = [item for item in ranked if item in told][:1] or told[:1] or list(ranked[:1])
    return Found(tuple(best), "likely" if best else "none", hits, terms)


def _candidates(
    request: Request, naming: tuple[Term, ...], items: tuple[PlanItem, ...], knowledge: Knowledge
) -> Iterator[tuple[list[PlanItem], bool]]:
    """Ever looser ways to find items by all nouns of the question, each with whether it names them for certain."""

    def title(item: PlanItem) -> str:
        return knowledge.titles[item.id]

    yield _holding_all(naming, items, title, Term.itself_stands_in), True
    only = _holding_all(naming, items, knowledge.text_of, Term.itself_stands_in)
    telling = sum(len(term.word) for term in naming) >= _TELLING_LENGTH
    yield (only if len(only) == 1 else []), telling
    yield _holding_all(naming, items, title, Term.is_held_by), True
    yield (only if 1 < len(only) <= MOST_CANDIDATES and len(naming) <= _FEW_WORDS else []), False
    yield _holding_all(naming, items, title, Term.stands_in), len(naming) > 1
    yield _nearly_named(request, naming, items, knowledge), True
    told = _holding_all(naming, items, knowledge.text_of, Term.stands_in)
    yield (told if 1 < len(told) <= MOST_CANDIDATES and len(naming) <= _FEW_WORDS else []), False


def search(request: Request, knowledge: Knowledge) -> tuple[Hit, ...]:
    """Rank the passages of the request's documents against its text, place names left out."""
    hits = knowledge.corpus.search(request.query or request.text, document_ids=request.documents, limit=_SEARCHED)
    # A table of contents prints the words of every heading and tells nothing of them.
    return tuple(hit for hit in hits if not any(map(is_contents_title, hit.passage.section[-1:])))


def chosen_items(request: Request, knowledge: Knowledge) -> tuple[PlanItem, ...]:
    """The items that a request already settled, each once."""
    found = (knowledge.item(i, request.documents) for i in request.items)
    return tuple({item.id: item for item in found if item is not None}.values())


def _ranked(hits: tuple[Hit, ...], request: Request, knowledge: Knowledge) -> list[PlanItem]:
    text = bare(request.text)
    scored: dict[str, float] = {}
    for hit in hits:
        item = knowledge.item(hit.passage.item_id or "", request.documents)
        if item is not None:
            scored[item.id] = max(scored.get(item.id, 0.0), hit.score + _title_bonus(item.id, text, knowledge))
    best = (knowledge.item(i, request.documents) for i in sorted(scored, key=lambda i: -scored[i]))
    return [item for item in best if item is not None]


def _title_bonus(item_id: str, text: str, knowledge: Knowledge) -> float:
    """Reward a long run of the title that stands in the question."""
    title = knowledge.titles.get(item_id, "")
    run = SequenceMatcher(None, title, text, autojunk=False).find_longest_match().size
    return _RUN_WEIGHT * run / len(title) if title and run >= _LONG_RUN else 0.0


def _holding_all(
    terms: tuple[Term, ...],
    items: tuple[PlanItem, ...],
    text: Callable[[PlanItem], str],
    holds: Callable[[Term, str], bool],
) -> list[PlanItem]:
    if not terms:
        return []
    return [item for item in items if all(holds(term, text(item)) for term in terms)]


def _nearly_named(
    request: Request, terms: tuple[Term, ...], items: tuple[PlanItem, ...], knowledge: Knowledge
) -> list[PlanItem]:
    """Items whose title nearly holds the subject as one run: a typing or conversion slip of a character or two.

    Only a word that no plan prints can be a slip: 施設 and 施策 are both words.
    """
    subject, text = bare(request.subject), knowledge.text_in(request.documents)
    if len(subject) < _SHORTEST_SLIP or all(term.is_held_by(text) for term in terms):
        return []
    titles = [(item, knowledge.titles[item.id]) for item in items]
    scored = [(fuzz.partial_ratio(subject, title), item) for item, title in titles if len(title) >= len(subject)]
    best = max((score for score, _ in scored), default=0.0)
    return [item for score, item in scored if score == best] if best >= _NEAR_NAME else []


def _choose(
    candidates: list[PlanItem], ranked: list[PlanItem], hits: tuple[Hit, ...], terms: tuple[Term, ...], *, certain: bool
) -> Found:
    """Take a single candidate, or one that leads clearly; else keep all and ask back."""
    order = {item.id: place for place, item in enumerate(ranked)}
    ordered = sorted(candidates, key=lambda item: order.get(item.id, len(order)))
    if len(ordered) == 1:
        return Found(tuple(ordered), "named" if certain else "likely", hits, terms)
    scores = {hit.passage.item_id: hit.score for hit in reversed(hits)}
    lead = scores.get(ordered[0].id, 0.0) - scores.get(ordered[1].id, 0.0)
    if lead >= _CLEAR_LEAD:
        return Found(tuple(ordered[:1]), "likely", hits, terms)
    return Found(tuple(ordered), "several", hits, terms)
