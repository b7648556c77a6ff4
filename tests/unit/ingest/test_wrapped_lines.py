"""Line breaks inside a table cell: those of the cell's edge go, those that were meant stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.wrapped_lines import unwrapped


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("一行だけの文です", "一行だけの文です"),
        (
            "長い文が欄の端で折り返されているとき、その改\n行は文の途中にある。",
            "長い文が欄の端で折り返されているとき、その改行は文の途中にある。",
        ),
        ("狭い欄でも三行\nにわたって続く\n文。", "狭い欄でも三行にわたって続く文。"),
        ("総務課\n財政課", "総務課\n財政課"),
        ("検討\n実施\n評価", "検討\n実施\n評価"),
        (
            "一つ目の文はここで終わり改行される。\n二つ目の文は次の行から始まっている。",
            "一つ目の文はここで終わり改行される。\n二つ目の文は次の行から始まっている。",
        ),
        (
            "・一つ目の点を長く書いている見本の行\n・二つ目の点も長く書いている見本の行",
            "・一つ目の点を長く書いている見本の行\n・二つ目の点も長く書いている見本の行",
        ),
        (
            "見出しの行\n本文はここから始まって欄の端まで長く続いてい\nく。",
            "見出しの行\n本文はここから始まって欄の端まで長く続いていく。",
        ),
        (
            "common use of the regional cloud\nservice for all offices and halls",
            "common use of the regional cloud service for all offices and halls",
        ),
    ],
)
def test_only_lines_as_wide_as_the_cell_are_joined(cell: str, text: str) -> None:
    assert unwrapped(cell) == text


@given(st.text(alphabet="あ亜ア1a。・\n ", max_size=80))
def test_nothing_but_white_space_changes_and_doing_it_twice_changes_nothing_more(cell: str) -> None:
    once = unwrapped(cell)
    assert "".join(once.split()) == "".join(cell.split())
    assert once.count("\n") <= cell.count("\n")
