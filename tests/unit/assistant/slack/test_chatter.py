"""What is asked of the assistant in a thread, and what people only say to it or to each other."""

import pytest

from assistant.channels.slack.chatter import is_chatter, is_thanks, wants_help
from assistant.channels.slack.delivering import LONGEST_PIECE, in_pieces

ASKED = (
    "目標 目標は？ 担当は 3番目のは？ 他には？ 電子契約 図書館のほう R6の分 あと期限も ありがとう、目標は？"
    " 一覧にしてください 2つを比べてください 令和6年度に完了した取組 どういう意味ですか 期限もお願いします"
)
SAID = "ありがとうございます！ 了解です なるほど 課長に確認しますね 資料は共有フォルダに入れました。 先方に連絡済みです"


@pytest.mark.parametrize("text", ASKED.split())
def test_questions_and_bare_names_are_answered(text):
    assert not is_chatter(text)


@pytest.mark.parametrize("text", SAID.split())
def test_thanks_and_statements_are_not(text):
    assert is_chatter(text)


def test_thanks_are_told_from_a_question_that_begins_with_them():
    assert is_thanks("ありがとうございました🙇")
    assert not is_thanks("ありがとうございます。担当はどこですか？")


@pytest.mark.parametrize("text", ["help", "使い方", "ヘルプ", "何ができる？", "何ができますか", "何を聞けますか？"])
def test_help_is_asked_for_in_many_ways(text):
    assert wants_help(text)


def test_a_question_about_what_a_counter_can_do_is_no_call_for_help():
    assert not wants_help("書かない窓口では何ができる？")


def test_a_text_is_streamed_first_line_first_and_nothing_is_lost():
    text = "\n".join(["一行目です。", *(f"- {n}番目の、かなり長い行です。" * 8 for n in range(60))])
    first, *pieces = in_pieces(text)
    assert first == "一行目です。\n"
    assert "".join([first, *pieces]) == text
    assert all(0 < len(piece) <= LONGEST_PIECE for piece in pieces)
    assert in_pieces("一行だけ") == ["一行だけ"]
