"""A question about a plan's own period in, the sentence that prints it out, for every plan that is meant."""

from collections.abc import Iterator

from assistant.composing.drafts import Draft, Source, Statement
from assistant.knowledge import Knowledge
from assistant.lookup.sentences import split_sentences
from assistant.names import bare
from assistant.replies import Replies
from assistant.terms import terms_of
from assistant.understanding.requests import Request
from assistant.understanding.words import question_words
from ingest.period import period_score
from ingest.plan_items import Passage
from vectorstore.contents import StoredDocument

_MOST_PLANS = 6
# A heading prints the period if it calls it so; of a sentence the best will do.
_CALLED_PERIOD, _ANY = 2, -9
_EVERY_PLAN = "計画プラン大綱方針ビジョン指針戦略期間取組推進対象"


def compose_period(request: Request, knowledge: Knowledge, replies: Replies) -> Draft | None:
    """Quote the period of each plan meant; None when something else is asked, or no plan prints its period."""
    if request.items or not question_words().means("plan_period", request.text):
        return None
    told = [
        (document, *found)
        for document in _meant(request, knowledge)
        if (found := _printed_period(document, knowledge.passages_of.get(document.id, ()))) is not None
    ]
    statements: list[Statement] = []
    for document, passage, sentence in told[:_MOST_PLANS]:
        section = passage.section[-1] if passage.section and sentence not in passage.section else ""
        lead = "passage_says_section" if section else "passage_says"
        statements.append(Statement(replies.say(lead, title=document.title, section=section)))
        statements.append(Statement(f"- {sentence}", (Source.of_passage(passage, sentence),), is_quote=True))
    return Draft("answered", tuple(statements), mode="extract") if statements else None


def _meant(request: Request, knowledge: Knowledge) -> Iterator[StoredDocument]:
    """The plans whose titles hold all that the question is about."""
    terms = terms_of(request.subject)
    for document in knowledge.corpus.documents:
        inside = request.documents is None or document.id in request.documents
        title = bare(f"{document.municipality}{document.title}{_EVERY_PLAN}")
        if inside and document.period and all(term.is_held_by(title) for term in terms):
            yield document


def _printed_period(document: StoredDocument, passages: tuple[Passage, ...]) -> tuple[Passage, str] | None:
    """The sentence that most surely prints the period as the plan's own; of equal ones the first."""
    assert document.period
    printing = [
        (score, passage, sentence)
        for passage in passages
        for sentence, least in _sentences(passage)
        if (score := period_score(sentence, " ".join(passage.section[-1:]), document.period)) is not None
        and score >= least
    ]
    best = max(printing, key=lambda found: found[0], default=None)
    return best and best[1:]


def _sentences(passage: Passage) -> Iterator[tuple[str, int]]:
    """What a passage and its headings say, with the least score it needs; an item's own years are no plan's."""
    yield from ((heading, _CALLED_PERIOD) for heading in passage.section if "期間" in heading)
    if passage.item_id is None:
        yield from ((sentence, _ANY) for sentence in split_sentences(passage.text))
