"""Every answered question leaves one row that holds nothing personal, and no answer waits for it to be kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.answers import Answer, Question
from assistant.conversations import Conversations
from assistant.ingesting import Ingesting
from assistant.service import Service
from tests.made_up import FixedAssistant
from vectorstore.answer_records import AnswerRecord, today_in_japan
from vectorstore.catalogue import Catalogue
from vectorstore.live_corpus import LiveCorpus


@pytest.fixture
def catalogue(tmp_path: Path):
    with Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite3") as opened:
        yield opened


def service(catalogue: Catalogue, answer: Answer) -> Service:
    ingesting = Ingesting(catalogue, lambda _: None)
    return Service(
        catalogue, LiveCorpus(catalogue), FixedAssistant(answer), Conversations(catalogue), ingesting, retention_days=30
    )


ANSWERED = Answer("answered", "窓口課です。", timings={"total_ms": 12.5}, intent="item")
NOT_FOUND = Answer("not_found", "記載がありません。", "not_in_plans")


def a_record(number: int, **values: object) -> AnswerRecord:
    given = {
        "id": f"a{number}", "asked_at": datetime.now(UTC), "channel": "web", "audience": "citizen",
        "outcome": "not_found", "reason": "not_in_plans", "mode": "lookup", "intent": "item", "milliseconds": 10.0,
        "question": "市民プールはいつ開きますか", "corpus_version": 1,
    }  # fmt: skip
    return AnswerRecord(**{**given, **values})  # type: ignore[arg-type]


def test_a_question_leaves_a_row_that_feedback_joins(catalogue: Catalogue):
    exchange = service(catalogue, ANSWERED).ask(Question("　窓口課の\u200b項目は？", audience="staff", channel="slack"))
    (row,) = catalogue.records.all()
    assert (row.id, row.question, row.channel, row.audience) == (
        exchange.answer_id, "窓口課の項目は?", "slack", "staff",
    )  # fmt: skip
    assert (row.outcome, row.mode, row.intent, row.milliseconds) == ("answered", "lookup", "item", 12.5)
    assert row.corpus_version == catalogue.version()
    catalogue.add_feedback(exchange.answer_id, "down", "古い", "")
    (rated,) = catalogue.records.rated_down(10)
    assert (rated.question, rated.comment) == ("窓口課の項目は?", "古い")


def test_a_continued_conversation_leaves_a_row_for_every_question(catalogue: Catalogue):
    parts = service(catalogue, ANSWERED)
    first = parts.continue_conversation(Question("窓口は？"), None)
    parts.continue_conversation(Question("いつ？"), first.conversation_id)
    assert [row.question for row in catalogue.records.all()] == ["窓口は?", "いつ?"]


@pytest.mark.parametrize("reason", ["personal_data", "harmful", "manipulation", "out_of_scope", "too_long"])
def test_nothing_of_a_refused_question_is_kept(catalogue: Catalogue, reason, tmp_path: Path):
    service(catalogue, Answer("refused", "お答えできません。", reason)).ask(Question("私の番号は 090-1234-5678 です"))
    (row,) = catalogue.records.all()
    assert (row.outcome, row.reason, row.question) == ("refused", reason, None)
    assert not any(b"1234-5678" in file.read_bytes() for file in tmp_path.iterdir())


def test_a_trial_of_the_program_is_no_question(catalogue: Catalogue):
    service(catalogue, ANSWERED).ask(Question("計画", channel="trial"))
    assert catalogue.records.all() == []


def test_an_answer_is_given_though_its_record_cannot_be_written(catalogue: Catalogue, tmp_path: Path, caplog):
    import sqlite3

    parts = service(catalogue, ANSWERED)
    with sqlite3.connect(tmp_path / "catalogue.sqlite3") as connection:
        connection.execute("DROP TABLE answers")
    connection.close()
    assert parts.ask(Question("窓口は？")).answer == ANSWERED
    assert "could not be recorded" in caplog.text


def test_rows_and_what_readers_wrote_are_forgotten_after_the_days_they_are_kept(catalogue: Catalogue):
    old = datetime.now(UTC) - timedelta(days=31)
    catalogue.records.add(a_record(1, asked_at=old), 365)
    catalogue.add_feedback("a1", "down", "古い", "")
    service(catalogue, NOT_FOUND).ask(Question("プールは？"))
    assert [row.question for row in catalogue.records.all()] == ["プールは?"]
    assert catalogue.feedback("a1") == (("down", "古い"),)
    catalogue.records.forget(0)
    assert catalogue.feedback("a1") == (("down", None),)
    assert catalogue.records.all() == []


def test_questions_are_counted_by_the_day_in_japan(catalogue: Catalogue):
    late = datetime(2026, 4, 1, 23, 30, tzinfo=UTC)
    catalogue.records.add(a_record(1, asked_at=late), 3650)
    catalogue.records.add(a_record(2, asked_at=late - timedelta(hours=12)), 3650)
    catalogue.records.add(a_record(3, asked_at=late, outcome="answered", reason=None), 3650)
    counted = {
        (tally.day, tally.outcome): tally.count for tally in catalogue.records.tallies(datetime(2026, 3, 1).date())
    }
    assert counted == {
        ("2026-04-02", "not_found"): 1, ("2026-04-01", "not_found"): 1, ("2026-04-02", "answered"): 1,
    }  # fmt: skip


def test_the_questions_that_the_plans_do_not_answer_come_the_most_asked_first(catalogue: Catalogue):
    for number, text in enumerate(["プールは?", "駐輪場は?", "プールは?"]):
        catalogue.records.add(a_record(number, question=text), 90)
    catalogue.records.add(a_record(9, outcome="answered", reason=None, question="窓口は?"), 90)
    found = catalogue.records.unanswered(today_in_japan(), 10)
    assert [(one.question, one.count) for one in found] == [("プールは?", 2), ("駐輪場は?", 1)]


def test_what_staff_have_looked_at_is_not_shown_again(catalogue: Catalogue):
    catalogue.records.add(a_record(1), 90)
    catalogue.add_feedback("a1", "down", None, "")
    catalogue.add_feedback("made-up", "down", "知らない回答", "")
    assert [one.answer_id for one in catalogue.records.rated_down(10)] == ["a1"]
    for _ in range(2):
        catalogue.records.mark_reviewed("answer", "a1")
    assert catalogue.records.rated_down(10) == ()
    assert catalogue.records.reviewed("answer") == {"a1"}
