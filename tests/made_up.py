"""Values of a made-up city, for tests that need any item, document or answer: name only what the test is about."""

from datetime import UTC, datetime
from typing import Any

from assistant.answers import Answer, Citation, Question
from assistant.listening import NOBODY, Listener
from ingest.plan_items import Extraction, IngestReport, Passage, PlanItem
from vectorstore.contents import StoredDocument


def an_item(**values: object) -> PlanItem:
    given: dict[str, Any] = {
        "id": "item-1",
        "document_id": "doc-1",
        "source": "mihon.txt",
        "municipality": "見本市",
        "plan": "見本市改革プラン",
        "section": ("1 窓口",),
        "number": "1",
        "title": "窓口案内の見直し",
        "line_start": 10,
        "line_end": 10,
    }
    given.update(values)
    return PlanItem(**given)


def a_passage(**values: object) -> Passage:
    given: dict[str, Any] = {
        "id": "passage-1",
        "document_id": "doc-1",
        "source": "mihon.txt",
        "municipality": "見本市",
        "plan": "見本市改革プラン",
        "section": (),
        "kind": "paragraph",
        "text": "窓口を見直します。",
        "search_text": "窓口を見直します。",
        "line_start": 3,
        "line_end": 3,
    }
    given.update(values)
    return Passage(**given)


def a_report(**values: object) -> IngestReport:
    given: dict[str, Any] = {"items_by_section": {}, "missing": {}}
    given.update(values)
    return IngestReport(**given)


def a_stored_document(**values: object) -> StoredDocument:
    given: dict[str, Any] = {
        "id": "doc-1",
        "source": "mihon.txt",
        "title": "見本市改革プラン",
        "municipality": "見本市",
        "period": (2024, 2028),
        "encoding": "utf-8",
        "content_hash": "0" * 64,
        "revision": 1,
        "ingested_at": datetime(2026, 4, 1, 9, 30, tzinfo=UTC),
        "report": a_report(),
        "title_is_printed": True,
        "item_count": 1,
        "passage_count": 1,
    }
    given.update(values)
    return StoredDocument(**given)


def a_citation(**values: object) -> Citation:
    given: dict[str, Any] = {
        "number": 1,
        "source": "mihon.txt",
        "document_id": "doc-1",
        "title": "見本市改革プラン",
        "municipality": "見本市",
        "section": ("1 窓口",),
        "quote": "窓口案内の見直し",
        "line_start": 10,
        "line_end": 10,
    }
    given.update(values)
    return Citation(**given)


def an_extraction(*items: PlanItem) -> Extraction:
    return Extraction(items, (a_passage(),), a_report())


class FixedAssistant:
    """Gives the same answer to every question, and remembers the questions."""

    def __init__(self, answer: Answer | None = None) -> None:
        self.questions: list[Question] = []
        self._answer = answer or Answer("answered", "窓口課です。[1]", citations=(a_citation(),))

    def answer(self, question: Question, listener: Listener = NOBODY) -> Answer:  # noqa: ARG002
        self.questions.append(question)
        return self._answer
