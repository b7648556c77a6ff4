"""Whether two spellings name one thing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.names import bare, one_ke, place_stem, same_place, same_plan, unnumbered


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("公用車の 台数・見直し", "公用車の台数見直し"),
        ("ＩＣＴの活用", "ictの活用"),
        ("「書かない窓口」の導入", "書かない窓口の導入"),
        ("施設（集会所）の統合", "施設(集会所)の統合"),
    ],
)
def test_width_case_blanks_and_punctuation_make_no_other_name(one: str, other: str) -> None:
    assert bare(one) == bare(other)


@example("ß¸")
@given(st.text(max_size=60))
def test_a_bare_name_stays_bare(text: str) -> None:
    assert bare(bare(text)) == bare(text)


@pytest.mark.parametrize(
    ("label", "plain"),
    [
        ("(2) 収入を確かにする", "収入を確かにする"),
        ("第2章 取組項目", "取組項目"),
        ("第２章　取組項目", "取組項目"),
        ("■柱1 手続", "柱1 手続"),
        ("① 窓口", "窓口"),
        ("1. 目的", "目的"),
        ("Ⅱ 進め方", "進め方"),
        ("取組項目", "取組項目"),
        ("(1)", "(1)"),
    ],
)
def test_numbering_is_taken_off_a_label(label: str, plain: str) -> None:
    assert unnumbered(label) == plain


@pytest.mark.parametrize("name", ["見ヶ本市", "見ヵ本市", "見が本市", "見カ本市", "見ケ本市"])
def test_the_small_ke_is_written_one_way(name: str) -> None:
    assert one_ke(name) == "見ケ本市"


def test_ga_between_other_letters_stays() -> None:
    assert one_ke("窓口がある") == "窓口がある"


@pytest.mark.parametrize(
    ("municipality", "stem"), [("見本市", "見本"), ("試作町", "試作"), ("仮置村", "仮置"), ("見本", "見本")]
)
def test_a_stem_is_the_name_without_its_kind(municipality: str, stem: str) -> None:
    assert place_stem(municipality) == stem


def test_a_municipality_is_the_same_with_and_without_its_kind() -> None:
    assert same_place("見本", "見本市")
    assert same_place("見 本 市", "見本市")
    assert not same_place("見本市", "試作町")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("見本市やさしい改革プラン", "見本市やさしい改革プラン", True),
        ("やさしい改革プラン", "見本市やさしい改革プラン", True),
        ("見本市 やさしい改革プラン", "見本市やさしい改革プラン", True),
        ("見本市やさしい改革プラソ", "見本市やさしい改革プラン", True),
        ("試作町スリム化プラン", "見本市やさしい改革プラン", False),
        ("", "見本市やさしい改革プラン", False),
        ("・・・", "見本市やさしい改革プラン", False),
    ],
)
def test_plans_are_the_same_by_their_titles(one: str, other: str, same: bool) -> None:
    assert same_plan(one, other) is same
    assert same_plan(other, one) is same
