"""Every message, form and tab that is shown in Slack, of made-up values: by name, with the surface it stands on."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from assistant.answers import Answer, Citation, Scope
from assistant.channels.slack.arguments import Items
from assistant.channels.slack.blocks import section
from assistant.channels.slack.channel_choice import channel_form
from assistant.channels.slack.choices import Preference
from assistant.channels.slack.commands import items_message, owners_message
from assistant.channels.slack.digest import digest_message, seen_of
from assistant.channels.slack.forms import correction_form, draft_form
from assistant.channels.slack.home import Home, home_view
from assistant.channels.slack.links import Links
from assistant.channels.slack.messages import Message, answer_message, introduced, notice
from assistant.channels.slack.notices import edited_message
from assistant.channels.slack.tables import as_plain_table
from assistant.channels.slack.wording import say
from assistant.conversations import Exchange
from ingest.plan_items import PlanItem
from ingest.today import JAPAN
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
        "「窓口案内の見直し」の所管課は、窓口サービス課です。[1]\n\n"
        "- 目標：待ち時間を10分にする。[2][3]\n- 令和7年度の実施内容：案内板を新しくした。[4]",
        citations=(a_citation(1), a_citation(2), a_citation(3), a_citation(4, line_start=11, page=3)),
        suggestions=("「窓口案内の見直し」の目標は？", "窓口サービス課の取組項目一覧"),
    )  # fmt: skip
    return {
        "answer": message_of(answered),
        "answer_private": message_of(answered, private=True),
        "answer_shared": introduced(message_of(answered), say("asked_by", user="U1", question=QUESTION)),
        "ask_back": message_of(_asked_back(2)),
        "ask_back_many": message_of(_asked_back(12)),
        "not_in_plans": message_of(
            Answer(
                "not_found",
                "お尋ねの内容は、読み込んでいる計画に記載がありません。調べた範囲：見本市改革プラン。\n\n"
                "近い項目：「窓口案内の見直し」、「会議録の自動作成」[1][2]",
                "not_in_plans", (a_citation(1), cited_item(2, some_items(2)[1])),
            )
        ),
        "not_stated": message_of(
            Answer(
                "not_found",
                "「窓口案内の見直し」は計画に載っていますが、お尋ねの点（費用）の記載がありません。[1]"
                "所管課（窓口サービス課）にお尋ねください。",
                "not_stated", (a_citation(1),),
            )
        ),
        "out_of_scope": message_of(
            Answer("refused", "ここでは、行政改革の計画に書かれていることだけをお答えしています。", "out_of_scope")
        ),
        "hostile": message_of(
            replace(answered, text="「*<!channel>* [偽](https://evil.example) `x`」です。[1]", suggestions=("<@U1>",))
        ),
    }  # fmt: skip


def _asked_back(total: int) -> Answer:
    items = some_items(total)
    lines = [f"{n}. {item.title}（所管課：{'、'.join(item.owners)}）[{n}]" for n, item in enumerate(items, 1)]
    said = f"どの取組のことか、お知らせください。次の{total}件が当てはまります。"
    cited = tuple(cited_item(n, item) for n, item in enumerate(items, 1))
    return Answer(
        "clarify", "\n".join([said, "", *lines]), "several_items", cited, items, total,
        suggestions=(f"「{items[0].title}」の所管課は？",),
    )  # fmt: skip


def _lists() -> dict[str, Message]:
    wanted = Items("人事課", 2025, "遅れ")
    table = message_of(_listed(4))
    return {
        "list": table,
        "list_plain_table": replace(table, rest=tuple(map(as_plain_table, table.rest))),
        "list_long": answer_message(Exchange("a" * 32, "c" * 32, _listed(150)), QUESTION, LINKS, exact=True),
        "items": items_message(wanted, some_items(4), LINKS),
        "items_none": items_message(wanted, (), LINKS),
        "owners": owners_message("見直し", some_items(3), LINKS),
        "owners_none": owners_message("宇宙", some_items(3), LINKS),
    }


def _listed(total: int) -> Answer:
    items = some_items(total)
    lines = [f"{n}. {item.title}[{n}]" for n, item in enumerate(items, 1)]
    cited = tuple(cited_item(n, item) for n, item in enumerate(items, 1))
    said = f"所管課が人事課の取組項目は、{total}件です。"
    return Answer("answered", "\n".join([said, "", *lines]), None, cited, items, total, {"owner": "人事課"})


def _others() -> dict[str, Message]:
    items = some_items(4)
    before = seen_of((replace(items[0], progress="順調"), *items[1:3], an_item(id="gone", title="やめた取組")))
    return {
        "digest": digest_message("人事課", items, before, TODAY, LINKS, "s1"),
        "digest_quiet": digest_message("人事課", (), {}, TODAY, LINKS, "s1"),
        "help": notice(say("help")),
        "personal_data": notice(say("personal_data", kinds="電話番号")),
        "edited": edited_message("「窓口案内の見直し」の目標は？"),
        "draft_sent": introduced(
            notice("人事課 ご担当者様\n「窓口案内の見直し」について教えてください。"), say("draft_sent_by", user="U1")
        ),
        "notices": Message(tuple(section(sentence) for sentence in _notices())),
        "cannot_write_here": notice(say("cannot_write_here", channel="C1", reason=say("cannot_write_not_in_channel"))),
    }


def _notices() -> list[str]:
    """What is only one sentence, to one user."""
    plain = (
        "empty_question", "only_a_file", "not_allowed", "failed", "welcome", "thanks", "shared", "csv_sent",
        "list_changed", "usage_owner", "usage_items", "usage_digest", "scope_cleared",
    )  # fmt: skip
    lost = say("cannot_write_is_archived")
    return [
        *map(say, plain),
        say("usage_scope", example="見本市"),
        "\n".join([say("unknown_word", word="人事"), say("near_words", words="人事課"), say("usage_items")]),
        say("scope_set", scope="見本市 見本市改革プラン"),
        say("channel_set", channel="C1", scope="見本市") + say("channel_set_department", department="人事課"),
        say("digest_set", department="人事課", cadence="週次", when="11月23日9時"),
        say("digest_stopped", department="人事課"),
        say("digest_none", department="人事課"),
        say("digest_not_delivered", channel="C1", department="人事課", reason=lost),
        say("cannot_write_here", channel="C1", reason=say("cannot_write_other")),
    ]


def _views() -> dict[str, tuple[str, dict[str, Any]]]:
    scopes = (Scope("見本市"), Scope("見本市", "見本市改革プラン"))
    chosen = Home(Preference("人事課", "見本市"), ("人事課", "財務課"), scopes, some_items(3), (QUESTION,))
    return {
        "home": ("home", home_view(chosen, LINKS)),
        "home_new": ("home", home_view(Home(Preference(), ("人事課",), scopes, (), ()), LINKS)),
        "home_nothing_loaded": ("home", home_view(Home(Preference(), (), (), (), ()), LINKS)),
        "correction_form": ("modal", correction_form("a" * 32)),
        "channel_form": ("modal", channel_form(("人事課", "財務課"), scopes)),
        "draft_form": ("modal", draft_form(some_items(1)[0])),
    }


def message_of(answer: Answer, *, private: bool = False) -> Message:
    """Return the message of an answer under fixed ids."""
    return answer_message(Exchange("a" * 32, "c" * 32, answer), QUESTION, LINKS, private=private)


TITLES = (
    "窓口案内の見直し",
    "会議録の自動作成",
    "公用車の共同利用の見直し",
    "庁舎の照明の更新",
    "図書館の開館時間の見直し",
)


def some_items(count: int) -> tuple[PlanItem, ...]:
    """Return items of different names, every other of which is late."""
    return tuple(
        an_item(
            id=f"item-{n + 1}", line_start=10 + n, owners=("人事課", "財務課"), schedule="～令和8年度",
            title=TITLES[n % len(TITLES)] + (f"（その{n // len(TITLES) + 1}）" if n >= len(TITLES) else ""),
            target_fiscal_years=(2026,), progress="遅れ" if n % 2 == 0 else "順調",
        )
        for n in range(count)
    )  # fmt: skip


def cited_item(number: int, item: PlanItem) -> Citation:
    """Return the citation of an item."""
    return Citation(
        number, item.source, item.document_id, item.plan, item.municipality, item.section, item.title,
        item.line_start, item.line_end, item.id, item.title,
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
