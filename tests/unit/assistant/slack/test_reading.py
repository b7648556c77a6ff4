"""What Slack delivers, read: any JSON at all gives a delivery or a named reason, and personal data goes no further."""

import string
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assistant.channels.slack.escaping import mentions_outside_code, typed_text
from assistant.channels.slack.receiving import read_delivery
from assistant.channels.slack.tasks import Delivery, Ignored, from_json, to_json

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from([
    "type", "event", "event_id", "team_id", "team", "user", "id", "text", "ts", "thread_ts", "channel", "channel_type",
    "subtype", "message", "previous_message", "actions", "action_id", "value", "selected_option", "view", "state",
    "values", "callback_id", "container", "is_ephemeral", "command", "trigger_id", "authorizations", "files", "tab",
])  # fmt: skip
KINDS = st.sampled_from([
    "event_callback", "app_mention", "message", "app_home_opened", "block_actions", "view_submission", "message_action",
    "im", "message_changed", "message_deleted", "ask:1", "feedback", "owner", "draft", "correction", "home",
])  # fmt: skip
BODIES = st.dictionaries(
    NAMES, JSON | KINDS | st.dictionaries(NAMES, JSON | KINDS | st.dictionaries(NAMES, JSON | KINDS)), max_size=12
)


@given(BODIES)
def test_any_body_is_read_without_an_error(body):
    read = read_delivery(body)
    assert isinstance(read, Delivery) or read.reason
    if isinstance(read, Delivery):
        assert read.task.team_id
        assert from_json(to_json(read.task)) == read.task


def a_mention(text: str, **more: object) -> dict[str, Any]:
    event = {"type": "app_mention", "user": "U1", "text": text, "ts": "1.0", "channel": "C1", **more}
    bot = [{"user_id": "UB", "is_bot": True}]
    return {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": event, "authorizations": bot}


def test_a_mention_and_the_same_message_told_otherwise_have_one_subject():
    mention, message = (
        read_delivery(a_mention("<@UB> 担当は？", **more)) for more in ({}, {"type": "message", "channel_type": "im"})
    )
    assert isinstance(mention, Delivery)
    assert isinstance(message, Delivery)
    assert mention.subject == message.subject == "T1:C1:1.0"
    assert mention.task.text == message.task.text == "担当は？"


def test_what_is_not_asked_of_the_assistant_is_ignored_by_name():
    for more, reason in (
        ({"bot_id": "B2"}, "bot_message"),
        ({"user": "UB"}, "bot_message"),
        ({"text": "`<@UB>` 担当は？"}, "mention_in_code"),
        ({"type": "message", "channel_type": "channel"}, "not_addressed"),
        ({"type": "message", "channel_type": "im", "subtype": "channel_join"}, "unhandled_subtype"),
        ({"type": "reaction_added"}, "unhandled_event"),
        ({"ts": ""}, "incomplete"),
    ):
        body = a_mention("<@UB> 担当は？")
        body["event"].update(more)
        assert read_delivery(body) == Ignored(reason)


def test_a_question_that_other_workspaces_can_read_is_known_to_be_so():
    for more, outside in (({}, False), ({"user_team": "T1"}, False), ({"user_team": "T2"}, True)):
        read = read_delivery(a_mention("<@UB> 担当は？", **more))
        assert isinstance(read, Delivery)
        assert read.task.is_seen_outside is outside
    by_guest = read_delivery({**a_mention("<@UB> 担当は？", team="T2"), "team_id": "T2", "context_team_id": "T1"})
    assert isinstance(by_guest, Delivery)
    assert (by_guest.task.team_id, by_guest.task.user_team) == ("T1", "T2")
    shared = read_delivery({**a_mention("<@UB> 担当は？"), "is_ext_shared_channel": True})
    assert isinstance(shared, Delivery)
    assert shared.task.is_seen_outside


@given(st.integers(0, 3000), st.text("あいう。 ", max_size=50))
def test_personal_data_is_found_wherever_it_stands(place, padding):
    text = f"{'案' * place}{padding}マイナンバーは123456789018です。{padding}"
    read = read_delivery(a_mention(f"<@UB> {text}"))
    assert isinstance(read, Delivery)
    assert "123456789018" not in to_json(read.task)
    assert read.task.refusal == "マイナンバー"


def test_typed_text_is_what_a_person_meant():
    assert typed_text("<@UB> 担当は？") == "担当は？"
    assert typed_text("<https://a.example|計画> の <#C1|general> :tada:") == "計画 の #general"
    assert typed_text("A &amp; B &lt;!channel&gt;") == "A & B <!channel>"
    assert typed_text("<!channel> <!subteam^S1|@team> 担当は？").endswith("担当は？")


@given(st.text(string.printable + "あ<>@`", max_size=60))
def test_reading_typed_text_never_fails(text):
    assert typed_text(text) == typed_text(text).strip()
    assert isinstance(mentions_outside_code(text, "UB"), bool)
