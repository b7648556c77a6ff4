"""Slash commands: what only their user sees, and what is shared with the channel."""

import pytest

from tests.server.recording_slack.looking import blocks_of, elements_of, wait_for, wait_for_answer, words_of
from tests.server.recording_slack.people import People
from tests.server.recording_slack.refusing import Json


def told(people: People, text: str, channel: str = "C1", user: str = "U1") -> Json:
    token = people.command(text, user, channel)
    return wait_for(lambda: people.slack.responses[token])[0]


def test_a_question_is_answered_for_its_user_alone_until_it_is_shared(people: People) -> None:
    shown = told(people, "キャッシュレス決済の導入の担当課は？", "C20")
    assert "窓口サービス課、財務課" in words_of(shown["blocks"])
    assert people.team.answers("C20") == []
    (share,) = elements_of(shown, "share")
    people.click(share, token="x", user="U29")
    asked = "<@U29> さんの質問：キャッシュレス決済の導入の担当課は？"
    (shared,) = wait_for(lambda: [one for one in people.team.answers("C1") if asked in words_of(one)])
    assert "窓口サービス課、財務課" in words_of(shared)


def test_owners_are_told_one_line_an_item(people: People) -> None:
    text = words_of(told(people, "owner 電子")["blocks"])
    assert [line.startswith("<https://kaikaku.example.jp/documents/") for line in text.split("\n")] == [True] * 2
    assert "電子契約の導入>：*財務課、道路河川課*" in text


def test_an_item_that_no_plan_knows_is_said_to_be_unknown(people: People) -> None:
    assert "「宇宙港」に当てはまる項目はありません。" in words_of(told(people, "owner 宇宙港")["blocks"])


def test_items_are_listed_by_department_year_and_progress(people: People) -> None:
    all_of_them = told(people, "items 人事課")
    assert "人事課の取組項目は4件です。" in words_of(all_of_them["blocks"])
    assert len(blocks_of(all_of_them, "data_table")[0]["rows"]) == 1 + 4
    late = told(people, "items 人事課 遅れ")
    assert "データを読み解く職員の育成" in words_of(late["blocks"])
    assert len(blocks_of(late, "data_table")[0]["rows"]) == 1 + 1
    assert "（0件）" in words_of(told(people, "items 人事課 R30")["blocks"])
    this_year = words_of(told(people, "items 窓口サービス課 R8")["blocks"])
    assert "来庁予約の対象手続の拡大" in this_year


def test_a_list_can_be_shared_and_had_as_a_file(people: People) -> None:
    shown = told(people, "items 人事課")
    people.click(elements_of(shown, "share")[0], token="x", user="U9")
    wait_for(lambda: [one for one in people.team.answers("C1") if "人事課の取組項目は4件" in words_of(one)])
    people.click(elements_of(shown, "csv")[0], token="x", user="U9")
    wait_for(lambda: [one for one in people.team.answers("DU9") if one.files])


def test_the_chosen_department_stands_where_none_is_typed(people: People) -> None:
    user = f"U22{people.slack.port}"
    people.open_home(user)
    wait_for(lambda: user in people.team.homes)
    (menu,) = elements_of(people.team.homes[user], "home_department")
    people.click(menu, user, value="人事課")
    wait_for(lambda: "人事課の取組項目" in words_of(people.team.homes[user]["blocks"]))
    shown = told(people, "items 遅れ", user=user)
    assert "人事課、「遅れ」の取組項目は1件です。" in words_of(shown["blocks"])
    people.click(elements_of(shown, "share")[0], token="x", user="U23")
    wait_for(lambda: [one for one in people.team.answers("C1") if "人事課、「遅れ」の取組項目は1件" in words_of(one)])


@pytest.mark.parametrize(
    ("typed", "helped"),
    [
        ("", "/kaikaku owner 項目名"),
        ("help", "/kaikaku digest"),
        ("owner", "項目名を書いてください"),
        ("items", "課名を書いてください"),
        ("items 人事", "もしかして：人事課"),
        ("items 人事課 きのう", "「きのう」が分かりません。"),
        ("digest", "頻度と課名"),
        ("digest 隔週 人事課", "もしかして：週次"),
        ("digest 週次 宇宙課", "「宇宙課」が分かりません。"),
        ("scope", "/kaikaku scope 見本市"),
        ("scope 火星市", "「火星市」が分かりません。"),
        ("items <!channel> `x` *y*", "が分かりません。"),
    ],
)
def test_a_malformed_command_is_answered_with_what_helps(people: People, typed: str, helped: str) -> None:
    text = words_of(told(people, typed)["blocks"])
    assert helped in text
    assert "<!channel>" not in text


def test_a_channel_searches_the_scope_it_has_chosen(people: People) -> None:
    assert "見本市" in words_of(told(people, "scope 見本市 第2次見本市しごと改革プラン", "C21")["blocks"])
    asked = people.mention("C21", "電子契約の導入の次年度の方針は？")
    assert "説明会" not in words_of(wait_for_answer(people.team, asked))
    assert "範囲を決めずに" in words_of(told(people, "scope なし", "C21")["blocks"])
    again = people.mention("C21", "電子契約の導入の次年度の方針は？")
    assert "説明会" in words_of(wait_for_answer(people.team, again))
