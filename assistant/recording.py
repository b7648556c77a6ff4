"""An answered question in, one row of the record of answers out; of a refused question no text is kept."""

import logging
from datetime import UTC, datetime

from assistant.answers import Question
from assistant.conversations import Exchange
from assistant.understanding.screening import MAX_QUESTION_CHARACTERS, normalize_question
from vectorstore.answer_records import AnswerRecord
from vectorstore.catalogue import Catalogue

logger = logging.getLogger(__name__)


def record(question: Question, exchange: Exchange, corpus_version: int, catalogue: Catalogue, keep_days: int) -> None:
    """Keep how a question was answered, unless it was a trial of the program itself."""
    if question.channel == "trial":
        return
    try:
        catalogue.records.add(_row(question, exchange, corpus_version), keep_days)
    except Exception:
        # Whatever fails here, the answer is there, and worth more than its record.
        logger.exception("how a question was answered could not be recorded")


def _row(question: Question, exchange: Exchange, corpus_version: int) -> AnswerRecord:
    answer = exchange.answer
    text = None if answer.outcome == "refused" else normalize_question(question.text)[:MAX_QUESTION_CHARACTERS]
    return AnswerRecord(
        id=exchange.answer_id,
        asked_at=datetime.now(UTC),
        channel=question.channel,
        audience=question.audience,
        outcome=answer.outcome,
        reason=answer.reason,
        mode=answer.mode,
        intent=answer.intent,
        milliseconds=answer.timings.get("total_ms", 0.0),
        question=text,
        corpus_version=corpus_version,
    )
