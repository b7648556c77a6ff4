"""Text of any kind in, one form for comparing and indexing out."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.normalize import clean, fold_width, squeeze, strip_tags

# Characters that fold, vanish, combine or stand between words, among all others.
ANY_TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from("　 \tＡａb漢字〜～~‐ー、。<p>\u0301\u3099か\u200b\r\n1,0¯"))
)


@pytest.mark.parametrize(
    ("printed", "cleaned"),
    [
        ("Ｒ７　年度", "R7 年度"),
        ("歩道 の　改良", "歩道の改良"),
        ("P D C A サイクル", "PDCA サイクル"),
        ("a plan of ours", "a plan of ours"),
        ("R4〜R6、R4～R6、R4∼R6", "R4~R6、R4~R6、R4~R6"),
        ("3－5―7", "3-5-7"),
        ("サービスセンター", "サービスセンター"),
        ("ｻｰﾋﾞｽ", "サービス"),
        ("45,600人と1,234,567円", "45600人と1234567円"),
        ("3,5に", "3,5に"),
        ("見\u200b本\u202e市\x00", "見本市"),
        ("一行目\r\n二行目\u2028三行目", "一行目\n二行目\n三行目"),
        ("\ufdfa", unicodedata.normalize("NFKC", "\ufdfa").replace(" ", "")),
        ("㈱見本", "(株)見本"),
        ("", ""),
    ],
)
def test_text_takes_one_form(printed: str, cleaned: str) -> None:
    assert clean(printed) == cleaned


def test_half_a_surrogate_pair_becomes_the_replacement_character() -> None:
    assert clean("あ\ud800い") == squeeze("あ\ud800い") == "あ\ufffdい"


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once.encode("utf-8").decode("utf-8") == once


@given(ANY_TEXT)
def test_a_squeezed_text_has_no_white_space_and_loses_nothing_else(text: str) -> None:
    assert not any(character.isspace() for character in squeeze(text))
    assert squeeze(f" \t{text}　\n") == squeeze(text)


@given(st.text("あ漢Ab1、。", max_size=20), st.text(" 　\n\t", max_size=5))
def test_quotes_are_found_however_their_lines_were_broken(text: str, blanks: str) -> None:
    assert squeeze(blanks.join(text)) == squeeze(text)


@given(ANY_TEXT)
def test_folding_widths_keeps_every_place(text: str) -> None:
    folded = fold_width(text)
    assert len(folded) == len(text)
    assert fold_width(folded) == folded


def test_a_range_mark_is_never_lost() -> None:
    assert {fold_width(f"令和３{mark}７年度") for mark in "〜～~∼"} == {"令和3~7年度"}
    assert fold_width("サービス") == "サービス"


def test_tags_go_and_what_only_looks_like_one_stays() -> None:
    assert strip_tags('<p class="a">目標<br/>A < B</p>') == "目標A < B"
    assert squeeze("<li>目 標</li>") == "目標"
    assert strip_tags("x<" * 50_000) == "x<" * 50_000
