"""What the Slack channel keeps, on SQLite and PostgreSQL: each delivery once, in order, for one process at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator

import pytest
from sqlalchemy import text

from assistant.channels.slack.choices import KEPT_QUESTIONS, Choices, Preference, Thread
from assistant.channels.slack.database import SlackDatabase
from assistant.channels.slack.inbox import Inbox
from assistant.channels.slack.subscriptions import Subscriptions
from assistant.channels.slack.tasks import Delivery, Task
from tests.integration.test_catalogue_databases import new_postgresql, url
from vectorstore.catalogue import Catalogue

__all__ = ["new_postgresql", "url"]


@pytest.fixture
def database(url: str) -> Iterator[SlackDatabase]:
    with Catalogue.open(url):
        opened = SlackDatabase.open(url)
        yield opened
        opened.close()


def deliver(event_id: str, lane: str = "lane", subject: str | None = None, question: str = "担当は？") -> Delivery:
    return Delivery(event_id, Task("ask", "T1", "U1", "C1", text=question), lane, subject)


def run(work: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        await work()

    asyncio.run(whole())


def test_a_delivery_is_kept_once_by_its_event_and_by_its_message(database: SlackDatabase) -> None:
    async def work() -> None:
        one, other = Inbox(database, "one", 60), Inbox(database, "other", 60)
        assert await one.put(deliver("Ev1", subject="m1"))
        assert not await other.put(deliver("Ev1"))
        assert not await one.put(deliver("Ev2", subject="m1"))
        same = await asyncio.gather(*[inbox.put(deliver("Ev3")) for inbox in (one, other) for _ in range(5)])
        assert sorted(same) == [False] * 9 + [True]
        assert await one.knows("m1")

    run(work)


def test_tasks_of_one_thread_are_given_out_in_turn_and_those_of_others_beside(database: SlackDatabase) -> None:
    async def work() -> None:
        one, other = Inbox(database, "one", 60), Inbox(database, "other", 60)
        for event_id, lane in (("a1", "a"), ("a2", "a"), ("b1", "b")):
            await one.put(deliver(event_id, lane))
        claims = await one.claim(10)
        assert [claim.event_id for claim in claims] == ["a1", "b1"]
        assert claims[0].task.text == "担当は？"
        assert await other.claim(10) == ()
        await one.finish(claims[0].id, "done", "1.0")
        assert [claim.event_id for claim in await other.claim(10)] == ["a2"]

    run(work)


def test_what_a_dead_process_held_is_taken_over_and_what_a_living_one_holds_is_not(database: SlackDatabase) -> None:
    async def work() -> None:
        dead, living, next_one = (Inbox(database, name, lease) for name, lease in (("a", 0.2), ("b", 0.2), ("c", 60)))
        await dead.put(deliver("Ev1", "x"))
        await dead.put(deliver("Ev2", "y"))
        (lost,) = await dead.claim(1)
        (kept,) = await living.claim(1)
        for _ in range(3):
            await asyncio.sleep(0.1)
            await living.renew((kept.id,))
        taken = await next_one.claim(10)
        assert [(claim.id, claim.attempt) for claim in taken] == [(lost.id, 2)]

    run(work)


def test_a_finished_task_keeps_nothing_of_what_was_asked(database: SlackDatabase) -> None:
    async def work() -> None:
        inbox = Inbox(database, "one", 60)
        await inbox.put(deliver("Ev1", question="秘密の質問"))
        (claim,) = await inbox.claim(1)
        await inbox.finish(claim.id, "done")
        rows = await database.read(lambda connection: connection.execute(text("SELECT * FROM slack_inbox")).all())
        assert "秘密の質問" not in str(rows)
        assert not await inbox.put(deliver("Ev1"))

    run(work)


def test_a_postponed_task_rests_and_a_cancelled_one_is_gone(database: SlackDatabase) -> None:
    async def work() -> None:
        inbox = Inbox(database, "one", 60)
        await inbox.put(deliver("Ev1", subject="m1"))
        (claim,) = await inbox.claim(1)
        assert not await inbox.cancel("m1")
        await inbox.postpone(claim.id, 0.3)
        assert await inbox.claim(1) == ()
        await asyncio.sleep(0.4)
        assert [again.attempt for again in await inbox.claim(1)] == [2]
        await inbox.postpone(claim.id, 0)
        assert await inbox.cancel("m1")
        assert await inbox.claim(1) == ()

    run(work)


def test_choices_threads_and_questions_come_back(database: SlackDatabase) -> None:
    async def work() -> None:
        choices = Choices(database)
        await choices.prefer("T1", "C1", Preference("人事課", "見本市", None))
        await choices.prefer("T1", "C1", Preference("人事課", None, "改革プラン"))
        assert await choices.preference("T1", "C1") == Preference("人事課", None, "改革プラン")
        assert (await choices.scope("T1", "C1", "U1", "別市")).plan == "改革プラン"
        assert (await choices.scope("T1", "C2", "U1", "別市")).municipality == "別市"
        for n in range(KEPT_QUESTIONS + 3):
            await choices.remember("T1", "C1", "1.0", Thread(f"c{n}", "U1"), ("U1", f"質問{n}"))
        assert await choices.thread("T1", "C1", "1.0") == Thread(f"c{KEPT_QUESTIONS + 2}", "U1")
        kept = await choices.recent_questions("T1", "U1")
        assert kept == tuple(f"質問{n}" for n in range(KEPT_QUESTIONS + 2, 2, -1))

    run(work)


def test_a_due_digest_is_moved_on_by_one_process_only(database: SlackDatabase) -> None:
    async def work() -> None:
        subscriptions = Subscriptions(database)
        first = await subscriptions.add("T1", "C1", "人事課", "週次", "U1", 1.0)
        changed = await subscriptions.add("T1", "C1", "人事課", "毎日", "U2", 2.0)
        assert (changed.id, changed.cadence) == (first.id, "毎日")
        (due,) = await subscriptions.due()
        assert [await subscriptions.move_on(due, 9e9) for _ in range(2)] == [True, False]
        assert await subscriptions.due() == ()
        assert (await subscriptions.remove(due.id)) is not None
        assert await subscriptions.of_channel("T1", "C1") == ()

    run(work)


def test_feedback_of_one_rater_is_the_last_given(url: str) -> None:
    with Catalogue.open(url) as catalogue:
        catalogue.add_feedback("a1", "down", "期限が違う", "slack:U1")
        catalogue.add_feedback("a1", "up", None, "slack:U1")
        catalogue.add_feedback("a1", "down", None, "")
        assert catalogue.feedback("a1") == (("up", "期限が違う"), ("down", None))
