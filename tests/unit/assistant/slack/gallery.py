"""Every message, form and tab that is shown in Slack, of made-up values: by name, with the surface it stands on."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from assistant.answers import Answer, Citation, Scope
from assistant.channels.slack.arguments import Items
from assistant.channels.slack.choices import Preference
from assistant.channels.slack.commands import items_message, owners_message
from assistant.channels.slack.digest import digest_message, seen_of
from assistant.channels.slack.forms import correction_form, draft_form
from assistant.channels.slack.home import Home, home_view
from assistant.channels.slack.links import Links
from assistant.channels.slack.messages import Message, answer_message, introduced, notice
from assistant.channels.slack.tables import as_plain_table
from assistant.channels.slack.wording import say
from assistant.conversations import Exchange
from assistant.today import JAPAN
from ingest.plan_items import PlanItem
from tests.made_up import an_item

LINKS = Links("https://kaikaku.example.jp")
TODAY = datetime(2026, 11, 21, 9, tzinfo=JAPAN)
QUESTION = "窓口案内の見直しの担当課は？"


def gallery() -> dict[str, tuple[str, dict[str, Any]]]:
    """Return (surface, payload) by name; a message's payload is its text and blocks."""
    shown = {**_answers(), **_lists(), **_others()}
    messages = {name: ("message", _payload(message)) for name, message in shown.items()}
    return {**messages, **_views()}


def _payload(message: Message) -> dict[str, Any]:
    streamed = {"markdown_text": message.markdown} if message.markdown else {}
    return {"text": message.text, **streamed, "blocks": message.blocks}


def _answers() -> dict[str, Message]:
    answered = Answer(
        "answered",
        "「窓口案内の見直し」の所管課は、窓口サービス課です。[1]\n\n- 令和7年度までに待ち時間を10分にする。[2]",
        citations=(a_citation(1), a_citation(2, line_start=11, page=3)),
        suggestions=("「窓口案内の見直し」の目標は？", "窓口サービス課の取組項目一覧"),
    )  # fmt: skip
    back = Answer(
        "clarify",
        "どの取組のことか、お知らせください。次の2件が当てはまります。\n\n1. 取組0[1]\n2. 取組1[2]",
        "several_items", (a_citation(1), a_citation(2)), some_items(2), 2,
        suggestions=("「取組0」の所管課は？",),
    )  # fmt: skip
    many = replace(back, items=some_items(12), total=12)
    return {
        "answer": message_of(answered),
        "answer_private": message_of(answered, private=True),
        "answer_shared": introduced(message_of(answered), say("asked_by", user="U1", question=QUESTION)),
        "ask_back": message_of(back),
        "ask_back_many": message_of(many),
        "not_in_plans": message_of(Answer("not_found", "お尋ねの内容は、計画に記載がありません。", "not_in_plans")),
        "not_stated": message_of(
            Answer("not_found", "「窓口案内の見直し」の費用の記載がありません。[1]", "not_stated", (a_citation(1),))
        ),
        "out_of_scope": message_of(Answer("refused", "計画のことだけをお答えしています。", "out_of_scope")),
        "hostile": message_of(
            replace(answered, text="「*<!channel>* [偽](https://evil.example) `x`」です。[1]", suggestions=("<@U1>",))
        ),
    }


def _lists() -> dict[str, Message]:
    few = Answer("answered", "人事課の取組項目は、4件です。\n\n1. 取組0[1]", items=some_items(4), total=4)
    long = Answer("answered", "取組項目は、150件です。", items=some_items(150), total=150)
    table = message_of(few)
    wanted = Items("人事課", 2025, "遅れ")
    return {
        "list": table,
        "list_plain_table": replace(table, rest=tuple(map(as_plain_table, table.rest))),
        "list_long": message_of(long),
        "list_exact": answer_message(Exchange("a" * 32, "c" * 32, few), QUESTION, LINKS, exact=True),
        "items": items_message(wanted, some_items(4), LINKS, "items 人事課 R7 遅れ"),
        "items_none": items_message(wanted, (), LINKS, "items 人事課 R7 遅れ"),
        "owners": owners_message("取組", some_items(3), LINKS),
        "owners_none": owners_message("宇宙", some_items(3), LINKS),
    }


def _others() -> dict[str, Message]:
    items = some_items(4)
    before = seen_of((replace(items[0], progress="順調"), *items[1:3], an_item(id="gone", title="やめた取組")))
    return {
        "digest": digest_message("人事課", items, before, TODAY, LINKS, "s1"),
        "digest_quiet": digest_message("人事課", (), {}, TODAY, LINKS, "s1"),
        "help": notice(say("help")),
        "personal_data": notice(say("personal_data", kinds="電話番号")),
        "cannot_write_here": notice(say("cannot_write_here", channel="C1", reason="not_in_channel")),
    }


def _views() -> dict[str, tuple[str, dict[str, Any]]]:
    scopes = (Scope("見本市"), Scope("見本市", "見本市改革プラン"))
    chosen = Home(Preference("人事課", "見本市"), ("人事課", "財務課"), scopes, some_items(3), (QUESTION,))
    return {
        "home": ("home", home_view(chosen, LINKS)),
        "home_new": ("home", home_view(Home(Preference(), ("人事課",), scopes, (), ()), LINKS)),
        "home_nothing_loaded": ("home", home_view(Home(Preference(), (), (), (), ()), LINKS)),
        "correction_form": ("modal", correction_form("a" * 32)),
        "draft_form": ("modal", draft_form(some_items(1)[0])),
    }


def message_of(answer: Answer, *, private: bool = False) -> Message:
    """Return the message of an answer under fixed ids."""
    return answer_message(Exchange("a" * 32, "c" * 32, answer), QUESTION, LINKS, private=private)


def some_items(count: int) -> tuple[PlanItem, ...]:
    """Return items of different names, every other of which is late."""
    return tuple(
        an_item(
            id=f"item-{n}", title=f"取組{n}", line_start=10 + n, owners=("人事課", "財務課"), schedule="～令和8年度",
            target_fiscal_years=(2026,), progress="遅れ" if n % 2 == 0 else "順調",
        )
        for n in range(count)
    )  # fmt: skip


def a_citation(number: int, line_start: int = 10, page: int | None = None) -> Citation:
    """Return a citation of the made-up plan."""
    return Citation(
        number, "mihon.txt", "doc-1", "見本市改革プラン", "見本市", ("1 窓口",), "窓口サービス課", line_start,
        line_start,
        None if page else "item-1", None if page else "窓口案内の見直し", page,
    )  # fmt: skip


def as_json(payload: object) -> str:
    """Return a payload as it is kept beside the tests."""
    return json.dumps(payload, ensure_ascii=False, indent=1) + "\n"
