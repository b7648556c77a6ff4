"""Buttons that open forms: approval, correction, and a message to the department in charge."""

import sqlite3
from pathlib import Path

import httpx
import pytest

from tests.server.recording_slack.looking import elements_of, wait_for, wait_for_answer, words_of
from tests.server.recording_slack.people import HttpSender, People
from tests.server.recording_slack.refusing import Json
from tests.server.recording_slack.workspace import Message

QUESTION = "「キャッシュレス決済の導入」の所管課はどこですか？"


def ratings(data: Path) -> list[tuple[str, str, str | None]]:
    with sqlite3.connect(data / "catalogue.sqlite3") as connection:
        return connection.execute("SELECT rater, rating, comment FROM feedback").fetchall()


def answered(people: People, channel: str) -> Message:
    return wait_for_answer(people.team, people.mention(channel, QUESTION))


def rate(people: People, answer: Message, button: str, user: str) -> str:
    (buttons,) = elements_of(answer, "feedback")
    value: str = buttons[f"{button}_button"]["value"]
    people.click(buttons, message=answer, value=value, user=user)
    return value.partition(":")[0]


def opened(people: People, name: str, text: str) -> Json:
    return wait_for(
        lambda: [v for v in people.team.opened if v["callback_id"] == name and text in str(v)], told=f"no {name} form"
    )[0]


def test_approval_is_kept_with_the_feedback_of_all_channels(people: People, shared_data: Path) -> None:
    rate(people, answered(people, "C30"), "positive", f"U30{people.slack.port}")
    wait_for(lambda: (f"slack:T111:U30{people.slack.port}", "up", None) in ratings(shared_data))


def test_disapproval_asks_what_was_wrong_and_keeps_it(people: People, shared_data: Path) -> None:
    answer_id = rate(people, answered(people, "C31"), "negative", f"U31{people.slack.port}")
    form = opened(people, "correction", answer_id)
    assert people.submit(
        form, {"comment": {"type": "plain_text_input", "value": "課が古い"}}, f"U31{people.slack.port}"
    ).ok
    wait_for(lambda: (f"slack:T111:U31{people.slack.port}", "down", "課が古い") in ratings(shared_data))
    wait_for(lambda: "ありがとうございます" in "".join(map(words_of, people.team.answers(f"DU31{people.slack.port}"))))


def test_personal_data_in_a_correction_is_not_kept(people: People, shared_data: Path) -> None:
    answer_id = rate(people, answered(people, "C32"), "negative", f"U32{people.slack.port}")
    form = opened(people, "correction", answer_id)
    people.submit(
        form, {"comment": {"type": "plain_text_input", "value": "電話は090-1234-5678です"}}, f"U32{people.slack.port}"
    )
    wait_for(lambda: "個人情報" in "".join(map(words_of, people.team.answers(f"DU32{people.slack.port}"))))
    assert "090-1234-5678" not in _everything_stored(shared_data)


def test_a_message_to_the_department_is_drafted_and_sent_only_by_the_user(people: People) -> None:
    answer = answered(people, "C33")
    (button,) = elements_of(answer, "owner")
    people.click(button, message=answer, user=f"U33{people.slack.port}")
    form = opened(people, "draft", "キャッシュレス決済の導入")
    assert "窓口サービス課、財務課 ご担当者様" in words_of(form["blocks"])
    assert people.team.answers("C34") == []
    to = {"type": "conversations_select", "selected_conversation": "C34"}
    people.submit(
        form,
        {"to": to, "draft": {"type": "plain_text_input", "value": "いつからですか？ <!channel>"}},
        f"U33{people.slack.port}",
    )
    sent = wait_for(lambda: people.team.answers("C34"))[0]
    assert f"<@U33{people.slack.port}> さんからの問い合わせです。" in words_of(sent)
    assert "いつからですか？ &lt;!channel&gt;" in words_of(sent)


def test_the_feedback_api_keeps_a_rating_and_refuses_personal_data(people: People, shared_data: Path) -> None:
    if not isinstance(people.sender, HttpSender):
        pytest.skip("the API is served by HTTP only")
    with httpx.Client(base_url=people.sender.address) as client:
        given = {"answer_id": "api-1", "rating": "down", "comment": "期限が違います"}
        assert client.post("/v1/feedback", json=given).status_code == 204
        assert ("", "down", "期限が違います") in ratings(shared_data)
        assert client.post("/v1/feedback", json={**given, "rating": "bad"}).status_code == 422
        refused = client.post("/v1/feedback", json={**given, "comment": "電話は090-1234-5678"})
        assert refused.status_code == 422
        assert "personal data" in refused.json()["detail"]
    assert "090-1234-5678" not in _everything_stored(shared_data)


def _everything_stored(data: Path) -> str:
    with sqlite3.connect(data / "catalogue.sqlite3") as connection:
        return "\n".join(connection.iterdump())
