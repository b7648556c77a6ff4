"""Any answer becomes a message that Slack shows, in which nothing pings, links or formats that is not ours."""

import re
from collections.abc import Iterator
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer
from assistant.channels.slack.choices import Preference
from assistant.channels.slack.digest import changes, digest_message, seen_of
from assistant.channels.slack.escaping import as_markdown, as_mrkdwn, link
from assistant.channels.slack.home import Home, home_view, prompts_for
from assistant.channels.slack.links import Links
from assistant.channels.slack.messages import answer_message, rest_of_list
from assistant.channels.slack.scheduling import next_due
from assistant.channels.slack.tables import as_plain_table, items_table
from assistant.conversations import Exchange
from ingest.fiscal_year import fiscal_year_of
from ingest.today import JAPAN
from tests.made_up import an_item
from tests.server.recording_slack.blocks import check_blocks, check_view
from tests.unit.assistant.slack.gallery import LINKS, TODAY, a_citation, some_items

NASTY = st.text(st.sampled_from("<>&*_~`|[](){}!@#\n\\:/ あ1-.>"), max_size=80) | st.text(max_size=80)
LONG = NASTY | st.integers(1, 400).map(lambda n: "長い文です。<!channel>" * n)
ITEMS = st.lists(
    st.builds(
        an_item, id=st.uuids().map(str), title=LONG.filter(bool), owners=st.lists(NASTY, max_size=3).map(tuple),
        schedule=st.none() | LONG, progress=st.none() | NASTY, municipality=st.none() | NASTY,
        target_fiscal_years=st.lists(st.integers(2020, 2030), max_size=2).map(tuple), document_id=NASTY,
    ),
    max_size=6,
)  # fmt: skip
ANSWERS = st.builds(
    Answer,
    outcome=st.sampled_from(["answered", "clarify", "not_found", "refused"]),
    text=LONG,
    reason=st.none() | st.sampled_from(["several_items", "not_stated", "too_long", "unclear"]),
    citations=st.lists(st.builds(a_citation, st.integers(1, 30), st.integers(1, 9)), max_size=20).map(tuple),
    items=ITEMS.map(lambda items: tuple(items) * 30) | ITEMS.map(tuple),
    total=st.none() | st.integers(0, 200),
    suggestions=st.lists(LONG, max_size=4).map(tuple),
)


@given(ANSWERS, LONG, st.booleans())
def test_any_answer_becomes_a_message_within_slacks_limits(answer, question, private):
    for links in (LINKS, Links(None)):
        message = answer_message(Exchange("a" * 32, "c" * 32, answer), question, links, private=private)
        check_blocks(message.blocks, "message")
        check_blocks([as_plain_table(block) for block in message.blocks], "message")
        assert 0 < len(message.text) <= 4000
        assert len(message.markdown) <= 12_000
        assert not re.search(r"<[!@#]", message.text + message.markdown)
        assert not [text for text in _mrkdwn_of(message.blocks) if re.search(r"<[!@#]", text)]


@given(ITEMS, ITEMS)
def test_any_items_become_a_digest_and_a_home_tab(items, before):
    message = digest_message("人事課", items, seen_of(before), TODAY, LINKS, "s1")
    check_blocks(message.blocks, "message")
    assert not [text for text in _mrkdwn_of(message.blocks) if re.search(r"<[!@#]", text)]
    check_view(home_view(Home(Preference("人事課"), ("人事課",), (), tuple(items), ()), LINKS))
    assert len(prompts_for(items, None, TODAY)) <= 4


@given(LONG)
def test_escaped_text_neither_pings_nor_links_nor_formats(text):
    for escaped in (as_mrkdwn(text), as_markdown(text)):
        assert not re.search(r"[<>*_~`]", escaped)
    assert "](" not in as_markdown(text)
    label = link("https://a.example/", text)
    assert label.startswith("<https://a.example/|")
    assert label.count("<") == label.count(">") == label.count("|") == 1


def test_a_list_shows_what_fits_and_tells_of_the_rest():
    table, shown = items_table(some_items(150), LINKS)
    assert shown == 99
    assert len(table["rows"]) == 100
    wide = tuple(an_item(id=str(n), title="長" * 300, owners=("課" * 100,), schedule="期" * 200) for n in range(99))
    _, fitting = items_table(wide, LINKS)
    answer = Answer("answered", "一覧です。", items=wide, total=99)
    assert 0 < fitting < 99
    assert rest_of_list(answer, LINKS) == 99 - fitting


def test_a_digest_tells_what_changed_since_the_last():
    before, after = an_item(id="1", progress="順調"), an_item(id="1", progress="遅れ")
    new, gone = an_item(id="2", title="新しい取組"), an_item(id="3", title="やめた取組")
    told = {one.title: one.notes for one in changes((after, new), seen_of((before, gone)), LINKS)}
    assert told == {
        "窓口案内の見直し": ("進捗区分：順調 → 遅れ",),
        "新しい取組": ("新しく載りました",),
        "やめた取組": ("計画からなくなりました",),
    }
    assert changes((after,), None, LINKS) == ()


def test_digests_go_out_daily_on_mondays_or_on_the_first():
    saturday = TODAY.timestamp()
    assert next_due("毎日", saturday, 9) == datetime(2026, 11, 22, 9, tzinfo=JAPAN).timestamp()
    assert next_due("毎日", saturday, 10) == datetime(2026, 11, 21, 10, tzinfo=JAPAN).timestamp()
    assert next_due("週次", saturday, 9) == datetime(2026, 11, 23, 9, tzinfo=JAPAN).timestamp()
    assert next_due("月次", saturday, 9) == datetime(2026, 12, 1, 9, tzinfo=JAPAN).timestamp()


def test_a_fiscal_year_begins_in_april():
    assert fiscal_year_of(datetime(2026, 3, 31, tzinfo=JAPAN)) == 2025
    assert fiscal_year_of(datetime(2026, 4, 1, tzinfo=JAPAN)) == 2026


def _mrkdwn_of(value) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        for inner in value.values():
            yield from _mrkdwn_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _mrkdwn_of(inner)
